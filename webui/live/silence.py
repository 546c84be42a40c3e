"""Which channels give no trusted value, or so seldom one, that somebody has to be told."""

from typing import Final

import numpy as np

from rig.frames import Flag, LiveBlock
from rig.names import CHANNELS

_SILENT_NS: Final = 700_000_000  # a chip that recovers is away for a tenth of that
_WINDOW: Final = 200  # frames: two seconds
_UNSTEADY: Final = 40  # of them; provisional: a chip that recovers once is missed in 3
_BITS: Final = np.uint32(1) << np.arange(len(CHANNELS), dtype=np.uint32)


class Silence:
    """Follows the frames; a channel that a recording does not have is not missed."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """A sampler has started."""
        self._first_t_ns: int | None = None
        self._now_ns = 0
        self._heard_ns = np.zeros(len(CHANNELS), np.int64)
        self._missed = np.zeros((_WINDOW, len(CHANNELS)), np.bool_)
        self._place = 0

    def take(self, rows: LiveBlock) -> None:
        """The next frames, at least one."""
        t_ns = rows["frame"]["t_ns"]
        if self._first_t_ns is None:
            self._first_t_ns = int(t_ns[0])
            self._heard_ns[:] = self._first_t_ns
        self._now_ns = int(t_ns[-1])
        valid = (rows["signals"]["valid"][:, None].astype(np.uint32) & _BITS) != 0
        calibrated = (rows["frame"]["cal"] != 0)[:, None]
        absent = (rows["frame"]["flags"] & Flag.ABSENT) != 0
        heard = valid | absent | ~calibrated
        latest = np.where(heard, t_ns[:, None], 0).max(axis=0)
        np.maximum(self._heard_ns, latest, out=self._heard_ns)
        places = self._place + np.arange(len(heard))
        self._missed[places % _WINDOW] = ~heard
        self._place = int(places[-1]) + 1

    def channels(self) -> list[str]:
        """Those that are silent now."""
        silent = (self._now_ns - self._heard_ns > _SILENT_NS).tolist()
        return [name for name, gone in zip(CHANNELS, silent, strict=True) if gone]

    def unsteady(self) -> list[str]:
        """Those that drop out again and again, and are not silent for good."""
        missed = self._missed.sum(axis=0) >= _UNSTEADY
        silent = self.channels()
        return [
            name
            for name, often in zip(CHANNELS, missed.tolist(), strict=True)
            if often and name not in silent
        ]
