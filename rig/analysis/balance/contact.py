"""Contact with hysteresis: lost below one force, regained above another."""

import numpy as np
import numpy.typing as npt


class ContactLatch:
    """Per pad: True after a force above `regained_n`, False after one below `lost_n`.

    Between the two, and while the force is not known (NaN), the state stays.
    """

    def __init__(self, pads: int, lost_n: float, regained_n: float) -> None:
        self._lost_n = lost_n
        self._regained_n = regained_n
        self._state = np.zeros(pads, dtype=np.bool_)

    def feed(
        self, pad_n: npt.NDArray[np.float64], scale: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.bool_]:
        """The contact of each pad at each frame; (n, pads) in and out.

        `scale`, (n, pads) or (1, pads), multiplies both limits.
        """
        with np.errstate(invalid="ignore"):
            touches, leaves = pad_n > self._regained_n * scale, pad_n < self._lost_n * scale
        if len(pad_n) == 1:
            self._state = np.where(touches[0] | leaves[0], touches[0], self._state)
            return self._state[None]
        levels = np.concatenate([self._state[None], touches])
        rows = np.arange(len(levels))[:, None]
        decided = np.concatenate([np.ones_like(touches[:1]), touches | leaves])
        latest = np.maximum.accumulate(np.where(decided, rows, 0), axis=0)
        contact: npt.NDArray[np.bool_] = levels[latest, np.arange(levels.shape[1])]
        self._state = contact[-1]
        return contact[1:]
