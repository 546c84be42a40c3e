"""Errors as people and programs can read them: RFC 9457 problem JSON in the API, a page elsewhere.

Raise with `abort(status, text)`; the text says what is wrong and what to do.
"""

import json
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from rig.errors import StorageError
from webui import api
from webui.texts import text, text_or


def install(app: Flask) -> None:
    """Answer every error of `app` in the form that its caller reads."""
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(
        StorageError,
        lambda error: _answer(ServiceUnavailable(text("error.history", reason=error))),
    )


def _answer(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or 500)
    answer = _document(error, status) if _for_programs() else _page(error, status)
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            answer.headers[name] = value
    return answer


def _for_programs() -> bool:
    return request.path.startswith(api.PREFIX)


def _document(error: HTTPException, status: HTTPStatus) -> Response:
    return problem(status, error.description or status.description)


def _page(error: HTTPException, status: HTTPStatus) -> Response:
    detail = error.description or status.description
    if detail == type(error).description:  # nobody has said more than the status does
        detail = text_or(f"error.detail.{status.value}", detail)
    title = text_or(f"error.title.{status.value}", status.phrase)
    return Response(render_template("error.html", title=title, detail=detail), status)


def problem(status: HTTPStatus, detail: str, **more: Any) -> Response:
    """A problem document; `more` are its extension members."""
    document = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        "instance": request.path,
        **more,
    }
    return Response(json.dumps(document), status.value, mimetype="application/problem+json")
