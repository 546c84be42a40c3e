"""The simulated I2C bus: who answers, what a transfer takes, a multiplexer."""

import errno

import pytest

from drivers.sim.clock import VirtualClock
from drivers.sim.smbus import BusFault, SimSMBus
from drivers.sim.tca9548a import SimTca9548a

MUX = 0x70


class Memory:
    """A device with 256 registers that reads on from the one that was named."""

    def __init__(self, fill=0):
        self.answers = True
        self.registers = [fill] * 256
        self.reset_by = None

    def begin(self):
        self._named = False

    def receive(self, byte, _t_ns):
        if not self._named:
            self._at, self._named = byte, True
        else:
            self.registers[self._at] = byte
            self._at += 1

    def send(self, _t_ns):
        self._at += 1
        return self.registers[self._at - 1]

    def general_call(self, byte):
        self.reset_by = byte


@pytest.fixture
def clock():
    return VirtualClock()


def test_registers_come_back_low_byte_first_and_in_order(clock):
    bus = SimSMBus({0x10: Memory()}, clock.now_ns)
    bus.write_word_data(0x10, 4, 0x1234)
    bus.write_byte_data(0x10, 6, 0x56)
    assert bus.read_i2c_block_data(0x10, 4, 3) == [0x34, 0x12, 0x56]
    assert bus.read_word_data(0x10, 4) == 0x1234


def test_a_transfer_takes_its_bytes_and_the_kernels_share(clock):
    bus = SimSMBus({0x10: Memory()}, clock.now_ns, clock.advance, byte_ns=1000, call_ns=50)
    before_ns = clock.now_ns()
    bus.read_i2c_block_data(0x10, 0, 3)  # address, register, address again, three bytes
    assert clock.now_ns() - before_ns == 6 * 1000 + 50


def test_an_address_that_nobody_has_is_not_acknowledged(clock):
    bus = SimSMBus({0x10: Memory()}, clock.now_ns)
    with pytest.raises(OSError, match="Remote I/O") as refused:
        bus.read_byte_data(0x11, 0)
    assert refused.value.errno == errno.EREMOTEIO


def test_a_stuck_bus_times_out_for_everybody_after_a_while(clock):
    bus = SimSMBus({0x10: Memory()}, clock.now_ns, stay=clock.advance)
    bus.fault = BusFault.STUCK
    for transfer in (lambda: bus.write_byte(0x10, 0), lambda: bus.read_byte_data(0x77, 0)):
        before_ns = clock.now_ns()
        with pytest.raises(OSError, match="timed out") as late:
            transfer()
        assert late.value.errno == errno.ETIMEDOUT
        assert clock.now_ns() - before_ns == 10_000_000


def test_a_slow_bus_takes_four_times_as_long(clock):
    bus = SimSMBus({0x10: Memory()}, clock.now_ns, clock.advance)
    took = []
    for fault in (None, BusFault.SLOW):
        bus.fault, before_ns = fault, clock.now_ns()
        bus.read_word_data(0x10, 0)
        took.append(clock.now_ns() - before_ns)
    assert took[1] == 4 * took[0]


def test_a_general_call_reaches_every_device(clock):
    devices = {0x10: Memory(), 0x11: Memory()}
    SimSMBus(devices, clock.now_ns).write_byte(0, 6)
    assert [device.reset_by for device in devices.values()] == [6, 6]


class TestMultiplexer:
    @pytest.fixture
    def segments(self):
        return {0: {0x2A: Memory(0b0011)}, 5: {0x2A: Memory(0b0101)}}

    @pytest.fixture
    def mux(self, segments):
        return SimTca9548a(segments)

    @pytest.fixture
    def bus(self, clock, mux):
        return SimSMBus({MUX: mux}, clock.now_ns)

    def test_after_power_up_no_segment_is_connected(self, bus):
        with pytest.raises(OSError, match="Remote I/O"):
            bus.read_byte_data(0x2A, 0)

    def test_it_connects_the_segments_whose_bits_are_set(self, bus):
        for bits, value in ((1 << 0, 0b0011), (1 << 5, 0b0101)):
            bus.write_byte(MUX, bits)
            assert bus.read_byte_data(0x2A, 0) == value

    def test_two_that_answer_together_pull_each_others_bits_down(self, bus):
        bus.write_byte(MUX, 1 << 0 | 1 << 5)
        assert bus.read_byte_data(0x2A, 0) == 0b0001

    def test_without_power_nothing_behind_it_answers_and_its_selection_is_lost(self, bus, mux):
        bus.write_byte(MUX, 1)
        mux.unplugged = True
        for address in (MUX, 0x2A):
            with pytest.raises(OSError, match="Remote I/O"):
                bus.read_byte_data(address, 0)
        mux.unplugged = False
        with pytest.raises(OSError, match="Remote I/O"):
            bus.read_byte_data(0x2A, 0)
