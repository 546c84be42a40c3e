"""Bends: from upright down and up again, found in the height of the centre of mass.

Upright, `Height` follows the person. When the height has clearly left 0, the way down is traced
back to where it began. From there on, at every step, the question is asked: *if the person were at
rest now, where would they be?* A line taken off the velocity makes it zero at both ends; that also
takes out what the weight is wrong by. In the middle of a movement the answer is far from upright,
however slow the movement is; when it says upright, and the way up has ended, the bend is over. No
standstill is needed, and force may change by less than a restless person's own deviation.
"""

import math
from collections import deque
from typing import Final

import numpy as np
import numpy.typing as npt

from rig.analysis.movement.descent import Bend, Descent, levelled
from rig.analysis.movement.grid import STEP_S
from rig.analysis.movement.height import GRAVITY, Height, State
from rig.analysis.movement.phases import rise_end
from rig.analysis.movement.quiet import Quiet
from rig.analysis.movement.sample import Sample
from rig.analysis.settings import AnalysisSettings

Floats = npt.NDArray[np.float64]

_TRACED: Final = round(6.0 / STEP_S)  # steps that are kept to find where a bend began
_SETTLED: Final = round(1.0 / STEP_S)  # only then is wandering the person's own
_STILL: Final = round(0.4 / STEP_S)
_ERROR_SD: Final = 0.01  # m/s², a thousandth of the weight: after a bend; provisional
_ROUNDING_M: Final = 1e-6  # far more than two ways of summing a height differ by
_FRESH: Final = round(0.2 / STEP_S)  # after a bend, no new one for so long


