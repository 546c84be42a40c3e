"""Commands on their way from the socket to the follower and their replies back.

A command takes effect behind the frames that there were when it came, also while the recorder
catches up: somebody meant what they saw.
"""

import threading
from collections import OrderedDict
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Final

from rig.handover.commands import Command, Reply

_REMEMBERED: Final = 256


@dataclass(frozen=True)
class Request:
    """A command, and where its reply goes."""

    command: Command
    reply: "Future[Reply]" = field(default_factory=Future)


class Inbox:
    """Takes commands from many threads and gives them to one; knows the latest by their id."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: SimpleQueue[Request] = SimpleQueue()
        self._known: OrderedDict[str, Request] = OrderedDict()
        self._next: Request | None = None
        self._behind = 0  # the frame before which it is not due

    def put(self, command: Command) -> "Future[Reply]":
        """The reply to a command; that of the first one for an id that is known."""
        request = Request(command)
        with self._lock:
            known = self._known.setdefault(command.command_id, request)
            if known is request:
                self._waiting.put(request)
                if len(self._known) > _REMEMBERED:
                    self._known.popitem(last=False)
        return known.reply

    def take(self, next_seq: int = 0, head: int = 0) -> Request | None:
        """The next command that is due, for one who has read up to `next_seq` of `head` frames."""
        if self._next is None:
            try:
                self._next, self._behind = self._waiting.get_nowait(), head
            except Empty:
                return None
        if next_seq < min(self._behind, head):  # a ring that was replaced has fewer
            return None
        due, self._next = self._next, None
        return due
