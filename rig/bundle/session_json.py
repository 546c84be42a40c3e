"""What is stored about a session, as its `session.json`."""

import msgspec

from rig import __version__
from rig.recording.info import RecordingInfo
from rig.recording.reader import RecordedCommand, Recording
from rig.recording.session_document import (
    VERSION,
    ClockDocument,
    CommandDocument,
    EventDocument,
    SessionDocument,
    SetDocument,
    VersionsDocument,
)
from rig.storage.migrations import HEAD
from rig.storage.records import SessionDetail
from rig.system.utc import iso_utc


def session_document(detail: SessionDetail, recording: Recording | None) -> SessionDocument:
    """The document; with less in it where there is no recording. Each set has its own load."""
    summary = detail.summary
    info = recording.info if recording else None
    context = info.context if info else None
    return SessionDocument(
        version=VERSION,
        session_id=summary.id,
        person_id=summary.person_id,
        drill=summary.drill,
        external_load_kg=context.load_kg if context else None,
        heel_block_mm=context.heel_block_mm if context else None,
        usual_drop_m=(context.usual_drop_m or None) if context else None,
        usual_deg=(context.usual_deg or None) if context else None,
        body_weight_n=summary.body_weight_n,
        calibration_id=summary.calibration_id,
        started_utc=iso_utc(summary.started_utc),
        ended_utc=iso_utc(summary.ended_utc) if summary.ended_utc else None,
        clock_set=summary.clock_set,
        clock=_clock(info),
        recording=summary.recording,
        sets=[msgspec.convert(one, SetDocument, from_attributes=True) for one in detail.sets],
        commands=_commands(recording) if recording else [],
        events=[EventDocument(t_s=e.t_s, name=e.name, values=e.values) for e in detail.events],
        settings=dict(info.configuration) if info else None,
        versions=VersionsDocument(hinge_rig=__version__, database=HEAD),
    )


def _clock(info: RecordingInfo | None) -> ClockDocument | None:
    if info is None:
        return None
    anchor = info.anchor
    return ClockDocument(
        boot_id=info.boot_id, t_ns=anchor.t_ns, utc=iso_utc(anchor.utc), is_set=anchor.is_set
    )


def _commands(recording: Recording) -> list[CommandDocument]:
    """With the time of the frame that each took effect behind."""
    found, first_t_ns = [], None
    for item in recording.items():
        if isinstance(item, RecordedCommand):
            t_s = (item.t_ns - (first_t_ns or item.t_ns)) * 1e-9
            found.append(CommandDocument(t_s=t_s, **item.command))
        elif first_t_ns is None:
            first_t_ns = int(item["t_ns"][0])
    return found
