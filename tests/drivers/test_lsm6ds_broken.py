"""The inertial sensor's driver: whatever breaks, no wrong sample is delivered as good."""

import pytest

from drivers.conversion import Flag
from drivers.lsm6ds import ImuState
from drivers.sim.cable import BAD_CABLE
from drivers.sim.lsm6ds import ImuFault
from drivers.sim.smbus import BusFault
from tests.support.imu_wire import MODELS, make_imu_wire, started

GRAVITY = 9.80665


@pytest.fixture(params=MODELS)
def model(request):
    return request.param


def test_a_stall_within_the_fifo_loses_nothing(model):
    wire = started(model)
    wire.clock.advance(1_200_000_000)
    wire.run(2.0)
    assert wire.wrong() == []
    assert wire.delivered_share() > 0.99


def test_an_overrun_is_a_flag_and_then_it_goes_on(model):
    wire = started(model)
    wire.clock.advance(4_000_000_000)
    after = wire.run(1.0)
    assert after[0].flags is Flag.DESYNC
    assert sum(one.good for one in after) > 95
    assert wire.wrong() == []
    assert wire.sensor.counters.doubtful == {"overrun": 1}


@pytest.mark.parametrize("fault", list(ImuFault))
def test_a_fault_comes_and_goes_and_nothing_wrong_is_delivered(model, fault):
    wire = started(model)
    wire.chip.fault = fault
    wire.run(3.0)
    wire.chip.fault = None
    wire.run(0.6)
    assert sum(one.good for one in wire.run(1.0)) > 100
    assert wire.sensor.state is ImuState.RUNNING
    assert wire.wrong() == []


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (ImuFault.UNPLUGGED, ImuState.NO_ANSWER),
        (ImuFault.FROZEN, ImuState.SILENT),
        (ImuFault.SATURATED, ImuState.RUNNING),
    ],
)
def test_its_state_says_what_is_wrong(model, fault, state):
    wire = started(model)
    wire.chip.fault = fault
    wire.run(2.0)
    assert wire.sensor.state is state


def test_its_user_is_told_once_that_it_is_gone(model):
    wire = started(model)
    wire.chip.fault = ImuFault.UNPLUGGED
    flags = [one.flags for one in wire.run(5.0) if not one.good]
    assert flags.count(Flag.TIMEOUT) == 1
    assert len(flags) <= 2  # a set may have been cut off


def test_a_dead_sensor_hardly_uses_the_bus(model):
    wire = started(model)
    wire.chip.fault = ImuFault.UNPLUGGED
    wire.run(0.5)
    before = wire.bus.transfers
    wire.run(10.0)
    assert wire.bus.transfers - before <= 41 * 3


def test_the_other_of_the_family_may_be_plugged_in(model):
    wire = started(model)
    (other,) = set(MODELS) - {model}
    wire.chip.fault = ImuFault.UNPLUGGED
    wire.run(0.5)
    wire.chip.model = other
    wire.chip.reset(wire.clock.now_ns())
    wire.chip.fault = None
    wire.run(2.0)
    assert wire.sensor.state is ImuState.RUNNING
    assert wire.sensor.counters.chip == other
    assert wire.wrong() == []


def test_something_else_at_its_address_is_told():
    wire = make_imu_wire()
    wire.chip._registers[0x0F] = 0x69
    wire.run(1.0)
    assert wire.sensor.state is ImuState.OTHER_CHIP
    assert not any(one.good for one in wire.given)


def test_a_bus_that_is_held_low_is_told(model):
    wire = started(model)
    wire.bus.fault = BusFault.STUCK
    wire.run(1.0)
    assert wire.sensor.state is ImuState.BUS_STUCK
    wire.bus.fault = None
    wire.run(1.5)
    assert wire.sensor.state is ImuState.RUNNING
    assert wire.wrong() == []


@pytest.mark.parametrize("delay_us", range(0, 10_000, 390))
def test_a_reset_at_any_moment_delivers_nothing_wrong(model, delay_us):
    wire = started(model)
    wire.run(delay_us * 1e-6)
    wire.chip.reset(wire.clock.now_ns())
    wire.run(1.0)
    assert wire.wrong() == []
    assert sum(one.good for one in wire.run(0.5)) > 50


