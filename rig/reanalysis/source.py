"""What can be analysed: frames or forces of a recording or a raw CSV, with all that fits them."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from rig.analysis.pipeline import Output, Pipeline
from rig.analysis.settings import AnalysisSettings
from rig.calibration import Calibration, typical_calibration
from rig.context import Context
from rig.errors import FormatError
from rig.frames import FORCES, Block, Forces
from rig.reanalysis.context import SessionContext
from rig.recording.raw_csv import RawCsv
from rig.recording.reader import RecordedCommand, Recording
from rig.session.context_commands import CONTEXT_VERBS, REBASELINE_VERBS, changed_context
from rig.session.settings import analysis_settings

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
        usual = context.usual_drop_m, context.usual_deg
        pipeline = Pipeline(self.calibration, self.settings, *usual, context.load_kg)
        for item in self.items:
            if not isinstance(item, RecordedCommand):
                feed = pipeline.feed_forces if item.dtype == FORCES else pipeline.feed
                yield item, feed(item)
            elif item.command["verb"] in CONTEXT_VERBS:
                context = changed_context(context, item.command["verb"], item.command["args"])
                if item.command["verb"] in REBASELINE_VERBS:
                    pipeline.rebaseline(context.load_kg)


def recorded(
    recording: Recording,
    calibration: Calibration | None = None,
    given: SessionContext | None = None,
) -> Source:
    """A session's recording, with what it says of itself unless something else is given."""
    info = recording.info
    torn = f"{recording.parts[-1]}: has no end (cut off, damaged, or still growing); taken as it is"
    notes = [] if recording.whole else [torn]
    notes += [f"{path}: is missing or empty; the rest is taken" for path in recording.missing]
    return Source(
        info.session_id,
        recording.parts[0],
        calibration or info.calibration,
        analysis_settings(info.configuration),
        given.context if given else info.context,
        recording.items(),
        notes=notes,
    )


def from_csv(path: Path, calibration: Calibration | None, given: SessionContext) -> Source:
    """A raw CSV; `FormatError` names what is wrong with it, or that counts need a calibration."""
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
