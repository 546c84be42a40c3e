"""An LSM6DSOX or LSM6DS3TR-C with its registers, FIFO and oscillator, on a simulated I2C bus.

Time is passed in by whoever asks; between two looks the chip works out what happened meanwhile.
"""

import math
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Final, Literal

from drivers.sim.imu_errors import ImuBehaviour, ImuErrors
from drivers.sim.lsm6ds_fifo import SimFifo, SimPatternedFifo, SimTaggedFifo

ModelName = Literal["LSM6DSOX", "LSM6DS3TR-C"]
Source = Callable[[int], Sequence[float]]
"""Specific force (m/s²) and angular velocity (rad/s) along the board's axes, at a time in ns."""

_WHO_AM_I, _CTRL1, _CTRL2, _CTRL3, _CTRL5, _CTRL10 = 0x0F, 0x10, 0x11, 0x12, 0x14, 0x19
_OUT_TEMP, _FIFO_MODE, _TIMESTAMP = 0x20, 0x0A, 0x40
_IDENTITY: Final = {"LSM6DSOX": 0x6C, "LSM6DS3TR-C": 0x6A}
_RESET, _COUNT = 0x01, 0x20
_GRAVITY: Final = 9.80665
_G_PER_COUNT: Final = {0: 0.061e-3, 1: 0.488e-3, 2: 0.122e-3, 3: 0.244e-3}
_DPS_PER_COUNT: Final = {0: 8.75e-3, 1: 17.5e-3, 2: 35e-3, 3: 70e-3}
_TICK_NS: Final = 25_000
_SAMPLE_TICKS: Final = {4: 384, 5: 192, 3: 768}  # by the rate's bits
_RESETS_EVERY_NS: Final = 400_000_000
_SELF_TEST_G, _SELF_TEST_DPS = 0.4, 300.0


class ImuFault(Enum):
    """What can be wrong with the sensor, switched while it runs."""

    UNPLUGGED = "unplugged"
    SATURATED = "saturated"
    FROZEN = "frozen"  # it answers and samples no more
    RESETS = "resets"  # it loses its supply for moments, again and again
    FAILS_SELF_TEST = "fails_self_test"


