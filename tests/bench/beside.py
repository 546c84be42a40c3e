"""Cells and pads beside faults of the bus, of the pads' converter, and of a cell's line."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from drivers.sim.ads1115 import AdcFault
from drivers.sim.hx711 import ChipFault
from drivers.sim.smbus import BusFault
from tests.support.timed_rig import KERNEL_NS, TimedRig

BESIDE_HEAD = """
## Beside faults of bus and lines
The sampling loop as it is, on a bus of 400 kHz, 2 µs per pin call, 60 µs a transfer besides the
wire (inferred), 20 preemptions/s; 20 s. *Cells* is the worst sound cell's share of what its chip
converted. The pads want 100 scans a second.

| fault | cells, % | scans/s |
| --- | --- | --- |"""

_SECONDS = 20.0
_BROKEN = 1
_FAULTS = {
    "none": {},
    "nobody acknowledges": {"bus": BusFault.NACK},
    "bus held low (10 ms a transfer)": {"bus": BusFault.STUCK},
    "addresses taken by the kernel": {"bus": BusFault.TAKEN},
    "100 kHz": {"bus": BusFault.SLOW},
    "clone, 20 % slow": {"adc": AdcFault.SLOW},
    "both": {"bus": BusFault.SLOW, "adc": AdcFault.SLOW},
    "clock stretched by 0.4 ms a transfer": {"stretched_ns": 400_000},
    "SCK of a cell broken": {"cell": ChipFault.NO_CLOCK},
    "DOUT of a cell stuck low": {"cell": ChipFault.STUCK_LOW},
}


def beside_rows() -> Iterator[str]:
    """A row for each fault."""
    for name, what in _FAULTS.items():
        with tempfile.TemporaryDirectory() as folder:
            rig = TimedRig(Path(folder), kernel_ns=KERNEL_NS + what.get("stretched_ns", 0))
            rig.bus.fault, rig.wires.adc.fault = what.get("bus"), what.get("adc")
            rig.wires.chips[_BROKEN].fault = what.get("cell")
            shares, scans = rig.rates(_SECONDS)
            rig.sampler.close()
        if what.get("cell"):
            del shares[_BROKEN]
        yield f"| {name} | {100 * min(shares):.2f} | {scans:.1f} |"
