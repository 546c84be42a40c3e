"""What is announced once it is durable: sessions, sets, repetitions."""

import logging
from typing import Any, Final, Literal

from rig.handover.events import RepTold, SessionTold, SetTold
from rig.recorder.announcer import Announcer, StatePublisher
from rig.recorder.durable.jobs import Begin, End, GoOn, Job, Keep, Then
from rig.repetition import Rep
from rig.session.changes import (
    Change,
    RepDiscarded,
    RepFound,
    SetClosed,
    SetMarked,
    SetOpened,
    rep_id,
)
from rig.session.quality import best_streak, quality, usable_deg, work_on

_log: Final = logging.getLogger(__name__)
_MOST_QUALITIES: Final = 400  # a state has to fit into a slot of the event ring
_NO_SET: Final[dict[str, Any]] = {
    "set_index": None, "rep_count": 0, "qualities": [], "best_streak": 0, "work_on": None,
    "score": None, "pain": False, "discarded": False, "usable_deg": None,
}  # fmt: skip


class Announcements:
    """Tells of jobs that are done; what was stored before a restart is not told again."""

    def __init__(self, announcer: Announcer, publisher: StatePublisher) -> None:
        self._announcer, self._publisher = announcer, publisher
        self._reps: dict[int, Rep] = {}  # of the latest set, by the analysis' number

    def tell(self, job: Job, new: list[bool]) -> None:
        """Announce a committed job; `new` says for each of its changes whether it is."""
        match job:
            case Begin(info, t_ns):
                self._publisher.update(t_ns, session_id=info.session_id, **_NO_SET)
                self._session(info.session_id, t_ns, "opened")
            case GoOn(info, t_ns):
                self._publisher.update(t_ns, session_id=info.session_id)
            case Keep(_, _, changes):
                for change, is_new in zip(changes, new, strict=True):
                    self._change(job, change, is_new=is_new)
            case End(session_id, t_ns):
                self._publisher.update(t_ns, session_id=None, **_NO_SET)
                self._session(session_id, t_ns, "closed")
            case Then(do):
                do()

    def _change(self, job: Keep, change: Change, *, is_new: bool) -> None:
        match change:
            case SetOpened(index):
                self._reps = {}
                self._publisher.update(job.t_ns, **{**_NO_SET, "set_index": index})
            case RepFound(rep_count=count, rep=rep):
                self._reps[rep.index] = rep
                self._publisher.update(job.t_ns, rep_count=count, **self._result())
            case RepDiscarded(analysis_index=index, rep_count=count):
                self._reps.pop(index, None)
                self._publisher.update(job.t_ns, rep_count=count, **self._result())
            case SetMarked(pain=pain, discarded=discarded):
                marks = {"pain": pain, "discarded": discarded}
                told: dict[str, Any] = {name: True for name in marks if marks[name]}
                self._publisher.update(job.t_ns, **told, **({"score": 0} if pain else {}))
        if is_new:
            self._tell_change(job, change)

    def _result(self) -> dict[str, Any]:
        """What the set is worth so far."""
        reps = list(self._reps.values())
        return {
            "qualities": [quality(rep) for rep in reps][-_MOST_QUALITIES:],
            "best_streak": best_streak(reps),
            "work_on": work_on(reps),
            "score": min((rep.score for rep in reps), default=None),
            "usable_deg": usable_deg(reps),
        }

    def _tell_change(self, job: Keep, change: Change) -> None:
        match change:
            case SetOpened(index):
                self._set(job, index, "opened")
            case SetClosed(index):
                self._set(job, index, "closed")
            case SetMarked(index, discarded=True):
                self._set(job, index, "discarded")
            case RepFound():
                self._announcer.tell(_rep(job, change))

    def _session(self, session_id: str, t_ns: int, change: Literal["opened", "closed"]) -> None:
        _log.info("session %s %s", session_id, change)
        self._announcer.tell(
            SessionTold(t_ns=t_ns, session_id=session_id, set_index=None, change=change)
        )

    def _set(
        self, job: Keep, set_index: int, change: Literal["opened", "closed", "discarded"]
    ) -> None:
        _log.info("set %d of session %s %s", set_index, job.session_id, change)
        self._announcer.tell(
            SetTold(t_ns=job.t_ns, session_id=job.session_id, set_index=set_index, change=change)
        )


def _rep(job: Keep, found: RepFound) -> RepTold:
    return RepTold(
        t_ns=job.t_ns,
        rep_id=rep_id(job.session_id, found.rep.index),
        session_id=job.session_id,
        set_index=found.set_index,
        rep_index=found.rep_index,
        counted=found.counted,
        rep_count=found.rep_count,
        quality=quality(found.rep),
        rep=found.rep,
    )
