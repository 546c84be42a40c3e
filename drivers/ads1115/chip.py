"""One ADS1115 in single-shot mode: start, come back later, read."""

from collections.abc import Callable
from contextlib import suppress

from drivers.ads1115.registers import CONFIG, CONVERSION, GENERAL_CALL, OS, RESET, single_shot
from drivers.errors import BusError
from drivers.i2c import TIMEOUT, Bus, I2c

ADDRESSES = range(0x48, 0x4C)


class Ads1115:
    """A converter on a bus that `open_bus` opens: by `open`, and again after an error.

    Every transfer may raise `BusError`.
    """

    def __init__(self, open_bus: Callable[[], Bus], address: int = 0x48) -> None:
        if address not in ADDRESSES:
            raise ValueError(f"ADS1115 address {address:#x}: allowed are 0x48 to 0x4b")
        self._i2c = I2c(open_bus)
        self._address = address
        self._expected = 0
        self._asked = 0

    def open(self) -> None:
        """Open the bus; `PlatformError` where there is none."""
        self._i2c.open()

    def start(self, channel: int) -> None:
        """Begin one conversion of an input against ground."""
        self._expected = single_shot(channel)
        self._write(CONFIG, OS | self._expected)

    def finished(self) -> bool:
        """Whether the conversion that was started has ended.

        `BusError` if the configuration is not the one written: the chip was reset meanwhile.
        """
        config = self._read(CONFIG)
        if config & ~OS != self._expected:
            raise BusError(
                0,
                f"ADS1115 at {self._address:#x}: configuration {config:#06x} is not the one "
                f"written ({self._expected:#06x}); the chip was reset",
            )
        return bool(config & OS)

    def counts(self) -> int:
        """Get the last conversion, signed."""
        word = self._read(CONVERSION)
        return word - 0x10000 if word & 0x8000 else word

    def recover(self) -> None:
        """Reopen the bus and reset the chip; `BusError` if it does not answer then.

        Not every chip takes the general call, and another one may be the only one that does:
        what counts is the answer at its own address.
        """
        self._i2c.reopen()
        try:
            self._i2c.do(lambda bus: bus.write_byte(GENERAL_CALL, RESET), "I2C general call")
        except BusError as error:
            if error.errno == TIMEOUT:  # the bus itself is held: nothing would answer
                raise
        self._read(CONFIG)

    def answers_elsewhere(self) -> int | None:
        """Another address of an ADS1115's at which something answers, one tried at a call."""
        self._asked = (self._asked + 1) % len(ADDRESSES)
        address = ADDRESSES[self._asked]
        if address == self._address:
            return None
        with suppress(BusError):
            self._i2c.do(lambda bus: bus.read_word_data(address, CONFIG), "I2C", tries=1)
            return address
        return None

    @property
    def retries(self) -> int:
        """How many times a transfer was done again."""
        return self._i2c.retries

    def close(self) -> None:
        """Let go of the bus."""
        self._i2c.close()

    def _write(self, register: int, word: int) -> None:
        self._i2c.do(
            lambda bus: bus.write_word_data(self._address, register, _swapped(word)),
            f"ADS1115 at {self._address:#x}",
        )

    def _read(self, register: int) -> int:
        word = self._i2c.do(
            lambda bus: bus.read_word_data(self._address, register),
            f"ADS1115 at {self._address:#x}",
        )
        return _swapped(word)


def _swapped(word: int) -> int:
    """SMBus words are little-endian, the chip's registers big-endian."""
    return (word & 0xFF) << 8 | word >> 8
