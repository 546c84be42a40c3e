"""The parsers of what comes from outside, each from a file."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from rig.backup.layout import check_backup
from rig.bundle.read import check_bundle
from rig.calibration import read_calibration
from rig.config import load_config
from rig.context import Context
from rig.errors import RigError
from rig.handover.commands import Command
from rig.handover.message import decoded
from rig.recording.raw_csv import RawCsv
from rig.recording.reader import Recording
from rig.recording.session_document import read_session_document
from rig.session.context_commands import CONTEXT_VERBS, changed_context


def raw_csv(path: Path) -> None:
    """Counts, or newtons."""
    for read in (RawCsv(path).frames, RawCsv(path).forces):
        try:
            for _ in read():
                pass
        except RigError:
            continue


def recording(path: Path) -> None:
    """An MCAP file, whole or not."""
    for _ in Recording.of_file(path).items():
        pass


def calibration(path: Path) -> None:
    """A document of a calibration."""
    read_calibration(path.read_text(encoding="utf-8", errors="replace"), "input")


def settings(path: Path) -> None:
    """A rig.toml, and the same as a variable of the environment."""
    text = path.read_text(encoding="utf-8", errors="surrogateescape")
    with suppress(RigError):
        load_config(None, {"HINGE_RIG_SIM_FAULTS": text, "HINGE_RIG_WEB_PORT": text})
    load_config(path, {})


def command(path: Path) -> None:
    """A line on the command socket, as far as it needs no recorder."""
    line = decoded(path.read_bytes(), Command, "the line")
    for verb in CONTEXT_VERBS:
        try:
            changed_context(Context("P-0001"), verb, line.args)
        except RigError:
            continue


def backup(path: Path) -> None:
    """A backup's manifest."""
    folder = path.parent / "backup"
    folder.mkdir(exist_ok=True)
    shutil.copy(path, folder / "manifest.json")
    check_backup(folder)


PARSERS: dict[str, Callable[[Path], object]] = {
    "raw_csv": raw_csv,
    "recording": recording,
    "bundle": check_bundle,
    "calibration": calibration,
    "settings": settings,
    "command": command,
    "session_document": read_session_document,
    "backup": backup,
}
