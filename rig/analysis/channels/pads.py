"""Pads that are open or stuck, told by which pads touch."""

import math
from dataclasses import dataclass

from rig.analysis.channels.doubt import Doubt
from rig.analysis.settings import ChannelSettings
from rig.names import PADS

_EQUAL = 1e-9  # sums of the same number are not always the same


@dataclass
class _Pad:
    """For how long a pad alone has not touched, or has, and whether it ever did."""

    off_s: float = 0.0
    on_s: float = 0.0
    same_s: float = 0.0
    force_n: float = math.nan
    touched: bool = False
    doubted: bool = False


class BrokenPads:
    """Takes which pads touch, all the time."""

    def __init__(self, settings: ChannelSettings) -> None:
        self._settings = settings
        self._pads = [_Pad() for _ in PADS]

    @property
    def broken(self) -> list[bool]:
        """Of each pad."""
        return [pad.doubted for pad in self._pads]

    def feed(
        self, force_n: list[float], touching: list[bool], trusted: list[bool], seconds: float
    ) -> list[Doubt]:
        """New doubts after so many seconds with these mean forces (N), touching or not."""
        if self._fine(force_n, touching, trusted) or self._all_same(force_n, seconds):
            return []
        return [
            doubt
            for n in range(len(PADS))
            if trusted[n] and (doubt := self._judge(n, touching, trusted, seconds))
        ]

    def _fine(self, force_n: list[float], touching: list[bool], trusted: list[bool]) -> bool:
        """Whether every pad is held and has moved, as nearly always."""
        fine = all(touching) and all(trusted)
        for pad, force in zip(self._pads, force_n, strict=True):
            fine = fine and not pad.doubted and abs(force - pad.force_n) > _EQUAL * force
        if fine:
            for pad, force in zip(self._pads, force_n, strict=True):
                pad.off_s = pad.on_s = pad.same_s = 0.0
                pad.force_n, pad.touched = force, True
        return fine

    def _all_same(self, force_n: list[float], seconds: float) -> bool:
        """Note which pads have not changed; whether none has, as on a rig without noise."""
        for pad, force in zip(self._pads, force_n, strict=True):
            same = abs(force - pad.force_n) <= _EQUAL * force
            pad.same_s = pad.same_s + seconds if same else 0.0
            pad.force_n = force
        return all(pad.same_s > 0 for pad in self._pads)

    def _judge(
        self, n: int, touching: list[bool], trusted: list[bool], seconds: float
    ) -> Doubt | None:
        s, pad = self._settings, self._pads[n]
        others = [touching[k] for k in range(len(PADS)) if k != n and trusted[k]]
        held = len(others) == len(PADS) - 1 and all(others)
        away = len(others) == len(PADS) - 1 and not any(others)
        pad.off_s = pad.off_s + seconds if held and not touching[n] else 0.0
        pad.on_s = pad.on_s + seconds if away and touching[n] else 0.0
        if pad.doubted:
            moves = pad.same_s == 0
            pad.doubted = not (moves and (touching[n] if held else away and not touching[n]))
            return None
        pad.touched = pad.touched or touching[n]
        same = touching[n] and pad.same_s > s.pad_same_s
        is_open = pad.off_s > (s.pad_open_s if pad.touched else s.pad_never_s)
        pad.doubted = is_open or same or pad.on_s > s.pad_stuck_s
        return Doubt(PADS[n], "open" if is_open else "stuck") if pad.doubted else None
