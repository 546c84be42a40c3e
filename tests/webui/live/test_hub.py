"""The hub on real rings, with the writers' side played by `FedRig`."""

from itertools import takewhile

import pytest

from rig.handover.frame_ring import FrameWriter
from tests.support.feeder import HEALTHY, FedRig, Scene, live_rows, rep_told
from tests.support.sse import events
from webui.live.hub import LiveHub, TooManyViewers
from webui.live.viewer import DEPTH


def until(stream, wanted):
    """Events up to and including the first for which `wanted` holds."""
    seen = []
    for event in stream:
        seen.append(event)
        if wanted(event):
            return seen
    raise AssertionError("the stream ended first")


def named(name):
    return lambda event: event.name == name


def holds_seq(seq):
    return lambda event: event.name == "frames" and event.frames[-1]["seq"] >= seq


def seqs(stream_events):
    return [f["seq"] for event in stream_events if event.name == "frames" for f in event.frames]


def test_every_frame_arrives_once_and_in_order(hub, rig):
    stream = events(hub.join())
    for _ in range(100):
        rig.sample(Scene(), 2)
    assert seqs(until(stream, holds_seq(199))) == list(range(200))


def test_a_message_carries_the_id_of_its_last_frame(hub, rig):
    stream = events(hub.join())
    rig.sample(Scene(), 3)
    last = until(stream, named("frames"))[-1]
    assert last.id == f"{rig.frames.epoch}-{last.frames[-1]['seq']:.0f}"


def test_a_new_viewer_is_told_the_state_and_the_last_two_seconds_at_once(hub, rig):
    first = events(hub.join())
    until(first, named("health"))
    rig.sample(Scene(), 300)
    until(first, holds_seq(299))
    rig.say(Scene(rep_count=4).state())
    until(first, named("state"))

    told = list(events([next(hub.join())]))

    assert [event.name for event in told] == ["hello", "state", "frames"]
    assert told[1].json["rep_count"] == 4
    assert seqs(told) == list(range(100, 300))


def test_before_there_is_a_rig_a_viewer_is_greeted_and_told_so(hub):
    hello, health = until(events(hub.join()), named("health"))
    assert hello.json["epoch"] is None
    assert health.json["status"] == "down"


def test_rings_that_come_later_are_found(hub, run_dir):
    stream = events(hub.join())
    until(stream, named("health"))
    rig = FedRig(run_dir)
    rig.sample(Scene(), 3)
    greeted = until(stream, named("frames"))
    rig.close()
    assert named("hello")(greeted[-2])
    assert greeted[-2].json["epoch"] == rig.frames.epoch


def test_a_restarted_sampler_is_a_new_epoch_that_goes_on_counting(hub, run_dir):
    stream = events(hub.join())
    first = FrameWriter(run_dir.frames, slots=256)
    first.append(live_rows(0, 10))
    until(stream, holds_seq(9))
    first.close()
    second = FrameWriter(run_dir.frames, slots=256)
    second.append(live_rows(10, 5))
    seen = until(stream, holds_seq(14))
    second.close()
    assert [event.json["epoch"] for event in seen if event.name == "hello"] == [second.epoch]
    assert seqs(seen) == [10, 11, 12, 13, 14]


def test_a_replaced_ring_is_followed_from_its_beginning(hub, run_dir):
    stream = events(hub.join())
    old = FrameWriter(run_dir.frames, slots=256)
    old.append(live_rows(0, 50))
    until(stream, holds_seq(49))
    old.close()
    run_dir.frames.unlink()
    new = FrameWriter(run_dir.frames, slots=128)
    new.append(live_rows(0, 4))
    new.close()
    assert seqs(until(stream, named("frames"))) == [0, 1, 2, 3]


def test_a_damaged_frame_is_told_in_the_stream(hub, run_dir):
    rows = live_rows(0, 6)
    writer = FrameWriter(run_dir.frames.with_name("made"), slots=64)
    writer.append(rows)
    writer.close()
    content = run_dir.frames.with_name("made").read_bytes()
    torn = bytes(reversed(rows[2].tobytes()))
    run_dir.frames.write_bytes(content.replace(rows[2].tobytes(), torn))

    seen = until(events(hub.join()), holds_seq(5))

    text = "\n".join(event.data for event in seen if event.name == "frames")
    assert "missed,2,1,damaged" in text
    assert seqs(seen) == [0, 1, 3, 4, 5]


def test_states_cues_and_reps_are_passed_on_and_other_events_are_not(hub, rig):
    stream = events(hub.join())
    until(stream, named("health"))  # the ring has been found
    rig.say({"type": "event", "name": "person_on", "values": {}})
    rig.say({"type": "cue", "name": "tailbone_lost"})
    rig.say(rep_told({}))
    rig.say(Scene(rep_count=1).state())
    names = [event.name for event in until(stream, named("state"))]
    assert [name for name in names if name != "health"] == ["cue", "rep", "state"]


def test_health_tells_what_the_recorder_said_last(hub, rig):
    stream = events(hub.join())
    until(stream, named("health"))
    rig.sample(Scene(), 3)
    rig.say({**HEALTHY, "state": "degraded", "lag_frames": 7, "problems": ["disk full"]})
    heard = until(
        stream, lambda e: e.name == "health" and e.json["recorder"]["state"] == "degraded"
    )[-1]
    assert heard.json["recorder"] == {
        "state": "degraded",
        "lag_frames": 7,
        "problems": ["disk full"],
        "temperature_c": None,
    }
    assert heard.json["web"] == {"viewers": 1}


def test_a_viewer_that_does_not_read_is_ended_and_slows_nobody(hub, rig):
    slow, fast = hub.join(), hub.join()
    stream = events(fast)
    until(stream, named("health"))
    for cue in range(2 * DEPTH):
        rig.say({"type": "cue", "name": str(cue)})
        until(stream, named("cue"))
    assert list(slow) == []
    assert hub.health().web.viewers == 1


def test_only_so_many_viewers_are_served_and_a_place_is_free_again_after_one_left(hub):
    first, _ = hub.join(), hub.join()
    with pytest.raises(TooManyViewers):
        hub.join()
    first.close()
    hub.join()


def test_one_place_is_the_kiosks_and_the_newest_kiosk_has_it(hub):
    others = [hub.join(), hub.join()]
    old = hub.join(kiosk=True)
    new = hub.join(kiosk=True)
    assert list(takewhile(bool, old)) == [b"event: replaced\ndata: {}\n\n"]
    assert hub.health().web.viewers == 3
    new.close()
    with pytest.raises(TooManyViewers):
        hub.join()
    hub.join(kiosk=True)
    assert others[0].offer(b"still there")


def test_closing_the_hub_ends_every_stream_and_takes_no_more_viewers(run_dir):
    hub = LiveHub(run_dir, max_viewers=3)
    hub.start()
    viewers = [hub.join(), hub.join()]
    hub.close()
    assert [list(takewhile(bool, viewer)) for viewer in viewers] == [[], []]
    with pytest.raises(TooManyViewers):
        hub.join()
