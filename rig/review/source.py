"""What `analyze` can be pointed at: a raw CSV, an MCAP recording, a bundle, or a session's id."""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from rig.analysis.pipeline import Output, Pipeline
from rig.analysis.settings import AnalysisSettings
from rig.bundle.read import bundled_recording
from rig.calibration import Calibration, read_calibration, typical_calibration
from rig.errors import CalibrationError, FormatError
from rig.frames import FORCES, Block, Forces
from rig.recording.context import CONTEXT_VERBS, REBASELINE_VERBS, changed_context
from rig.recording.info import Context
from rig.recording.raw_csv import RawCsv
from rig.recording.reader import RecordedCommand, Recording
from rig.recording.writer import recordings_dir
from rig.review.context import SessionContext
from rig.storage.database import Database
from rig.storage.history import History

_MCAP: Final = ".mcap"
_BUNDLE: Final = ".zip"
_NOT_CALIBRATED: Final = "1970-01-01T00:00:00Z"


@dataclass(frozen=True)
class Source:
    """Frames or forces in blocks with the commands between them, and all that fits them."""

    name: str
    path: Path  # of the file, or of a recording's first part
    calibration: Calibration
    settings: AnalysisSettings
    context: Context
    items: Iterator[Block | Forces | RecordedCommand]
    notes: list[str] = field(default_factory=list)

    def outputs(self) -> Iterator[tuple[Block | Forces, Output]]:
        """Each block with what the analysis makes of it."""
        context = self.context
        pipeline = Pipeline(self.calibration, self.settings, context.usual_drop_m, context.load_kg)
        for item in self.items:
            if not isinstance(item, RecordedCommand):
                feed = pipeline.feed_forces if item.dtype == FORCES else pipeline.feed
                yield item, feed(item)
            elif item.command["verb"] in CONTEXT_VERBS:
                context = changed_context(context, item.command["verb"], item.command["args"])
                if item.command["verb"] in REBASELINE_VERBS:
                    pipeline.rebaseline(context.load_kg)


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
        yield _raw_csv(path, calibration, given or SessionContext())
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


def recorded(
    recording: Recording,
    calibration: Calibration | None = None,
    given: SessionContext | None = None,
) -> Source:
    """A session's recording, with what it says of itself unless something else is given."""
    info = recording.info
    torn = f"{recording.parts[-1]}: has no end (cut off, damaged, or still growing); taken as it is"
    return Source(
        info.session_id,
        recording.parts[0],
        calibration or info.calibration,
        info.settings,
        given.context if given else info.context,
        recording.items(),
        notes=[] if recording.whole else [torn],
    )


def _raw_csv(path: Path, calibration: Calibration | None, given: SessionContext) -> Source:
    raw = RawCsv(path)
    rows: Iterator[Block | Forces]
    if raw.unit == "newtons":
        rows = raw.forces()
        calibration = calibration or typical_calibration(
            "none", id="none", created_utc=_NOT_CALIBRATED
        )
    elif calibration is None:
        raise FormatError(
            f"{path}: holds raw counts: give the rig's calibration with --calibration FILE "
            "(hinge-rig calibration export writes one)"
        )
    else:
        rows = raw.frames()
    items = _with_commands(rows, given.commands)
    return Source(
        str(path), path, calibration, given.settings, given.context, items, notes=raw.notes
    )


def _with_commands(
    blocks: Iterator[Block | Forces], commands: Iterable[RecordedCommand]
) -> Iterator[Block | Forces | RecordedCommand]:
    """The blocks, cut where a command took effect."""
    waiting = deque(commands)
    first_t_ns: int | None = None
    for block in blocks:
        first_t_ns = int(block["t_ns"][0]) if first_t_ns is None else first_t_ns
        since_ns = block["t_ns"] - first_t_ns
        done = 0
        while waiting and waiting[0].t_ns < int(since_ns[-1]):
            cut = int(np.searchsorted(since_ns, waiting[0].t_ns, side="right"))
            if cut > done:
                yield block[done:cut]
                done = cut
            yield waiting.popleft()
        yield block[done:]
