"""Ask the kernel for what a tight loop needs; go on with a warning where it says no."""

import ctypes
import gc
import os
from dataclasses import dataclass, field
from typing import Final

_MCL_CURRENT: Final = 1
_MCL_FUTURE: Final = 2
_MCL_ONFAULT: Final = 4  # lock what is touched, not what a library only reserved


@dataclass
class Realtime:
    """What was granted."""

    fifo: bool = False
    locked: bool = False
    warnings: list[str] = field(default_factory=list)


def ask_for_realtime(priority: int) -> Realtime:
    """SCHED_FIFO for this thread (0: not asked for), locked memory, no cyclic garbage collector."""
    gc.disable()
    gc.freeze()
    granted = Realtime()
    if priority:
        try:
            os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(priority))
            granted.fifo = True
        except OSError as error:
            granted.warnings.append(
                f"no real-time priority ({error.strerror}): values may be late; allow it with "
                f"LimitRTPRIO={priority} or `rtprio {priority}` in /etc/security/limits.conf"
            )
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mlockall(_MCL_CURRENT | _MCL_FUTURE | _MCL_ONFAULT) == 0:
        granted.locked = True
    else:
        granted.warnings.append(
            f"memory not locked ({os.strerror(ctypes.get_errno())}): allow it with "
            "LimitMEMLOCK=infinity"
        )
    return granted
