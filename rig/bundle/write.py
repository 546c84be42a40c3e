"""Writing a bundle: member by member, with checksums, in constant memory."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from rig import __version__
from rig.bundle.layout import MANIFEST, PIECE, RECORDING, VERSION
from rig.bundle.session_json import session_document
from rig.errors import StorageError
from rig.export import raw_csv, reps_csv
from rig.export.files import new_file
from rig.handover.message import plain
from rig.reanalysis.signals import signals_csv
from rig.reanalysis.source import recorded
from rig.recording.reader import Recording, find_recording
from rig.storage.calibrations import Calibrations
from rig.storage.database import Database
from rig.storage.history import History
from rig.storage.models import Person
from rig.system.utc import iso_utc

Progress = Callable[[Iterable[bytes]], Iterator[bytes]]


def write_bundle(path: Path, database: Database, recordings: Path, session_id: str,
                 progress: Progress = iter) -> None:  # fmt: skip
    """The bundle of one session as the file `path`; `progress` passes every member's pieces on.

    Without a recording (lost, or removed for its age) it has no frames and no signals.
    `StorageError` where there is no such session or the file cannot be written.
    """
    with new_file(path) as file:
        _fill(file, _members(database, recordings, session_id), progress)


def write_person(
    path: Path, database: Database, recordings: Path, person: Person, progress: Progress = iter
) -> None:
    """All that is stored about a person as the zip `path`: `person.json`, a folder per session."""
    with new_file(path) as file:
        _fill(file, _members_of_person(database, recordings, person), progress)


def _members_of_person(
    database: Database, recordings: Path, person: Person
) -> Iterator[tuple[str, Iterable[bytes]]]:
    yield (
        "person.json",
        _json(
            {
                "person_id": person.code,
                "name": person.name,
                "height_m": person.height_m,
                "created_utc": iso_utc(person.created_utc),
            }
        ),
    )
    for session_id in History(database).session_ids(person_id=person.code):
        for name, pieces in _members(database, recordings, session_id):
            yield f"sessions/{session_id}/{name}", pieces


def _members(
    database: Database, recordings: Path, session_id: str
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Names and contents, in the order in which they stand in the zip."""
    history = History(database)
    detail = history.session(session_id)
    if detail is None:
        raise StorageError(f"there is no session {session_id}")
    recording = find_recording(recordings, session_id)
    yield "session.json", _json(plain(session_document(detail, recording)))
    calibration = Calibrations(database).find(detail.summary.calibration_id)
    yield "calibration.json", _json(calibration.to_json())
    yield "reps.csv", reps_csv(history.reps([session_id]))
    if recording:
        yield from _from_recording(recording)


def _from_recording(recording: Recording) -> Iterator[tuple[str, Iterable[bytes]]]:
    for part in recording.parts:
        yield f"{RECORDING}{part.name}", _pieces(part)
    yield "raw.csv", raw_csv(recording.blocks())
    yield "signals.csv", signals_csv(recorded(recording).outputs())


def _fill(
    file: BinaryIO, members: Iterable[tuple[str, Iterable[bytes]]], progress: Progress
) -> None:
    listed = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, pieces in members:
            listed[name] = _add(bundle, name, progress(pieces))
        manifest = {
            "format": "hinge-rig session bundle",
            "version": VERSION,
            "made_utc": iso_utc(datetime.now(UTC)),
            "made_by": f"hinge-rig {__version__}",
            "files": listed,
        }
        _add(bundle, MANIFEST, _json(manifest))


def _add(bundle: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> dict[str, Any]:
    """Write one member; its size and checksum."""
    digest, size = hashlib.sha256(), 0
    with bundle.open(name, "w", force_zip64=True) as member:
        for piece in pieces:
            member.write(piece)
            digest.update(piece)
            size += len(piece)
    return {"bytes": size, "sha256": digest.hexdigest()}


def _json(document: dict[str, Any]) -> list[bytes]:
    return [json.dumps(document, indent=2).encode() + b"\n"]


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
