"""Whether the dowel is in place, and which contacts were really lost."""

from dataclasses import dataclass
from typing import Any

from rig.analysis.movement.sample import Sample
from rig.analysis.settings import AnalysisSettings
from rig.names import PADS


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


Happening = tuple[str, dict[str, Any]]


class Dowel:
    """Follows the three contacts: in place, lost, regained, slipped.

    A wire fault is no lost contact: a pad that is not trusted keeps its last contact.
    """

    def __init__(self, settings: AnalysisSettings) -> None:
        self._min_ns = round(settings.loss_min_s * 1e9)
        self._merge_ns = round(settings.loss_merge_s * 1e9)
        self._confirm_ns = round(settings.loss_confirm_s * 1e9)
        self._slip_ns = round(settings.slip_s * 1e9)
        self._settle_ns = round(settings.dowel_settle_s * 1e9)
        self._gaps: list[_Gap | None] = [None] * len(PADS)
        self._together_ns: int | None = None
        self._pads_seen = False
        self._on = False
        self.losses: list[Loss] = []

    @property
    def in_place(self) -> bool:
        """Taken as in place where there are no pads at all."""
        return self._on or not self._pads_seen

    def feed(self, sample: Sample) -> list[Happening]:
        """What this frame's contacts decide."""
        self._pads_seen = self._pads_seen or any(sample.pads_valid)
        if not self._pads_seen:
            return []
        if not self._on:
            return self._wait_for_all(sample)
        found: list[Happening] = []
        for pad, touches in enumerate(sample.contact):
            found += self._follow(pad, touches, sample.t_ns)
        if self._slipped():
            self._on = False
            self._together_ns = None
            self._gaps = [None] * len(PADS)
            return [*found, ("dowel_off", {})]
        return found + self._confirm(sample.t_ns)

    def forget(self, before_s: float) -> None:
        """Drop losses that ended before this time."""
        self.losses = [loss for loss in self.losses if loss.end_s >= before_s]

    def open_losses(self, now_s: float) -> list[Loss]:
        """Confirmed losses that have not ended yet, as if they ended now."""
        return [
            Loss(PADS[pad], gap.start_ns * 1e-9, now_s)
            for pad, gap in enumerate(self._gaps)
            if gap is not None and gap.confirmed
        ]

    def _wait_for_all(self, sample: Sample) -> list[Happening]:
        if not all(sample.contact):
            self._together_ns = None
            return []
        if self._together_ns is None:
            self._together_ns = sample.t_ns
        if sample.t_ns - self._together_ns < self._settle_ns:
            return []
        self._on = True
        return [("dowel_on", {})]

    def _follow(self, pad: int, touches: bool, t_ns: int) -> list[Happening]:
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
                return self._close(pad, gap)
        return []

    def _close(self, pad: int, gap: _Gap) -> list[Happening]:
        self._gaps[pad] = None
        if gap.end_ns is None or gap.end_ns - gap.start_ns < self._min_ns:
            return []
        loss = Loss(PADS[pad], gap.start_ns * 1e-9, gap.end_ns * 1e-9)
        self.losses.append(loss)
        found: list[Happening] = [] if gap.confirmed else [_lost(pad, gap)]
        return [
            *found,
            ("contact_regained", {"pad": loss.pad, "start_s": loss.start_s, "end_s": loss.end_s}),
        ]

    def _slipped(self) -> bool:
        """All three gone, the last within `slip_s` of the first."""
        starts = [gap.start_ns for gap in self._gaps if gap is not None and gap.end_ns is None]
        return len(starts) == len(PADS) and max(starts) - min(starts) <= self._slip_ns

    def _confirm(self, t_ns: int) -> list[Happening]:
        found = []
        for pad, gap in enumerate(self._gaps):
            ripe = gap is not None and gap.end_ns is None and not gap.confirmed
            if gap is not None and ripe and t_ns - gap.start_ns >= self._confirm_ns:
                gap.confirmed = True
                found.append(_lost(pad, gap))
        return found


def _lost(pad: int, gap: _Gap) -> Happening:
    return ("contact_lost", {"pad": PADS[pad], "noticed_s": gap.start_ns * 1e-9})
