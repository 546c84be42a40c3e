"""The control page: what the recorder asks of the sampler."""

from typing import Any

from rig.calibration import Calibration, parse_calibration
from rig.handover.message import Message


class ContactLimits(Message, frozen=True):
    """Below and above which force a pad's contact is lost and regained."""

    lost_below_n: float
    regained_above_n: float


class Buzz(Message, frozen=True):
    """A pattern of the buzzer; another `number` plays it once."""

    pattern: str
    number: int


class ControlPage(Message, frozen=True):
    """The page's document; `calibration` is the contract's, with the tare in force."""

    cal: int
    calibration: dict[str, Any]
    contact: ContactLimits
    muted: bool
    buzzer: Buzz
    sim_faults: dict[str, str]

    def parsed_calibration(self) -> Calibration:
        """The calibration, checked. `CalibrationError` says what is wrong with it."""
        return parse_calibration(self.calibration)
