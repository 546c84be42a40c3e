"""Four NAU7802 behind a multiplexer, whose every conversion can be told from every other."""

from dataclasses import dataclass, replace

from drivers.nau7802 import Nau7802Bank
from drivers.sim.clock import VirtualClock
from drivers.sim.nau7802 import NauBehaviour, SimNau7802
from drivers.sim.preemption import Preemption
from drivers.sim.smbus import SimDevice, SimSMBus
from drivers.sim.tca9548a import SimTca9548a
from tests.support.wire import CellWire, word_at

CHANNELS = (0, 1, 2, 3)
SPEEDS = (0.95, 0.98, 1.02, 1.06)
MUX = 0x70
CALL_NS = 60_000  # what the kernel takes for a transfer beside the wire; inferred


@dataclass(kw_only=True)
class NauWire(CellWire):
    """The chips with their bus."""

    chips: list[SimNau7802]
    bank: Nau7802Bank
    bus: SimSMBus
    mux: SimTca9548a
    devices: dict[int, SimDevice]
    """What hangs on the bus itself, by address."""


def make_nau_wire(
    behaviour: NauBehaviour | None = None,
    *,
    preemptions_hz: float = 0.0,
    call_ns: int = CALL_NS,
    gain: int = 128,
    seed: int = 0,
) -> NauWire:
    """Four chips at 76 to 85 SPS that behave alike otherwise, not opened before the first run."""
    base = behaviour or NauBehaviour(noise_counts=0.0)
    clock = VirtualClock()
    chips = [
        SimNau7802(word_at, clock.now_ns(), replace(base, speed=speed), seed * 10 + number)
        for number, speed in enumerate(SPEEDS)
    ]
    mux = SimTca9548a(
        {channel: {0x2A: chip} for channel, chip in zip(CHANNELS, chips, strict=True)}
    )
    preempt = Preemption(clock, 0, preemptions_hz, seed=seed)

    def spend(ns: int) -> None:
        clock.advance(ns)
        preempt()

    devices: dict[int, SimDevice] = {MUX: mux}
    bus = SimSMBus(devices, clock.now_ns, spend, call_ns=call_ns)
    bank = Nau7802Bank(lambda: bus, CHANNELS, clock, mux_address=MUX, gain=gain)
    bank.open()
    return NauWire(
        clock=clock,
        chips=chips,
        bank=bank,
        calls=lambda: bus.transfers,
        bus=bus,
        mux=mux,
        devices=devices,
    )
