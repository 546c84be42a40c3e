"""One wrong conversion is not used; a real step is, a conversion later."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rig.analysis.balance.jumps import JumpGuard

FAR_N = 60.0


def taken(*values, sizes=(1000,)):
    """Which of these forces are used, and which are known to follow a jump."""
    forces = np.array(values, float)[:, None]
    guard, use, jumped, at = JumpGuard(1, FAR_N), [], [], 0
    for size in (*sizes, len(values)):
        part = forces[at : at + size]
        at += size
        if len(part):
            good, bad = guard.feed(part, np.isfinite(part))
            use += good[:, 0].tolist()
            jumped += bad[:, 0].tolist() if len(bad) else [False] * len(part)
    return use, jumped


@pytest.mark.parametrize("wrong", [0.0, -1.0, 340.0, 8000.0])
def test_a_single_wrong_conversion_is_left_out_and_counted_by_the_next_one(wrong):
    use, jumped = taken(170, 171, wrong, 170, 169)
    assert use == [True, True, False, True, True]
    assert jumped == [False, False, False, True, False]


def test_a_step_is_believed_with_the_second_conversion():
    assert taken(0, 1, 350, 352, 351) == ([True, True, False, True, True], [False] * 5)


def test_the_same_conversion_twice_does_not_agree_with_itself():
    assert taken(170, 0, 0, 171)[0] == [True, False, False, True]
    assert taken(0, 170, 170, 170, 170)[0] == [True, False, False, False, True]


def test_a_force_that_moves_fast_may_go_on():
    rising = [0, 20, 55, 110, 200, 320, 430, 500]
    assert all(taken(*rising)[0])


@given(
    st.lists(
        st.one_of(st.floats(-50, 50), st.floats(-3000, 3000), st.just(float("nan"))), max_size=60
    ),
    st.lists(st.integers(1, 5), max_size=60),
)
def test_any_split_gives_the_same_answer(values, sizes):
    assert taken(*values, sizes=sizes) == taken(*values)
