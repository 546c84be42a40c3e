"""Viewers of the live stream without a browser, in a process of their own."""

import multiprocessing
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from types import TracebackType
from urllib.request import urlopen

import psutil


class Readers:
    """So many viewers that read all they get; the first, in the kiosk's place, notes how late."""

    def __init__(self, url: str, count: int) -> None:
        self._ours, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("spawn")
        self._process = context.Process(target=_read_all, args=(url, count, theirs), daemon=True)

    def take_delays_ms(self) -> list[float]:
        """From a frame's tick to its message here, for the newest frame of each message."""
        self._ours.send("delays")
        delays: list[float] = self._ours.recv()
        return delays

    def __enter__(self) -> "Readers":
        self._process.start()
        self._ours.recv()  # all of them read
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.join()


def _read_all(url: str, count: int, answers: Connection) -> None:
    delays: list[float] = []
    reading = threading.Barrier(count + 1)
    for number in range(count):
        place = "?place=kiosk" if number == 0 else ""
        arguments = (f"{url}/api/v1/live{place}", reading, None if number else delays)
        threading.Thread(target=_read, args=arguments, daemon=True).start()
    reading.wait()
    answers.send("reading")
    while answers.recv():
        answers.send(delays[:])


def _read(url: str, reading: threading.Barrier, delays: list[float] | None) -> None:
    with urlopen(url) as stream:
        stream.readline()
        reading.wait()
        newest = ""
        for line in stream:
            if delays is None:
                continue
            text = line.decode()
            if text.startswith("data: ") and text[6:7].isdigit():
                newest = text
            elif text == "\n" and newest:
                t_ms = float(newest.removeprefix("data: ").split(",", 2)[1])
                delays.append(1000 * time.monotonic() - t_ms)
                newest = ""


@contextmanager
def stalled_viewer(port: int) -> Iterator[None]:
    """One that asks for the stream and never reads."""
    with socket.socket() as stalled:
        stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        stalled.connect(("127.0.0.1", port))
        stalled.sendall(b"GET /api/v1/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
        yield


def cpu_share(process: psutil.Process, seconds: float) -> float:
    """Cores that a process uses over so many seconds."""
    before = sum(process.cpu_times()[:2])
    time.sleep(seconds)
    return float(sum(process.cpu_times()[:2]) - before) / seconds
