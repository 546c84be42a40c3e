"""What is announced once it is durable: sessions, sets, repetitions."""

from typing import Any

from rig.recorder.announcer import Announcer, Board
from rig.recorder.changes import (
    Change,
    RepDiscarded,
    RepFound,
    SetClosed,
    SetMarked,
    SetOpened,
    rep_id,
)
from rig.recorder.jobs import Begin, End, GoOn, Job, Keep, Then


class News:
    """Tells of jobs that are done; what was stored before a restart is not told again."""

    def __init__(self, announcer: Announcer, board: Board) -> None:
        self._announcer, self._board = announcer, board

    def tell(self, job: Job, new: list[bool]) -> None:
        """Announce a committed job; `new` says for each of its changes whether it is."""
        match job:
            case Begin(info, t_ns):
                self._board.update(t_ns, session_id=info.session_id)
                self._session(info.session_id, t_ns, "opened")
            case GoOn(info, t_ns):
                self._board.update(t_ns, session_id=info.session_id)
            case Keep(_, _, changes):
                for change, is_new in zip(changes, new, strict=True):
                    self._change(job, change, is_new=is_new)
            case End(session_id, t_ns):
                self._board.update(t_ns, session_id=None, set_index=None, rep_count=0)
                self._session(session_id, t_ns, "closed")
            case Then(do):
                do()

    def _change(self, job: Keep, change: Change, *, is_new: bool) -> None:
        match change:
            case SetOpened(index):
                self._board.update(job.t_ns, set_index=index, rep_count=0)
            case RepFound(rep_count=count) | RepDiscarded(rep_count=count):
                self._board.update(job.t_ns, rep_count=count)
        if is_new:
            self._tell_change(job, change)

    def _tell_change(self, job: Keep, change: Change) -> None:
        match change:
            case SetOpened(index):
                self._set(job, index, "opened")
            case SetClosed(index):
                self._set(job, index, "closed")
            case SetMarked(index, discarded=True):
                self._set(job, index, "discarded")
            case RepFound():
                self._announcer.tell("rep", job.t_ns, **_rep_fields(job.session_id, change))

    def _session(self, session_id: str, t_ns: int, change: str) -> None:
        self._announcer.tell("session", t_ns, session_id=session_id, set_index=None, change=change)

    def _set(self, job: Keep, set_index: int, change: str) -> None:
        self._announcer.tell(
            "set", job.t_ns, session_id=job.session_id, set_index=set_index, change=change
        )


def _rep_fields(session_id: str, found: RepFound) -> dict[str, Any]:
    return {
        "rep_id": rep_id(session_id, found.rep.index),
        "session_id": session_id,
        "set_index": found.set_index,
        "counted": found.counted,
        "rep_count": found.rep_count,
        "rep": found.rep.to_json(),
    }
