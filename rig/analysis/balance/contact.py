"""Contact with hysteresis: lost below one force, regained above another."""

import numpy as np
import numpy.typing as npt


class ContactLatch:
    """Per pad: True after a force above `regained_n`, False after one below `lost_n`.

    Between the two, and while the force is not known (NaN), the state stays.
    """

    def __init__(self, pads: int, lost_n: float, regained_n: float) -> None:
        self._lost_n = np.array(lost_n)
        self._regained_n = np.array(regained_n)
        self._state = np.zeros((1, pads), dtype=np.bool_)

    def feed(
        self, pad_n: npt.NDArray[np.float64], scale: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.bool_]:
        """The contact of each pad at each frame; (n, pads) in and out.

        `scale`, (n, pads) or (1, pads), multiplies both limits.
        """
        touches, leaves = pad_n > self._regained_n * scale, pad_n < self._lost_n * scale
        if len(pad_n) == 1:
            self._state = touches | (self._state & ~leaves)
            return self._state
        levels = np.concatenate([self._state, touches])
        rows = np.arange(len(levels))[:, None]
        decided = np.concatenate([np.ones_like(touches[:1]), touches | leaves])
        latest = np.maximum.accumulate(np.where(decided, rows, 0), axis=0)
        contact: npt.NDArray[np.bool_] = levels[latest, np.arange(levels.shape[1])]
        self._state = contact[-1:]
        return contact[1:]
