"""Which cue is on: the most important one that holds for long enough, and no nagging."""

from collections.abc import Collection
from dataclasses import dataclass

from rig.drills.drill import CueRule, Drill


@dataclass
class _Followed:
    """A rule's memory: since when it holds, when it was said last, and whether for this onset."""

    rule: CueRule
    onset_ns: int | None = None
    said_ns: int | None = None
    said_for_onset: bool = False

    def look(self, t_ns: int, flow: str, holding: Collection[str]) -> None:
        """Note whether the rule holds now."""
        here = flow in self.rule.flows
        if not (here and any(all(c in holding for c in some) for some in self.rule.when)):
            self.onset_ns, self.said_for_onset = None, False
        elif self.onset_ns is None:
            self.onset_ns = t_ns

    def ripe(self, t_ns: int) -> bool:
        """Whether it may be said now."""
        if self.onset_ns is None or self.said_for_onset:
            return False
        if self.said_ns is not None and t_ns - self.said_ns < self.rule.again_s * 1e9:
            return False
        return t_ns - self.onset_ns >= self.rule.tolerance_s * 1e9


class Cueing:
    """Follows the conditions frame by frame; `current` is the cue that is on, if any."""

    def __init__(self, drill: Drill) -> None:
        self._followed = [_Followed(rule) for rule in drill.cues]
        self._show_ns, self._quiet_ns = drill.show_s * 1e9, drill.quiet_s * 1e9
        self._on: int | None = None  # place in the table: a smaller one is more important
        self._said_ns = self._over_ns = -(10**12)

    @property
    def current(self) -> str | None:
        """The cue that is on."""
        return None if self._on is None else self._followed[self._on].rule.name

    def feed(self, t_ns: int, flow: str, holding: Collection[str], *, silent: bool) -> str | None:
        """The cue to say now, if any; `silent` says none in a set."""
        for followed in self._followed:
            followed.look(t_ns, flow, holding)
        self._end(t_ns, flow)
        if silent and flow == "set":
            return None
        for place, followed in enumerate(self._followed):
            if followed.ripe(t_ns) and (followed.rule.urgent or self._quiet(t_ns)):
                followed.said_ns, followed.said_for_onset = t_ns, True
                self._on, self._said_ns = place, t_ns
                return followed.rule.name
        return None

    def _quiet(self, t_ns: int) -> bool:
        """No cue is on, and none has been for a while."""
        return self._on is None and t_ns - self._over_ns >= self._quiet_ns

    def _end(self, t_ns: int, flow: str) -> None:
        if self._on is None:
            return
        followed = self._followed[self._on]
        seen = t_ns - self._said_ns >= self._show_ns and followed.onset_ns is None
        if seen or flow not in followed.rule.flows:
            self._on, self._over_ns = None, t_ns
