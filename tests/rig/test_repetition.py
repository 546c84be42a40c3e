"""The table of a repetition's measures."""

import pytest

from rig.names import PADS
from rig.repetition import COLUMNS, MEASURES, Rep, by_column, from_columns
from tests.support.pads import pads
from tests.support.repetitions import a_rep


def test_every_measure_has_a_unit_a_meaning_and_columns_of_its_own():
    columns = [column for measure in MEASURES.values() for column in measure.columns]
    assert len(set(columns)) == len(columns)
    assert set(COLUMNS) == set(columns)
    assert all(measure.meaning for measure in MEASURES.values())
    assert {m.unit for m in MEASURES.values()} <= {"", "s", "1", "0–1", "m", "N", "%", "mm", "°"}


def test_a_measure_of_each_pad_has_a_column_for_each():
    assert MEASURES["contact_kept_pct"].columns == tuple(f"contact_{pad}_pct" for pad in PADS)


def test_a_repetition_comes_back_from_its_columns():
    rep = a_rep(3, 7.0, contact_kept_pct=pads(52.0, head=100.0, mid_back=None))
    assert Rep(**from_columns(by_column(rep))) == rep


def test_the_phases_lengths_follow_from_the_times():
    rep = a_rep(1, 5.0)
    assert (rep.eccentric_s, rep.pause_s, rep.concentric_s) == (1.25, 0.25, 1.5)


def test_it_is_made_by_names_only():
    with pytest.raises(TypeError):
        Rep(1, "hinge")
