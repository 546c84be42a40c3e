"""Buzzer, LED and button of the sampler on the simulated header."""

import pytest

from drivers.pins.rpi_gpio import RpiGpioPins
from drivers.sim.gpio import SimGpio
from drivers.sim.header import SimHeader
from rig.config.schema import BoardSection
from rig.handover.control_page import Buzz
from rig.handover.frame_ring import FrameReader
from rig.sampler.board import Board
from rig.simulation.trainee.rig_truth import tared_calibration
from tests.support.virtual_rig import VirtualRig

BUZZER, LED, BUTTON = 12, 13, 5
MS = 1_000_000


@pytest.fixture
def header():
    return SimHeader(lambda: 0)


@pytest.fixture
def board(header):
    board = Board(RpiGpioPins(SimGpio(header)), BoardSection())
    board.open()
    return board


def test_a_pattern_is_played_once_per_number(board, header):
    board.buzz(Buzz(pattern="tick", number=7), muted=False, now_ns=0)
    board.step(0)
    assert header.outputs[BUZZER] == 0  # asked for before this sampler started
    board.buzz(Buzz(pattern="tick", number=8), muted=False, now_ns=0)
    board.step(0)
    assert header.outputs[BUZZER] == 1
    board.step(41 * MS)
    board.buzz(Buzz(pattern="tick", number=8), muted=False, now_ns=50 * MS)
    board.step(60 * MS)
    assert header.outputs[BUZZER] == 0


def test_muting_silences_at_once_and_what_was_asked_for_meanwhile_is_not_made_up(board, header):
    board.buzz(Buzz(pattern="tick", number=0), muted=False, now_ns=0)
    board.buzz(Buzz(pattern="done", number=1), muted=False, now_ns=0)
    board.step(0)
    board.buzz(Buzz(pattern="done", number=2), muted=True, now_ns=10 * MS)
    board.step(10 * MS)
    assert header.outputs[BUZZER] == 0
    board.buzz(Buzz(pattern="done", number=2), muted=False, now_ns=20 * MS)
    board.step(20 * MS)
    assert header.outputs[BUZZER] == 0


def test_the_led_is_steady_while_all_is_well_and_flashes_otherwise(board, header):
    board.show_health(True, 0)
    shown = []
    for t_ms in (0, 600, 1500):
        board.step(t_ms * MS)
        shown.append(header.outputs[LED])
    board.show_health(False, 2000 * MS)
    for t_ms in (2050, 2300):
        board.step(t_ms * MS)
        shown.append(header.outputs[LED])
    assert shown == [1, 1, 1, 1, 0]


def test_parts_without_a_pin_are_left_alone(header):
    board = Board(RpiGpioPins(SimGpio(header)), BoardSection(-1, -1, -1))
    board.open()
    board.buzz(Buzz(pattern="tick", number=1), muted=False, now_ns=0)
    board.show_health(True, 0)
    assert board.step(0) == 0
    assert header.outputs == {}


def test_the_button_is_in_the_frames_and_the_led_shows_a_broken_chip(tmp_path):
    rig = VirtualRig(tmp_path)
    reader = FrameReader(rig.run_dir.frames)
    rig.run(2.0)
    rig.wires.header.driven[BUTTON] = 0
    rig.run(0.2)
    inputs = reader.read_live(10**6).rows["frame"]["inputs"]
    assert inputs[0] == 0
    assert inputs[-1] == 1
    assert rig.wires.header.outputs[LED] == 1
    rig.control(tared_calibration(), left_toe="unplugged")
    rig.run(2.3)
    seen = set()
    for _ in range(10):
        rig.run(0.05)
        seen.add(rig.wires.header.outputs[LED])
    assert seen == {0, 1}