class BendFinder:
    """Takes samples of a weighed person and gives a `Bend` when the person is upright again."""

    def __init__(
        self, settings: AnalysisSettings, body_weight_n: float, weight_sd: float = 0.003
    ) -> None:
        self._settings = settings
        self._error = (0.0, weight_sd * GRAVITY)  # of acceleration, as sure as the last bend told
        self._height = Height(body_weight_n, self._error)
        self._quiet = Quiet(settings, body_weight_n)
        self._wander = settings.wander_m**2  # m²: this person's own, while standing
        self._traced: deque[tuple[Sample, State]] = deque(maxlen=_TRACED)
        self._bend: Descent | None = None
        self._waiting = False  # for the person to stand still
        self._higher = 0  # steps for which the person has been higher than upright

    @property
    def upright(self) -> bool:
        """Whether the person stands upright."""
        return self._bend is None

    @property
    def bent(self) -> bool:
        """Whether the person is in a bend for all that is known."""
        return self._bend is not None and not self._waiting

    @property
    def weight_n(self) -> float:
        """What the plates carry, as far as the movements since have told."""
        return self._height.weight_n * (1 + self._height.state.b / GRAVITY)

    @property
    def velocity_m_s(self) -> float:
        """Velocity now, as it is known without a rest."""
        return self._height.state.v

    def feed(self, sample: Sample) -> Bend | None:
        """Take a sample of a person on the platform."""
        self._quiet.feed(sample.fz_n)
        self._height.predict(sample.fz_n)
        if self._waiting:
            self._wait()
            return None
        if self._bend is None:
            self._stand(sample)
            self._look_up()
            return None
        self._bend.add(sample, self._height)
        bend = self._arrive(self._bend)
        if self._impossible():
            self._waiting = True
        elif self._bend is not None and self._no_bend(self._bend):
            self._stand_again()
        return bend

    def _stand(self, sample: Sample) -> None:
        """Upright until height has clearly left 0."""
        self._traced.append((sample, self._height.state))
        self._height.stand()
        z, v = self._height.state[:2]
        if len(self._traced) > _SETTLED:
            share = STEP_S / self._settings.wander_follow_s
            self._wander += share * (z * z - self._wander)
        if len(self._traced) > _FRESH and v < 0 and -z > self._leave_m():
            self._leave()

    def _look_up(self) -> None:
        """Who gets much higher than upright, or stays there, was not upright before."""
        s, (height_m, velocity_m_s) = self._settings, self._height.state[:2]
        self._higher = self._higher + 1 if height_m > s.higher_m else 0
        rises = height_m > s.higher_m and velocity_m_s > s.rising_m_s
        if rises or height_m > s.highest_m:
            self._waiting = True
        elif self._higher * STEP_S > s.higher_s:
            self._stand_again()

    def _leave_m(self) -> float:
        s = self._settings
        return s.leave_m + s.leave_wanders * self._wander_m()

    def _wander_m(self) -> float:
        return min(math.sqrt(self._wander), self._settings.wander_most_m)

    def _leave(self) -> None:
        """Trace the way down back to its beginning, and integrate from there."""
        self._bend = Descent.traced_back(list(self._traced), self._height)
        self._quiet.begin()

    def _arrive(self, bend: Descent) -> Bend | None:
        """Ask whether the person would be upright now; the bend, once the way up has ended."""
        velocity, moving_m_s = self._height.state.v, self._moving_m_s(bend)
        height = None if velocity > moving_m_s else self._if_at_rest(bend)
        if height is None:
            bend.arrived, bend.slowest = 0, (np.inf, 0)
            return None
        bend.arrived += 1
        bend.slowest = min(bend.slowest, (abs(velocity), len(bend.samples)))
        if bend.slowest[0] > moving_m_s:
            return None
        if velocity < -moving_m_s and self._real(height):
            return self._finish(bend, bend.slowest[1])
        ended = len(height) - 1 >= rise_end(levelled(height)) + self._settings.rise_over_s / STEP_S
        if ended or bend.arrived >= self._settings.arrive_most_s / STEP_S:
            return self._finish(bend, len(bend.samples))
        return None

    def _if_at_rest(self, bend: Descent) -> Floats | None:
        """Heights (m) over the bend if it ended now; None if that is not upright after a drop."""
        s, drift_m = self._settings, bend.drift_m(self._height)
        end_m = self._height.state.z - drift_m
        lowest_m = bend.lowest_m - max(drift_m, 0.0)  # the bottom cannot come out lower
        least = self._least_drop_m(bend.seconds)
        low = end_m < s.upright_share * lowest_m - _ROUNDING_M
        if low or -lowest_m < max(least, s.rise_share * end_m - _ROUNDING_M):
            return None  # without all the heights between
        height = bend.heights(self._height)
        drop = -float(height.min())
        upright = float(height[-1]) > -s.upright_share * drop
        sound = drop > float(height.max()) * s.rise_share
        return height if drop >= least and upright and sound else None

    def _least_drop_m(self, seconds: float) -> float:
        """A smaller drop after so long can be an error."""
        s = self._settings
        grown = s.least_drop_m + s.least_drop_m_s2 * seconds**2
        wander = s.drop_wanders * self._wander_m()
        return min(max(grown, wander), s.least_drop_most_m)

    def _moving_m_s(self, bend: Descent) -> float:
        """A larger velocity is none of a person at rest."""
        s = self._settings
        sure = math.hypot(self._height.velocity_sd_m_s, bend.quick_sd_m_s)
        return max(s.turn_m_s, s.turn_sds * sure)

    def _real(self, height: Floats) -> bool:
        """Whether the drop was so large that going down again is the next bend."""
        return -float(height.min()) >= 2 * self._least_drop_m(len(height) * STEP_S)

    def _finish(self, bend: Descent, end: int) -> Bend:
        """Upright at step `end`: what came after may be the beginning of the next bend."""
        done = bend.ended(self._height, end)
        self._bend = None
        self._traced.clear()
        self._height.arrive(bend.quick_sd_m_s)
        self._error = (self._height.state.b, _ERROR_SD)
        if end < len(bend.samples):
            self._height.state = self._height.state._replace(v=0.0)
            for later in bend.samples[end:]:
                self._height.predict(later.fz_n)
                self._traced.append((later, self._height.state))
        return done

    def _impossible(self) -> bool:
        """No body moves like this: something beside the platform bears the person."""
        s, state = self._settings, self._height.state
        return abs(state.v) > s.fastest_m_s or not -s.deepest_m < state.z < s.jump_m

    def _wait(self) -> None:
        """Until the person stands still with the whole weight on the plates."""
        self._waiting = not self._quiet.now(_STILL)
        if not self._waiting:
            self._stand_again()

    def _no_bend(self, bend: Descent) -> bool:
        """Not a bend after all: quiet where an upright person would be; or too long."""
        s, state = self._settings, self._height.state
        upright = abs(state.z) < 2.5 * self._height.height_sd_m
        upright = upright and abs(state.v) < 2.5 * self._height.velocity_sd_m_s
        upright = upright and -bend.lowest_m < s.least_drop_most_m
        wrong = abs(state.v) > s.quiet_m_s  # nobody goes up or down so fast and so quietly
        return self._quiet.lasted(upright or wrong) or bend.seconds > s.longest_bend_s

    def _stand_again(self) -> None:
        """Upright, as far as one can tell; nothing that was integrated holds any more."""
        self._height = Height(self._height.weight_n, self._error)
        self._bend = None
        self._higher = 0
        self._traced.clear()

    def wait(self) -> None:
        """What was before is not known: begin when the person is not in the middle of something."""
        self._waiting = True
