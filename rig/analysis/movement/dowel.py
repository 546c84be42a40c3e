"""Whether the dowel is in place, and which contacts were really lost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from rig.analysis.settings import ContactSettings
from rig.frames import Signals
from rig.names import CELLS, PADS, EventName

_ALL: Final = (1 << len(PADS)) - 1
_BITS: Final = 1 << np.arange(len(PADS))
_LEAST_TRUSTED: Final = 2  # pads that can tell a slipped dowel from a lost contact


@dataclass(frozen=True)
class Loss:
    """A lost contact, long enough to count; `end_s` is where it touched again."""

    pad: str
    start_s: float
    end_s: float


@dataclass
class _Gap:
    """A pad that does not touch: since when, and until when if it touches again meanwhile."""

    start_ns: int
    end_ns: int | None = None
    confirmed: bool = False


class Touch(NamedTuple):
    """One frame: which pads touch and which are trusted, a bit each in `PADS` order."""

    t_ns: int
    touching: int
    trusted: int


class Happening(NamedTuple):
    """What a frame decided."""

    t_ns: int
    name: EventName
    values: dict[str, Any]


def touches(t_ns: npt.NDArray[np.int64], signals: Signals) -> list[tuple[int, int, int]]:
    """The frames of a block as `Dowel.feed` takes them: the values of a `Touch` each."""
    touching = signals["contact"].dot(_BITS)
    trusted = signals["valid"] >> len(CELLS) & _ALL
    return list(zip(t_ns.tolist(), touching.tolist(), trusted.tolist(), strict=True))


class Dowel:
    """Follows the three contacts: in place, lost, regained, slipped.

    A wire fault is no lost contact: a pad that is not trusted keeps its last contact.
    """

    def __init__(self, settings: ContactSettings) -> None:
        self._min_ns = round(settings.loss_min_s * 1e9)
        self._merge_ns = round(settings.loss_merge_s * 1e9)
        self._confirm_ns = round(settings.loss_confirm_s * 1e9)
        self._slip_ns = round(settings.slip_s * 1e9)
        self._gone_ns = round(settings.gone_s * 1e9)
        self._settle_ns = round(settings.settle_s * 1e9)
        self._gaps: list[_Gap | None] = [None] * len(PADS)
        self._together_ns: int | None = None
        self._pads_seen = False
        self._on = False
        self.losses: list[Loss] = []

    @property
    def in_place(self) -> bool:
        """Taken as in place where there are no pads at all."""
        return self._on or not self._pads_seen

    def feed(self, frames: Sequence[tuple[int, int, int]]) -> list[Happening]:
        """What these frames (`touches`) decide, one after the other."""
        decided: list[Happening] = []
        for frame in frames:
            if frame[1] != _ALL or not self._on or any(self._gaps):
                decided += self._follow_frame(Touch._make(frame))
        return decided

    def _follow_frame(self, frame: Touch) -> Iterator[Happening]:
        self._pads_seen = self._pads_seen or frame.trusted > 0
        if not self._pads_seen:
            return
        if not self._on:
            yield from self._wait_for_all(frame)
            return
        for pad in range(len(PADS)):
            if frame.trusted >> pad & 1:
                yield from self._follow(pad, bool(frame.touching >> pad & 1), frame.t_ns)
        if self._slipped(frame):
            self._on = False
            self._together_ns = None
            self._gaps = [None] * len(PADS)
            yield Happening(frame.t_ns, "dowel_off", {})
            return
        yield from self._confirm(frame.t_ns)

    def forget(self, before_s: float) -> None:
        """Drop losses that ended before this time."""
        if self.losses:
            self.losses = [loss for loss in self.losses if loss.end_s >= before_s]

    def open_losses(self, now_s: float) -> list[Loss]:
        """Confirmed losses that have not ended yet, as if they ended now."""
        return [
            Loss(PADS[pad], gap.start_ns * 1e-9, now_s)
            for pad, gap in enumerate(self._gaps)
            if gap is not None and gap.confirmed
        ]

    def distrust(self, pad: int, t_ns: int) -> list[Happening]:
        """A pad turned out broken: it has lost no contact; its loss ends if it was told."""
        gap, self._gaps[pad] = self._gaps[pad], None
        if gap is None or not gap.confirmed:
            return []
        ends = {"pad": PADS[pad], "start_s": gap.start_ns * 1e-9, "end_s": t_ns * 1e-9}
        return [Happening(t_ns, "contact_regained", ends)]

    def _wait_for_all(self, frame: Touch) -> Iterator[Happening]:
        """A pad that is not trusted is not waited for."""
        if (frame.touching | ~frame.trusted) & _ALL != _ALL or not frame.trusted:
            self._together_ns = None
            return
        if self._together_ns is None:
            self._together_ns = frame.t_ns
        if frame.t_ns - self._together_ns >= self._settle_ns:
            self._on = True
            yield Happening(frame.t_ns, "dowel_on", {})

    def _follow(self, pad: int, touches: bool, t_ns: int) -> Iterator[Happening]:
        gap = self._gaps[pad]
        if not touches:
            if gap is None:
                self._gaps[pad] = _Gap(t_ns)
            else:
                gap.end_ns = None
        elif gap is not None:
            if gap.end_ns is None:
                gap.end_ns = t_ns
            if t_ns - gap.end_ns >= self._merge_ns:
                yield from self._close(pad, gap, t_ns)

    def _close(self, pad: int, gap: _Gap, t_ns: int) -> Iterator[Happening]:
        self._gaps[pad] = None
        if gap.end_ns is None or gap.end_ns - gap.start_ns < self._min_ns:
            return
        loss = Loss(PADS[pad], gap.start_ns * 1e-9, gap.end_ns * 1e-9)
        self.losses.append(loss)
        if not gap.confirmed:
            yield _lost(pad, gap, t_ns)
        ends = {"pad": loss.pad, "start_s": loss.start_s, "end_s": loss.end_s}
        yield Happening(t_ns, "contact_regained", ends)

    def _slipped(self, frame: Touch) -> bool:
        """All trusted pads gone, the last within `slip_s` of the first or for so long."""
        lost = {
            pad: gap.start_ns
            for pad, gap in enumerate(self._gaps)
            if gap is not None and gap.end_ns is None
        }
        trusted = [pad for pad in range(len(PADS)) if frame.trusted >> pad & 1]
        if len(lost) < max(len(trusted), _LEAST_TRUSTED) or not lost.keys() >= set(trusted):
            return False
        together = max(lost.values()) - min(lost.values()) <= self._slip_ns
        return together or frame.t_ns - max(lost.values()) >= self._gone_ns

    def _confirm(self, t_ns: int) -> Iterator[Happening]:
        for pad, gap in enumerate(self._gaps):
            ripe = gap is not None and gap.end_ns is None and not gap.confirmed
            if gap is not None and ripe and t_ns - gap.start_ns >= self._confirm_ns:
                gap.confirmed = True
                yield _lost(pad, gap, t_ns)


def _lost(pad: int, gap: _Gap, t_ns: int) -> Happening:
    return Happening(t_ns, "contact_lost", {"pad": PADS[pad], "noticed_s": gap.start_ns * 1e-9})
