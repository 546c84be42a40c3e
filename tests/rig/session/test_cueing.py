"""One cue at a time, the most important first, without nagging."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rig.drills import CueRule, Drill
from rig.session.cueing import Cueing

DRILL = Drill(
    "test",
    (
        CueRule("urgent", (("a",),), tolerance_s=0.0, again_s=3.0, urgent=True),
        CueRule("both", (("b", "c"), ("d",)), tolerance_s=0.3, again_s=6.0),
        CueRule("minor", (("c",),), tolerance_s=0.5, again_s=6.0),
    ),
    tempo_s=(1, 1, 1, 1),
    show_s=2.0,
    quiet_s=1.0,
)


def said(*spans, flow="set", silent=False, until_s=20.0):
    """What is said when; `spans` are (condition, from, to) in seconds."""
    cueing, told = Cueing(DRILL), []
    for tick in range(round(until_s * 100)):
        t_s = tick / 100
        holding = {name for name, start, end in spans if start <= t_s < end}
        name = cueing.feed(tick * 10_000_000, flow, holding, silent=silent)
        if name:
            told.append((round(t_s, 2), name))
    return told


def test_a_cue_comes_when_its_conditions_have_held_for_the_tolerance():
    assert said(("d", 1, 4)) == [(1.3, "both")]
    assert said(("d", 1, 1.29)) == []


def test_all_conditions_of_an_alternative_must_hold():
    assert said(("b", 1, 4)) == []
    assert said(("b", 1, 4), ("c", 1, 4)) == [(1.3, "both")]


def test_the_most_important_one_wins():
    assert said(("a", 1, 4), ("d", 0.7, 4)) == [(1.0, "urgent")]


def test_the_most_important_of_those_that_are_ripe_is_said():
    assert said(("c", 0.8, 4), ("d", 1, 4)) == [(1.3, "both")]


def test_an_urgent_one_interrupts_others_wait():
    assert said(("c", 1, 4), ("a", 2, 2.5)) == [(1.5, "minor"), (2.0, "urgent")]
    assert said(("a", 1, 1.5), ("c", 1, 9)) == [(1.0, "urgent"), (4.0, "minor")]
    assert said(("c", 1, 2), ("d", 2, 9)) == [(1.5, "minor"), (4.5, "both")]


def test_a_lasting_condition_is_said_once():
    assert said(("d", 1, 19)) == [(1.3, "both")]


def test_one_that_comes_back_stays_silent_for_a_while():
    spans = [("d", second, second + 1) for second in range(1, 19, 2)]
    assert said(*spans) == [(1.3, "both"), (7.3, "both"), (13.3, "both")]


def test_nothing_is_said_in_another_state_or_in_silence():
    assert said(("a", 1, 4), flow="rest") == []
    assert said(("a", 1, 4), silent=True) == []


def test_a_cue_stays_while_it_is_true_and_at_least_for_a_moment():
    cueing = Cueing(DRILL)
    shown = []
    for tick in range(1000):
        holding = {"d"} if 100 <= tick < 110 or 400 <= tick < 800 else set()
        cueing.feed(tick * 10_000_000, "set", {"a"} if tick == 100 else holding, silent=False)
        shown.append(cueing.current)
    assert shown[99:101] == [None, "urgent"]
    assert shown[299] == "urgent"
    assert shown[301] is None
    assert shown[799] == "both"
    assert shown[801] is None


@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.floats(0, 15), st.floats(0, 5)).map(
            lambda span: (span[0], span[1], span[1] + span[2])
        ),
        max_size=12,
    )
)
def test_no_cue_is_repeated_before_its_time(spans):
    told = said(*spans, until_s=21)
    for rule in DRILL.cues:
        times = [t for t, name in told if name == rule.name]
        assert all(b - a >= rule.again_s - 0.001 for a, b in pairwise(times))
