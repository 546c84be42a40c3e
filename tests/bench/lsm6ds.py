"""The inertial sensor's figures on its own simulated bus, and what it costs the others."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from drivers.sim.clock import VirtualClock
from drivers.sim.lsm6ds import ImuFault
from drivers.sim.smbus import SimSMBus
from rig.handover.frame_ring import FrameReader
from rig.handover.run_dir import RunDir
from rig.names import CELLS, CHANNELS, FORCE_CHANNELS
from rig.sampler.loop import Sampler
from rig.sampler.platform import Platform, build_drivers
from rig.sampler.realtime import Realtime
from rig.simulation.platform import open_sim
from tests.support.imu_wire import CALL_NS, MODELS, PERFECT, ImuWire, ModelName, make_imu_wire
from tests.support.virtual_rig import sim_config

START_S = 1.0
AGAIN_S = 4.0  # after a fault: longer than a garbled lead is distrusted
READ_AT_ONCE_S = 10.0
IMU = CHANNELS.index("imu")

HEAD = """
## Inertial sensor
An LSM6DSOX or LSM6DS3TR-C at 104 Hz on an I2C bus of 400 kHz; a transfer takes 60 µs beside the
wire's own time (inferred). *Wrong* are samples delivered as good that the chip did not take, or
twice, or dated wrong by 2 ms and more. *Delivered* is the share of what it put into its FIFO.

| chip | its clock | preemptions/s | wrong | delivered, % | largest error of a time, ms |
| --- | --- | --- | --- | --- | --- |"""

FAULT_HEAD = """
Faults, each for the given time, with 20 preemptions/s; *again* is the share of good samples 4 s
after the fault. A garbled byte has lost the ones that follow a zero: where it strikes the
values themselves no rule of the driver's can see it, and that is why the lead is differential.

| fault | chip | wrong | flagged | again, % |
| --- | --- | --- | --- | --- |"""

PAIRED_HEAD = """
Beside it, on one bus, the pads' ADS1115 and the cells: good conversions with the sensor over those
without it, in the same virtual time with the same seeds.

| cells | the sensor | cells, ratio | pads, ratio | its frames with a value, % |
| --- | --- | --- | --- | --- |"""


def lsm6ds_rows(seconds: float) -> Iterator[str]:
    """The section of the page, line by line as it is measured."""
    yield HEAD
    yield from _own_rows(seconds)
    yield FAULT_HEAD
    yield from _fault_rows(seconds)
    yield PAIRED_HEAD
    yield from _paired_rows(seconds)


def _started(model: ModelName, speed: float, preemptions_hz: float) -> ImuWire:
    behaviour = replace(PERFECT, speed=speed)
    wire = make_imu_wire(model, behaviour, preemptions_hz=preemptions_hz, seed=1)
    wire.run(START_S)
    return wire


def _own_rows(seconds: float) -> Iterator[str]:
    for model in MODELS:
        for speed, rate in ((0.97, 0), (1.03, 20), (1.0, 200), (1.0, 1000)):
            wire = _started(model, speed, rate)
            wire.run(seconds)
            times = [(one.t_ns, wire.samples.time_of(one)) for one in wire.given if one.good]
            error_ms = max(abs(told - true) for told, true in times if true is not None) * 1e-6
            yield (
                f"| {model} | {100 * (speed - 1):+.0f} % | {rate} | {len(wire.wrong())} "
                f"| {100 * wire.delivered_share():.2f} | {error_ms:.2f} |"
            )


def _fault_rows(seconds: float) -> Iterator[str]:
    for fault in [one for one in ImuFault if one is not ImuFault.FAILS_SELF_TEST]:
        for model in MODELS:
            wire = _started(model, 1.0, 20)
            wire.chip.fault = fault
            wire.run(seconds)
            wire.chip.fault = None
            yield _fault_row(fault.value, model, wire)
    for name, garbled, unheard in (
        ("5 % not acknowledged", 0.0, 0.05),
        ("0.01 % of bytes garbled", 1e-4, 0.0),
        ("1 % of bytes garbled", 1e-2, 0.0),
    ):
        for model in MODELS:
            wire = _started(model, 1.0, 20)
            wire.cable.garbled, wire.cable.unheard = garbled, unheard
            wire.run(seconds)
            wire.cable.garbled = wire.cable.unheard = 0.0
            yield _fault_row(name, model, wire)


def _fault_row(name: str, model: ModelName, wire: ImuWire) -> str:
    flagged = sum(not one.good for one in wire.given)
    wire.run(AGAIN_S)
    again = sum(one.good for one in wire.run(1.0))
    return f"| {name} | {model} | {len(wire.wrong())} | {flagged} | {100 * again / 104:.0f} |"


class _Counted(NamedTuple):
    """Good conversions of the cells, of the pads, and the share of frames with the sensor's."""

    cells: int
    pads: int
    imu_pct: float


def _paired_rows(seconds: float) -> Iterator[str]:
    for converter in ("hx711", "nau7802"):
        alone = _count(converter, seconds, present=False)
        for name, fault in (("well", None), ("unplugged", "unplugged"), ("bad cable", "bad_cable")):
            beside = _count(converter, seconds, present=True, fault=fault)
            yield (
                f"| {converter} | {name} | {beside.cells / alone.cells:.4f} "
                f"| {beside.pads / alone.pads:.4f} | {beside.imu_pct:.1f} |"
            )


def _count(converter: str, seconds: float, *, present: bool, fault: str | None = None) -> _Counted:
    with tempfile.TemporaryDirectory() as folder:
        faults = {} if fault is None else {"imu": fault}
        config = sim_config(
            Path(folder), cells__converter=converter, imu__present=present, sim__faults=faults
        )
        clock = VirtualClock()
        wires = open_sim(config, clock, lambda: clock.advance(1_000))
        bus = SimSMBus(wires.bus.devices, clock.now_ns, clock.advance, call_ns=CALL_NS)
        run_dir = RunDir(Path(folder) / "run")
        run_dir.make()
        drivers = build_drivers(config, wires.pins, lambda _: bus, clock)
        sampler = Sampler(config, Platform(wires.pins, drivers, clock), run_dir, Realtime())
        sampler.open()
        _run(sampler, clock, 2 * START_S)
        reader = FrameReader(run_dir.frames)
        good = np.zeros(len(CHANNELS), np.int64)
        for _ in range(max(round(seconds / READ_AT_ONCE_S), 1)):
            _run(sampler, clock, min(seconds, READ_AT_ONCE_S))
            good += (reader.read_live(10**6).rows["frame"]["flags"] == 0).sum(axis=0)
        sampler.close()
        frames = max(round(seconds / READ_AT_ONCE_S), 1) * min(seconds, READ_AT_ONCE_S) * 100
        cells, pads = good[: len(CELLS)].sum(), good[len(CELLS) : len(FORCE_CHANNELS)].sum()
        return _Counted(int(cells), int(pads), 100 * float(good[IMU]) / frames)


def _run(sampler: Sampler, clock: VirtualClock, seconds: float) -> None:
    end_ns = clock.now_ns() + round(seconds * 1e9)
    while clock.now_ns() < end_ns:
        sampler.step()
        clock.sleep_until(sampler.next_poll_ns)