class SimLsm6ds:
    """A chip that samples `source` on its own oscillator."""

    def __init__(
        self,
        source: Source,
        start_ns: int,
        model: ModelName = "LSM6DSOX",
        behaviour: ImuBehaviour | None = None,
        seed: int = 0,
    ) -> None:
        self.model = model
        self.samples = 0
        """Samples that ended since power-up while the FIFO took them, delivered or not."""
        self._source, self._behaviour = source, behaviour or ImuBehaviour()
        self._errors = ImuErrors(self._behaviour, seed)
        self._fault: ImuFault | None = None
        self._start_ns, self._resets_ns = start_ns, start_ns + _RESETS_EVERY_NS
        self._pointer = 0
        self._named = False
        self.reset(start_ns)

    def reset(self, t_ns: int) -> None:
        """Registers as after power-up; nothing runs."""
        self._registers = bytearray(0x80)
        self._registers[_WHO_AM_I] = _IDENTITY[self.model]
        self._registers[_CTRL3] = 0x04
        self._counter_ns: float = t_ns
        self._next_ns: float | None = None
        self._words = [0] * 6
        self.fifo: SimFifo = SimTaggedFifo() if self.model == "LSM6DSOX" else SimPatternedFifo()

    @property
    def fault(self) -> ImuFault | None:
        """What is wrong with it; unplugged it loses its power."""
        return self._fault

    @fault.setter
    def fault(self, fault: ImuFault | None) -> None:
        self._fault = fault
        if fault is ImuFault.UNPLUGGED:
            self.reset(self._start_ns)

    def suffer(self, fault: str | None) -> None:
        """Break by a fault's name, or mend."""
        self.fault = None if fault is None else ImuFault(fault)

    @property
    def answers(self) -> bool:
        """Whether it has power and acknowledges its address."""
        return self.fault is not ImuFault.UNPLUGGED

    def begin(self) -> None:
        """It is addressed; the register that was named last stays so for reading."""
        self._named = False

    def receive(self, byte: int, t_ns: int) -> None:
        """A register's number, then its value and those of the next ones."""
        self._catch_up(t_ns)
        if not self._named:
            self._pointer, self._named = byte & 0x7F, True
            return
        self._write(self._pointer, byte, t_ns)
        self._pointer = (self._pointer + 1) & 0x7F

    def send(self, t_ns: int) -> int:
        """The register's value, then the next one's; those of the FIFO's output go round."""
        self._catch_up(t_ns)
        register = self._pointer
        self._pointer = self.fifo.after(register)
        if (byte := self.fifo.byte(register)) is not None:
            return byte
        if _TIMESTAMP <= register < _TIMESTAMP + 4:
            return self._time_byte(register - _TIMESTAMP, t_ns)
        if _OUT_TEMP <= register < _OUT_TEMP + 14:
            return self._output_byte(register - _OUT_TEMP)
        return self._registers[register]

    def general_call(self, byte: int) -> None:
        """It has none."""

    def _ticks(self, t_ns: float) -> int:
        return int((t_ns - self._counter_ns) * self._behaviour.speed / _TICK_NS)

    def _time_byte(self, place: int, t_ns: int) -> int:
        if not self._registers[_CTRL10] & _COUNT:
            return 0
        if place == 0:
            self._latched_ticks = self._ticks(t_ns)
        return self._latched_ticks >> 8 * place & 0xFF

    _latched_ticks = 0

    def _output_byte(self, place: int) -> int:
        temperature = round((self._behaviour.celsius - 25.0) * 256)
        word = [temperature, *self._words][place // 2]
        return word >> 8 * (place % 2) & 0xFF

    def _write(self, register: int, value: int, t_ns: int) -> None:
        if register == _WHO_AM_I:
            return
        if register == _CTRL3 and value & _RESET:
            self.reset(t_ns)
            return
        before = self._registers[register]
        self._registers[register] = value
        if register == _CTRL10 and value & _COUNT and not before & _COUNT:
            self._counter_ns = t_ns
        elif register in (_CTRL1, _CTRL2) and value >> 4 != before >> 4:
            self._next_ns = t_ns + self._period_ns()
        elif register == _FIFO_MODE and not value & 0x07:
            self.fifo.empty()

    def _period_ns(self) -> float:
        ticks = _SAMPLE_TICKS.get(self._registers[_CTRL1] >> 4, 384)
        return ticks * _TICK_NS / self._behaviour.speed

    def _catch_up(self, t_ns: int) -> None:
        """Let everything happen that lies between the last look and `t_ns`."""
        while t_ns >= self._resets_ns:
            if self.fault is ImuFault.RESETS:
                self.reset(self._resets_ns)
            self._resets_ns += _RESETS_EVERY_NS
        while self._next_ns is not None and self._next_ns <= t_ns:
            if self.fault is not ImuFault.FROZEN:
                self._sample(self._next_ns)
            self._next_ns += self._period_ns()

    def _sample(self, t_ns: float) -> None:
        self._words = self._counts(self._errors.on(self._source(round(t_ns))))
        if self._registers[_FIFO_MODE] & 0x07 == 0x06:
            self.samples += 1
            self.fifo.put(self._ticks(t_ns), self._words[:3], self._words[3:])

    def _counts(self, values: Sequence[float]) -> list[int]:
        """Of the gyroscope, then of the accelerometer."""
        works = self.fault is not ImuFault.FAILS_SELF_TEST
        test = self._registers[_CTRL5] if works else 0
        g = _G_PER_COUNT[self._registers[_CTRL1] >> 2 & 3]
        dps = _DPS_PER_COUNT[self._registers[_CTRL2] >> 2 & 3]
        turn = [math.degrees(one) + _SELF_TEST_DPS * bool(test & 0x0C) for one in values[3:]]
        force = [one / _GRAVITY + _SELF_TEST_G * bool(test & 0x03) for one in values[:3]]
        words = [*(one / dps for one in turn), *(one / g for one in force)]
        if self.fault is ImuFault.SATURATED:
            words[3] = 1e6
        return [round(min(max(word, -32768), 32767)) for word in words]
