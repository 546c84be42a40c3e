"""The sets of one session and which repetition belongs to which."""

from dataclasses import dataclass, field

from rig.context import Context
from rig.handover.refusals import refused
from rig.names import COUNTED_KINDS
from rig.repetition import Rep
from rig.session.changes import RepDiscarded, RepFound, SetClosed, SetMarked, SetOpened


@dataclass
class _Set:
    index: int
    end_ns: int | None = None
    discarded: bool = False
    reps: list[Rep] = field(default_factory=list)
    discarded_reps: set[int] = field(default_factory=set)

    def count(self) -> int:
        """How many repetitions count."""
        return sum(rep.kind in COUNTED_KINDS for rep in self.kept())

    def kept(self) -> list[Rep]:
        """The repetitions that are not discarded."""
        return [rep for rep in self.reps if rep.index not in self.discarded_reps]


class Sets:
    """Opens and closes sets, and gives each change as something to keep."""

    def __init__(self) -> None:
        self._sets: list[_Set] = []

    def open(self, t_ns: int, context: Context) -> SetOpened:
        """A new set from `t_ns` on."""
        self._sets.append(_Set(len(self._sets) + 1))
        return SetOpened(self._sets[-1].index, t_ns * 1e-9, context)

    def close(self, t_ns: int, reason: str) -> SetClosed:
        """The end of the open set."""
        self._sets[-1].end_ns = t_ns
        return SetClosed(self._sets[-1].index, t_ns * 1e-9, reason)

    def add(self, rep: Rep) -> RepFound | None:
        """The repetition in its set; None if it was done outside of any.

        A repetition is decided after it was done, perhaps when its set has ended already.
        """
        if not self._sets:
            return None
        owner = self._sets[-1]
        if owner.end_ns is not None and rep.end_s > owner.end_ns * 1e-9:
            return None
        owner.reps.append(rep)
        counted = rep.kind in COUNTED_KINDS
        return RepFound(owner.index, len(owner.reps), counted, owner.count(), rep)

    def discard_rep(self) -> RepDiscarded:
        """Discard the latest repetition of the latest set."""
        owner = self._latest()
        kept = owner.kept()
        if not kept:
            raise refused("no_rep")
        owner.discarded_reps.add(kept[-1].index)
        return RepDiscarded(owner.index, kept[-1].index, owner.count())

    def discard(self) -> SetMarked:
        """Discard the latest set."""
        latest = self._latest()
        latest.discarded = True
        return SetMarked(latest.index, discarded=True)

    def drop(self) -> SetMarked:
        """The set that was opened last does not count."""
        self._sets[-1].discarded = True
        return SetMarked(self._sets[-1].index, discarded=True)

    def mark_pain(self) -> SetMarked:
        """Mark the latest set as one that hurt."""
        return SetMarked(self._latest().index, pain=True)

    def _latest(self) -> _Set:
        kept = [one for one in self._sets if not one.discarded]
        if not kept:
            raise refused("no_set")
        return kept[-1]
