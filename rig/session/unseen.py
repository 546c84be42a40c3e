"""For how long a sensor gave no trusted value in the latest set: then not everything was seen."""

from typing import Final

from rig.channels import CELL, PAD, groups

_BRIDGED_NS: Final = 250_000_000  # a chip that recovers is away for less, and nothing is lost
_OF: Final = {group.kind: sum(1 << number for number in group.numbers) for group in groups()}


class Unseen:
    """Follows frames; `seconds` is of the latest set. Pads that a file lacks do not count."""

    def __init__(self) -> None:
        self._needed = _OF[CELL] | _OF[PAD]
        self._last_ns = self._lost_ns = self._silent_ns = 0

    @property
    def seconds(self) -> int:
        """Whole seconds."""
        return self._lost_ns // 1_000_000_000

    def without_pads(self) -> None:
        """The recording that is played never had any."""
        self._needed = _OF[CELL]

    def begin(self) -> None:
        """Another set starts."""
        self._lost_ns = self._silent_ns = 0

    def feed(self, t_ns: int, valid: int, *, in_set: bool) -> None:
        """Take a frame's time and its `valid` bits."""
        passed_ns, self._last_ns = t_ns - self._last_ns, t_ns
        if not in_set or valid & self._needed == self._needed:
            self._silent_ns = 0
            return
        before_ns, self._silent_ns = self._silent_ns, self._silent_ns + passed_ns
        if self._silent_ns > _BRIDGED_NS:
            self._lost_ns += passed_ns if before_ns > _BRIDGED_NS else self._silent_ns
