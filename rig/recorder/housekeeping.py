"""The disk, the database's file and the age of recordings, looked at every now and then."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

from rig.config.schema import StorageSection
from rig.errors import StorageError
from rig.recorder.clocks import Clocks
from rig.recorder.forget import remove_old_recordings
from rig.storage.damage import set_aside_before
from rig.storage.database import Database

_DISK_NS: Final = 5_000_000_000
_AGE_NS: Final = 3_600_000_000_000
_MB: Final = 1_000_000


def free_bytes(directory: Path) -> int:
    """Free space where the directory lies."""
    return shutil.disk_usage(directory).free


class Housekeeper:
    """`look` once a second. `no_room` says why raw frames should not be recorded now, if so."""

    def __init__(
        self,
        settings: StorageSection,
        database: Database,
        recordings: Path,
        clock: Clocks,
        free: Callable[[Path], int] = free_bytes,
    ) -> None:
        self._settings, self._database, self._recordings = settings, database, recordings
        self._clock, self._free = clock, free
        self._disk_due_ns = self._age_due_ns = clock.now_ns()
        self._warning = self._age_problem = self._no_room = ""
        self._kept: list[str] = []

    def no_room(self) -> str:
        """The reason; empty while there is room."""
        return self._no_room

    @property
    def problems(self) -> list[str]:
        """What somebody should do something about."""
        kept = [
            f"the database was damaged and is kept as {name}: sessions were found again in their "
            "recordings, names and sign-ins are in a backup (hinge-rig restore); then delete it"
            for name in self._kept
        ]
        return [text for text in (self._warning, self._age_problem, *kept) if text]

    def look(self) -> None:
        """Look at the database at once, the disk every few seconds, recordings' age every hour.

        `DamagedError` where the database's file is damaged or gone: this recorder cannot go on.
        """
        self._database.look()
        now_ns = self._clock.now_ns()
        if now_ns >= self._disk_due_ns:
            self._disk_due_ns = now_ns + _DISK_NS
            self._look_at_disk()
        if now_ns >= self._age_due_ns:
            self._age_due_ns = now_ns + _AGE_NS
            self._remove_old()

    def _look_at_disk(self) -> None:
        directory = self._database.path.parent
        self._kept = set_aside_before(directory)
        free_mb = self._free(directory) / _MB
        left = f"{free_mb:.0f} MB are free on the disk"
        low = free_mb < self._settings.stop_raw_below_mb
        self._no_room = left if low else ""
        self._warning = f"{left}: make room" if free_mb < self._settings.warn_below_mb else ""

    def _remove_old(self) -> None:
        """Never by a clock that nobody has set: it might be years ahead."""
        if not self._settings.keep_raw_days or not self._clock.is_set():
            return
        before_utc = self._clock.now_utc() - timedelta(days=self._settings.keep_raw_days)
        try:
            remove_old_recordings(self._database, self._recordings, before_utc)
        except StorageError as error:
            self._age_problem = f"old recordings are not removed: {error}"
        else:
            self._age_problem = ""
