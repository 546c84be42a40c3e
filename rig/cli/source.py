"""What `analyze`, `replay` and `sway` can be pointed at: a file, a bundle, or a session's id."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from rig.bundle.read import bundled_recording
from rig.calibration import Calibration, read_calibration
from rig.errors import CalibrationError
from rig.reanalysis.context import SessionContext
from rig.reanalysis.source import Source, from_csv, recorded
from rig.recording.reader import Recording
from rig.recording.writer import recordings_dir
from rig.storage.database import Database
from rig.storage.history import History

_MCAP: Final = ".mcap"
_BUNDLE: Final = ".zip"


@contextmanager
def open_source(
    name: str,
    calibration_file: Path | None,
    state_dir: Path,
    given: SessionContext | None = None,
) -> Iterator[Source]:
    """The file or session `name`; errors say what is wrong with it.

    A given calibration replaces the recording's own, and so does the load and the usual drop of a
    given context. Counts in a CSV need a calibration, newtons do not.
    """
    calibration = _given(calibration_file)
    path = Path(name)
    if path.suffix == _BUNDLE:
        with bundled_recording(path) as recording:
            yield recorded(recording, calibration, given)
    elif path.suffix == _MCAP:
        yield recorded(Recording.of_file(path), calibration, given)
    elif path.exists() or path.suffix:
        yield from_csv(path, calibration, given or SessionContext())
    else:
        with closing(Database.open_reader(state_dir)) as database:
            session_id = History(database).find(name)
        recording = Recording(recordings_dir(state_dir), session_id)
        yield recorded(recording, calibration, given)


def _given(calibration_file: Path | None) -> Calibration | None:
    if calibration_file is None:
        return None
    try:
        text = calibration_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CalibrationError(f"{calibration_file}: cannot be read: {error}") from None
    return read_calibration(text, str(calibration_file))
