"""All errors of onrecord.

    OnrecordError
    ├── InputError      (also ValueError)   the call or the input is wrong      exit code 2
    ├── InvalidData     (also ValueError)   the data breaks its own rules       exit code 1
    ├── OutputError     (also OSError)      the target cannot be written        exit code 2
    │   └── Conflict                        somebody else has written it        exit code 2
    └── TransferError   (also OSError)      a file cannot be fetched            exit code 2
        ├── Missing                         it is not there                     exit code 2
        └── Interrupted                     trying again may help               exit code 2

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


class Conflict(OutputError):
    """A file that was to be new is there, or has changed since it was read."""


class TransferError(OnrecordError, OSError):
    """A file could not be fetched from where it is published."""


class Missing(TransferError):
    """There is no such file."""


class Interrupted(TransferError):
    """A connection broke, timed out or was refused for now."""


class NoticeWarning(UserWarning):
    """A version was superseded or retracted after its release; it is no error to use it, but one to overlook it."""
