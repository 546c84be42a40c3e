"""The drivers' figures: ours under every condition, and other people's on the same wire."""

import argparse
import itertools
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from drivers.sim.hx711 import Behaviour, ChipFault
from tests.bench.beside import BESIDE_HEAD, beside_rows
from tests.bench.lsm6ds import lsm6ds_rows
from tests.bench.nau7802 import nau7802_rows
from tests.bench.others import run_hx711, run_hx711_multi
from tests.bench.ours import Pads, run_ours
from tests.bench.struck import struck_rows
from tests.bench.wire import BenchWire, Tally

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
PREEMPTIONS_HZ = (0, 20, 200, 1000)
CALLS_NS = (400, 2000)
FAULTS = (ChipFault.UNPLUGGED, ChipFault.STUCK_LOW, ChipFault.STUCK_HIGH, ChipFault.SATURATED)
BROKEN = 1

HEAD = """# Benchmarks

Written by `python -m tests.bench drivers`; {seconds:g} s of virtual time per row. Simulated wire:
four HX711 at 85, 88, 91 and 95 SPS, each pin call takes the time given, preemptions of 20 to 500 µs
strike anywhere, in the middle of a clock pulse too. Nothing here was measured on a built rig.

*Delivered* is the share of all settled conversions that the chips ended, whether or not anybody
read them. A conversion that ends while a chip settles after a power-cycle is garbage and not
counted. *Wrong* are values delivered as valid that the chip did not convert. *Calls* are pin calls
per delivered conversion, polling included.

## Our driver
| µs per call | ends in mid-read | while settling | preemptions/s | wrong | delivered, % | calls |
| --- | --- | --- | --- | --- | --- | --- |"""

FAULT_HEAD = """
## Our driver with one bad chip
Delivered of the other three, with 0.4 µs per pin call and 20 preemptions/s.

| the bad chip | wrong | delivered by the others, % | without a bad chip, % |
| --- | --- | --- | --- |"""

STRUCK_HEAD = """
## Struck in mid-read
A chip that resets, or loses its plug for 150 ms, at a random pulse of its read: 100 hits, each chip
in turn. *Line* is how long a line that nothing drives keeps its level before it follows its pull.
*Off* is by how many counts the worst wrong value was.

| hit | line, µs | µs per pin call | preemptions/s | wrong of 100 hits | off, counts |
| --- | --- | --- | --- | --- | --- |"""

PAD_HEAD = """
## Pads beside the four chips
One ADS1115 at 400 kHz, three pads, a scan begun every 10 ms.

| µs per pin call | preemptions/s | ticks with all three pads, % | another pad's value |
| --- | --- | --- | --- |"""

OTHERS_HEAD = """
## Other drivers on the same wire
The packages as they are on PyPI, 0.4 µs per pin call, conversions replaced in mid-read, line held
while settling. Counting starts when the driver is set up, ours after a second. `hx711` is asked
for two values at a time (its smallest number), chip by chip; `hx711-multi` shares one SCK. *Per
chip* are values per second. Rows with a dead chip, its line high, are given 10 s.

| driver | condition | per chip | wrong | delivered, % | calls |
| --- | --- | --- | --- | --- | --- |"""


def main(arguments: Sequence[str]) -> None:
    """Print the tables and write them to the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench drivers")
    parser.add_argument("--seconds", type=float, default=60.0, help="virtual time per condition")
    parser.add_argument("--print-only", action="store_true", help=f"leave {PAGE.name} as it is")
    options = parser.parse_args(arguments)
    lines = []
    for line in report(options.seconds):
        print(line, flush=True)
        lines.append(line)
    if not options.print_only:
        PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def report(seconds: float) -> Iterator[str]:
    """The page, line by line as it is measured."""
    yield HEAD.format(seconds=seconds)
    yield from _own_rows(seconds)
    yield FAULT_HEAD
    yield from _fault_rows(seconds)
    yield STRUCK_HEAD
    yield from struck_rows()
    yield PAD_HEAD
    yield from _pad_rows(seconds)
    yield BESIDE_HEAD
    yield from beside_rows()
    yield from nau7802_rows(seconds)
    yield from lsm6ds_rows(seconds)
    yield OTHERS_HEAD
    yield from _other_rows(seconds)


def _own_rows(seconds: float) -> Iterator[str]:
    for call_ns, mid_read, unsettled, rate in itertools.product(
        CALLS_NS, ("replaced", "revoked"), ("held", "shown"), PREEMPTIONS_HZ
    ):
        behaviour = Behaviour(unsettled=unsettled, mid_read=mid_read)
        tally = run_ours(BenchWire(behaviour, call_ns, rate), seconds)
        line = "high" if unsettled == "held" else "words shown"
        yield (
            f"| {call_ns / 1000:g} | {mid_read} | {line} | {rate} | {tally.wrong} "
            f"| {tally.delivered_pct():.2f} | {tally.calls_each:.1f} |"
        )


def _fault_rows(seconds: float) -> Iterator[str]:
    others = [n for n in range(4) if n != BROKEN]
    healthy = run_ours(BenchWire(Behaviour(), 400, 20), seconds)
    for fault in FAULTS:
        wire = BenchWire(Behaviour(), 400, 20)
        wire.chips[BROKEN].fault = fault
        tally = run_ours(wire, seconds)
        mean, usual = (sum(t.delivered_pct(n) for n in others) / 3 for t in (tally, healthy))
        yield f"| {fault.value} | {tally.wrong} | {mean:.2f} | {usual:.2f} |"


def _pad_rows(seconds: float) -> Iterator[str]:
    for call_ns, rate in itertools.product(CALLS_NS, (0, 20, 200)):
        wire = BenchWire(Behaviour(), call_ns, rate)
        pads = Pads(wire)
        run_ours(wire, seconds, pads)
        yield f"| {call_ns / 1000:g} | {rate} | {pads.scanned_pct:.2f} | {pads.wrong} |"


def _other_rows(seconds: float) -> Iterator[str]:
    drivers: list[tuple[str, Callable[[BenchWire, float], Tally], bool]] = [
        ("ours", run_ours, False),
        (f"PyPI hx711 {version('hx711')}", run_hx711, False),
        (f"PyPI hx711-multi {version('hx711-multi')}", run_hx711_multi, True),
    ]
    for name, run, shared in drivers:
        for condition, rate, fault in [
            ("quiet", 0, None),
            ("20 preemptions/s", 20, None),
            ("200 preemptions/s", 200, None),
            ("quiet, one chip dead", 0, ChipFault.STUCK_HIGH),
        ]:
            wire = BenchWire(Behaviour(), 400, rate, shared_sck=shared)
            wire.chips[BROKEN].fault = fault
            given_s = min(seconds, 10.0) if fault else seconds  # a driver may loop for ever
            tally = run(wire, given_s)
            yield (
                f"| {name} | {condition} | {_per_chip(tally, given_s)} | {tally.wrong} "
                f"| {tally.delivered_pct():.2f} | {tally.calls_each:.1f} |"
            )


def _per_chip(tally: Tally, seconds: float) -> str:
    return ", ".join(f"{count / seconds:.1f}" for count in tally.values)
