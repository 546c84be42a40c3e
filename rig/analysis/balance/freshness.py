"""Whether a channel that gives no force has been heard of lately."""

import numpy as np

from rig.analysis.balance.align import Mask, Times

_NEVER = -(10**18)


class Freshness:
    """Sets a bit of `valid` where a good sample is not older than `stale_ns`."""

    def __init__(self, bit: int, stale_ns: int) -> None:
        self._bit, self._stale_ns = np.uint32(bit), stale_ns
        self._last_t_ns = _NEVER

    def feed(
        self, frame_t: Times, t_ns: Times, good: Mask
    ) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
        """The bit or 0, of each frame (n,), from its sample's time and whether it is good."""
        if not len(frame_t):
            return np.zeros(0, np.uint32)
        heard = np.where(good, t_ns, _NEVER)
        last = np.maximum(np.maximum.accumulate(heard), self._last_t_ns)
        self._last_t_ns = int(last[-1])
        return np.where(frame_t - last <= self._stale_ns, self._bit, np.uint32(0))
