"""`/api/v1/health` and the description of the interface itself."""

import json
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, current_app

from rig.handover.events import CueTold, RepTold
from rig.handover.live_state import LiveState
from rig.handover.message import plain
from rig.system.typed_json import schemas
from webui.health import Health
from webui.services import services

blueprint = Blueprint("health", __name__, url_prefix="/api/v1")

_MESSAGES: Final = (Health, LiveState, CueTold, RepTold)
"""What the live stream carries as JSON."""


@blueprint.get("/health")
def health() -> dict[str, Any]:
    """How the rig is, also with everything else down."""
    document: dict[str, Any] = plain(services().hub.health())
    return document


@blueprint.get("/openapi.json")
def openapi() -> dict[str, Any]:
    """The OpenAPI document of these routes; the messages' schemas are made of their types."""
    path = Path(current_app.static_folder or "") / "openapi.json"
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    document["components"]["schemas"].update(schemas(_MESSAGES))
    return document
