"""Recordings for tests."""

from datetime import UTC, datetime

from rig.calibration import typical_calibration
from rig.context import Context
from rig.recording.info import ClockAnchor, RecordingInfo
from rig.recording.reader import RecordedCommand
from rig.recording.writer import RecordingWriter
from tests.support.frames import frames

SESSION = "0b7c2a52-2f5e-4a25-9f0f-3a3d4f6f2f11"


def an_info(session_id=SESSION):
    """What a recording says of itself."""
    return RecordingInfo(
        session_id=session_id,
        rig_id="rig-1",
        ring_id=2**48 - 1,
        boot_id="boot",
        anchor=ClockAnchor(123, datetime(2026, 3, 1, 9, 30, tzinfo=UTC)),
        calibration=typical_calibration("rig-1", id="cal-1", created_utc="2026-03-01T09:30:00Z"),
        context=Context("P-0001", load_kg=2.5),
        configuration={"contact": {"lost_below_n": 0.4, "regained_above_n": 0.9}},
    )


def write_short_recording(directory):
    """Ten frames and a command in a file of their own; its path."""
    writer = RecordingWriter(directory, an_info())
    writer.add_frames(frames((1, 2, 3, 4), rows=10))
    writer.add_command(5, {"command_id": "a", "verb": "tare", "args": {}})
    writer.close()
    (path,) = directory.glob("*.mcap")
    return path


def commands_of(items):
    """The commands among a recording's items."""
    return [item for item in items if isinstance(item, RecordedCommand)]
