"""`session.json`: what a recording's frames do not say. Read by `analyze --context`."""

from typing import Any, Final

from rig import __version__
from rig.recording.info import RecordingInfo
from rig.recording.reader import RecordedCommand, Recording
from rig.storage.migrations import HEAD
from rig.storage.records import SessionDetail, SetRecord
from rig.system.utc import iso_utc

VERSION: Final = 1


def session_document(detail: SessionDetail, recording: Recording | None) -> dict[str, Any]:
    """The document; with less in it where there is no recording.

    Drill, load and heel block are those of the session's beginning; each set has its own.
    """
    summary = detail.summary
    info = recording.info if recording else None
    context = info.context if info else None
    return {
        "version": VERSION,
        "session_id": summary.id,
        "person_id": summary.person_id,
        "drill": summary.drill,
        "external_load_kg": context.load_kg if context else None,
        "heel_block_mm": context.heel_block_mm if context else None,
        "usual_drop_m": (context.usual_drop_m or None) if context else None,
        "body_weight_n": summary.body_weight_n,
        "calibration_id": summary.calibration_id,
        "started_utc": iso_utc(summary.started_utc),
        "ended_utc": iso_utc(summary.ended_utc) if summary.ended_utc else None,
        "clock_set": summary.clock_set,
        "clock": _clock(info),
        "recording": summary.recording,
        "sets": [_set(one) for one in detail.sets],
        "commands": _commands(recording) if recording else [],
        "events": [{"t_s": e.t_s, "name": e.name, "values": e.values} for e in detail.events],
        "settings": dict(info.configuration) if info else None,
        "versions": {"hinge_rig": __version__, "database": HEAD},
    }


def _clock(info: RecordingInfo | None) -> dict[str, Any] | None:
    """The anchor: one moment on the monotonic clock of a boot and on the wall clock."""
    if info is None:
        return None
    anchor = info.anchor
    return {
        "boot_id": info.boot_id,
        "t_ns": anchor.t_ns,
        "utc": iso_utc(anchor.utc),
        "is_set": anchor.is_set,
    }


def _commands(recording: Recording) -> list[dict[str, Any]]:
    """With the time of the frame that each took effect behind."""
    found, first_t_ns = [], None
    for item in recording.items():
        if isinstance(item, RecordedCommand):
            found.append({"t_s": (item.t_ns - (first_t_ns or item.t_ns)) * 1e-9, **item.command})
        elif first_t_ns is None:
            first_t_ns = int(item["t_ns"][0])
    return found


def _set(one: SetRecord) -> dict[str, Any]:
    names = (
        "set_index", "drill", "external_load_kg", "heel_block_mm", "start_s", "end_s",
        "end_reason", "pain", "discarded",
    )  # fmt: skip
    return {name: getattr(one, name) for name in names}
