"""The live page."""

from flask import Blueprint, render_template

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def live() -> str:
    """The live page; everything on it comes through the stream."""
    return render_template("live.html")
