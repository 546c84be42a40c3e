"""What `analyze` can be pointed at: a raw CSV, an MCAP recording, a bundle, or a session's id."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rig.analysis.pipeline import Output, Pipeline
from rig.analysis.settings import AnalysisSettings
from rig.bundle.read import bundled_recording
from rig.calibration import Calibration, read_calibration, typical_calibration
from rig.errors import CalibrationError, FormatError
from rig.frames import Block, Forces
from rig.recorder.context import CONTEXT_VERBS, REBASELINE_VERBS, changed_context
from rig.recording.info import Context
from rig.recording.raw_csv import RawCsv
from rig.recording.reader import RecordedCommand, Recording
from rig.recording.writer import recordings_dir
from rig.review.context import PersonContext
from rig.storage.database import Database
from rig.storage.history import History

_MCAP: Final = ".mcap"
_BUNDLE: Final = ".zip"
_NOT_CALIBRATED: Final = "1970-01-01T00:00:00Z"


@dataclass(frozen=True)
class Source:
    """Frames or forces in blocks, with the calibration and the settings that fit them."""

    name: str
    path: Path  # of the file, or of a recording's first part
    calibration: Calibration
    settings: AnalysisSettings = field(default_factory=AnalysisSettings)
    context: Context = Context(person_id="")
    items: Iterator[Block | RecordedCommand] | None = None
    forces: Iterator[Forces] | None = None
    notes: list[str] = field(default_factory=list)

    def outputs(
        self, person: PersonContext | None = None
    ) -> Iterator[tuple[Block | Forces, Output]]:
        """Each block with what the analysis makes of it; `person` replaces the recording's own."""
        context = self.context
        drop_m, load_kg = (
            (person.usual_drop_m, person.load_kg) if person else (0.0, context.load_kg)
        )
        pipeline = Pipeline(self.calibration, self.settings, drop_m, load_kg)
        for item in self.items or ():
            if not isinstance(item, RecordedCommand):
                yield item, pipeline.feed(item)
            elif item.command["verb"] in CONTEXT_VERBS:
                context = changed_context(context, item.command["verb"], item.command["args"])
                if item.command["verb"] in REBASELINE_VERBS:
                    pipeline.rebaseline(context.load_kg)
        for rows in self.forces or ():
            yield rows, pipeline.feed_forces(rows)


@contextmanager
def open_source(name: str, calibration_file: Path | None, state_dir: Path) -> Iterator[Source]:
    """The file or session `name`; errors say what is wrong with it.

    A given calibration replaces the recording's own. Counts in a CSV need one, newtons do not.
    """
    given = _given(calibration_file)
    path = Path(name)
    if path.suffix == _BUNDLE:
        with bundled_recording(path) as recording:
            yield recorded(recording, given)
    elif path.suffix == _MCAP:
        yield recorded(Recording.of_file(path), given)
    elif path.exists() or path.suffix:
        yield _raw_csv(path, given)
    else:
        with closing(Database.open_reader(state_dir)) as database:
            session_id = History(database).find(name)
        yield recorded(Recording(recordings_dir(state_dir), session_id), given)


def _given(calibration_file: Path | None) -> Calibration | None:
    if calibration_file is None:
        return None
    try:
        text = calibration_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CalibrationError(f"{calibration_file}: cannot be read: {error}") from None
    return read_calibration(text, str(calibration_file))


def recorded(recording: Recording, given: Calibration | None = None) -> Source:
    """A session's recording, with its own calibration unless one is given."""
    info = recording.info
    return Source(
        info.session_id,
        recording.parts[0],
        given or info.calibration,
        info.settings,
        info.context,
        recording.items(),
    )


def _raw_csv(path: Path, given: Calibration | None) -> Source:
    raw = RawCsv(path)
    if raw.unit == "newtons":
        places = given or typical_calibration("none", id="none", created_utc=_NOT_CALIBRATED)
        return Source(str(path), path, places, forces=raw.forces(), notes=raw.notes)
    if given is None:
        raise FormatError(
            f"{path}: holds raw counts: give the rig's calibration with --calibration FILE "
            "(hinge-rig calibration export writes one)"
        )
    return Source(str(path), path, given, items=raw.frames(), notes=raw.notes)
