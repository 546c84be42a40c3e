"""The texts that people read, in their language: one table for each in `static/texts`.

The templates take them with `text`, the pages' scripts read the same files. Another language is
another file.
"""

import json
from pathlib import Path
from typing import Any, Final

from flask import Flask, Response, request

from webui import api

DEFAULT: Final = "en"
TABLES: Final[dict[str, dict[str, Any]]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "static" / "texts").glob("*.json"))
}


def install(app: Flask) -> None:
    """Give the templates of `app` their texts."""
    app.add_template_global(text)
    app.add_template_global(language)
    app.after_request(_vary)


def chosen() -> str | None:
    """What `?lang=` asks for; None where that is nothing or no language of ours."""
    asked = request.args.get("lang", "")[:2]
    return asked if asked in TABLES else None


def language() -> str:
    """Of this request: `?lang=`, else the browser's, else English; English for programs."""
    if request.path.startswith(api.PREFIX):
        return DEFAULT
    return chosen() or request.accept_languages.best_match(TABLES, DEFAULT)


def text(path: str, **values: object) -> str:
    """The text at `path` ("flow.empty"), with `{name}` filled from `values`.

    `KeyError` where there is none.
    """
    found: Any = TABLES[language()]
    for key in path.split("."):
        found = found[key]
    return str(found).format(**values)


def text_or(path: str, otherwise: str) -> str:
    """The same, or what is said where the tables have nothing."""
    try:
        return text(path)
    except (KeyError, TypeError):  # a name may have a dot
        return otherwise


def _vary(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.vary.add("Accept-Language")
    return response
