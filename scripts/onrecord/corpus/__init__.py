"""From a collection of any size to a package: streamed, in batches, taken up again where it was left.

- `inputs` puts articles that are read together into batches of one month;
- `batch` is the one function that an executor is given; `engines` are the executors; `run` gives out and takes in;
- `reach` tells how far the reading is;
- `manifest` keeps what was done, so that nothing is extracted twice and a killed build loses only what was in flight;
- `partitions` writes the tables of a large collection a month at a time; a small one is one partition, which `package` writes;
- `build` puts them together.
"""

from onrecord.corpus.build import WHOLE, Built, Plan, build, is_large
from onrecord.corpus.engines import Engine

__all__ = ["WHOLE", "Built", "Engine", "Plan", "build", "is_large"]
