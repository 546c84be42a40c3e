"""Messages between the processes: what is wrong with one is told with its place."""

import pytest

from rig.errors import RingError
from rig.handover.event_ring import AnyTold, EventReader, EventWriter
from rig.handover.events import CueTold, RepTold, SetTold
from rig.handover.live_state import LiveState
from rig.handover.message import decoded, encoded
from rig.handover.ring import RingWriter
from rig.handover.status_page import StatusPage
from tests.support.repetitions import a_rep


def test_a_field_that_there_is_not_cannot_be_sent():
    with pytest.raises(TypeError):
        SetTold(t_ns=1, session_id="s", set_indx=1, change="opened")


@pytest.mark.parametrize(
    ("payload", "what"),
    [
        (b'{"type": "cue", "t_ns": 1, "nam": "x"}', "unknown field `nam`"),
        (b'{"type": "cue", "t_ns": "soon", "name": "x"}', "t_ns: Expected `int`"),
        (b'{"type": "cue", "name": "x"}', "missing required field `t_ns`"),
        (b'{"type": "dance", "t_ns": 1}', "type: Invalid value 'dance'"),
        (b'{"type": "state", "t_ns": 1, "flow": "asleep"}', "flow: Invalid enum value 'asleep'"),
        (b"{", "not JSON"),
        (b"[" * 5000, "Expected `object`, got `array`"),
        (b"\xff", "not JSON"),
    ],
)
def test_what_is_not_understood_is_one_line_with_its_place(payload, what):
    with pytest.raises(RingError, match="the event: not understood") as error:
        decoded(payload, AnyTold, "the event")
    assert what in str(error.value)
    assert "\n" not in str(error.value)


def test_every_event_comes_back_as_it_was_sent(tmp_path):
    sent = [
        LiveState(t_ns=1, flow="set", qualities=[3, 2], band_mm=(-1.0, 1.0, -2.0, 2.0)),
        CueTold(t_ns=2, name="tailbone_lost"),
        RepTold(
            t_ns=3, rep_id="r", session_id="s", set_index=1, rep_index=1, counted=True,
            rep_count=1, quality=3, rep=a_rep(1, 2.0),
        ),
    ]  # fmt: skip
    writer = EventWriter(tmp_path / "events.ring")
    reader = EventReader(tmp_path / "events.ring", "oldest")
    for event in sent:
        writer.append(event)
    assert [event for _, event in reader.read_events().events] == sent


def test_an_event_that_is_not_understood_keeps_none_of_the_others_back(tmp_path):
    writer = RingWriter(tmp_path / "events.ring", payload_bytes=4080, slot_count=4096)
    writer.append(b'{"type":"cue"}')
    writer.append(encoded(CueTold(t_ns=2, name="head_lost")))
    batch = EventReader(tmp_path / "events.ring", "oldest").read_events()
    assert batch.events == [(1, CueTold(t_ns=2, name="head_lost"))]
    assert batch.problems == ["event 0: not understood: Object missing required field `t_ns`"]


def test_a_number_that_is_none_becomes_null():
    rep = a_rep(1, 2.0, depth=float("nan"))
    assert b'"depth":null' in encoded(rep)


def test_a_replay_has_no_figures_of_chips():
    page = StatusPage(
        pid=1, platform="replay", state="running", t_ns=1, epoch=1, frames=2, cal=1, counters={},
        warnings=[],
    )  # fmt: skip
    assert decoded(encoded(page), StatusPage, "page") == page
