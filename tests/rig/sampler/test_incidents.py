"""What of the sampler's figures is logged."""

import logging

import pytest
from msgspec.structs import replace

from rig.handover.status_page import ChannelStatus, StatusPage
from rig.sampler.incidents import Incidents

SECOND = 1_000_000_000
GOOD = StatusPage(
    pid=1, platform="sim", state="running", t_ns=0, epoch=1, frames=0, cal=1, warnings=[],
    counters={"head": ChannelStatus(delivered=1, state="running", recoveries=0)},
)  # fmt: skip


def page(t_s=0, state="running", recoveries=0, stalls=0):
    counters = {"head": ChannelStatus(delivered=1, state=state, recoveries=recoveries)}
    return replace(GOOD, t_ns=t_s * SECOND, counters=counters, stalls=stalls)


@pytest.fixture
def told(caplog):
    """Logs a run of pages; what was said."""
    caplog.set_level(logging.INFO, "rig.sampler")

    def look(*pages):
        incidents = Incidents()
        for one in pages:
            incidents.look(one)
        return [record.getMessage() for record in caplog.records]

    return look


def test_a_channel_that_falls_silent_and_comes_back_is_told_once_each(told):
    silent = page(state="silent")
    assert told(page(), silent, silent, page(), page()) == [
        "head is silent",
        "head is running again",
    ]


def test_a_channel_that_starts_up_is_no_news(told):
    assert told(page(state="settling"), page()) == []


def test_recoveries_are_summed_up_each_minute(told):
    pages = [page(t_s, recoveries=t_s // 10) for t_s in range(0, 125, 5)]
    assert told(*pages) == ["head recovered 6 times in the last minute"] * 2


def test_a_loop_that_was_held_up_is_told(told):
    assert told(page(), page(stalls=3)) == ["the loop was held up; 3 ticks so far made up for"]
