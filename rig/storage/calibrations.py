"""The rig's calibrations with their history: one row per default, import, tare or rescan."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import func, select

from rig.calibration import Calibration, parse_calibration
from rig.errors import CalibrationError, StorageError
from rig.storage.database import Database
from rig.storage.models import CalibrationRow

Origin = Literal["default", "import", "tare", "found"]
DEFAULT: Final[Origin] = "default"


@dataclass(frozen=True)
class StoredCalibration:
    """A calibration with its place in the history; `generation` is what a frame's `cal` names."""

    calibration: Calibration
    generation: int
    origin: Origin
    parent_id: str | None
    stored_utc: datetime

    @property
    def zeros_known(self) -> bool:
        """False until a tare or an import has replaced the typical calibration."""
        return self.origin != DEFAULT


class Calibrations:
    """Adds calibrations and tells which is in force: always the newest."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def current(self) -> StoredCalibration | None:
        """The calibration in force; None before the first start."""
        newest = self.history(limit=1)
        return newest[0] if newest else None

    def usable(self) -> tuple[StoredCalibration | None, list[str]]:
        """The newest that can be used, and what is wrong with those that are newer."""
        question = select(CalibrationRow).order_by(CalibrationRow.generation.desc())
        problems: list[str] = []
        with self._database.session() as db:
            for row in db.scalars(question):
                try:
                    return _stored(row), problems
                except CalibrationError as error:
                    problems.append(str(error))
        return None, problems

    def history(self, limit: int | None = None) -> list[StoredCalibration]:
        """Newest first."""
        question = select(CalibrationRow).order_by(CalibrationRow.generation.desc()).limit(limit)
        with self._database.session() as db:
            return [_stored(row) for row in db.scalars(question)]

    def find(self, calibration_id: str) -> Calibration:
        """The calibration with this id. `StorageError` if there is none."""
        with self._database.session() as db:
            row = db.get(CalibrationRow, calibration_id)
        if row is None:
            raise StorageError(f"there is no calibration {calibration_id}")
        return parse_calibration(row.document)

    def add(
        self,
        calibration: Calibration,
        origin: Origin,
        *,
        stored_utc: datetime,
        parent_id: str | None = None,
    ) -> StoredCalibration:
        """Put a calibration in force.

        One whose id is in the history already comes in under a new id, with the old as its parent.
        """
        with self._database.session() as db:
            generation = (db.scalar(select(func.max(CalibrationRow.generation))) or 0) + 1
            if db.get(CalibrationRow, calibration.id) is not None:
                parent_id = calibration.id
                calibration = replace(calibration, id=str(uuid.uuid4()))
            row = CalibrationRow(
                id=calibration.id,
                generation=generation,
                parent_id=parent_id,
                origin=origin,
                created_utc=stored_utc,
                document=calibration.to_json(),
            )
            db.add(row)
            return _stored(row)

    def add_found(self, calibration: Calibration, *, stored_utc: datetime) -> None:
        """Keep a calibration that a recording names and the history does not know.

        It takes a place before all others, so that it is in force only where there is no other.
        """
        with self._database.session() as db:
            if db.get(CalibrationRow, calibration.id) is not None:
                return
            first = db.scalar(select(func.min(CalibrationRow.generation)))
            db.add(
                CalibrationRow(
                    id=calibration.id,
                    generation=1 if first is None else min(first, 0) - 1,
                    origin="found",
                    created_utc=stored_utc,
                    document=calibration.to_json(),
                )
            )


def _stored(row: CalibrationRow) -> StoredCalibration:
    origin: Origin = row.origin  # type: ignore[assignment]  # only `add` writes it
    return StoredCalibration(
        parse_calibration(row.document), row.generation, origin, row.parent_id, row.created_utc
    )
