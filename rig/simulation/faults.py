"""What is broken on the simulated wires: what was asked for and what the scenario brings."""

from collections.abc import Mapping, Sequence
from typing import Final

from drivers.sim.ads1115 import AdcFault, PadFault, SimAds1115
from drivers.sim.cable import SimCable
from drivers.sim.header import SimHeader
from drivers.sim.hx711 import SimHx711
from drivers.sim.smbus import BusFault, SimDevice, SimSMBus
from rig.names import CELLS, PADS
from rig.simulation.cells import SimChip
from rig.simulation.trainee.script import FaultAt

TIED: Final = "tied"
"""A cell's data line touches that of the next one."""
ELSEWHERE: Final = "wrong_address"
"""The pads' converter answers at the next address."""
_BUS_FAULTS: Final = [fault for fault in BusFault if fault is not BusFault.NACK]
_PAD_FAULTS: Final = {fault.value for fault in PadFault}


class SimFaults:
    """Breaks and mends simulated chips; faults are names by channel."""

    def __init__(
        self,
        chips: Sequence[SimChip],
        header: SimHeader,
        adc: SimAds1115,
        bus: SimSMBus,
        devices: dict[int, SimDevice],
        imu: SimCable | None = None,
        scripted: Sequence[FaultAt] = (),
    ) -> None:
        self._chips, self._header = chips, header
        self._adc, self._bus, self._devices, self._imu = adc, bus, devices, imu
        self._address = next(address for address, device in devices.items() if device is adc)
        self._scripted = scripted
        self._asked: dict[str, str] = {}
        self._from_script: dict[str, str] = {}

    def ask(self, faults: Mapping[str, str]) -> None:
        """Break exactly these channels, besides what the scenario breaks."""
        self._asked = dict(faults)
        self._apply()

    def pass_time(self, t_s: float) -> None:
        """Follow the scenario, which is at `t_s` seconds of its run."""
        now = {one.channel: one.fault for one in self._scripted if one.start_s <= t_s < one.end_s}
        if now != self._from_script:
            self._from_script = now
            self._apply()

    def _apply(self) -> None:
        faults = self._from_script | self._asked
        for name, chip in zip(CELLS, self._chips, strict=True):
            fault = faults.get(name)
            chip.suffer(None if fault == TIED else fault)
        self._header.ties = [
            (one, other)
            for name, one, other in zip(CELLS, self._chips, self._neighbours(), strict=True)
            if faults.get(name) == TIED
            and isinstance(one, SimHx711)
            and isinstance(other, SimHx711)
        ]
        if self._imu is not None:
            self._imu.suffer(faults.get("imu"))
        self._break_pads({pad: faults[name] for pad, name in enumerate(PADS) if name in faults})

    def _break_pads(self, faults: Mapping[int, str]) -> None:
        shared = set(faults.values())
        self._adc.answers = BusFault.NACK.value not in shared
        self._adc.fault = next((one for one in AdcFault if one.value in shared), None)
        self._bus.fault = next((one for one in _BUS_FAULTS if one.value in shared), None)
        self._adc.pad_faults = {
            pad: PadFault(fault) for pad, fault in faults.items() if fault in _PAD_FAULTS
        }
        self._place(self._address ^ (ELSEWHERE in shared))

    def _place(self, address: int) -> None:
        """Let the pads' converter answer at this address."""
        for other in (self._address, self._address ^ 1):
            if self._devices.get(other) is self._adc:
                del self._devices[other]
        self._devices[address] = self._adc

    def _neighbours(self) -> Sequence[SimChip]:
        return [*self._chips[1:], self._chips[0]]
