"""Errors that reach a caller of the drivers.

    DriverError(OSError)
    ├── BusError        an I2C transfer failed and retries did not help
    └── PlatformError   this machine has no such pins or bus, or may not use them

A chip that misbehaves is not an error: it is a flag on a conversion or a status of its channel.
"""


class DriverError(OSError):
    """Base of everything the drivers raise."""


class BusError(DriverError):
    """An I2C transfer failed for good; `errno` is the kernel's number."""


class PlatformError(DriverError):
    """The pins or the bus asked for are not here or may not be used; the text says what to do."""
