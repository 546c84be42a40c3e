"""`/api/v1/commands`: what the recorder can be told to do."""

import uuid
from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, Response, abort, request

from rig.errors import CommandRefused, NotKnownError, StorageError
from rig.handover.command_client import send
from rig.names import COMMANDS
from webui.problems import problem
from webui.services import services

blueprint = Blueprint("commands", __name__, url_prefix="/api/v1/commands")

_TIMEOUT_S: Final = 1.8  # the caller gets its answer within two seconds
_LONGEST_KEY: Final = 100


@blueprint.post("/<verb>")
def command(verb: str) -> dict[str, Any] | tuple[dict[str, Any], int] | Response:
    """Tell the recorder: done (200), not known yet (202), refused (409) or unheard (503)."""
    if verb not in COMMANDS:
        abort(404, f"There is no command {verb!r}. Commands are {', '.join(COMMANDS)}.")
    command_id = _command_id()
    try:
        event_seq = send(services().run_dir.socket, verb, _arguments(), command_id, _TIMEOUT_S)
    except CommandRefused as refusal:
        return problem(HTTPStatus.CONFLICT, str(refusal), code=refusal.code, values=refusal.values)
    except NotKnownError as error:
        return {"command_id": command_id, "done": None, "detail": _ask_again(error)}, 202
    except StorageError as error:
        abort(503, f"Not done: {error}")
    return {"command_id": command_id, "event_seq": event_seq}


def _ask_again(error: NotKnownError) -> str:
    return f"{error}; ask again with this command_id as Idempotency-Key"


def _command_id() -> str:
    """The caller's key, so that a repeated request is carried out once; else a new one."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return str(uuid.uuid4())
    if not (key.isascii() and key.isprintable() and 0 < len(key) <= _LONGEST_KEY):
        abort(400, f"Idempotency-Key must be 1 to {_LONGEST_KEY} printable characters.")
    return key


def _arguments() -> dict[str, Any]:
    """The body's JSON object; no body is no arguments."""
    if not request.get_data(cache=True):
        return {}
    try:
        arguments = request.get_json()
    except RecursionError:
        abort(400, "The body is nested too deeply.")
    if not isinstance(arguments, dict):
        abort(400, "The body must be a JSON object with the command's arguments.")
    return arguments
