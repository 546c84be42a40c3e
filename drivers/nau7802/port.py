"""The registers of one NAU7802 behind one channel of a TCA9548A."""

from collections.abc import Sequence

from drivers.errors import BusError
from drivers.i2c import NACK, I2c
from drivers.nau7802.registers import ADDRESS


class NoMultiplexerError(BusError):
    """The multiplexer itself does not answer."""


class Port:
    """`select` comes before transfers; all may raise `BusError`.

    The multiplexer is set each time: one that lost its supply has forgotten its selection.
    """

    def __init__(self, i2c: I2c, mux_address: int, channel: int) -> None:
        self._i2c, self._mux_address, self._channel = i2c, mux_address, channel
        self._name = f"NAU7802 on channel {channel} of {mux_address:#x}"

    def select(self) -> None:
        """Connect this chip and no other."""
        address, bit = self._mux_address, 1 << self._channel
        try:
            self._i2c.do(lambda bus: bus.write_byte(address, bit), f"TCA9548A at {address:#x}")
        except BusError as error:
            if error.errno != NACK:
                raise
            raise NoMultiplexerError(error.errno, str(error)) from error

    def read(self, register: int) -> int:
        """Get a register."""
        return self._i2c.do(lambda bus: bus.read_byte_data(ADDRESS, register), self._name)

    def read_three(self, register: int) -> list[int]:
        """Get three registers in one transfer."""
        return self._i2c.do(lambda bus: bus.read_i2c_block_data(ADDRESS, register, 3), self._name)

    def write(self, register: int, *values: int) -> None:
        """Set a register, and those that follow it."""
        self.write_all(list(enumerate(values, register)))

    def write_all(self, settings: Sequence[tuple[int, int]]) -> None:
        """Set registers, as (register, value)."""
        for register, value in settings:
            self._write(register, value)

    def _write(self, register: int, value: int) -> None:
        self._i2c.do(lambda bus: bus.write_byte_data(ADDRESS, register, value), self._name)
