"""Errors that reach a user as one line: what is wrong, where, what to do.

RigError
├── ConfigError(ValueError)   settings: all mistakes at once
├── CalibrationError          a calibration that cannot be right
├── RingError                 a ring or page that is not ours, or damaged
├── StorageError              database, recording, disk
├── DamagedError(StorageError)   the database is no database any more
├── FormatError(ValueError)   a file to analyse or import that does not fit its format
├── NotKnownError(StorageError)  a command was sent, and nothing is known of it
├── CommandRefused            the recorder will not do this now, and why
└── BusyError                 someone else holds the state directory, the port or the lock
"""

from collections.abc import Mapping


class RigError(Exception):
    """Base of everything that `rig` raises on purpose."""


class ConfigError(RigError, ValueError):
    """One or more settings are wrong; the text has a line for each."""


class CalibrationError(RigError):
    """A calibration is unreadable, does not fit the rig or cannot be right."""


class RingError(RigError):
    """A ring or page file is missing, foreign, of another version or too small."""


class StorageError(RigError):
    """The database, a recording or the disk refused."""


class DamagedError(StorageError):
    """The database's file is damaged: nothing can be stored in it again."""


class FormatError(RigError, ValueError):
    """A data file does not fit its format; the text names file, line and column."""


class NotKnownError(StorageError):
    """A command was sent and no reply came in time: it may be done, or may still be done."""


class CommandRefused(RigError):  # noqa: N818 - a refusal is an answer, not a failure
    """A command cannot be carried out now; the text is the reason.

    `code` and `values` say the same to programs: `rig/handover/refusals.py` has them all.
    """

    def __init__(self, text: str, code: str, values: Mapping[str, str | float]) -> None:
        super().__init__(text)
        self.code, self.values = code, dict(values)


class BusyError(RigError):
    """Another process holds what was asked for; the text says who."""
