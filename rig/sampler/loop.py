"""The sampling loop: poll the chips, make frames, compute balance, write the ring."""

import os
from dataclasses import asdict
from typing import Final

from drivers.ads1115 import Ads1115, PadScanner
from drivers.ads1115.registers import CONVERSION_NS
from drivers.hx711 import Hx711Bank
from drivers.pins.timing import refuse_slow
from rig.config import Config
from rig.frames import TICK_NS
from rig.handover.frame_ring import FrameWriter
from rig.handover.page import PageWriter
from rig.handover.run_dir import RunDir
from rig.handover.status_page import PulseTimes, RealtimeStatus, StatusPage
from rig.names import CELLS, PADS
from rig.sampler.assemble import Assembler
from rig.sampler.board import Board
from rig.sampler.control import Control, ControlFollower
from rig.sampler.incidents import Incidents
from rig.sampler.platform import Platform
from rig.sampler.realtime import Realtime
from rig.sampler.rows import RowMaker
from rig.sampler.status import (
    PERIOD_NS,
    LatenessMeter,
    all_running,
    channel_counters,
    channel_rates,
)
from rig.system.heartbeat import Heartbeat

_PAD_INPUTS: Final = range(len(PADS))
_PAD_CHANNELS: Final = range(len(CELLS), len(CELLS) + len(PADS))
_TRANSFERS_NS: Final = 500_000  # three a conversion at 400 kHz, with the kernel's share; inferred


class Sampler:
    """One poll per `step`; `run` steps until `stop`. Everything it needs is injected."""

    def __init__(
        self,
        config: Config,
        platform: Platform,
        run_dir: RunDir,
        realtime: Realtime,
        heartbeat: Heartbeat | None = None,
    ) -> None:
        clock = platform.clock
        self._config, self._platform, self._realtime = config, platform, realtime
        self.clock = clock
        self.bank = Hx711Bank(
            platform.pins, list(config.pins.pairs().values()), clock, gain=config.cells.gain
        )
        self._pulses = self.bank.measure_pulses()
        if platform.real:
            refuse_slow(self._pulses)
        self._board = Board(platform.pins, config.board)
        adc = Ads1115(platform.open_bus, config.pads.i2c_address)
        self._scanner = PadScanner(adc, _PAD_INPUTS, clock)
        self._adc = adc
        self._ring = FrameWriter(run_dir.frames)
        self._status = PageWriter(run_dir.status)
        self._control = ControlFollower(run_dir.control)
        self._lateness = LatenessMeter()
        self._incidents = Incidents()
        self._heartbeat = heartbeat or Heartbeat()
        now_ns = clock.now_ns()
        self._assembler = Assembler(now_ns)
        self._poll_ns = config.sampler.poll_us * 1000
        self._scan_wait_ns = _scan_wait_ns(self._poll_ns)
        self._scan_due_ns = now_ns
        self.next_poll_ns = now_ns
        """When the next step is due, on the injected clock."""
        self._next_status_ns = now_ns
        self._frames = 0
        self._rows = RowMaker()
        self._pad_marks = (now_ns, [0] * len(PADS))
        self._stopped = False

    def run(self) -> None:
        """Step until `stop` is called, sleeping between polls."""
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
        for channel, conversion in self.bank.poll():
            self._assembler.put(channel, conversion)
        scanned = self._scanner.step()
        if scanned is not None:
            self._assembler.put(len(CELLS) + scanned[0], scanned[1])
        if now_ns >= self._assembler.next_tick_ns:
            self._tick(now_ns)
        if now_ns >= self._scan_due_ns:
            self._scan()
        pads_ns = self._scanner.due_ns or self._scan_due_ns
        next_ns = max(self.next_poll_ns + self._poll_ns, now_ns)
        self.next_poll_ns = min(next_ns, pads_ns) if pads_ns > now_ns else next_ns

    def report_now(self) -> None:
        """Renew the status page; `step` does it once a second."""
        page = self._report(self.clock.now_ns())
        self._incidents.look(page)
        self._status.write(page)

    def close(self) -> None:
        """Give pins, bus and files back."""
        self._board.close()
        self._platform.pins.close()
        self._adc.close()
        self._ring.close()
        self._status.close()

    def _tick(self, now_ns: int) -> None:
        self._platform.tick(now_ns)
        frames = self._assembler.frames(now_ns, self._ring.head)
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
            self._board.show_health(all_running(self.bank, self._scanner), now_ns)
            self.report_now()

    def _scan(self) -> None:
        """Look at the pads so that the scan ends just before the tick that takes it.

        After a scan that ended too late this tick goes without: else what was late once would stay
        a tick late for good.
        """
        self._scan_due_ns = self._assembler.next_tick_ns + self._scan_wait_ns
        if not self._assembler.waiting(_PAD_CHANNELS):
            self._scanner.begin()

    def _follow(self, control: Control) -> None:
        self._rows.follow(control)
        self._platform.set_faults(control.page.sim_faults)

    def _report(self, now_ns: int) -> StatusPage:
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
            rate_sps=channel_rates(self.bank, self._pad_rates(now_ns)),
            counters=channel_counters(self.bank, self._scanner),
            pulse=PulseTimes(**asdict(self._pulses)),
            realtime=RealtimeStatus(fifo=self._realtime.fifo, locked=self._realtime.locked),
            late_us=self._lateness.take(),
            warnings=self._realtime.warnings + problem,
        )

    def _pad_rates(self, now_ns: int) -> list[float]:
        """Scans per second of each pad since the last report."""
        then_ns, then = self._pad_marks
        delivered = list(self._scanner.counters.delivered)
        self._pad_marks = (now_ns, delivered)
        seconds = max((now_ns - then_ns) * 1e-9, 1e-3)
        return [(new - old) / seconds for new, old in zip(delivered, then, strict=True)]


def _scan_wait_ns(poll_ns: int) -> int:
    """How long after a tick the pads' scan begins, to end just before the next one.

    A poll's time is left for the reading of cells that comes between.
    """
    scan_ns = len(PADS) * (CONVERSION_NS + _TRANSFERS_NS)
    return max(0, TICK_NS - scan_ns - poll_ns)
