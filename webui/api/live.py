"""`/api/v1/live`: the stream behind the live page."""

from typing import Final

from flask import Blueprint, Response, abort, request

from webui.live.hub import TooManyViewers
from webui.services import services

PATH: Final = "/api/v1/live"
blueprint = Blueprint("live", __name__)


@blueprint.get(PATH)
def live() -> Response:
    """Server-sent events, until either side ends them; 503 when every place is taken.

    `?place=kiosk` takes the one place that is kept for the screen at the platform.
    """
    try:
        viewer = services().hub.join(kiosk=request.args.get("place") == "kiosk")
    except TooManyViewers:
        abort(503, "All places for live views are taken. Close one, or raise web.max_viewers.")
    response = Response(viewer, mimetype="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    return response
