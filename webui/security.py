"""What every request must pass and every answer carries.

The Host check keeps out pages that point a name of theirs at this machine (DNS rebinding); the
Origin check keeps other sites' pages from sending commands. A request without an Origin comes from
a program, not from a page: browsers send it with everything but GET and HEAD.
"""

from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

from rig.system.ports import is_loopback
from webui.texts import text

MAX_BODY_BYTES: Final = 64 * 1024
_SAFE_METHODS: Final = ("GET", "HEAD", "OPTIONS")
MARKS: Final = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
KEEP_NOTHING: Final = {"Cache-Control": "no-store"}
"""For all but the pages' own files: what people did stays on the rig."""


def install(app: Flask, allowed_hosts: Collection[str]) -> None:
    """Check every request of `app`, and mark every answer."""
    names = {name.lower() for name in allowed_hosts}
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES

    @app.before_request
    def check() -> None:
        if not host_allowed(request.headers.get("Host", ""), names):
            abort(400, text("error.host"))
        if request.method not in _SAFE_METHODS and not _same_origin():
            abort(403, "Commands are only taken from this rig's own pages.")
        if _from_elsewhere():
            abort(403, "Another site's page may lead here, and may read nothing from here.")

    @app.after_request
    def mark(response: Response) -> Response:
        response.headers.update(MARKS)
        if request.endpoint != "static":
            response.headers.update(KEEP_NOTHING)
        return response


def host_allowed(host: str, names: Collection[str]) -> bool:
    """Whether a Host header names this rig: loopback literals, localhost, or one of `names`."""
    try:
        parts = urlsplit(f"//{host}")
        name, _ = parts.hostname, parts.port  # the port raises where it is not a number
    except ValueError:
        return False
    if not name or parts.netloc != host or "@" in host:
        return False
    return name == "localhost" or name in names or is_loopback(name)


def _from_elsewhere() -> bool:
    """Whether a browser says that another site's page asks, and not a person who follows a link."""
    fetch = {
        name: request.headers.get(f"Sec-Fetch-{name}", "") for name in ("Site", "Mode", "Dest")
    }
    follows_link = (fetch["Mode"], fetch["Dest"]) == ("navigate", "document")
    return fetch["Site"] == "cross-site" and not follows_link


def _same_origin() -> bool:
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.host}"
