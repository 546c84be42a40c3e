"""How long after a pad has let go a frame says so, wherever in a tick it happens.

At most 16 ms with three pads: the wait for the pad's next conversion, a tick, and for the rest of
the scan. So each pad more costs what its conversion takes.
"""

import math

import numpy as np
import pytest

from drivers.sim.ads1115 import SimAds1115
from drivers.sim.clock import VirtualClock
from drivers.sim.smbus import SimSMBus
from rig.frames import TICK_NS
from rig.handover.frame_ring import FrameReader
from rig.handover.run_dir import RunDir
from rig.names import CHANNELS, PADS
from rig.sampler.loop import Sampler
from rig.sampler.platform import Platform, build_drivers
from rig.sampler.realtime import Realtime
from rig.simulation.platform import open_sim
from rig.simulation.trainee.rig_truth import tared_calibration
from tests.support.virtual_rig import VirtualRig, sim_config, write_control

_PADS_MORE_MS = 1.82 * (len(PADS) - 3)  # conversion and transfers
_WITHIN_MS = {  # cells on the bus hold the pads up
    "hx711": 16.0 + _PADS_MORE_MS,
    "nau7802": 18.0 + _PADS_MORE_MS,
}
_PAD_NUMBERS = [CHANNELS.index(pad) for pad in PADS]
_CALL_NS = 60_000  # what the kernel takes for a transfer beside it; inferred
_FILTER_NS = 570_000  # (4.7 + 1) kOhm · 100 nF
_FIRM_V, _REST_V = 2.47, 0.033
_EVERY_NS = 100_300_000  # between losses: their place in the tick moves on by 0.3 ms each


class PadsLettingGo:
    """All pads are pressed and let go together again and again; volts behind the filter."""

    def __init__(self, start_ns):
        self.start_ns = start_ns

    def volts(self, pad, t_ns):
        since_ns = (t_ns - self.start_ns) % _EVERY_NS
        if since_ns < _EVERY_NS / 2:
            return _FIRM_V
        gone_ns = since_ns - _EVERY_NS / 2
        return _REST_V + (_FIRM_V - _REST_V) * math.exp(-gone_ns / _FILTER_NS)

    def losses_ns(self, until_ns):
        return np.arange(self.start_ns + _EVERY_NS // 2, until_ns, _EVERY_NS)


@pytest.fixture(
    scope="module",
    params=[(converter, imu) for converter in _WITHIN_MS for imu in (False, True)],
    ids=lambda one: f"{one[0]}{' with inertial sensor' if one[1] else ''}",
)
def seen(request, tmp_path_factory):
    """Latencies, a row per loss and a column per pad; the pads' frames; what is promised."""
    folder = tmp_path_factory.mktemp("latency")
    converter, imu = request.param
    config = sim_config(folder, sim__scenario="empty", cells__converter=converter, imu__present=imu)
    clock = VirtualClock()
    wires = open_sim(config, clock, lambda: clock.advance(1_000))
    pads = PadsLettingGo(clock.now_ns())
    devices = wires.bus.devices | {config.pads.i2c_address: SimAds1115(pads.volts)}
    bus = SimSMBus(devices, clock.now_ns, clock.advance, call_ns=_CALL_NS)
    run_dir = RunDir(folder / "run")
    run_dir.make()
    drivers = build_drivers(config, wires.pins, lambda number: bus, clock)
    sampler = Sampler(config, Platform(wires.pins, drivers, clock), run_dir, Realtime())
    sampler.open()
    write_control(run_dir, tared_calibration())
    reader = FrameReader(run_dir.frames)
    while clock.now_ns() < pads.start_ns + 5_000_000_000:
        sampler.step()
        clock.sleep_until(sampler.next_poll_ns)
    rows = reader.read_live(10**6).rows
    sampler.close()
    return latencies(rows, pads), rows["frame"], _WITHIN_MS[converter]


def latencies(rows, pads):
    t_ns, contact = rows["frame"]["t_ns"], rows["signals"]["contact"]
    lost = [t_ns[1:][contact[:-1, pad] & ~contact[1:, pad]] for pad in range(len(PADS))]
    return np.array(
        [[times[times > loss][0] - loss for times in lost] for loss in pads.losses_ns(t_ns[-20])]
    )


def test_a_lost_contact_is_in_a_frame_in_time(seen):
    latency_ms, within_ms = seen[0] / 1e6, seen[2]
    assert len(latency_ms) > 40
    assert latency_ms.max() <= within_ms, latency_ms.max(axis=0)


def test_every_scan_ends_before_the_tick_that_takes_it(seen):
    frames = seen[1][5:]
    assert (frames["flags"][:, _PAD_NUMBERS] == 0).all()
    age_ns = frames["t_ns"][:, None] - frames["pad_t_ns"]
    assert (age_ns < TICK_NS).all()


@pytest.mark.parametrize("stall_ms", [3, 6, 9, 25])
def test_pads_that_were_late_once_are_not_late_for_good(tmp_path, stall_ms):
    rig = VirtualRig(tmp_path, sim_config(tmp_path, sim__scenario="empty"))
    reader = FrameReader(rig.run_dir.frames)
    rig.run(0.5)
    for _ in range(20):  # wherever in a tick it happens
        rig.clock.advance(stall_ms * 1_000_000)
        rig.run(0.1003)
    rig.run(0.1)
    frames = reader.read_live(10**6).rows["frame"][-8:]
    rig.sampler.close()
    assert (frames["flags"][:, _PAD_NUMBERS] == 0).all()
    assert (frames["t_ns"][:, None] - frames["pad_t_ns"] < TICK_NS).all()
