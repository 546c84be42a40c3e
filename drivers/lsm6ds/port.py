"""The registers of one LSM6DS on its bus; every transfer may raise `BusError`."""

from drivers.i2c import I2c
from drivers.lsm6ds.registers import ADDRESSES, Settings


class Port:
    """A chip at one of the two addresses."""

    def __init__(self, i2c: I2c, address: int) -> None:
        if address not in ADDRESSES:
            raise ValueError(f"LSM6DS address {address:#x}: allowed are 0x6a and 0x6b")
        self._i2c, self._address = i2c, address
        self._name = f"LSM6DS at {address:#x}"

    def read(self, register: int, length: int) -> list[int]:
        """Get `length` registers in one transfer."""
        return self._i2c.do(
            lambda bus: bus.read_i2c_block_data(self._address, register, length), self._name
        )

    def take(self, register: int, length: int) -> list[int]:
        """Get what is gone once it is read: a transfer that failed is not tried again."""
        return self._i2c.do(
            lambda bus: bus.read_i2c_block_data(self._address, register, length),
            self._name,
            tries=1,
        )

    def write(self, register: int, value: int) -> None:
        """Set a register."""
        self._i2c.do(lambda bus: bus.write_byte_data(self._address, register, value), self._name)

    def write_all(self, settings: Settings) -> None:
        """Set registers, in order."""
        for register, value in settings:
            self.write(register, value)
