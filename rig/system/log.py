"""Logging of every process: one line a happening to standard error, as journald likes it there.

What people are called and what was measured of them is never logged at the default level.
"""

import logging
import os
import select
import sys
from collections.abc import Mapping
from typing import Final, TextIO

LEVELS: Final = ("debug", "info", "warning", "error")
_OURS: Final = ("rig", "drivers", "webui")
_PRIORITIES: Final = {"DEBUG": 7, "INFO": 6, "WARNING": 4, "ERROR": 3, "CRITICAL": 2}  # syslog's


def log_to_stderr(process: str, level: str, stream: TextIO | None = None) -> None:
    """Log what `process` does from this level on; of libraries, warnings and worse.

    Under systemd lines carry their priority and no time, else time, process and, from warnings on,
    the level.
    """
    stream = stream or sys.stderr
    handler = _Patient(stream)
    journal = _goes_to_journal(stream, os.environ)
    handler.setFormatter(_ForJournal() if journal else _ForPeople(process))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in _OURS:
        logging.getLogger(name).setLevel(level.upper())
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a busy machine is no news


class _Patient(logging.StreamHandler[TextIO]):
    """Leaves a line out where writing would wait: the sampling loop waits for nobody."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            _, writable, _ = select.select((), (self.stream,), (), 0)
        except (OSError, ValueError):  # no file behind it, as in tests, or it is closed
            writable = [self.stream]
        if writable:
            super().emit(record)


class _ForJournal(logging.Formatter):
    """`<priority>text`, line by line: journald knows time and unit."""

    def format(self, record: logging.LogRecord) -> str:
        mark = f"<{_PRIORITIES.get(record.levelname, 6)}>"
        return "\n".join(mark + line for line in super().format(record).splitlines())


class _ForPeople(logging.Formatter):
    """`12:30:05 recorder: text`, with the level where it is no mere information."""

    def __init__(self, process: str) -> None:
        super().__init__(f"%(asctime)s {process}: %(level)s%(message)s", datefmt="%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        told = record.levelno >= logging.WARNING
        record.level = f"{record.levelname.lower()}: " if told else ""
        return super().format(record)


def _goes_to_journal(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether systemd has connected this stream to the journal: it says device and inode."""
    try:
        status = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return False
    return environment.get("JOURNAL_STREAM") == f"{status.st_dev}:{status.st_ino}"
