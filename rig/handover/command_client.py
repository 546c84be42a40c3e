"""Sending the recorder a command."""

import socket
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rig.errors import CommandRefused, NotKnownError, RingError, StorageError
from rig.handover.commands import Command, Reply
from rig.handover.message import decoded, encoded
from rig.handover.refusals import refused


def send(
    path: Path,
    verb: str,
    args: Mapping[str, Any] | None = None,
    command_id: str | None = None,
    timeout_s: float = 2.0,
) -> int:
    """Send one command to the socket at `path` and return its event's sequence number.

    With the same `command_id` it is done once, however often it is sent. Raises `CommandRefused`
    with the reason, `NotKnownError` where no reply comes in time, `StorageError` where there is no
    recorder.
    """
    command_id = command_id or str(uuid.uuid4())
    request = Command(command_id=command_id, verb=verb, args=dict(args or {}))
    line = _line(request)
    try:
        answer = _ask(path, line, timeout_s)
        reply = decoded(answer, Reply, "the recorder's reply")
    except TimeoutError:
        raise NotKnownError(
            "the recorder does not answer in time: whether it is done is not known yet"
        ) from None
    except (OSError, ValueError, RingError):
        raise StorageError("the recorder does not answer; is it running?") from None
    if not reply.ok:
        raise CommandRefused(reply.reason or "", reply.code or "", reply.values or {})
    return reply.event_seq or 0


def _line(request: Command) -> bytes:
    try:
        return encoded(request) + b"\n"
    except (ValueError, OverflowError, RecursionError) as error:  # half a letter, a tower of lists
        raise refused("not_understood", problem=str(error)) from None


def _ask(path: Path, line: bytes, timeout_s: float) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(timeout_s)
        connection.connect(str(path))
        connection.sendall(line)
        with connection.makefile("rb") as answer:
            return answer.readline()
