"""What every worker of a pool begins with: loaded once, in the process that they are forks of, which computes nothing else.

The first article makes ready what extraction keeps (patterns, units), so that no worker does that again. Nothing here may ask
polars for work, since its threads would not survive the fork.
"""

import gc

import onrecord.corpus.partitions
import onrecord.tabulate
import onrecord.validate  # noqa: F401  loaded for the workers
from onrecord.extract import extract
from onrecord.schemas import load_schemas
from onrecord.source import read_text

_WORDS = "Ten boats left the harbour in May.\n\n“We sold 20 tonnes for £3m,” said Ada Bell, the harbour master, on Monday."

load_schemas()
extract(read_text("harbour", _WORDS))
gc.freeze()  # nothing of this is garbage, and memory that nobody touches stays shared
