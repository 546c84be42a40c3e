"""The ADS1115 and the pad scanner on a simulated bus."""

import errno
import sys
from types import SimpleNamespace

import pytest

from drivers.ads1115 import Ads1115, PadScanner
from drivers.ads1115.registers import LSB_V
from drivers.ads1115.schedule import Schedule
from drivers.conversion import Flag
from drivers.errors import BusError, PlatformError
from drivers.i2c import open_smbus2, reason
from drivers.sim.ads1115 import AdcFault, PadFault, SimAds1115
from drivers.sim.clock import VirtualClock
from drivers.sim.smbus import BusFault, SimSMBus

VOLTS = (0.5, 1.5, 2.5)
TICK_NS = 10_000_000
POLL_NS = 500_000


class Bench:
    """A scanner that is polled every 0.5 ms and when it is due, with a tick every 10 ms."""

    def __init__(self, seed: int = 0, call_ns: int = 0):
        self.clock = VirtualClock()
        self.chip = SimAds1115(lambda channel, t: VOLTS[channel], seed)
        self.bus = SimSMBus(
            {0x48: self.chip}, self.clock.now_ns, self.clock.advance, call_ns=call_ns
        )
        self.scanner = PadScanner(Ads1115(lambda: self.bus), range(3), self.clock)
        self.scanner.open()
        self.found = []

    def run(self, ticks: int) -> None:
        start_ns = next_ns = self.clock.now_ns()
        for tick in range(1, ticks + 1):
            tick_ns = start_ns + tick * TICK_NS
            self.scanner.aim(tick_ns)
            while self.clock.now_ns() < tick_ns:
                self.found += self.scanner.poll()
                next_ns = max(next_ns + POLL_NS, self.clock.now_ns())
                due_ns = self.scanner.due_ns or next_ns
                self.clock.sleep_until(min(next_ns, max(due_ns, self.clock.now_ns())))


@pytest.mark.parametrize("seed", range(6))
def test_every_tick_scans_all_three_pads_and_never_gives_another_pads_value(seed):
    bench = Bench(seed)
    bench.run(50)
    assert len(bench.found) == 150
    for pad, conversion in bench.found:
        assert conversion.counts * LSB_V == pytest.approx(VOLTS[pad], abs=0.002)


def test_open_and_short_wires_are_told_from_a_pad_at_rest():
    bench = Bench()
    bench.chip.pad_faults = {0: PadFault.OPEN, 2: PadFault.SHORT}
    bench.run(3)
    flags = {pad: conversion.flags for pad, conversion in bench.found}
    assert flags == {0: Flag.OPEN, 1: Flag(0), 2: Flag.SHORT}


@pytest.mark.parametrize(
    ("fault", "away_s"), [(BusFault.NACK, 0.3), (BusFault.STUCK, 1.0), (BusFault.TAKEN, 0.3)]
)
def test_a_bus_that_fails_is_a_status_and_comes_back_by_itself(fault, away_s):
    bench = Bench()
    bench.run(2)
    bench.bus.fault = fault
    before = len(bench.found)
    bench.run(30)
    assert bench.scanner.down
    assert [(pad, c.flags) for pad, c in bench.found[before:]] == [
        (pad, Flag.TIMEOUT) for pad in range(3)
    ]
    bench.bus.fault = None
    bench.run(round(100 * away_s) + 20)
    assert not bench.scanner.down
    assert bench.scanner.counters.recoveries == 1
    assert len([c for _, c in bench.found if c.good]) > 30


def test_a_bus_that_is_held_is_tried_once_in_ten_seconds():
    bench = Bench()
    bench.bus.fault = BusFault.STUCK
    bench.run(200)
    before = bench.bus.transfers
    bench.run(2000)
    assert bench.bus.transfers - before <= 3


@pytest.mark.parametrize(
    ("bus", "chip"), [(BusFault.SLOW, None), (None, AdcFault.SLOW), (BusFault.SLOW, AdcFault.SLOW)]
)
@pytest.mark.parametrize("call_ns", [0, 60_000])
def test_a_slow_bus_and_a_slow_chip_give_a_scan_a_tick(bus, chip, call_ns):
    bench = Bench(call_ns=call_ns)
    bench.bus.fault, bench.chip.fault = bus, chip
    bench.run(100)
    before = len(bench.found)
    bench.run(100)
    assert len(bench.found) - before >= 3 * 98
    for pad, conversion in bench.found:
        assert conversion.counts * LSB_V == pytest.approx(VOLTS[pad], abs=0.002)


@pytest.mark.parametrize("inputs", [1, 2, 3, 4])
@pytest.mark.parametrize("margin_ns", [500_000, 3_000_000])
def test_a_scan_begins_early_enough_for_its_inputs_and_behind_the_tick_before(inputs, margin_ns):
    schedule = Schedule(inputs, margin_ns, TICK_NS)
    ahead_ns = TICK_NS - schedule.begin_ns(TICK_NS)
    assert ahead_ns == min(schedule.scan_ns, TICK_NS - POLL_NS)
    assert ahead_ns >= inputs * 1_820_000 + POLL_NS


def test_after_a_scan_that_was_late_the_next_one_comes_all_the_same():
    bench = Bench()
    bench.run(20)
    for _ in range(20):
        bench.clock.advance(6_300_000)
        bench.run(5)
    assert bench.scanner.counters.skipped_ticks == 0


