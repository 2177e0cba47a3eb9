"""What holds for every test: property tests draw the same examples in every run, however slow the machine."""

from hypothesis import settings

settings.register_profile("same_every_time", derandomize=True, deadline=None, database=None)
settings.load_profile("same_every_time")
