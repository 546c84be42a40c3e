from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from tests.support.pads import pads
from webui.pages.charts import set_chart


@dataclass
class Shown:
    """The parts of a rep that the chart looks at."""

    depth: float = 1.0
    contact_kept_pct: tuple[float | None, ...] = pads(100.0)
    counted: bool = field(default=True)


@given(st.lists(st.floats(-1, 5), max_size=40))
def test_every_bar_stands_on_the_axis_inside_the_chart(depths):
    chart = set_chart([Shown(depth) for depth in depths])
    assert len(chart.columns) == len(depths)
    for column in chart.columns:
        assert column.bar_y >= 0
        assert column.bar_height >= 0
        assert abs(column.bar_y + column.bar_height - chart.base_y) < 1e-9
        assert 0 < column.x < chart.width


@given(st.floats(0, 1.2), st.floats(0, 1.2))
def test_a_deeper_rep_has_the_higher_bar(one, other):
    first, second = set_chart([Shown(one), Shown(other)]).columns
    assert (first.bar_height > second.bar_height) == (one > other) or abs(one - other) < 1e-9


def test_the_usual_depth_reaches_its_line():
    chart = set_chart([Shown(1.0)])
    assert abs(chart.columns[0].bar_y - chart.usual_y) < 1e-9


def test_a_contact_is_kept_lost_or_not_known():
    shown = Shown(contact_kept_pct=pads(None, head=100.0, mid_back=99.0))
    marks = set_chart([shown]).columns[0].marks
    assert tuple(mark.kept for mark in marks) == pads(None, head=True, mid_back=False)
