"""`/api/v1/health` and the description of the interface itself."""

from typing import Any

from flask import Blueprint, Response, current_app

from webui.services import services

blueprint = Blueprint("health", __name__, url_prefix="/api/v1")


@blueprint.get("/health")
def health() -> dict[str, Any]:
    """How the rig is, also with everything else down."""
    return services().hub.health()


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The OpenAPI document of these routes."""
    return current_app.send_static_file("openapi.json")
