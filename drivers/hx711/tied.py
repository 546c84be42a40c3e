"""Data lines that always fall together: they touch each other."""

import itertools
from collections.abc import Sequence
from typing import Final

_SURE: Final = 20  # falls of both and none of one alone; provisional


class Ties:
    """Looks at the levels of all lines, poll by poll.

    Two chips of one speed may be ready together for a while, too: it means a short only where one
    of them gives nothing but doubtful conversions.
    """

    def __init__(self, lines: int) -> None:
        self._pairs = list(itertools.combinations(range(lines), 2))
        self._together = dict.fromkeys(self._pairs, 0)
        self._before: Sequence[int] = [0] * lines

    def look(self, levels: Sequence[int]) -> None:
        """Take the levels of one poll."""
        before, self._before = self._before, levels
        fell = [was > now for was, now in zip(before, levels, strict=True)]
        if not any(fell):
            return
        for one, other in self._pairs:
            if fell[one] and fell[other]:
                self._together[one, other] += 1
            elif fell[one] or fell[other]:
                self._together[one, other] = 0

    def fellows(self, line: int) -> list[int]:
        """The lines that fall with it only, and it with them."""
        sure = [pair for pair, count in self._together.items() if count >= _SURE and line in pair]
        return [one for pair in sure for one in pair if one != line]