def test_the_shortest_transfer_tells_the_clock_of_the_bus():
    shortest_us = []
    for fault in (None, BusFault.SLOW):
        bench = Bench(call_ns=60_000)
        bench.bus.fault = fault
        bench.run(50)
        shortest_us.append(bench.scanner.report()[0].counters["transfer_us"])
    assert shortest_us == [pytest.approx(172.5), pytest.approx(510)]


def test_a_chip_at_another_address_is_found_and_not_used():
    bench = Bench()
    bench.bus.devices = {0x4A: bench.chip}
    bench.run(200)
    report = bench.scanner.report()[0]
    assert (report.state, report.counters["answers_at"]) == ("no answer", 0x4A)
    assert not any(conversion.good for _, conversion in bench.found)
    bench.bus.devices = {0x48: bench.chip}
    bench.run(50)
    assert "answers_at" not in bench.scanner.report()[0].counters


def test_a_chip_whose_conversions_never_end_is_down_and_named():
    bench = Bench()
    bench.chip.fault = AdcFault.NO_END
    bench.run(200)
    assert bench.scanner.down
    assert bench.scanner.counters.recoveries == 0
    assert set(bench.scanner.counters.bus_errors) == {"no end"}
    assert len(bench.found) == 3  # each pad's user is told once


def test_a_chip_that_was_reset_behind_our_back_is_noticed():
    bench = Bench()
    adc = Ads1115(lambda: bench.bus)
    adc.open()
    adc.start(1)
    bench.chip.reset()
    with pytest.raises(BusError, match="was reset"):
        adc.finished()


def failing(bench: Bench, *numbers: int) -> Ads1115:
    """Let the next transfers on the bench's bus fail with these errors of the kernel's."""
    errors, real = list(numbers), bench.bus._enter

    def flaky() -> None:
        real()
        if errors:
            raise OSError(errors.pop(0), "as the kernel says")

    bench.bus._enter = flaky
    adc = Ads1115(lambda: bench.bus)
    adc.open()
    return adc


PASSING = [errno.EREMOTEIO, errno.EIO, errno.EAGAIN]


@pytest.mark.parametrize("number", PASSING)
def test_an_error_that_may_pass_is_tried_again_and_counted(number):
    adc = failing(Bench(), number, number)
    adc.start(0)
    assert not adc.finished()
    assert adc.retries == 2


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (errno.EREMOTEIO, "no answer"),
        (errno.EIO, "disturbed"),
        (errno.EAGAIN, "disturbed"),
        (errno.ETIMEDOUT, "time-out"),
        (errno.EBUSY, "taken"),
    ],
)
def test_an_error_that_stays_is_told_with_its_kind(number, word):
    with pytest.raises(BusError) as caught:
        failing(Bench(), *[number] * 3).start(0)
    assert reason(caught.value) == word


def test_a_chip_that_takes_no_general_call_comes_back_all_the_same():
    bench = Bench()

    def refuse(address: int, value: int) -> None:
        raise OSError(errno.EREMOTEIO, "nobody takes the general call")

    bench.bus.write_byte = refuse
    bench.run(2)
    bench.bus.fault = BusFault.NACK
    bench.run(10)
    bench.bus.fault = None
    bench.run(40)
    assert not bench.scanner.down
    assert bench.scanner.counters.recoveries == 1


def test_a_general_call_that_another_chip_takes_is_no_recovery():
    clock = VirtualClock()
    elsewhere = SimSMBus({0x49: SimAds1115(lambda *_: 1.0)}, clock.now_ns, clock.advance)
    bench = Bench()
    bench.scanner = PadScanner(Ads1115(lambda: elsewhere), range(3), bench.clock)
    bench.scanner.open()
    bench.run(100)
    assert bench.scanner.down
    assert bench.scanner.counters.recoveries == 0


@pytest.mark.parametrize("address", [0x47, 0x4C])
def test_an_address_out_of_range_is_refused(address):
    with pytest.raises(ValueError, match="0x48 to 0x4b"):
        Ads1115(lambda: Bench().bus, address)


def test_in_continuous_mode_the_running_conversion_ends_with_the_old_mux():
    bench = Bench()
    continuous_860 = 0x00E3 | 0x0200
    bench.chip.write(1, 0x4000 | continuous_860, bench.clock.now_ns())
    bench.clock.advance(500_000)
    bench.chip.write(1, 0x5000 | continuous_860, bench.clock.now_ns())
    bench.clock.advance(900_000)
    volts = bench.chip.read(0, bench.clock.now_ns()) * LSB_V
    assert volts == pytest.approx(VOLTS[0], abs=0.002)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (FileNotFoundError(2, "no"), "dtparam=i2c_arm=on,i2c_arm_baudrate=400000"),
        (PermissionError(13, "no"), "group i2c"),
    ],
)
def test_a_bus_that_cannot_be_opened_names_what_is_missing(monkeypatch, error, words):
    def refuse(number):
        raise error

    monkeypatch.setitem(sys.modules, "smbus2", SimpleNamespace(SMBus=refuse))
    with pytest.raises(PlatformError, match=words) as caught:
        open_smbus2(1)
    assert "/dev/i2c-1" in str(caught.value)


def test_a_bus_that_is_held_low_is_waited_for_no_longer_than_10_ms(monkeypatch):
    asked = []
    monkeypatch.setitem(
        sys.modules, "smbus2", SimpleNamespace(SMBus=lambda _: SimpleNamespace(fd=7))
    )
    monkeypatch.setattr("drivers.i2c.ioctl", lambda *request: asked.append(request))
    open_smbus2(1)
    assert asked == [(7, 0x0702, 1)]  # I2C_TIMEOUT, in units of 10 ms
