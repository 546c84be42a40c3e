"""One viewer's end of the live stream: a bounded queue that a slow client cannot make grow."""

from collections.abc import Callable, Iterator
from queue import Empty, Full, Queue
from typing import Final

DEPTH: Final = 64  # messages: about two seconds


class Viewer(Iterator[bytes]):
    """The messages for one client, as a WSGI response body; `close` is called at its end."""

    def __init__(self, first: bytes, leave: Callable[["Viewer"], None]) -> None:
        self._waiting: Queue[bytes | None] = Queue(DEPTH)
        self._waiting.put_nowait(first)
        self._leave = leave

    def offer(self, message: bytes) -> bool:
        """Queue a message without waiting; False when the client is too slow to have it."""
        try:
            self._waiting.put_nowait(message)
        except Full:
            return False
        return True

    def end(self, last: bytes | None = None) -> None:
        """End the stream at once, after a `last` message; what still waits is dropped."""
        try:
            while True:
                self._waiting.get_nowait()
        except Empty:
            if last is not None:
                self._waiting.put_nowait(last)
            self._waiting.put_nowait(None)

    def __next__(self) -> bytes:
        message = self._waiting.get()
        if message is None:
            raise StopIteration
        return message

    def close(self) -> None:
        """The client has gone or the stream has ended."""
        self._leave(self)
