"""What a pool is given in place of `extract_batch`: it kills its own process where it meets one article."""

import os
import signal
from collections.abc import Sequence

from onrecord.corpus import batch
from onrecord.corpus.inputs import Waiting

ARTICLE = "ferry-00002"


def extract_batch(articles: Sequence[Waiting]) -> batch.Batch:
    if any(article.article_id == ARTICLE for article in articles):
        os.kill(os.getpid(), signal.SIGKILL)
    return batch.extract_batch(articles)
