"""The sampling loop: poll the chips, make frames, compute balance, write the ring."""

import logging
import os
from collections.abc import Mapping
from typing import Final

from drivers.channels import ChannelReport
from drivers.pins.timing import PulseTimes, refuse_slow
from rig.config import Config
from rig.handover.frame_ring import FrameWriter
from rig.handover.page import PageWriter
from rig.handover.run_dir import RunDir
from rig.handover.status_page import RealtimeStatus, StatusPage
from rig.sampler.assemble import Assembler
from rig.sampler.board import Board
from rig.sampler.control import Control, ControlFollower
from rig.sampler.incidents import Incidents
from rig.sampler.platform import Platform
from rig.sampler.realtime import Realtime
from rig.sampler.rows import RowMaker
from rig.sampler.sources import Sources, all_running
from rig.sampler.status import (
    PERIOD_NS,
    LatenessMeter,
    channel_counters,
    channel_rates,
    pulse_status,
)
from rig.system.heartbeat import Heartbeat

_log: Final = logging.getLogger(__name__)
_PULSE_TRIES: Final = 3


class Sampler:
    """One poll per `step`; `run` opens the platform and steps until `stop`.

    Everything it needs is injected, and nothing of it is touched before `open`.
    """

    def __init__(
        self,
        config: Config,
        platform: Platform,
        run_dir: RunDir,
        realtime: Realtime,
        heartbeat: Heartbeat | None = None,
    ) -> None:
        self.clock = platform.clock
        self._config, self._platform, self._realtime = config, platform, realtime
        self._sources = Sources(platform.drivers)
        self._pulses = pulse_status(None)
        self._board = Board(platform.pins, config.board)
        self._ring = FrameWriter(run_dir.frames)
        self._status = PageWriter(run_dir.status)
        self._control = ControlFollower(run_dir.control, config.cells.converter)
        self._lateness = LatenessMeter()
        self._incidents = Incidents()
        self._heartbeat = heartbeat or Heartbeat()
        self._poll_ns = config.sampler.poll_us * 1000
        self._frames = 0
        self._rows = RowMaker()
        self._stopped = False
        self.next_poll_ns = 0
        """When the next step is due, on the injected clock."""
        self._begin(self.clock.now_ns())

    def open(self) -> None:
        """Open pins and buses; `PlatformError` where they are not here or too slow."""
        self._sources.open()
        self._pulses = pulse_status(self._timed_pulses())
        self._board.open()
        self._begin(self.clock.now_ns())

    def run(self) -> None:
        """Open everything and step until `stop` is called, sleeping between polls."""
        self.open()
        while not self._stopped:
            self.step()
            self.clock.sleep_until(self.next_poll_ns)

    def stop(self) -> None:
        """End `run` after the present step; may be called from a signal handler."""
        self._stopped = True

    def step(self) -> None:
        """One poll of all chips, and a frame when a tick is due."""
        now_ns = self.clock.now_ns()
        self._lateness.note(max(0, now_ns - self.next_poll_ns))
        for channel, conversion in self._sources.poll():
            self._assembler.put(channel, conversion)
        polled_ns = self.clock.now_ns()  # on a full bus a poll may take a millisecond
        if polled_ns >= self._assembler.next_tick_ns:
            self._tick(polled_ns)
        usual_ns = max(self.next_poll_ns + self._poll_ns, now_ns)
        self.next_poll_ns = self._sources.next_poll_ns(usual_ns, now_ns)

    def report_now(self) -> None:
        """Renew the status page; `step` does it once a second."""
        self._report(self.clock.now_ns())

    def close(self) -> None:
        """Give pins, bus and files back."""
        self._board.close()
        self._sources.close()
        self._platform.pins.close()
        self._ring.close()
        self._status.close()

    def _timed_pulses(self) -> PulseTimes | None:
        """The clock pulses' lengths; too long ones may be a busy moment, so look again."""
        times = self._sources.pulse_times()
        if times is None or not self._platform.real:
            return times
        for _ in range(_PULSE_TRIES - 1):
            if not times.too_slow:
                break
            _log.info("%d of %d clock pulses too long: again", times.too_long, times.pulses)
            times = self._sources.pulse_times() or times
        refuse_slow(times)
        return times

    def _begin(self, now_ns: int) -> None:
        self._assembler = Assembler(now_ns, self._sources.absent)
        self._sources.aim(self._assembler)
        self._next_status_ns = now_ns
        self.next_poll_ns = now_ns

    def _tick(self, now_ns: int) -> None:
        self._platform.tick(now_ns)
        frames = self._assembler.frames(now_ns, self._ring.head)
        self._sources.aim(self._assembler)
        frames["inputs"] = self._board.step(now_ns)
        self._ring.append(self._rows.rows(frames))
        self._frames += len(frames)
        self._heartbeat.beat(now_ns)
        control = self._control.changed()
        if control is not None:
            self._follow(control)
            self._board.buzz(control.page.buzzer, control.page.muted, now_ns)
        if now_ns >= self._next_status_ns:
            self._next_status_ns = now_ns + PERIOD_NS
            self._report(now_ns)

    def _follow(self, control: Control) -> None:
        self._rows.follow(control)
        self._platform.set_faults(control.page.sim_faults)

    def _report(self, now_ns: int) -> None:
        channels = self._sources.report()
        self._board.show_health(all_running(channels), now_ns)
        page = self._page(channels, now_ns)
        self._incidents.look(page)
        self._status.write(page)

    def _page(self, channels: Mapping[str, ChannelReport], now_ns: int) -> StatusPage:
        problem = [self._control.problem] if self._control.problem else []
        return StatusPage(
            pid=os.getpid(),
            platform=self._config.rig.platform,
            state="running",
            t_ns=now_ns,
            epoch=self._ring.epoch,
            frames=self._frames,
            stalls=self._assembler.stalls,
            cal=self._rows.cal,
            rate_sps=channel_rates(channels),
            counters=channel_counters(channels),
            pulse=self._pulses,
            realtime=RealtimeStatus(fifo=self._realtime.fifo, locked=self._realtime.locked),
            late_us=self._lateness.take(),
            warnings=self._realtime.warnings + problem,
        )
