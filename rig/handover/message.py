"""What messages between the processes have in common: typed, checked where they are read."""

from typing import Any, TypeVar

import msgspec

from rig.errors import RingError
from rig.system.typed_json import decode

_M = TypeVar("_M")


class Message(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A message or a part of one. A field that it does not have is an error, on either side."""


def encoded(message: Any) -> bytes:
    """As JSON; what is no finite number becomes null."""
    return msgspec.json.encode(message)


def decoded(payload: bytes, kind: type[_M], source: str) -> _M:
    """A message of this kind. `RingError` names `source` and what is wrong."""
    try:
        return decode(payload, kind)
    except ValueError as error:
        raise RingError(f"{source}: not understood: {error}") from None


def plain(message: Any) -> Any:
    """The same as dictionaries, lists, texts and numbers, in the order of the fields."""
    return msgspec.to_builtins(message)