@pytest.mark.parametrize("byte", range(21))
def test_a_reset_in_the_midst_of_a_set_delivers_nothing_wrong(model, byte):
    wire = started(model)
    cut = CutShort(wire, byte, lambda: wire.chip.reset(wire.clock.now_ns()))
    wire.run(1.0)
    assert cut.happened or byte >= 18
    assert wire.wrong() == []
    assert wire.sensor.state is ImuState.RUNNING


@pytest.mark.parametrize("byte", range(21))
def test_a_set_that_is_cut_off_is_a_flag(model, byte):
    wire = started(model)

    def fail():
        raise OSError(121, "Remote I/O error")

    cut = CutShort(wire, byte, fail)
    flags = [one.flags for one in wire.run(0.5)]
    if cut.happened:
        assert flags.count(Flag.DESYNC) == 1
        assert wire.sensor.counters.doubtful == {"cut off": 1}
    assert wire.wrong() == []
    assert sum(one.good for one in wire.run(0.5)) > 50


class CutShort:
    """Does something once, before a byte of the next set is sent."""

    def __init__(self, wire, byte, what):
        self.happened = False
        self._byte, self._what, self._left = byte, what, None
        self._fifo_byte = wire.chip.fifo.byte
        wire.chip.fifo.byte = self.byte

    def byte(self, register):
        if register in (0x78, 0x3E) and self._left is None:
            self._left = self._byte
        if self._left is not None and register >= 0x3E:
            if self._left == 0 and not self.happened:
                self.happened = True
                self._what()
            self._left -= 1
        return self._fifo_byte(register)


def test_a_tag_without_its_parity_or_place_is_a_flag():
    wire = started("LSM6DSOX")
    wire.run(0.01)
    for wrong in (0x01, 0x08, 0x06):  # parity, another sensor, another moment
        wire.chip.fifo._waiting.clear()
        wire.chip.fifo.put(wire.chip._ticks(wire.clock.now_ns()), (1, 2, 3), (4, 5, 6))
        word = wire.chip.fifo._waiting[1]
        bits = wrong if wrong == 0x01 else wrong | (wrong.bit_count() % 2)
        wire.chip.fifo._waiting[1] = bytes([word[0] ^ bits]) + word[1:]
        assert Flag.DESYNC in [one.flags for one in wire.run(0.05)]
        wire.run(11.0)
    assert wire.wrong() == []
    assert sum(wire.sensor.counters.doubtful.values()) == 3


def test_a_pattern_that_does_not_begin_at_its_beginning_is_a_flag():
    wire = started("LSM6DS3TR-C")
    wire.chip.fifo._next()
    wire.chip.fifo._place = 4
    assert Flag.DESYNC in [one.flags for one in wire.run(0.1)]
    assert wire.sensor.counters.doubtful == {"pattern": 1}
    assert wire.wrong() == []


def test_a_bad_cable_is_seen_by_its_flags(model):
    """What of the values themselves is garbled no chip of this family lets anybody see."""
    wire = started(model)
    wire.cable.suffer(BAD_CABLE)
    wire.run(20.0)
    counters = wire.sensor.counters
    assert sum(counters.doubtful.values()) > 0.02 * counters.delivered
    assert wire.sensor.state is not ImuState.RUNNING
    assert len(wire.wrong()) < 0.02 * len(wire.given)
    wire.cable.suffer(None)
    wire.run(4.5)
    assert sum(one.good for one in wire.run(1.0)) > 100


def test_after_two_doubts_near_each_other_nothing_is_believed_for_a_while():
    wire = started("LSM6DSOX")
    for _ in range(2):
        wire.chip.fifo._waiting.append(bytes(7))
        wire.run(0.1)
    assert not any(one.good for one in wire.run(2.5))
    assert wire.sensor.state is ImuState.GARBLED
    wire.run(0.5)
    assert all(one.good for one in wire.run(1.0))
    assert wire.sensor.state is ImuState.RUNNING


def test_a_cable_that_only_swallows_acknowledgements_delivers_nothing_wrong(model):
    wire = started(model)
    wire.cable.unheard = 0.1
    wire.run(20.0)
    assert wire.wrong() == []
    assert wire.delivered_share() > 0.5
