"""Saying in a finished recording when it was: the clock may be set only after its session."""

from dataclasses import replace
from pathlib import Path

from rig.recording.info import ClockAnchor
from rig.recording.reader import Recording
from rig.recording.writer import RecordingWriter


def add_anchor(directory: Path, session_id: str, anchor: ClockAnchor) -> None:
    """Add a part without frames that has the true time; nothing if the recording has one.

    `StorageError` where there is no recording or the disk refuses, `FormatError` where nothing of
    it can be read.
    """
    info = Recording(directory, session_id).info
    if not info.anchor.is_set:
        RecordingWriter(directory, replace(info, anchor=anchor)).close()
