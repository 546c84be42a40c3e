"""The PyPI packages `hx711` and `hx711-multi`, unmodified, on the benchmark's wire.

They import `RPi.GPIO` and read the clock by themselves, so both are put in their modules' names.
"""

import importlib
import logging
import sys
import types
from typing import Any

from drivers.sim.gpio import SimGpio
from tests.bench.wire import BenchWire, Tally, TimeUp
from tests.support.wire import PAIRS

_SET_UP_NS = 60_000_000_000  # time enough to be set up
_LOOK_NS = 100  # what reading the clock takes, so that a loop that only looks at it ends


def run_hx711(wire: BenchWire, seconds: float) -> Tally:
    """One object per chip, read in turn, two values each: `get_raw_data` gives no fewer."""
    module = imported_onto(wire, "hx711")
    tally = Tally(wire)
    wire.clock.end_ns = wire.clock.now_ns() + _SET_UP_NS
    try:
        cells = [module.HX711(dout, sck) for sck, dout in PAIRS]
        tally = Tally(wire)
        wire.clock.end_ns = wire.clock.now_ns() + round(seconds * 1e9)
        while True:
            for number, cell in enumerate(cells):
                for value in cell.get_raw_data(times=2):
                    tally.deliver(number, value)
    except TimeUp:
        return tally


def run_hx711_multi(wire: BenchWire, seconds: float) -> Tally:
    """One object for all chips, which share one SCK; one reading at a time."""
    module = imported_onto(wire, "hx711_multi.hx711")
    tally = Tally(wire)
    wire.clock.end_ns = wire.clock.now_ns() + _SET_UP_NS
    try:
        cells = module.HX711([dout for _, dout in PAIRS], PAIRS[0][0], log_level="CRITICAL")
        tally = Tally(wire)
        wire.clock.end_ns = wire.clock.now_ns() + round(seconds * 1e9)
        while True:
            cells.read_raw(readings_to_average=1)
            for number, adc in enumerate(cells._adcs):  # read_raw itself hides single readings
                if adc.measurement is not None:
                    tally.deliver(number, adc.measurement)
    except TimeUp:
        return tally


def imported_onto(wire: BenchWire, name: str) -> Any:
    """The package's module on the wire's pins and clock."""
    gpio: Any = SimGpio(wire.header)
    package: Any = types.ModuleType("RPi")
    package.GPIO = gpio
    sys.modules.update({"RPi": package, "RPi.GPIO": gpio})
    try:
        module = importlib.import_module(name)
    finally:
        del sys.modules["RPi"], sys.modules["RPi.GPIO"]
    logging.getLogger().setLevel(logging.CRITICAL)
    clock = wire.clock

    def perf_counter() -> float:
        clock.advance(_LOOK_NS)
        return clock.now_ns() * 1e-9

    def sleep(seconds: float) -> None:
        clock.sleep_until(clock.now_ns() + round(seconds * 1e9))

    module.GPIO = gpio
    module.time = types.SimpleNamespace(sleep=sleep, perf_counter=perf_counter)
    module.sleep, module.perf_counter = sleep, perf_counter
    return module
