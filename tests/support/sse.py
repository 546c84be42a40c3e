"""Reads the live stream as a client would."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from webui.live.encoding import FIELDS


@dataclass(frozen=True)
class Sse:
    """One server-sent event."""

    name: str
    id: str
    data: str

    @property
    def json(self) -> Any:
        return json.loads(self.data)

    @property
    def frames(self) -> list[dict[str, float | None]]:
        """The decoded frames of a `frames` event."""
        lines = self.data.splitlines()
        return [decode(line) for line in lines if not line.startswith("missed,")]


def events(pieces: Iterable[bytes]) -> Iterator[Sse]:
    """The events of a stream whose pieces hold whole events."""
    for piece in pieces:
        for block in piece.decode().removesuffix("\n\n").split("\n\n"):
            fields: dict[str, list[str]] = {}
            for line in block.splitlines():
                name, _, value = line.partition(": ")
                fields.setdefault(name, []).append(value)
            yield Sse(
                "".join(fields.get("event", [])),
                "".join(fields.get("id", [])),
                "\n".join(fields.get("data", [])),
            )


def decode(line: str) -> dict[str, float | None]:
    """A frame's line as values by field name; None is not known."""
    cells = line.split(",")
    return {
        name: int(cell) * scale if cell else None
        for (name, scale), cell in zip(FIELDS, cells, strict=True)
    }
