"""All errors of onrecord.

    OnrecordError
    ├── InputError      (also ValueError)   the call or the input is wrong      exit code 2
    ├── InvalidData     (also ValueError)   the data breaks its own rules       exit code 1
    └── OutputError     (also OSError)      the target cannot be written        exit code 2

A message is one line: what was expected, what was found, where, and what to do.
"""


class OnrecordError(Exception):
    """Base of every error that a caller of onrecord may want to catch."""

    exit_code = 2


class InputError(OnrecordError, ValueError):
    """The call, a file or a setting is not what it has to be."""


class InvalidData(OnrecordError, ValueError):
    """Tables or a package break the rules that they are published under."""

    exit_code = 1


class OutputError(OnrecordError, OSError):
    """A result could not be written; nothing half-written is left."""
