"""The simulated HX711, clocked by hand, does what the data sheet says."""

import pytest

from drivers.sim.hx711 import Behaviour, ChipFault, SimHx711

MS = 1_000_000
PERIOD = 12_500_000


class Bench:
    """Clocks a chip by hand."""

    def __init__(self, value: float = -5.0, **behaviour):
        self.t = 0
        self.chip = SimHx711(lambda t: value, 0, Behaviour(noise_counts=0.0, **behaviour), seed=1)

    def wait(self, ns: int) -> None:
        self.t += ns

    def dout(self) -> int | None:
        return self.chip.dout(self.t)

    def pulse(self, high_ns: int = 1_000) -> int:
        self.chip.sck(1, self.t)
        self.wait(high_ns)
        self.chip.sck(0, self.t)
        self.wait(1_000)
        return self.dout()

    def wait_ready(self) -> int:
        start = self.t
        while self.dout():
            self.wait(100_000)
        return self.t - start

    def read(self, pulses: int = 25) -> int:
        bits = [self.pulse() for _ in range(pulses)][:24]
        word = int("".join(map(str, bits)), 2)
        return word - (1 << 24) if word >> 23 else word


def test_a_word_comes_most_significant_bit_first_in_twos_complement():
    bench = Bench(-5.0)
    bench.wait_ready()
    assert bench.read() == -5


def test_dout_is_high_after_the_last_pulse_until_the_next_conversion():
    bench = Bench()
    bench.wait_ready()
    bench.read()
    assert bench.dout() == 1
    assert bench.wait_ready() <= PERIOD


def test_four_conversions_pass_before_a_chip_that_holds_its_line_is_ready():
    bench = Bench(unsettled="held")
    bench.wait_ready()
    assert 4 * PERIOD <= bench.t <= 5.1 * PERIOD


def test_a_chip_that_shows_unsettled_words_is_ready_at_once_with_wrong_ones():
    bench = Bench(100_000.0, unsettled="shown")
    bench.wait_ready()
    assert bench.t <= 2.1 * PERIOD
    assert bench.read() != 100_000


def test_a_long_pulse_powers_the_chip_down_and_waking_starts_it_anew():
    bench = Bench()
    bench.wait_ready()
    bench.pulse(high_ns=70_000)
    assert bench.dout() == 1
    assert bench.wait_ready() >= 3.9 * PERIOD


def test_a_pulse_of_59_us_does_not_power_it_down():
    bench = Bench(-1.0)
    bench.wait_ready()
    assert bench.pulse(high_ns=59_000) == 1
    bench.read(24)
    assert bench.wait_ready() <= PERIOD


@pytest.mark.parametrize(("pulses", "share"), [(25, 1.0), (27, 0.5), (26, 0.25)])
def test_the_number_of_pulses_selects_the_next_gain(pulses, share):
    bench = Bench(1000.0)
    bench.wait_ready()
    bench.read(pulses)
    bench.wait_ready()
    for _ in range(6):
        value = bench.read(pulses)
        bench.wait_ready()
    assert value == 1000 * share


def test_waking_up_restores_gain_128_or_keeps_the_one_before():
    values = {}
    for wake_gain in ("reset", "kept"):
        bench = Bench(1000.0, wake_gain=wake_gain)
        for _ in range(6):
            bench.wait_ready()
            bench.read(27)
        bench.pulse(high_ns=70_000)
        bench.wait_ready()
        values[wake_gain] = bench.read(27)
    assert values == {"reset": 1000, "kept": 500}


def test_a_conversion_that_ends_in_mid_read_replaces_the_data_or_revokes_it():
    for mid_read, rest in (("replaced", 0), ("revoked", 1)):
        bench = Bench(0.0, mid_read=mid_read)
        bench.wait_ready()
        for _ in range(10):
            bench.pulse()
        bench.wait(PERIOD)
        assert [bench.pulse() for _ in range(5)] == [rest] * 5


def test_saturated_unplugged_and_stuck_chips():
    bench = Bench()
    bench.wait_ready()
    bench.chip.fault = ChipFault.STUCK_HIGH
    assert bench.dout() == 1
    bench.chip.fault = ChipFault.UNPLUGGED
    assert bench.dout() is None
    bench.chip.fault = ChipFault.STUCK_LOW
    assert bench.dout() == 0
    bench.chip.fault = ChipFault.SATURATED
    bench.wait(6 * PERIOD)
    assert bench.read() == 0x7FFFFF


def test_a_chip_that_is_plugged_in_again_starts_anew():
    bench = Bench()
    bench.wait_ready()
    bench.chip.fault = ChipFault.UNPLUGGED
    bench.wait(PERIOD)
    assert bench.dout() is None
    bench.chip.fault = None
    assert bench.wait_ready() >= 3.9 * PERIOD
