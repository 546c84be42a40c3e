"""A NAU7802 with its registers, power-up, calibration and oscillator, on a simulated I2C bus.

Time is passed in by whoever asks; between two looks the chip works out what happened meanwhile.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal

LOWEST: Final = -(1 << 23)
HIGHEST: Final = (1 << 23) - 1
_PU_CTRL, _CTRL1, _CTRL2, _OCAL1, _ADC, _REGISTERS = 0x00, 0x01, 0x02, 0x03, 0x12, 0x20
_RR, _PUD, _PUA, _PUR, _CS, _CR = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
_CAL_ERR, _CALS = 0x08, 0x04
_ADC_BYTES: Final = range(_ADC, _ADC + 3)
_RESET_VALUES: Final = {0x06: 0x00, 0x07: 0x80, 0x0D: 0x00, 0x0E: 0x80, 0x1F: 0x0F}
_RATES_SPS: Final = {0: 10, 1: 20, 2: 40, 3: 80, 7: 320}
_DIGITAL_NS: Final = 200_000  # from PUD to PUR
_ANALOG_NS: Final = 400_000_000  # from PUA until the supply of the cell is steady
_CALIBRATION_NS: Final = 344_000_000
_NOISE_COUNTS: Final = 120.0  # as the simulated HX711; not measured
_RESETS_EVERY_NS: Final = 400_000_000


class NauFault(Enum):
    """What can be wrong with a chip or its wiring, switched while it runs."""

    UNPLUGGED = "unplugged"
    SATURATED = "saturated"
    FROZEN = "frozen"  # it answers and converts no more
    RESETS = "resets"  # it loses its supply for moments, again and again
    UNCALIBRATED = "uncalibrated"  # its own calibration fails


@dataclass(frozen=True)
class NauBehaviour:
    """What is not known for certain of the chip, or differs between chips."""

    speed: float = 1.0  # of the oscillator
    unsettled: Literal["held", "shown"] = "shown"
    mid_read: Literal["whole", "torn"] = "torn"  # bytes of one conversion, or of two
    ready_ends: Literal["first", "last"] = "last"  # with which byte that is read
    start_stays: bool = True  # the bit that starts conversions reads 1 after that
    noise_counts: float = _NOISE_COUNTS
    offset_counts: int = 3000  # of the amplifier, which calibration takes away
    first_settled: int = 6


class SimNau7802:
    """A chip that converts `source(t_ns)` (counts at gain 128, any float) on its own oscillator."""

    def __init__(
        self,
        source: Callable[[int], float],
        start_ns: int,
        behaviour: NauBehaviour | None = None,
        seed: int = 0,
    ) -> None:
        self._fault: NauFault | None = None
        self.conversions = 0
        """Settled conversions that ended since power-up, delivered or not."""
        self._source = source
        self._behaviour = behaviour or NauBehaviour()
        self._random = random.Random(seed)
        self._pointer: int | None = None
        self._latched = 0
        self._resets_ns = start_ns + _RESETS_EVERY_NS
        self.reset()

    def reset(self) -> None:
        """Registers as after power-up; nothing runs."""
        self._registers = [_RESET_VALUES.get(register, 0) for register in range(_REGISTERS)]
        self._digital_ns = self._analog_ns = self._calibrated_ns = self._end_ns = None
        self._word = self._series = 0
        self._ready = False

    _digital_ns: int | None
    _analog_ns: int | None
    _calibrated_ns: int | None
    _end_ns: float | None

    @property
    def fault(self) -> NauFault | None:
        """What is wrong with it; unplugged it loses its power."""
        return self._fault

    @fault.setter
    def fault(self, fault: NauFault | None) -> None:
        self._fault = fault
        if fault is NauFault.UNPLUGGED:
            self.reset()

    def suffer(self, fault: str | None) -> None:
        """Break by a fault's name, or mend."""
        self.fault = None if fault is None else NauFault(fault)

    @property
    def answers(self) -> bool:
        """Whether it has power and acknowledges its address."""
        return self.fault is not NauFault.UNPLUGGED

    def begin(self) -> None:
        """It is addressed; the register that was named last stays so for reading."""
        self._named = False

    def receive(self, byte: int, t_ns: int) -> None:
        """A register's number, then its value and those of the next ones."""
        self._catch_up(t_ns)
        if not self._named:
            self._pointer, self._named = byte % _REGISTERS, True
            return
        self._write(self._next_register(), byte, t_ns)

    def send(self, t_ns: int) -> int:
        """The register's value, then the next one's."""
        self._catch_up(t_ns)
        register = self._next_register()
        if register in _ADC_BYTES:
            return self._adc_byte(register - _ADC)
        value = self._registers[register]
        if register == _PU_CTRL:
            value &= ~(0 if self._behaviour.start_stays else _CS)
            value |= _CR if self._ready else 0
            value |= _PUR if self._digital_ns is not None and t_ns >= self._digital_ns else 0
        return value

    def general_call(self, byte: int) -> None:
        """It has none."""

    def _next_register(self) -> int:
        register = self._pointer or 0
        self._pointer = (register + 1) % _REGISTERS
        return register

    def _adc_byte(self, place: int) -> int:
        if place == 0 or self._behaviour.mid_read == "torn":
            self._latched = self._word
        if place == (0 if self._behaviour.ready_ends == "first" else 2):
            self._ready = False
        return self._latched >> 8 * (2 - place) & 0xFF

    def _write(self, register: int, value: int, t_ns: int) -> None:
        before = self._registers[register]
        self._registers[register] = value
        if register == _PU_CTRL:
            self._power(before, value & ~(_CR | _PUR), t_ns)
        elif register == _CTRL2 and value & _CALS and self._analog_ns is not None:
            self._calibrated_ns, self._end_ns = t_ns + _CALIBRATION_NS, None
        elif register in (_CTRL1, _CTRL2) and value != before:
            self._series = 0

    def _power(self, before: int, value: int, t_ns: int) -> None:
        if value & _RR:
            self.reset()
        self._registers[_PU_CTRL] = value
        if value & _PUD and self._digital_ns is None:
            self._digital_ns = t_ns + _DIGITAL_NS
        if value & _PUA and self._analog_ns is None:
            self._analog_ns = t_ns + _ANALOG_NS
        if value & _CS and not before & _CS and self._analog_ns is not None:
            self._series, self._end_ns = 0, t_ns + self._period_ns()

    def _period_ns(self) -> float:
        rate_sps = _RATES_SPS[self._registers[_CTRL2] >> 4 & 7]
        return 1e9 / rate_sps / self._behaviour.speed

    def _catch_up(self, t_ns: int) -> None:
        """Let everything happen that lies between the last look and `t_ns`."""
        while t_ns >= self._resets_ns:
            self._resets_ns += _RESETS_EVERY_NS
            if self.fault is NauFault.RESETS:
                self.reset()
        if self._calibrated_ns is not None and t_ns >= self._calibrated_ns:
            self._finish_calibration(self._calibrated_ns)
        if self.fault is NauFault.FROZEN:
            self._end_ns = None
        while self._end_ns is not None and self._end_ns <= t_ns:
            self._finish_conversion(round(self._end_ns))
            self._end_ns += self._period_ns()

    def _finish_calibration(self, t_ns: int) -> None:
        """The offset that it finds is off where the analog part was not steady when it began."""
        self._calibrated_ns = None
        steady = self._steady(t_ns - _CALIBRATION_NS)
        found = self._behaviour.offset_counts + (0 if steady else 20_000)
        self._registers[_OCAL1 : _OCAL1 + 3] = _signed_bytes(found)
        failed = _CAL_ERR if self.fault is NauFault.UNCALIBRATED else 0
        self._registers[_CTRL2] = self._registers[_CTRL2] & ~(_CALS | _CAL_ERR) | failed

    def _steady(self, t_ns: int) -> bool:
        return self._analog_ns is not None and t_ns >= self._analog_ns

    def _finish_conversion(self, t_ns: int) -> None:
        self._series += 1
        settled = self._series >= self._behaviour.first_settled and self._steady(t_ns)
        self.conversions += settled
        if settled or self._behaviour.unsettled == "shown":
            self._word = self._convert(t_ns, settled)
            self._ready = True

    def _convert(self, t_ns: int, settled: bool) -> int:
        """The 24-bit word of a conversion that ends at `t_ns`."""
        gain = 1 << (self._registers[_CTRL1] & 7)
        value = self._source(t_ns) * gain / 128 + self._behaviour.offset_counts
        value += self._random.gauss(0.0, self._behaviour.noise_counts)
        if not settled:
            value *= self._random.uniform(0.2, 0.9)
        value -= _signed(self._registers[_OCAL1 : _OCAL1 + 3])
        if self.fault is NauFault.SATURATED:
            value = HIGHEST
        return round(min(max(value, LOWEST), HIGHEST)) & 0xFFFFFF


def _signed_bytes(value: int) -> list[int]:
    """A sign bit and 23 bits of magnitude, as the offset registers hold it."""
    return list(((1 << 23 if value < 0 else 0) | abs(value)).to_bytes(3, "big"))


def _signed(data: list[int]) -> int:
    word = int.from_bytes(bytes(data), "big")
    magnitude = word & 0x7FFFFF
    return -magnitude if word >> 23 else magnitude
