"""Buzzer, LED and button on a simulated header."""

import pytest

from drivers.board import Button, PatternOutput
from drivers.pins.rpi_gpio import RpiGpioPins
from drivers.sim.gpio import SimGpio
from drivers.sim.header import SimHeader

MS = 1_000_000
PIN = 12


@pytest.fixture
def header():
    return SimHeader(lambda: 0)


def levels(signal: PatternOutput, header: SimHeader, times_ms: list[int]) -> list[int]:
    seen = []
    for t_ms in times_ms:
        signal.step(t_ms * MS)
        seen.append(header.outputs[PIN])
    return seen


def test_a_pattern_goes_on_and_off_and_ends_off(header):
    signal = PatternOutput(RpiGpioPins(SimGpio(header)), PIN)
    signal.play((100, 50, 100), 0)
    assert levels(signal, header, [0, 99, 100, 149, 150, 249, 250, 900]) == [1, 1, 0, 0, 1, 1, 0, 0]


def test_a_repeated_pattern_goes_on_for_ever(header):
    signal = PatternOutput(RpiGpioPins(SimGpio(header)), PIN)
    signal.play((100, 400), 0, repeat=True)
    assert levels(signal, header, [50, 200, 10_050, 10_200]) == [1, 0, 1, 0]


def test_an_empty_pattern_is_off(header):
    signal = PatternOutput(RpiGpioPins(SimGpio(header)), PIN)
    signal.play((1000,), 0)
    signal.step(0)
    signal.play((), 10)
    assert levels(signal, header, [20]) == [0]


def test_the_pin_is_written_only_when_its_level_changes(header):
    signal = PatternOutput(RpiGpioPins(SimGpio(header)), PIN)
    signal.play((100,), 0)
    before = header.calls
    levels(signal, header, list(range(0, 300, 10)))
    assert header.calls == before + 2


def test_a_button_that_bounces_is_pressed_once_and_released_once(header):
    button = Button(RpiGpioPins(SimGpio(header)), 5)
    bounces = [0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1]
    seen = []
    for number, level in enumerate(bounces):
        header.driven[5] = level
        seen.append(button.step(number * 10 * MS))
    changes = [b for a, b in zip([False, *seen], seen, strict=False) if a != b]
    assert changes == [True, False]
