"""Watching the platform between sessions: for someone who steps on, and for a chance to tare."""

from typing import Final

import numpy as np

from rig.analysis.balance import Balance
from rig.analysis.balance.working import load_seen
from rig.analysis.movement.presence import Presence
from rig.analysis.settings import AnalysisSettings
from rig.calibration import Calibration
from rig.errors import CommandRefused
from rig.frames import Block
from rig.recorder.empty_platform.recent_frames import RecentFrames
from rig.recorder.empty_platform.zeros import (
    EMPTY_BELOW_N,
    MOVED_BY_N,
    WINDOW_S,
    Floats,
    forces_at,
    quiet_zeros,
)
from rig.storage.calibrations import StoredCalibration

_FRAMES_BETWEEN_TARES: Final = 50


class Doorkeeper:
    """Sees when someone steps on, with the calibration in force. Made anew after each change."""

    def __init__(self, calibration: Calibration, settings: AnalysisSettings) -> None:
        self._balance = Balance(calibration, settings)
        self._presence = Presence(settings.presence)

    def stepped_on(self, block: Block) -> int | None:
        """The time (monotonic ns) of the frame in which someone stands there, if any.

        Where a cell does not work the others tell.
        """
        forces = load_seen(self._balance.feed(block)).tolist()
        for t_ns, fz_n in zip(block["t_ns"].tolist(), forces, strict=True):
            if self._presence.feed(t_ns, fz_n) == "person_on":
                return int(t_ns)
        return None


class AutoTare:
    """Looks for new zeros about twice a second while the platform is empty."""

    def __init__(self) -> None:
        self._since_last = 0

    def zeros(self, recent: RecentFrames, frames: int, stored: StoredCalibration) -> Floats | None:
        """Zeros worth storing, after `frames` further frames; None otherwise."""
        self._since_last += frames
        if self._since_last < _FRAMES_BETWEEN_TARES:
            return None
        self._since_last = 0
        try:
            zeros = quiet_zeros(recent.last(WINDOW_S), WINDOW_S, stored.calibration)
        except CommandRefused:
            return None
        return zeros if _worth_storing(zeros, stored) else None


def _worth_storing(zeros: Floats, stored: StoredCalibration) -> bool:
    """The first zeros may be anywhere; later ones must have drifted, and not up to a load.

    Far below zero is no load: then the zeros before were taken with something on the platform.
    """
    if not stored.zeros_known:
        return True
    forces = forces_at(zeros, stored.calibration)
    return bool(forces.sum() < EMPTY_BELOW_N and np.abs(forces).max() > MOVED_BY_N)
