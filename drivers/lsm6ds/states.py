"""What the inertial sensor looks like from the bus."""

from enum import Enum

from drivers.channels import RUNNING


class ImuState(Enum):
    """One of these is the channel's state."""

    STARTING = "starting"
    RUNNING = RUNNING
    NO_ANSWER = "no answer"
    BUS_STUCK = "bus stuck"  # a transfer timed out
    OTHER_CHIP = "other chip"  # something else answers at its address
    RESETTING = "resetting"  # its registers are lost again and again
    SILENT = "silent"  # it answers, and no sample comes
    GARBLED = "garbled"  # it answers, and what is read makes no sense, or did so of late
