"""Body weight from standing still, or why there is none."""

from rig.analysis.movement.grid import STEP_S
from rig.analysis.movement.sample import Sample
from rig.analysis.movement.window import Window
from rig.analysis.settings import AnalysisSettings


class Weighing:
    """Weighs a person after stepping on; says after `weigh_patience_s` why it cannot yet.

    Whoever stands still with another weight than before, for a load taken or put down, is weighed
    again. `body_weight_n` is without the load. `rough_n` is all that the plates carry, and good
    enough to look for bends with where nobody stands still long enough; `rough_sd` is the share
    that it may be wrong by.
    """

    def __init__(self, settings: AnalysisSettings) -> None:
        self._settings = settings
        self._force = Window(round(settings.weigh_s / STEP_S))
        self._short = Window(round(settings.rough_s / STEP_S))
        self._long = Window(round(settings.weigh_patience_s / STEP_S))
        self.start(0)

    def start(self, t_ns: int, load_n: float = 0.0) -> None:
        """Someone stepped on at `t_ns`, or took a load of `load_n`: weigh anew."""
        self._load_n = load_n
        self._lighter_since_ns: int | None = None
        self.body_weight_n: float | None = None
        self.rough_n: float | None = None
        self.rough_sd = 0.0
        for window in (self._force, self._short, self._long):
            window.clear()
        self._complain_ns = t_ns + round(self._settings.weigh_patience_s * 1e9)

    def feed(self, sample: Sample, *, bent: bool) -> dict[str, float | str] | None:
        """`{"body_weight_n"}` when weighed, again too; `{"reason"}` when patience ran out.

        Nobody is weighed again who is `bent`: turning round slowly at the bottom takes a steady
        force that is not the weight.
        """
        self._force.push(sample.fz_n)
        self._short.push(sample.fz_n)
        self._long.push(sample.fz_n)
        if self.body_weight_n is not None and (bent or not self._changed(sample.fz_n)):
            return None
        one_foot = abs(sample.asymmetry_pct) > 100 * (1 - 2 * self._settings.one_foot_share)
        if not one_foot and self._settled():
            return self._weigh(sample.t_ns)
        self._lighter_since_ns = None
        if self.body_weight_n is not None:
            return None
        if not one_foot and self.rough_n is None:
            self._weigh_roughly()
        return self._complain(sample.t_ns, "one_foot_off" if one_foot else "")

    def _weigh(self, t_ns: int) -> dict[str, float | str] | None:
        """The weight is what stands there, unless somebody leans on something for a moment."""
        s, total_n, known_n = self._settings, self._force.mean(), self.rough_n
        if self.body_weight_n is not None and known_n is not None:
            if not self._changed(total_n):
                return None
            if total_n < known_n and not self._put_down(total_n, t_ns):
                return self._complain(t_ns, "holding_on")
        self.rough_n, self.rough_sd = total_n, s.weighed_sd
        self.body_weight_n = total_n - self._load_n
        return {"body_weight_n": self.body_weight_n}

    def _changed(self, total_n: float) -> bool:
        """Whether this is another weight than the known one."""
        known_n = self.rough_n or 0.0
        return abs(total_n - known_n) > self._settings.reweigh_share * known_n

    def _put_down(self, total_n: float, t_ns: int) -> bool:
        """Lighter for good, and not because a seat or a rail bears the person."""
        if self._lighter_since_ns is None:
            self._lighter_since_ns = t_ns
        lasted = t_ns - self._lighter_since_ns >= round(self._settings.lighter_s * 1e9)
        return lasted and total_n > self._settings.lightest_share * (self.rough_n or 0.0)

    def _complain(self, t_ns: int, reason: str) -> dict[str, float | str] | None:
        """The reason, once patience has run out; an empty one is looked for."""
        if t_ns < self._complain_ns:
            return None
        self._complain_ns = t_ns + round(self._settings.weigh_patience_s * 1e9)
        return {"reason": reason or self._why()}

    def _settled(self) -> bool:
        """Quiet, and no longer on the way to somewhere."""
        s, force = self._settings, self._force
        return (
            force.full
            and _deviation(force) <= s.weigh_force_sd
            and abs(force.drift()) <= s.weigh_drift * force.mean()
        )

    def _weigh_roughly(self) -> None:
        s = self._settings
        if self._short.full and _deviation(self._short) <= s.rough_force_sd:
            self.rough_n, self.rough_sd = self._short.mean(), s.rough_sd
        elif self._long.full and abs(self._long.drift()) <= s.rough_force_sd * self._long.mean():
            # someone who never stands still: over whole movements the mean force is the weight
            self.rough_n, self.rough_sd = self._long.mean(), s.rough_sd

    def _why(self) -> str:
        """What keeps the weight from being found."""
        force, s = self._force, self._settings
        still = force.full and _deviation(force) <= s.weigh_force_sd
        return "not_settled" if still else "moving"


def _deviation(window: Window) -> float:
    """Standard deviation as a share of the mean."""
    return window.sd() / max(window.mean(), 1.0)
