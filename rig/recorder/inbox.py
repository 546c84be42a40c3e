"""Commands on their way from the socket to the follower and their replies back."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, Final

from rig.errors import FormatError

_REMEMBERED: Final = 256
Reply = dict[str, Any]


@dataclass(frozen=True)
class Request:
    """A command, and where its reply goes."""

    command_id: str
    verb: str
    args: Mapping[str, Any]
    reply: "Future[Reply]" = field(default_factory=Future)


class Inbox:
    """Takes commands from many threads and gives them to one; knows the latest by their id."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: SimpleQueue[Request] = SimpleQueue()
        self._known: OrderedDict[str, Request] = OrderedDict()

    def put(self, message: object) -> "Future[Reply]":
        """The reply to a decoded request; that of the first one for an id that is known.

        Raises `FormatError` if the message is no request.
        """
        request = _request(message)
        with self._lock:
            known = self._known.setdefault(request.command_id, request)
            if known is request:
                self._waiting.put(request)
                if len(self._known) > _REMEMBERED:
                    self._known.popitem(last=False)
        return known.reply

    def take(self) -> Request | None:
        """The next command, if there is one."""
        try:
            return self._waiting.get_nowait()
        except Empty:
            return None


def _request(message: object) -> Request:
    if isinstance(message, dict):
        command_id, verb = message.get("command_id"), message.get("verb")
        args = message.get("args", {})
        if isinstance(command_id, str) and isinstance(verb, str) and isinstance(args, dict):
            return Request(command_id, verb, args)
    raise FormatError('a command is {"command_id": text, "verb": text, "args": {}}')
