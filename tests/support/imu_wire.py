"""An inertial sensor on a bus of its own, whose every sample can be told from every other."""

from dataclasses import dataclass, field

from drivers.conversion import Conversion
from drivers.lsm6ds import ImuState, Lsm6ds
from drivers.lsm6ds.scale import M_S2_PER_COUNT, RAD_S_PER_COUNT
from drivers.sim.cable import SimCable
from drivers.sim.clock import VirtualClock
from drivers.sim.imu_errors import ImuBehaviour
from drivers.sim.lsm6ds import ModelName, SimLsm6ds
from drivers.sim.preemption import Preemption
from drivers.sim.smbus import SimDevice, SimSMBus

ADDRESS = 0x6A
CALL_NS = 60_000  # what the kernel takes for a transfer beside the wire; inferred
MODELS: tuple[ModelName, ...] = ("LSM6DSOX", "LSM6DS3TR-C")
START_S = 1.0
PERFECT = ImuBehaviour(accel_noise_m_s2=0.0, gyro_noise_rad_s=0.0)


class Samples:
    """Gives values of which no two are alike, and remembers when each was sampled."""

    def __init__(self) -> None:
        self.made: dict[tuple[int, ...], int] = {}

    def __call__(self, t_ns: int) -> list[float]:
        n = len(self.made)
        counts = (n % 20000, -(n % 7919), n * 37 % 15013, -(n * 3 % 20011), n // 9, 5 - n % 11003)
        self.made[counts] = t_ns
        return [one * M_S2_PER_COUNT for one in counts[:3]] + [
            one * RAD_S_PER_COUNT for one in counts[3:]
        ]

    def time_of(self, conversion: Conversion) -> int | None:
        """When the chip sampled what was delivered; None where it never did."""
        force, turn = conversion.values[:3], conversion.values[3:]
        counts = [round(one / M_S2_PER_COUNT) for one in force]
        counts += [round(one / RAD_S_PER_COUNT) for one in turn]
        return self.made.get(tuple(counts))


@dataclass(kw_only=True)
class ImuWire:
    """The sensor at the end of its cable, its driver, and all that it has given."""

    clock: VirtualClock
    chip: SimLsm6ds
    cable: SimCable
    devices: dict[int, SimDevice]
    bus: SimSMBus
    sensor: Lsm6ds
    samples: Samples
    given: list[Conversion] = field(default_factory=list)
    longest_poll_ns: int = 0

    def run(self, seconds: float) -> list[Conversion]:
        """Poll twice a millisecond; what came in."""
        before = len(self.given)
        end_ns = self.clock.now_ns() + round(seconds * 1e9)
        while (now_ns := self.clock.now_ns()) < end_ns:
            self.given += [conversion for _, conversion in self.sensor.poll()]
            self.longest_poll_ns = max(self.longest_poll_ns, self.clock.now_ns() - now_ns)
            self.clock.sleep_until(max(now_ns + 500_000, self.clock.now_ns() + 1))
        return self.given[before:]

    def wrong(self) -> list[Conversion]:
        """Delivered as good, and never sampled; or twice; or dated wrong by 2 ms and more."""
        found, seen = [], set()
        for one in self.given:
            t_ns = self.samples.time_of(one) if one.good else None
            if one.good and (t_ns is None or t_ns in seen or abs(one.t_ns - t_ns) > 2_000_000):
                found.append(one)
            seen.add(t_ns)
        return found

    def delivered_share(self) -> float:
        """Of what the chip put into its FIFO."""
        return sum(one.good for one in self.given) / max(self.chip.samples, 1)


def make_imu_wire(
    model: ModelName = "LSM6DSOX",
    behaviour: ImuBehaviour = PERFECT,
    *,
    preemptions_hz: float = 0.0,
    call_ns: int = CALL_NS,
    seed: int = 0,
) -> ImuWire:
    """One chip on a bus of 400 kHz, its driver opened."""
    clock = VirtualClock()
    samples = Samples()
    chip = SimLsm6ds(samples, clock.now_ns(), model, behaviour, seed)
    cable = SimCable(chip, seed=seed)
    preempt = Preemption(clock, 0, preemptions_hz, seed=seed)

    def spend(ns: int) -> None:
        clock.advance(ns)
        preempt()

    devices: dict[int, SimDevice] = {ADDRESS: cable}
    bus = SimSMBus(devices, clock.now_ns, spend, call_ns=call_ns)
    sensor = Lsm6ds(lambda: bus, clock, address=ADDRESS)
    sensor.open()
    return ImuWire(
        clock=clock, chip=chip, cable=cable, devices=devices, bus=bus, sensor=sensor,
        samples=samples,
    )  # fmt: skip


def started(model, behaviour=PERFECT, **wire):
    """A wire whose sensor has just started."""
    made = make_imu_wire(model, behaviour, **wire)
    made.run(START_S)
    assert made.sensor.state is ImuState.RUNNING
    return made
