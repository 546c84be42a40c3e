"""The hands-free flow, event by event."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rig.analysis.events import Event
from rig.drills import HINGE
from rig.errors import CommandRefused
from rig.session.flow import Flow
from rig.session.flow_states import FLOWS, SetDropped, SetEnds, SetStarts
from tests.support.repetitions import a_rep

SECOND = 1_000_000_000
WEIGHED = ("person_on", "weighed")
UNDO_NS, SUMMARY_NS = round(HINGE.undo_s * SECOND), round(HINGE.summary_s * SECOND)


class Acted:
    """A flow and all transitions so far; whatever happens takes a second."""

    def __init__(self, *names):
        self.flow, self.transitions, self.t_ns = Flow(HINGE), [], 0
        self.do(*names)

    def do(self, *names):
        for name in names:
            self.t_ns += SECOND
            values = {"phase": "eccentric"} if name == "phase" else {}
            if name in ("rep", "squat"):
                kind = "squat" if name == "squat" else "hinge"
                name, values = "rep", {"rep": a_rep(1, 1.0, kind)}
            self.transitions += self.flow.take(Event(self.t_ns, name, values))
        return self

    def wait(self, seconds):
        self.t_ns += round(seconds * SECOND)
        self.transitions += self.flow.advance(self.t_ns)
        return self


def in_set(reps=0):
    """Weighed, dowel taken, counted in: the set starts at 7.5 s."""
    return Acted(*WEIGHED).wait(2).do("dowel_on").wait(3).do(*["rep"] * reps)


@pytest.mark.parametrize(
    ("acted", "state"),
    [
        (Acted(), "empty"),
        (Acted("person_on"), "stand_still"),
        (Acted("person_on", "weighing_failed"), "stand_still"),
        (Acted(*WEIGHED), "weighed"),
        (Acted(*WEIGHED).wait(2), "take_dowel"),
        (Acted(*WEIGHED, "dowel_on").wait(1), "count_in"),
        (Acted(*WEIGHED).wait(2).do("dowel_on"), "count_in"),
        (Acted(*WEIGHED).wait(2).do("dowel_on", "dowel_off"), "take_dowel"),
        (in_set(), "set"),
        (in_set(2).do("dowel_off").wait(3), "rest"),
        (in_set(2).do("dowel_off").wait(3).do("dowel_on"), "count_in"),
        (in_set(2).do("person_off"), "summary"),
        (in_set(2).do("person_off").wait(HINGE.summary_s), "empty"),
        (in_set(2).do("person_off", "person_on"), "stand_still"),
        (in_set(1).do("person_off"), "left"),
        (in_set(1).do("person_off").wait(HINGE.undo_s), "empty"),
        (Acted(*WEIGHED, "person_off"), "empty"),
    ],
)
def test_the_state_follows_from_what_happened(acted, state):
    assert acted.flow.name == state


def test_every_state_is_described():
    for state in ("empty", "stand_still", "set", "rest", "left", "summary"):
        assert FLOWS[state]


def test_a_set_starts_when_the_count_in_is_over_however_late_that_is_noticed():
    late = Acted(*WEIGHED).wait(2).do("dowel_on").wait(60)
    assert late.transitions == [SetStarts(round((5 + HINGE.count_in_s) * SECOND))]


@pytest.mark.parametrize("early", ["phase", "rep"])
def test_who_moves_during_the_count_in_starts_the_set(early):
    assert Acted(*WEIGHED).wait(2).do("dowel_on", early).transitions == [SetStarts(6 * SECOND)]


def test_a_dowel_that_is_put_down_ends_the_set_when_it_was_put_down():
    acted = in_set(2).do("dowel_off")
    down_ns = acted.t_ns
    acted.wait(HINGE.dowel_down_s)
    assert acted.flow.name == "set"
    acted.wait(0.01)
    assert acted.transitions[1:] == [SetEnds(down_ns, "dowel_down")]


def test_a_dowel_that_comes_back_in_time_does_not_end_the_set():
    assert in_set(2).do("dowel_off", "dowel_on").wait(60).flow.name == "set"


def test_time_runs_out_before_a_later_event_is_taken():
    acted = in_set(2).do("dowel_off")
    down_ns = acted.t_ns
    acted.wait(0).t_ns += 20 * SECOND
    acted.do("dowel_on")
    assert acted.transitions[1:] == [SetEnds(down_ns, "dowel_down")]
    assert acted.flow.name == "count_in"


def test_stepping_off_ends_the_set():
    acted = in_set(HINGE.least_reps).do("person_off")
    assert acted.transitions[1:] == [SetEnds(acted.t_ns, "stepped_off")]


def test_stepping_off_early_discards_the_set_after_a_while():
    acted = in_set(1).do("squat", "person_off")
    off_ns = acted.t_ns
    assert acted.transitions[1:] == []
    acted.wait(HINGE.undo_s)
    assert acted.transitions[1:] == [SetEnds(off_ns, "stepped_off"), SetDropped()]


def test_stepping_back_on_in_time_goes_on_with_the_set():
    acted = in_set(1).do("person_off", *WEIGHED).wait(60)
    assert acted.flow.name == "set"
    assert acted.transitions[1:] == []
    acted.do("rep", "person_off")
    assert acted.transitions[1:] == [SetEnds(acted.t_ns, "stepped_off")]


def test_a_session_that_ends_meanwhile_discards_it_too():
    acted = in_set(1).do("person_off")
    assert acted.flow.finish(acted.t_ns + 1, "stopped") == [
        SetEnds(acted.t_ns, "stepped_off"),
        SetDropped(),
    ]


def test_a_set_that_somebody_stops_after_stepping_off_is_kept():
    acted = in_set(1).do("person_off")
    assert acted.flow.stop_set(acted.t_ns + 1, "stopped") == [SetEnds(acted.t_ns, "stopped")]
    assert acted.flow.name == "summary"


def test_a_stopped_set_does_not_start_again_while_the_dowel_stays():
    acted = in_set()
    assert acted.flow.stop_set(acted.t_ns, "stopped") == [SetEnds(acted.t_ns, "stopped")]
    assert acted.wait(60).flow.name == "rest"
    assert acted.do("dowel_off", "dowel_on").wait(3).transitions[-1] == SetStarts(acted.t_ns)


def test_a_set_started_by_command_does_not_wait_for_the_dowel():
    acted = Acted(*WEIGHED)
    assert acted.flow.start_set(5 * SECOND) == [SetStarts(5 * SECOND)]
    assert acted.wait(60).flow.name == "set"


@pytest.mark.parametrize(
    ("acted", "reason"),
    [(Acted(), "nobody"), (Acted("person_on"), "not weighed"), (in_set(), "is running")],
)
def test_a_set_cannot_be_started_out_of_turn(acted, reason):
    with pytest.raises(CommandRefused, match=reason):
        acted.flow.start_set(99 * SECOND)


def test_a_set_that_does_not_run_cannot_be_stopped():
    with pytest.raises(CommandRefused, match="no set"):
        Flow(HINGE).stop_set(0, "stopped")


_EVENTS = st.sampled_from(
    ["person_on", "person_off", "weighed", "dowel_on", "dowel_off", "phase", "rep", "squat"]
)


@given(st.lists(st.tuples(_EVENTS, st.floats(0, 8)), max_size=40))
def test_sets_start_and_end_in_turn_and_run_only_with_someone_there(happenings):
    acted, open_since = Acted(), None
    for name, seconds in happenings:
        acted.transitions.clear()
        acted.wait(seconds).do(name)
        for transition in acted.transitions:
            match transition:
                case SetStarts(t_ns):
                    assert open_since is None
                    open_since = t_ns
                case SetEnds(t_ns):
                    assert open_since is not None
                    assert open_since <= t_ns <= acted.t_ns
                    open_since = None
                case SetDropped():
                    assert open_since is None
        assert acted.flow.set_open == (open_since is not None)
        assert acted.flow.present or acted.flow.name in ("empty", "left", "summary")


@given(st.lists(st.tuples(_EVENTS, st.floats(0, 8)), max_size=25))
def test_when_time_is_looked_at_changes_nothing(happenings):
    seldom, often = Acted(), Acted()
    for name, seconds in happenings:
        seldom.wait(seconds).do(name)
        for _ in range(3):
            often.t_ns += round(seconds * SECOND) // 3
            often.transitions += often.flow.advance(often.t_ns)
        often.t_ns = seldom.t_ns - SECOND
        often.do(name)
    assert often.transitions == seldom.transitions
    assert often.flow.name == seldom.flow.name
