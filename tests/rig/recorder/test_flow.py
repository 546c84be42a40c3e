import pytest
from hypothesis import given
from hypothesis import strategies as st

from rig.analysis.events import Event
from rig.errors import CommandRefused
from rig.recorder.flow import DOWEL_DOWN_NS, Flow, SetEnds, SetStarts

SECOND = 1_000_000_000
READY = ("person_on", "weighed", "dowel_on")


def _flow(*names):
    """A flow after these events, one a second, and all turns so far."""
    flow = Flow()
    turns = []
    for t, name in enumerate(names, start=1):
        turns += flow.take(Event(t * SECOND, name))
    return flow, turns


@pytest.mark.parametrize(
    ("names", "state"),
    [
        ((), "empty"),
        (("person_on",), "stand_still"),
        (("person_on", "weighing_failed"), "stand_still"),
        (("person_on", "weighed"), "take_dowel"),
        (("person_on", "dowel_on"), "stand_still"),
        (READY, "set"),
        (("person_on", "dowel_on", "weighed"), "set"),
        ((*READY, "person_off"), "empty"),
        ((*READY, "person_off", "person_on"), "stand_still"),
    ],
)
def test_the_state_follows_from_what_happened(names, state):
    assert _flow(*names)[0].name == state


def test_a_set_starts_when_weighed_with_the_dowel_in_place():
    assert _flow(*READY)[1] == [SetStarts(3 * SECOND)]


def test_a_dowel_that_is_put_down_ends_the_set_when_it_was_put_down():
    flow, _ = _flow(*READY, "dowel_off")
    down_ns = 4 * SECOND
    assert flow.advance(down_ns + DOWEL_DOWN_NS) == []
    assert flow.advance(down_ns + DOWEL_DOWN_NS + 1) == [SetEnds(down_ns, "dowel_down")]
    assert flow.name == "rest"


def test_a_dowel_that_comes_back_in_time_does_not_end_the_set():
    flow, turns = _flow(*READY, "dowel_off", "dowel_on")
    assert len(turns) == 1
    assert flow.advance(60 * SECOND) == []


def test_the_next_set_starts_with_the_dowel_back_in_place():
    flow, _ = _flow(*READY, "dowel_off")
    flow.advance(10 * SECOND)
    assert flow.take(Event(11 * SECOND, "dowel_on")) == [SetStarts(11 * SECOND)]


def test_time_runs_out_before_a_later_event_is_taken():
    flow, _ = _flow(*READY, "dowel_off")
    assert flow.take(Event(20 * SECOND, "dowel_on")) == [
        SetEnds(4 * SECOND, "dowel_down"),
        SetStarts(20 * SECOND),
    ]


def test_stepping_off_ends_the_set():
    assert _flow(*READY, "person_off")[1][-1] == SetEnds(4 * SECOND, "stepped_off")


def test_a_stopped_set_does_not_start_again_while_the_dowel_stays():
    flow, _ = _flow(*READY)
    assert flow.stop_set(5 * SECOND, "stopped") == [SetEnds(5 * SECOND, "stopped")]
    assert flow.advance(60 * SECOND) == []
    flow.take(Event(61 * SECOND, "dowel_off"))
    assert flow.take(Event(62 * SECOND, "dowel_on")) == [SetStarts(62 * SECOND)]


def test_a_set_started_by_command_does_not_wait_for_the_dowel():
    flow, _ = _flow("person_on", "weighed")
    assert flow.start_set(5 * SECOND) == [SetStarts(5 * SECOND)]
    assert flow.advance(60 * SECOND) == []


@pytest.mark.parametrize(
    ("names", "reason"),
    [((), "nobody"), (("person_on",), "not weighed"), (READY, "is running")],
)
def test_a_set_cannot_be_started_out_of_turn(names, reason):
    with pytest.raises(CommandRefused, match=reason):
        _flow(*names)[0].start_set(9 * SECOND)


def test_a_set_that_does_not_run_cannot_be_stopped():
    with pytest.raises(CommandRefused, match="no set"):
        Flow().stop_set(0, "stopped")


_EVENTS = st.sampled_from(
    ["person_on", "person_off", "weighed", "weighing_failed", "dowel_on", "dowel_off", "phase"]
)


@given(st.lists(st.tuples(_EVENTS, st.integers(0, 5 * SECOND))))
def test_sets_start_and_end_in_turn_and_only_with_someone_there(happenings):
    flow = Flow()
    t_ns, open_since = 0, None
    for name, wait_ns in happenings:
        t_ns += wait_ns
        for turn in flow.take(Event(t_ns, name)):
            if isinstance(turn, SetStarts):
                assert open_since is None
                open_since = turn.t_ns
            else:
                assert open_since is not None
                assert open_since <= turn.t_ns <= t_ns
                open_since = None
        assert flow.in_set == (open_since is not None)
        assert flow.present or not flow.in_set
