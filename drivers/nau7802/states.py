"""What a NAU7802 looks like from the bus."""

from enum import Enum

from drivers.channels import RUNNING


class NauState(Enum):
    """One of these is a channel's state."""

    STARTING = "starting"  # powering up, calibrating, settling
    RUNNING = RUNNING
    NO_ANSWER = "no answer"  # the multiplexer answers, the chip behind it does not
    NO_MULTIPLEXER = "no multiplexer"
    BUS_STUCK = "bus stuck"  # a transfer timed out
    RESETTING = "resetting"  # its registers are lost again and again
    NOT_CALIBRATED = "not calibrated"  # its own calibration fails or does not end
    SILENT = "silent"  # it answers, and no conversion comes
