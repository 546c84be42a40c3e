"""Stepping on and off beside a dead plate, and nothing told twice."""

import numpy as np
import pytest

from rig.analysis.events import Event
from rig.analysis.settings import PresenceSettings
from rig.frames import SIGNALS, TICK_NS
from rig.session.partly import Partly

DEAD = 2


class Frames:
    """Frames that follow each other."""

    def __init__(self):
        self.partly, self.t_ns = Partly(PresenceSettings()), 0

    def feed(self, seconds, newtons, *, dead=False, by_analysis=(), size=100):
        """Names of what is told; `by_analysis` are (second, name)."""
        told = []
        for _ in range(round(seconds * 100 / size)):
            rows = np.zeros(size, SIGNALS)
            rows["cell_n"], rows["fz_n"] = newtons / 4, newtons
            if dead:
                rows["cell_n"][:, DEAD], rows["fz_n"] = np.nan, np.nan
            times = self.t_ns + TICK_NS * np.arange(1, size + 1)
            here = [
                Event(round(second * 1e9), name, {})
                for second, name in by_analysis
                if times[0] <= second * 1e9 <= times[-1]
            ]
            told += [event.name for event in self.partly.join(times, rows, here)]
            self.t_ns = int(times[-1])
        return told


@pytest.fixture
def frames():
    return Frames()


@pytest.mark.parametrize("size", [1, 7, 100])
def test_with_all_plates_the_analysis_alone_tells(frames, size):
    assert frames.feed(1.05, 700, by_analysis=[(0.08, "person_on")], size=size) == ["person_on"]
    assert frames.feed(2.1, 0, by_analysis=[(1.5, "person_off")], size=size) == ["person_off"]


@pytest.mark.parametrize("size", [1, 7])
def test_stepping_off_with_a_dead_plate_is_told_within_half_a_second(frames, size):
    frames.feed(1.05, 700, by_analysis=[(0.08, "person_on")], size=size)
    assert frames.feed(2.1, 700, dead=True, size=size) == []
    assert frames.feed(0.49, 0, dead=True, size=size) == ["person_off"]


def test_stepping_on_with_a_dead_plate_is_told(frames):
    assert frames.feed(1, 700, dead=True) == ["person_on"]
    assert frames.feed(1, 0, dead=True) == ["person_off"]


def test_what_the_analysis_tells_when_the_plate_is_back_is_not_told_again(frames):
    frames.feed(1, 700, by_analysis=[(0.08, "person_on")])
    frames.feed(1, 0, dead=True)
    assert frames.feed(1, 0, by_analysis=[(2.4, "person_off")]) == []


def test_who_steps_on_again_while_the_analysis_believes_nobody_has_left_is_seen(frames):
    frames.feed(1, 700, by_analysis=[(0.08, "person_on")])
    assert frames.feed(1, 0, dead=True) == ["person_off"]
    assert frames.feed(1, 700) == ["person_on"]


def test_without_any_cell_nothing_is_told(frames):
    frames.feed(1, 700, by_analysis=[(0.08, "person_on")])
    rows = np.full(200, np.nan, "f8")
    signals = np.zeros(200, SIGNALS)
    signals["cell_n"], signals["fz_n"] = np.nan, rows
    times = frames.t_ns + TICK_NS * np.arange(1, 201)
    assert frames.partly.join(times, signals, []) == []


def test_other_events_pass_in_order_of_time(frames):
    told = frames.feed(1, 700, dead=True, by_analysis=[(0.5, "dowel_on"), (0.02, "phase")])
    assert told == ["person_on", "phase", "dowel_on"]
