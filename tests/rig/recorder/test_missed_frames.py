"""Frames that nobody recorded are told by the gaps in their numbers."""

import numpy as np

from rig.context import Context
from rig.frames import FRAME, TICK_NS
from rig.session.tracker import SessionTracker
from tests.support.recorder_rig import Scripted


def frames(*seqs):
    block = np.zeros(len(seqs), FRAME)
    block["seq"] = seqs
    block["t_ns"] = TICK_NS * block["seq"].astype(np.int64)
    return block


def missed(*blocks):
    tracker = SessionTracker(Scripted({}), Context("P-0001"))
    steps = [tracker.feed(block) for block in blocks]
    changes = [change for step in steps for change in step.changes]
    events = [event for step in steps for event in step.events]
    assert [(c.name, c.values) for c in changes] == [(e.name, dict(e.values)) for e in events]
    return [(event.t_ns, event.values["count"], event.values["next_seq"]) for event in events]


def test_frames_in_order_miss_nothing_whatever_the_first_number():
    assert missed(frames(500, 501), frames(502, 503)) == []


def test_a_gap_within_a_block_and_one_between_blocks_are_events_that_are_kept():
    found = missed(frames(10, 11, 15), frames(18, 19))
    assert found == [(5 * TICK_NS, 3, 15), (8 * TICK_NS, 2, 18)]
