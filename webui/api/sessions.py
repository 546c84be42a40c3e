"""`/api/v1/sessions`: what was recorded, as JSON and as CSV files."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, Response, abort, url_for

from rig.errors import RigError
from rig.export import raw_csv, reps_csv
from rig.recording.reader import Recording
from rig.recording.writer import recordings_dir
from rig.storage.records import RepRecord, SessionSummary
from rig.system.utc import iso_utc
from webui.paging import query_number
from webui.services import services

blueprint = Blueprint("sessions", __name__, url_prefix="/api/v1/sessions")

_MOST: Final = 200
_LAST_OFFSET: Final = 10**8


@blueprint.get("")
def sessions() -> dict[str, Any]:
    """Sessions, newest first; `?limit=` and `?offset=` page through them."""
    limit = query_number("limit", 50, 1, _MOST)
    offset = query_number("offset", 0, 0, _LAST_OFFSET)
    with services().history() as history:
        found = history.sessions(limit, offset)
        total = history.session_count()
    return {
        "sessions": [_summary(summary) for summary in found],
        "total": total,
        "limit": limit,
        "offset": offset,
    }


@blueprint.get("/<uuid:session_id>")
def session(session_id: UUID) -> dict[str, Any]:
    """One session with its sets, reps and events."""
    detail = services().session_or_404(str(session_id))
    return {
        **_summary(detail.summary),
        "sets": [_document(item) for item in detail.sets],
        "reps": [_rep(rep) for rep in detail.reps],
        "events": [_document(event) for event in detail.events],
    }


@blueprint.get("/<uuid:session_id>/reps.csv")
def reps(session_id: UUID) -> Response:
    """The session's repetitions, one row each."""
    summary = services().session_or_404(str(session_id)).summary
    with services().history() as history:
        content = b"".join(reps_csv(history.reps([summary.id])))
    return _csv_file([content], summary, "reps")


@blueprint.get("/<uuid:session_id>/raw.csv")
def raw(session_id: UUID) -> Response:
    """The session's raw frames, streamed."""
    summary = services().session_or_404(str(session_id)).summary
    try:
        recording = Recording(recordings_dir(services().config.state_dir), summary.id)
    except RigError as error:
        abort(404, f"The raw recording cannot be read: {error}")
    return _csv_file(raw_csv(recording.blocks()), summary, "raw")


def _csv_file(content: Iterable[bytes], summary: SessionSummary, what: str) -> Response:
    started = summary.started_utc.strftime("%Y%m%dT%H%M%SZ")
    response = Response(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="hinge-rig-{started}-{summary.id[:8]}-{what}.csv"'
    )
    return response


def _summary(summary: SessionSummary) -> dict[str, Any]:
    return {**_document(summary), "href": url_for("sessions.session", session_id=summary.id)}


def _rep(rep: RepRecord) -> dict[str, Any]:
    tempo = {name: getattr(rep, name) for name in ("eccentric_s", "pause_s", "concentric_s")}
    return {**rep.to_json(), "started_utc": iso_utc(rep.started_utc), **tempo}


def _document(record: Any) -> dict[str, Any]:
    """A history record as JSON values; times are ISO 8601 in UTC."""
    return {
        name: iso_utc(value) if isinstance(value, datetime) else value
        for name, value in asdict(record).items()
    }
