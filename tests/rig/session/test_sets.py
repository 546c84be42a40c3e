"""Sets and which repetition belongs to which."""

import pytest

from rig.context import Context
from rig.errors import CommandRefused
from rig.session.changes import RepDiscarded, SetClosed, SetMarked, SetOpened
from rig.session.sets import Sets
from tests.support.repetitions import a_rep

SECOND = 1_000_000_000
CONTEXT = Context("P-0001", load_kg=5.0)


@pytest.fixture
def sets():
    """One set that is open since the fifth second."""
    sets = Sets()
    sets.open(5 * SECOND, CONTEXT)
    return sets


def test_sets_are_numbered_from_one_and_know_what_they_were_opened_with():
    sets = Sets()
    assert sets.open(5 * SECOND, CONTEXT) == SetOpened(1, 5.0, CONTEXT)
    assert sets.close(9 * SECOND, "dowel_down") == SetClosed(1, 9.0, "dowel_down")
    assert sets.open(20 * SECOND, CONTEXT).set_index == 2


def test_a_repetition_before_any_set_belongs_to_none():
    assert Sets().add(a_rep(1, 2.0)) is None


def test_repetitions_are_numbered_in_their_set_whatever_their_kind(sets):
    first, squat = sets.add(a_rep(1, 6.0)), sets.add(a_rep(2, 10.0, kind="squat"))
    assert (first.rep_index, first.counted, first.rep_count) == (1, True, 1)
    assert (squat.rep_index, squat.counted, squat.rep_count) == (2, False, 1)


def test_one_that_is_decided_after_the_set_belongs_to_it_if_it_ended_in_it(sets):
    sets.close(10 * SECOND, "stopped")
    assert sets.add(a_rep(1, 6.9)).set_index == 1  # ended at 9.9 s
    assert sets.add(a_rep(2, 7.1)) is None


def test_the_latest_repetition_is_discarded_then_the_one_before(sets):
    for number in (1, 2):
        sets.add(a_rep(number, 6.0 + number))
    assert sets.discard_rep() == RepDiscarded(1, 2, 1)
    assert sets.discard_rep() == RepDiscarded(1, 1, 0)
    with pytest.raises(CommandRefused, match="no repetition"):
        sets.discard_rep()


def test_a_discarded_set_gives_way_to_the_one_before(sets):
    sets.close(9 * SECOND, "stopped")
    sets.open(20 * SECOND, CONTEXT)
    assert sets.discard() == SetMarked(2, discarded=True)
    assert sets.mark_pain() == SetMarked(1, pain=True)


def test_without_a_set_there_is_nothing_to_mark():
    with pytest.raises(CommandRefused, match="no set"):
        Sets().mark_pain()
