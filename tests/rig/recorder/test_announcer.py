"""What the recorder says: events in order, and the complete state at each change."""

import pytest

from rig.handover.event_ring import EventReader, EventWriter
from rig.handover.events import CueTold
from rig.handover.live_state import LiveState
from rig.recorder.announcer import Announcer, StatePublisher


@pytest.fixture
def ring(tmp_path):
    writer = EventWriter(tmp_path / "events.ring")
    yield writer, EventReader(tmp_path / "events.ring", "oldest")
    writer.close()


@pytest.fixture
def publisher(ring):
    return StatePublisher(Announcer(ring[0]))


def told(ring):
    return [event for _, event in ring[1].read_events().events]


def test_an_event_gets_the_number_that_it_has_in_the_ring(ring):
    announcer = Announcer(ring[0])
    assert [announcer.tell(CueTold(t_ns=n, name="x")) for n in range(3)] == [0, 1, 2]


def test_a_change_is_told_with_all_the_rest_of_the_state(ring, publisher):
    publisher.update(5, flow="set", rep_count=1)
    publisher.update(6, rep_count=2)
    assert told(ring) == [
        LiveState(t_ns=5, flow="set", rep_count=1),
        LiveState(t_ns=6, flow="set", rep_count=2),
    ]


def test_what_changes_nothing_is_not_told(ring, publisher):
    publisher.update(5, flow="set")
    publisher.update(6, flow="set")
    assert len(told(ring)) == 1


def test_it_is_repeated_as_it_is_at_a_new_time(ring, publisher):
    publisher.update(5, muted=True)
    publisher.repeat(9)
    assert told(ring)[-1] == LiveState(t_ns=9, muted=True)


def test_a_field_that_the_state_does_not_have_is_an_error_at_once(publisher):
    with pytest.raises(TypeError):
        publisher.update(5, muffled=True)
