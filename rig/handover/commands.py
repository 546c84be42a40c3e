"""Commands to the recorder and their replies: one JSON line each way."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType, field

from rig.errors import CommandRefused
from rig.handover.message import Message

_Id = Annotated[str, Meta(min_length=1, max_length=100)]
_Verb = Annotated[str, Meta(min_length=1, max_length=40)]


class Command(Message, frozen=True):
    """What somebody asks for; with the same id it is done once."""

    command_id: _Id
    verb: _Verb
    args: dict[str, Any] = field(default_factory=dict)


class Reply(Message, frozen=True):
    """Done, with the number of the event that says so; or refused, with the reason."""

    command_id: str | None
    ok: bool
    event_seq: int | UnsetType = UNSET
    reason: str | UnsetType = UNSET
    code: str | UnsetType = UNSET
    values: dict[str, str | float] | UnsetType = UNSET


def done(command_id: str, event_seq: int) -> Reply:
    """The reply to a command that was carried out."""
    return Reply(command_id=command_id, ok=True, event_seq=event_seq)


def not_done(command_id: str | None, refusal: CommandRefused) -> Reply:
    """The reply to a command that is refused; without an id where none was understood."""
    return Reply(
        command_id=command_id,
        ok=False,
        reason=str(refusal),
        code=refusal.code,
        values=dict(refusal.values),
    )
