"""Errors as people and programs can read them: RFC 9457 problem JSON in the API, a page elsewhere.

Raise with `abort(status, text)`; the text says what is wrong and what to do.
"""

import json
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from rig.errors import StorageError

API_PREFIX: Final = "/api/"


def install(app: Flask) -> None:
    """Answer every error of `app` in the form that its caller reads."""
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(
        StorageError,
        lambda error: _answer(ServiceUnavailable(f"The history cannot be read: {error}")),
    )


def _answer(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or 500)
    detail = error.description or status.description
    answer = (
        problem(status, detail)
        if request.path.startswith(API_PREFIX)
        else Response(render_template("error.html", status=status, detail=detail), status)
    )
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            answer.headers[name] = value
    return answer


def problem(status: HTTPStatus, detail: str) -> Response:
    """A problem document."""
    document = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        "instance": request.path,
    }
    return Response(json.dumps(document), status.value, mimetype="application/problem+json")
