"""What of the sampler's figures is worth a line in the log."""

import logging
from typing import Final

from rig.handover.status_page import StatusPage

_log: Final = logging.getLogger(__name__)
_RUNNING: Final = "running"
_SUMMARY_NS: Final = 60_000_000_000


class Incidents:
    """Looks at each status page: channels that fall silent or come back, recoveries, stalls."""

    def __init__(self) -> None:
        self._before: StatusPage | None = None
        self._silent: set[str] = set()  # channels that were said not to run
        self._summed_up: StatusPage | None = None

    def look(self, page: StatusPage) -> None:
        """Log what is new in it."""
        if self._before is not None:
            self._channels(self._before, page)
            if page.stalls > self._before.stalls:
                _log.warning("the loop was held up; %d ticks so far made up for", page.stalls)
        self._before = page
        before = self._summed_up = self._summed_up or page
        if page.t_ns - before.t_ns >= _SUMMARY_NS:
            self._summed_up = page
            self._recoveries(before, page)

    def _channels(self, before: StatusPage, page: StatusPage) -> None:
        for name, channel in page.counters.items():
            was, state = before.counters[name].state, channel.state
            if was == _RUNNING and state != _RUNNING:
                self._silent.add(name)
                _log.warning("%s is %s", name, state)
            elif state == _RUNNING and name in self._silent:
                self._silent.discard(name)
                _log.info("%s is running again", name)

    def _recoveries(self, before: StatusPage, page: StatusPage) -> None:
        for name, channel in page.counters.items():
            count = (channel.recoveries or 0) - (before.counters[name].recoveries or 0)
            if count:
                _log.info("%s recovered %d times in the last minute", name, count)
