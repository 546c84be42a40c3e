"""What a check has seen of each channel: figures from frames and from the status page."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from rig.analysis.balance.jumps import JumpGuard
from rig.analysis.settings import BalanceSettings
from rig.calibration import Calibration
from rig.frames import Block, Flag
from rig.handover.status_page import ChannelStatus, StatusPage
from rig.names import CELLS, PADS

FULL_SCALE_COUNTS: Final = 1 << 23
_CONVERTED: Final = ~(Flag.SATURATED | Flag.SETTLING | Flag.OPEN | Flag.SHORT)
_COARSE: Final = 16  # an ADS1015's last four bits are 0
_ENOUGH: Final = 50
_TO_STANDARD_DEVIATION: Final = 1.4826 / np.sqrt(2)
"""From the median absolute difference of neighbours: slow movement and steps do not count."""


@dataclass(frozen=True)
class ChannelFigures:
    """One channel over the time of the check; None where it cannot be known."""

    state: str
    rate_sps: float
    good: int
    flagged: dict[str, int]
    median_counts: float | None = None
    noise_counts: float | None = None
    noise_n: float | None = None
    spread_n: float | None = None
    lowest_counts: int | None = None
    highest_counts: int | None = None
    doubtful: dict[str, int] = field(default_factory=dict)
    recoveries: int = 0
    longest_pulse_us: float | None = None
    bus_errors: dict[str, int] = field(default_factory=dict)
    idle_v: float | None = None
    driver: str = ""
    temperature_c: float | None = None
    self_test: str | None = None
    force_m_s2: float | None = None
    turn_rad_s: float | None = None
    own_rate_sps: float | None = None
    transfer_us: float | None = None
    conversion_us: float | None = None
    answers_at: int | None = None
    coarse: bool = False
    jumps: int = 0


def channel_figures(
    frames: Block,
    before: StatusPage,
    after: StatusPage,
    calibration: Calibration,
) -> dict[str, ChannelFigures]:
    """Figures of cells and pads; `before` and `after` are the status page's at either end."""
    seconds = max(len(frames) / 100, 0.01)
    counters = counters_of(before, after)
    jumps = _jumps(frames, calibration)
    cells = {
        name: replace(
            _cell(frames, cell, seconds, *counters[name], calibration),
            own_rate_sps=after.rate_sps.get(name),
            jumps=jumps[cell],
        )
        for cell, name in enumerate(CELLS)
    }
    pads = {
        name: _pad(frames, pad, seconds, *counters[name], calibration.pads[pad].lsb_v)
        for pad, name in enumerate(PADS)
    }
    return cells | pads


def _jumps(frames: Block, calibration: Calibration) -> list[int]:
    """How many conversions of each cell no body makes: what a disturbed line gives unnoticed."""
    per_n = np.array([abs(cell.counts_per_n) for cell in calibration.cells])
    good = frames["flags"][:, : len(CELLS)] == 0
    guard = JumpGuard(len(CELLS), BalanceSettings().jump_n)
    jumped: list[int] = guard.feed(frames["cell_counts"] / per_n, good)[1].sum(axis=0).tolist()
    return jumped or [0] * len(CELLS)


def counters_of(
    before: StatusPage, after: StatusPage
) -> dict[str, tuple[ChannelStatus, ChannelStatus]]:
    """Each channel's at either end."""
    return {
        name: (before.counters.get(name, ChannelStatus(delivered=0)), now)
        for name, now in after.counters.items()
    }


def _cell(
    frames: Block,
    cell: int,
    seconds: float,
    before: ChannelStatus,
    after: ChannelStatus,
    calibration: Calibration,
) -> ChannelFigures:
    flags = frames["flags"][:, cell]
    counts = frames["cell_counts"][flags == 0, cell]
    per_n = abs(calibration.cells[cell].counts_per_n)
    noise = _noise(counts)
    return ChannelFigures(
        state=after.state or "",
        rate_sps=_converted(flags) / seconds,
        good=len(counts),
        flagged=flagged(flags),
        median_counts=float(np.median(counts)) if len(counts) else None,
        noise_counts=noise,
        noise_n=None if noise is None else noise / per_n,
        spread_n=float(np.ptp(counts)) / per_n if len(counts) else None,
        lowest_counts=int(counts.min()) if len(counts) else None,
        highest_counts=int(counts.max()) if len(counts) else None,
        doubtful=grown(before.doubtful or {}, after.doubtful or {}),
        recoveries=(after.recoveries or 0) - (before.recoveries or 0),
        longest_pulse_us=after.longest_pulse_us or None,
        bus_errors=grown(before.bus_errors or {}, after.bus_errors or {}),
        driver=after.driver or "",
    )


def _pad(
    frames: Block,
    pad: int,
    seconds: float,
    before: ChannelStatus,
    after: ChannelStatus,
    lsb_v: float,
) -> ChannelFigures:
    flags = frames["flags"][:, len(CELLS) + pad]
    counts = frames["pad_counts"][flags == 0, pad]
    return ChannelFigures(
        state=after.state or "",
        rate_sps=_converted(flags) / seconds,
        good=len(counts),
        flagged=flagged(flags),
        median_counts=float(np.median(counts)) if len(counts) else None,
        noise_counts=_noise(counts),
        lowest_counts=int(counts.min()) if len(counts) else None,
        highest_counts=int(counts.max()) if len(counts) else None,
        recoveries=(after.recoveries or 0) - (before.recoveries or 0),
        bus_errors=grown(before.bus_errors or {}, after.bus_errors or {}),
        idle_v=float(np.percentile(counts, 5)) * lsb_v if len(counts) else None,
        driver=after.driver or "",
        transfer_us=after.transfer_us or None,
        conversion_us=after.conversion_us or None,
        answers_at=after.answers_at or None,
        coarse=len(counts) >= _ENOUGH and not np.any(counts % _COARSE),
    )


def _converted(flags: npt.NDArray[np.uint32]) -> int:
    """Frames that hold a conversion of which only the value is in question."""
    return int(np.count_nonzero((flags & np.uint32(_CONVERTED & 0xFFFF)) == 0))


def flagged(flags: npt.NDArray[np.uint32]) -> dict[str, int]:
    """How many frames have which flag."""
    counted = {
        str(flag.name): int(np.count_nonzero(flags & np.uint32(flag)))
        for flag in Flag
        if flag is not Flag.NONE
    }
    return {name: count for name, count in counted.items() if count}


def _noise(counts: npt.NDArray[np.int32]) -> float | None:
    if len(counts) < 3:
        return None
    return float(np.median(np.abs(np.diff(counts.astype(float)))) * _TO_STANDARD_DEVIATION)


def grown(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    """By how much each counter has grown."""
    grown = {name: count - before.get(name, 0) for name, count in after.items()}
    return {name: count for name, count in grown.items() if count}
