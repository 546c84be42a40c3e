"""The NAU7802 driver's figures on its own simulated bus."""

import itertools
import statistics
from collections.abc import Iterator

from drivers.ads1115 import Ads1115, PadScanner
from drivers.nau7802.timing import POLL_NS
from drivers.sim.ads1115 import SimAds1115
from drivers.sim.nau7802 import NauBehaviour, NauFault
from tests.support.nau_wire import NauWire, make_nau_wire

PREEMPTIONS_HZ = (0, 20, 200, 1000)
BROKEN = 1
START_S = 2.3  # power-up, calibration, settling, and until the periods are known
TICK_NS = 10_000_000
MARGIN_NS = 500_000 + 3 * POLL_NS

BEHAVIOURS = [
    NauBehaviour(unsettled=unsettled, mid_read=mid_read, ready_ends=ready_ends, noise_counts=0.0)
    for unsettled, mid_read, ready_ends in itertools.product(
        ("held", "shown"), ("whole", "torn"), ("first", "last")
    )
]

HEAD = """
## NAU7802
Four chips at 76, 78.4, 81.6 and 84.8 SPS behind a TCA9548A on one I2C bus of 400 kHz; a transfer
takes 60 µs beside the wire's own time (inferred). What is not known of the chip is tried in all
eight ways: bytes that are read are of one conversion or of two when another ends meanwhile, the
ready bit ends with the first or the last byte, unsettled words are shown or held back. The worst of
the eight is given. Counting starts when the chips run. *Transfers* are those per delivered
conversion, looks included; the *bracket* of a conversion is the time in which it surely ended.

| preemptions/s | wrong | delivered, % | transfers | longest bracket, ms | median, ms |
| --- | --- | --- | --- | --- | --- |"""

FAULT_HEAD = """
One bad chip, 20 preemptions/s:

| the bad chip | wrong | delivered by the others, % | without a bad chip, % |
| --- | --- | --- | --- |"""

PAD_HEAD = """
The pads' ADS1115 on the same bus, a scan for each tick of 10 ms:

| preemptions/s | ticks with all three pads, % |
| --- | --- |"""


def nau7802_rows(seconds: float) -> Iterator[str]:
    """The section of the page, line by line as it is measured."""
    yield HEAD
    yield from _own_rows(seconds)
    yield FAULT_HEAD
    yield from _fault_rows(seconds)
    yield PAD_HEAD
    yield from _pad_rows(seconds)


def _started(behaviour: NauBehaviour, preemptions_hz: float) -> NauWire:
    wire = make_nau_wire(behaviour, preemptions_hz=preemptions_hz, seed=1)
    wire.run(START_S)
    wire.count_from_now()
    return wire


def _own_rows(seconds: float) -> Iterator[str]:
    for rate in PREEMPTIONS_HZ:
        wires = [_started(behaviour, rate) for behaviour in BEHAVIOURS]
        for wire in wires:
            wire.run(seconds)
        widths_ms = [
            (one.ready_ns - one.busy_ns) * 1e-6
            for wire in wires
            for number in range(4)
            for one in wire.good(number)
        ]
        yield (
            f"| {rate} | {sum(len(wire.wrong()) for wire in wires)} "
            f"| {100 * min(wire.delivered_share() for wire in wires):.2f} "
            f"| {max(wire.calls_per_delivery() for wire in wires):.1f} "
            f"| {max(widths_ms):.1f} | {statistics.median(widths_ms):.1f} |"
        )


def _fault_rows(seconds: float) -> Iterator[str]:
    usual = _share_of_others(seconds, None)[0]
    for fault in NauFault:
        share, wrong = _share_of_others(seconds, fault)
        yield f"| {fault.value} | {wrong} | {share:.2f} | {usual:.2f} |"


def _share_of_others(seconds: float, fault: NauFault | None) -> tuple[float, int]:
    """Of what the other chips converted, the share delivered in percent; wrong values of all."""
    wire = _started(NauBehaviour(noise_counts=0.0), 20)
    others = [number for number in range(4) if number != BROKEN]
    before = [wire.chips[number].conversions for number in others]
    wire.chips[BROKEN].fault = fault
    wire.run(seconds)
    ended = sum(wire.chips[number].conversions for number in others) - sum(before)
    delivered = sum(len(wire.good(number)) for number in others)
    return 100 * delivered / ended, len(wire.wrong())


def _pad_rows(seconds: float) -> Iterator[str]:
    for rate in (0, 20, 200):
        wire = make_nau_wire(preemptions_hz=rate, seed=1)
        wire.devices[0x48] = SimAds1115(lambda pad, t_ns: 1.0, seed=1)
        wire.run(START_S)
        yield f"| {rate} | {_complete_pct(wire, seconds):.2f} |"


def _complete_pct(wire: NauWire, seconds: float) -> float:
    """Share of ticks in which all pads were scanned, polled as the sampling loop polls."""
    scanner = PadScanner(Ads1115(lambda: wire.bus), range(3), wire.clock, margin_ns=MARGIN_NS)
    scanner.open()
    ticks = round(seconds * 1e9 / TICK_NS)
    next_ns = wire.clock.now_ns()
    for tick_ns in range(next_ns + TICK_NS, next_ns + (ticks + 1) * TICK_NS, TICK_NS):
        scanner.aim(tick_ns)
        while (now_ns := wire.clock.now_ns()) < tick_ns:
            scanner.poll()
            wire.bank.poll()
            next_ns = max(next_ns + 500_000, now_ns)
            due_ns = scanner.due_ns
            wire.clock.sleep_until(min(next_ns, due_ns) if due_ns and due_ns > now_ns else next_ns)
    return 100 * scanner.counters.scans / ticks
