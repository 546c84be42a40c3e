"""The live page, the list of sessions and the page of one session."""

from typing import Any, Final
from uuid import UUID

from flask import Blueprint, render_template

from rig.storage.records import RepRecord, SessionDetail, SetRecord
from webui.pages.charts import set_chart
from webui.pages.formats import FILTERS
from webui.paging import query_number
from webui.services import services
from webui.texts import chosen

blueprint = Blueprint("pages", __name__)
for _name, _filter in FILTERS.items():
    blueprint.add_app_template_filter(_filter, _name)

PAGE_SIZE: Final = 25
_LAST_PAGE: Final = 10**6


@blueprint.app_url_defaults
def keep_language(endpoint: str, values: dict[str, Any]) -> None:
    """A link to another page keeps the language that this page was asked for."""
    if endpoint.startswith("pages.") and (language := chosen()):
        values.setdefault("lang", language)


@blueprint.get("/")
def live() -> str:
    """The live page; everything on it comes through the stream."""
    return render_template("live.html")


@blueprint.get("/coach")
def coach() -> str:
    """The coach's page: the same stream, strips, table and commands."""
    return render_template("coach.html")


@blueprint.get("/sessions")
def sessions() -> str:
    """Sessions, newest first, a page at a time."""
    page = query_number("page", 1, 1, _LAST_PAGE)
    with services().history() as history:
        found = history.sessions(PAGE_SIZE, (page - 1) * PAGE_SIZE)
        pages = max(1, -(-history.session_count() // PAGE_SIZE))
    has_lean = any(one.usable_depth_deg is not None for one in found)
    return render_template(
        "sessions.html", sessions=found, page=page, pages=pages, has_lean=has_lean
    )


@blueprint.get("/sessions/<uuid:session_id>")
def session(session_id: UUID) -> str:
    """One session: its sets, their repetitions, the files to download."""
    detail = services().session_or_404(str(session_id))
    sets = [(item, reps, set_chart(reps)) for item, reps in _kept_sets(detail)]
    has_lean = any(rep.depth_deg is not None for _, reps, _ in sets for rep in reps)
    return render_template("session.html", session=detail.summary, sets=sets, has_lean=has_lean)


def _kept_sets(detail: SessionDetail) -> list[tuple[SetRecord, list[RepRecord]]]:
    """Sets and reps that nobody discarded, each set with its reps."""
    kept = [rep for rep in detail.reps if not rep.discarded]
    return [
        (item, [rep for rep in kept if rep.set_index == item.set_index])
        for item in detail.sets
        if not item.discarded
    ]
