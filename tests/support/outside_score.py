"""What the analysis says of recordings from outside, held against what is true of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rig.names import COUNTED_KINDS, FAULTS
from rig.repetition import Rep
from tests.support.outside import Outside, TrueRep
from tests.support.scoring import Count

_SAME = 0.5  # common time over all time that two spans of one repetition have


@dataclass
class OutsideScore:
    """Over recordings. Repetitions that count are found by at least half of their time."""

    recordings: int = 0
    exact: int = 0
    reps: Count = field(default_factory=Count)
    squats_counted: int = 0
    squats: int = 0
    edges_s: list[float] = field(default_factory=list)
    late_s: list[float] = field(default_factory=list)
    faults: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    sure: Counter[tuple[int, bool]] = field(default_factory=Counter)  # tenths, right

    def take(self, one: Outside) -> None:
        """Compare a recording with the truth."""
        told = [event.values["rep"] for event in one.output.events if event.name == "rep"]
        free = [rep for rep in told if rep.kind in COUNTED_KINDS]
        self.recordings += 1
        self.exact += len(free) == len(one.reps)
        for truth in one.reps:
            rep = _taken(free, truth)
            self.reps.tp += rep is not None
            self.reps.fn += rep is None
            if rep is not None:
                self.edges_s += [abs(rep.start_s - truth.start_s), abs(rep.end_s - truth.end_s)]
                self.late_s.append(rep.decided_s - truth.end_s)
            self._faults(rep, truth)
        counted = [truth for truth in one.squats if _taken(list(free), truth)]
        self.squats += len(one.squats)
        self.squats_counted += len(counted)
        self.reps.fp += len(free)

    def _faults(self, rep: Rep | None, truth: TrueRep) -> None:
        told = {fault.name: fault.confidence for fault in rep.faults} if rep else {}
        for name in FAULTS:
            count = self.faults[name]
            count.tp += name in told and name in truth.faults
            count.fn += name not in told and name in truth.faults
            count.fp += name in told and name not in truth.faults | truth.allowed
        for name, confidence in told.items():
            self.sure[min(int(confidence * 10), 9), name in truth.faults | truth.allowed] += 1


def scored(recordings: Iterable[Outside]) -> OutsideScore:
    """The score of all of them."""
    score = OutsideScore()
    for one in recordings:
        score.take(one)
    return score


def _taken(free: list[Rep], truth: TrueRep) -> Rep | None:
    """The repetition that is this one, taken out of `free`."""
    best = max(free, key=lambda rep: _overlap(rep, truth), default=None)
    if best is None or _overlap(best, truth) < _SAME:
        return None
    free.remove(best)
    return best


def _overlap(rep: Rep, truth: TrueRep) -> float:
    common = min(rep.end_s, truth.end_s) - max(rep.start_s, truth.start_s)
    whole = max(rep.end_s, truth.end_s) - min(rep.start_s, truth.start_s)
    return max(common, 0.0) / whole
