"""The simulated NAU7802 against its data sheet, register by register, without any driver."""

import pytest

from drivers.sim.clock import VirtualClock
from drivers.sim.nau7802 import NauBehaviour, NauFault, SimNau7802
from drivers.sim.smbus import SimSMBus

ADDRESS = 0x2A
PU_CTRL, CTRL1, CTRL2, OCAL1, ADC = 0x00, 0x01, 0x02, 0x03, 0x12
RR, PUD, PUA, PUR, CS, CR, AVDDS = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x80
CALS, CAL_ERR = 0x04, 0x08
MS = 1_000_000
OFFSET = 3000


class Bench:
    """A chip whose input gives 1000 counts at gain 128, and a bus that takes no time."""

    def __init__(self, **behaviour):
        self.clock = VirtualClock()
        told = {"noise_counts": 0.0, "offset_counts": OFFSET, **behaviour}
        self.chip = SimNau7802(lambda t_ns: 1000.0, self.clock.now_ns(), NauBehaviour(**told))
        self.bus = SimSMBus({ADDRESS: self.chip}, self.clock.now_ns)

    def read(self, register):
        return self.bus.read_byte_data(ADDRESS, register)

    def write(self, register, value):
        self.bus.write_byte_data(ADDRESS, register, value)

    def adc(self):
        word = int.from_bytes(bytes(self.bus.read_i2c_block_data(ADDRESS, ADC, 3)), "big")
        return word - (1 << 24) if word >> 23 else word

    def power_up(self, gain_bits=7, rate_bits=3):
        self.write(PU_CTRL, RR)
        self.write(PU_CTRL, PUD)
        self.write(CTRL1, gain_bits)
        self.write(CTRL2, rate_bits << 4)
        self.write(PU_CTRL, AVDDS | PUA | PUD)
        self.clock.advance(600 * MS)

    def convert(self):
        self.write(PU_CTRL, AVDDS | CS | PUA | PUD)

    def calibrate(self):
        self.write(CTRL2, self.read(CTRL2) | CALS)
        self.clock.advance(400 * MS)


@pytest.fixture
def bench():
    return Bench()


def test_registers_after_a_reset_are_those_of_the_data_sheet(bench):
    bench.power_up()
    bench.write(PU_CTRL, RR)
    assert [bench.read(register) for register in (CTRL1, CTRL2, *range(OCAL1, OCAL1 + 3))] == [
        0
    ] * 5
    assert bench.read(0x1F) & 0x0F == 0x0F


def test_power_up_is_ready_after_200_us(bench):
    bench.write(PU_CTRL, PUD)
    assert not bench.read(PU_CTRL) & PUR
    bench.clock.advance(200_000)
    assert bench.read(PU_CTRL) & PUR


def test_nothing_converts_before_the_cycle_is_started(bench):
    bench.power_up()
    bench.clock.advance(100 * MS)
    assert not bench.read(PU_CTRL) & CR
    bench.convert()
    bench.clock.advance(100 * MS)
    assert bench.read(PU_CTRL) & CR


@pytest.mark.parametrize(("bits", "rate_sps"), [(0, 10), (1, 20), (2, 40), (3, 80), (7, 320)])
def test_conversions_come_at_the_rate_that_is_set(bits, rate_sps):
    bench = Bench(first_settled=1)
    bench.power_up(rate_bits=bits)
    bench.convert()
    bench.clock.advance(2_000 * MS)
    bench.read(PU_CTRL)
    assert bench.chip.conversions == pytest.approx(2 * rate_sps, abs=1)


@pytest.mark.parametrize("ready_ends", ["first", "last"])
def test_reading_the_result_ends_its_being_ready(ready_ends):
    bench = Bench(ready_ends=ready_ends)
    bench.power_up()
    bench.convert()
    bench.clock.advance(13 * MS)
    assert bench.read(PU_CTRL) & CR
    assert bench.read(PU_CTRL) & CR  # looking does not
    bench.adc()
    assert not bench.read(PU_CTRL) & CR


def test_calibration_takes_the_amplifiers_offset_away(bench):
    bench.power_up()
    bench.convert()
    bench.clock.advance(100 * MS)
    assert bench.adc() == 1000 + OFFSET
    bench.calibrate()
    bench.write(PU_CTRL, AVDDS | PUA | PUD)
    bench.convert()
    bench.clock.advance(100 * MS)
    assert bench.adc() == 1000


def test_calibration_says_how_long_it_runs_and_whether_it_failed(bench):
    bench.power_up()
    bench.write(CTRL2, 0x30 | CALS)
    bench.clock.advance(100 * MS)
    assert bench.read(CTRL2) & CALS
    bench.clock.advance(300 * MS)
    assert not bench.read(CTRL2) & (CALS | CAL_ERR)
    bench.chip.fault = NauFault.UNCALIBRATED
    bench.calibrate()
    assert bench.read(CTRL2) & CAL_ERR


def test_a_calibration_that_begins_before_the_analog_part_is_steady_is_wrong(bench):
    bench.write(PU_CTRL, PUD)
    bench.write(PU_CTRL, AVDDS | PUA | PUD)
    bench.calibrate()
    assert int.from_bytes(bytes(bench.read(OCAL1 + byte) for byte in range(3)), "big") != OFFSET


@pytest.mark.parametrize("offset", [0, 1, -1, 8_000_000, -8_000_000])
def test_offsets_have_a_sign_and_a_magnitude(offset):
    bench = Bench(offset_counts=offset)
    bench.power_up()
    bench.calibrate()
    bench.convert()
    bench.clock.advance(100 * MS)
    assert bench.adc() == 1000


@pytest.mark.parametrize("unsettled", ["shown", "held"])
def test_a_gain_that_is_changed_has_to_settle(unsettled):
    bench = Bench(unsettled=unsettled, offset_counts=0)
    bench.power_up()
    bench.convert()
    bench.clock.advance(100 * MS)
    bench.adc()
    bench.write(CTRL1, 6)  # 64
    bench.clock.advance(13 * MS)
    assert bool(bench.read(PU_CTRL) & CR) is (unsettled == "shown")
    assert bench.adc() != 500
    bench.clock.advance(100 * MS)
    assert bench.adc() == 500


def test_bytes_of_two_conversions_can_be_read_where_the_chip_does_not_latch():
    for mid_read, words in (("whole", {0x112233, 0x445566}), ("torn", {0x115566})):
        bench = Bench(mid_read=mid_read, offset_counts=0)
        bench.chip._word = 0x112233
        bench.chip.begin()
        bench.chip.receive(ADC, 0)
        first = bench.chip.send(0)
        bench.chip._word = 0x445566
        word = first << 16 | bench.chip.send(0) << 8 | bench.chip.send(0)
        assert word in words


def test_without_power_it_does_not_answer_and_forgets_everything(bench):
    bench.power_up()
    bench.chip.fault = NauFault.UNPLUGGED
    with pytest.raises(OSError, match="Remote I/O"):
        bench.read(CTRL1)
    bench.chip.fault = None
    assert bench.read(CTRL1) == 0
