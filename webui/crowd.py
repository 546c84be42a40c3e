"""Keeping a place for whoever wants a page, whatever others do with their connections.

waitress accepts a hundred connections and waits two minutes for what they have begun to ask: as
many that say nothing, or half of something, would take every place. Here a whole request must come
within seconds, and when all places are taken the connection that is of least use goes. Threads that
wait for somebody to take what was asked for are few, too.
"""

import threading
import time
from collections.abc import Collection, Mapping
from typing import Any, Final

from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask
from waitress.utilities import BadRequest

HEAD_S: Final = 5.0
"""A request's head must be whole so soon after the connection, or after the head's first byte."""
BODY_S: Final = 10.0
"""A whole request, with its body."""
IDLE_S: Final = 60
"""So long a connection may wait for its next request."""
MOST: Final = 320
"""Connections at once; a process may have 1024 files."""
MOST_OF_AN_ADDRESS: Final = 256
SLOW_READERS: Final = 6
"""Answers besides the streams that may wait for their client; each holds a thread."""
_PATIENCE_S: Final = 0.5


class RequestTimeout(BadRequest):  # type: ignore[misc]  # waitress has no types
    """What was begun was not ended in time."""

    code = 408
    reason = "Request Timeout"


class MarkedErrorTask(ErrorTask):  # type: ignore[misc]
    """An answer of the server's own, with the headers that every answer carries."""

    def execute(self) -> None:
        """Write it, and close."""
        self.response_headers.extend(self.channel.server.marks.items())
        super().execute()


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection; it knows since when its next request is awaited."""

    error_task_class = MarkedErrorTask
    request: Any = None
    served = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.awaited_since = time.time()
        super().__init__(*args, **kwargs)

    def received(self, data: bytes) -> bool:
        """Take bytes in; the time for a request begins with its first one."""
        if self.request is None and self.served:
            self.awaited_since = time.time()
        taken: bool = super().received(data)
        self.served = self.served or bool(self.requests)
        return taken

    @property
    def busy(self) -> bool:
        """Whether something is being answered."""
        return bool(self.requests or self.total_outbufs_len or self.will_close)

    @property
    def use(self) -> tuple[bool, float]:
        """The least goes first: what never asked anything whole, then what has rested longest."""
        idle = self.served and self.request is None
        return idle, self.last_activity if idle else self.awaited_since

    def hurry(self, now: float) -> None:
        """End what was begun and is not whole in time."""
        begun = self.request
        if self.busy or (begun is None and self.served):
            return
        whole_head = begun is not None and begun.headers_finished
        if now - self.awaited_since < (BODY_S if whole_head else HEAD_S):
            return
        if begun is None:
            self.will_close = True
        else:
            self._refuse(RequestTimeout("The request did not come in time. Ask again."))

    def _flush_outbufs_below_high_watermark(self) -> None:
        """Wait until the client has taken most of what there is, if this answer may wait."""
        if self.total_outbufs_len <= self.adj.outbuf_high_watermark:
            return
        if self.requests and self.requests[0].path in self.server.streams:
            super()._flush_outbufs_below_high_watermark()
            return
        if not self.server.slow_readers.acquire(timeout=_PATIENCE_S):
            self.will_close = True
            raise ClientDisconnected
        try:
            super()._flush_outbufs_below_high_watermark()
        finally:
            self.server.slow_readers.release()

    def _refuse(self, error: BadRequest) -> None:
        with self.requests_lock:
            refused = self.parser_class(self.adj)
            refused.error, refused.completed, refused.version = error, True, "1.1"
            self.request = None
            self.requests.append(refused)
        self.server.add_task(self)


class PatientServer(TcpWSGIServer):  # type: ignore[misc]
    """waitress with deadlines and with a place for one connection more.

    `marks` are the headers that go with its own error pages, `streams` the paths whose answers end
    when their client does.
    """

    channel_class = Channel

    def __init__(
        self, *args: Any, marks: Mapping[str, str], streams: Collection[str], **kwargs: Any
    ) -> None:
        self.marks, self.streams = marks, streams
        self.slow_readers = threading.BoundedSemaphore(SLOW_READERS)
        super().__init__(*args, **kwargs)

    def handle_accept(self) -> None:
        """Take a connection in; where there is no place left, one of no use goes for it."""
        before = set(self.active_channels)
        super().handle_accept()
        for number in set(self.active_channels) - before:
            self._make_place(self.active_channels[number])

    def maintenance(self, now: float) -> None:
        """Once a second."""
        super().maintenance(now)
        for channel in list(self.active_channels.values()):
            channel.hurry(now)

    def _make_place(self, newest: Channel) -> None:
        channels = [one for one in self.active_channels.values() if not one.will_close]
        fellows = [one for one in channels if one.addr[0] == newest.addr[0]]
        if len(fellows) > MOST_OF_AN_ADDRESS:
            _least(fellows, newest).will_close = True
        elif len(channels) > MOST:
            _least(channels, newest).will_close = True


def _least(channels: list[Channel], newest: Channel) -> Channel:
    """The connection of least use; the newest where all others are being answered."""
    others = [one for one in channels if one is not newest and not one.busy]
    return min(others, key=lambda one: one.use, default=newest)
