"""Each pad of the table has its place where scripts, styles and templates name pads one by one."""

from pathlib import Path

import pytest

import webui
from rig.names import PADS

ROOT = Path(webui.__file__).parent


def test_the_live_view_goes_through_the_pads_in_their_order():
    listed = ", ".join(f'"{pad}"' for pad in PADS)
    assert f"PADS = [{listed}]" in (ROOT / "static/js/view.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("pad", PADS)
@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("static/js/sound/sounds.js", "{pad}_on:"),
        ("static/js/sound/sounds.js", "{pad}_off:"),
        ("static/js/coach/table.js", "rep.contact_{pad}_pct"),
        ("static/live.css", ".contacts [data-pad={pad}]"),
        ("templates/coach.html", '"{pad}"'),
        ("templates/session.html", "column.{pad}"),
    ],
)
def test_a_pad_has_its_sounds_column_and_place(pad, file, place):
    assert place.format(pad=pad) in (ROOT / file).read_text(encoding="utf-8")
