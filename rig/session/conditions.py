"""Which conditions hold at a frame, from the analysis' events and signals.

A condition about a sensor that is not trusted at that frame never holds.
"""

import math
from typing import Any, Final

from rig.analysis.events import Event
from rig.analysis.settings import AnalysisSettings
from rig.names import CELLS, PADS

_ALL_CELLS: Final = (1 << len(CELLS)) - 1
_FOLLOW: Final = 0.02  # share per frame with which what is usual in standing follows
_WEIGHING_NS: Final = 3_000_000_000  # what a weighing failed of, or a bend, is said for so long
_MID_BACK: Final = PADS.index("mid_back")
_FAILED: Final = {"moving": "moving", "not_settled": "moving", "one_foot_off": "one_foot_off"}


class Conditions:
    """Takes events and frames in order of time.

    What is usual for this person is learned while standing: how hard the mid-back presses, and how
    much of the load is on the right.
    """

    def __init__(self, settings: AnalysisSettings) -> None:
        self._settings = settings
        self._lost: set[str] = set()
        self._dowel_gone = False
        self._standing = True
        self._said: dict[str, int] = {}  # until when
        self._usual_mid_n = math.nan
        self._usual_right = math.nan

    def take(self, event: Event) -> None:
        """Note what an event tells."""
        match event.name:
            case "contact_lost":
                self._lost.add(event.values["pad"])
            case "contact_regained":
                self._lost.discard(event.values["pad"])
            case "dowel_on":
                self._lost.clear()
                self._dowel_gone = False
                self._usual_mid_n = math.nan
            case "dowel_off":
                self._lost.clear()
                self._dowel_gone = not self._standing  # put down while standing: no accident
            case "person_on":
                self._usual_right = math.nan
            case "phase":
                self._standing = event.values["phase"] == "standing"
            case "weighing_failed" if event.values["reason"] in _FAILED:
                self._said[_FAILED[event.values["reason"]]] = event.t_ns + _WEIGHING_NS
            case "bend_without_dowel":
                self._said["bent_without_dowel"] = event.t_ns + _WEIGHING_NS

    def holding(self, t_ns: int, row: Any) -> set[str]:
        """The names in `CONDITIONS` that hold at a row of SIGNALS."""
        valid = int(row["valid"])
        held = {name for name, until_ns in self._said.items() if t_ns < until_ns}
        held |= {f"{pad}_lost" for pad in self._lost if _pad_trusted(valid, pad)}
        if self._dowel_gone:
            held.add("dowel_gone")
        if _pad_trusted(valid, "mid_back"):
            held |= self._pressure(float(row["pad_n"][_MID_BACK]))
        if valid & _ALL_CELLS == _ALL_CELLS:
            held |= self._load(row)
        return held

    def _pressure(self, mid_n: float) -> set[str]:
        if self._standing and "mid_back" not in self._lost:
            self._usual_mid_n = _followed(self._usual_mid_n, mid_n)
        return (
            {"mid_back_pressed"} if mid_n >= self._settings.mid_press * self._usual_mid_n else set()
        )

    def _load(self, row: Any) -> set[str]:
        s, heels = self._settings, float(row["heel_share"])
        right = (1 + float(row["asymmetry_pct"]) / 100) / 2
        if self._standing:
            self._usual_right = _followed(self._usual_right, right)
        held = {"toes"} if heels < s.toe_weight_share else set()
        if heels < s.heel_lift_share:
            held.add("heels_up")
        if abs(right - self._usual_right) > s.side_shift_share:
            held.add("to_one_side")
        return held


def _pad_trusted(valid: int, pad: str) -> bool:
    return bool(valid >> (len(CELLS) + PADS.index(pad)) & 1)


def _followed(usual: float, value: float) -> float:
    """A slow mean that begins with the first value."""
    return value if math.isnan(usual) else usual + _FOLLOW * (value - usual)
