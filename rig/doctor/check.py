"""Measure for some seconds: on the running rig through its pages, else with a sampler of our own.

Either way the evidence is the same: the status page at both ends and the frames between them.
"""

import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from rig.calibration import Calibration, typical_calibration
from rig.config import Config
from rig.doctor.figures import ChannelFigures, channel_figures
from rig.doctor.imu import imu_figures, judge_imu
from rig.doctor.pads import judge_pad
from rig.doctor.together import judge_cells
from rig.doctor.verdicts import level_of
from rig.doctor.words import Finding
from rig.errors import RigError
from rig.handover.control_page import ControlPage
from rig.handover.frame_ring import FrameReader
from rig.handover.message import plain
from rig.handover.page import read_page
from rig.handover.run_dir import RunDir
from rig.handover.status_page import StatusPage
from rig.names import CELLS, PADS
from rig.sampler.loop import Sampler
from rig.sampler.platform import open_platform
from rig.sampler.realtime import ask_for_realtime

Progress = Callable[[float], None]
"""Told the seconds measured so far."""

_ALIVE_S: Final = 3.0  # the status page is renewed each second
_SETTLE_S: Final = 2.0  # chips wake up and their states are known
_MOST_FRAMES: Final = 1 << 16


@dataclass(frozen=True)
class CheckUp:
    """What was measured, and what it means."""

    source: str
    seconds: float
    platform: str
    pulse: dict[str, Any] | None
    late_us: dict[str, Any]
    figures: dict[str, ChannelFigures]
    findings: dict[str, list[Finding]]

    @property
    def ok(self) -> bool:
        """Whether no channel fails."""
        return all(level_of(found) != "fail" for found in self.findings.values())

    def to_json(self) -> dict[str, Any]:
        """The whole check, for programs."""
        channels = {
            name: {
                "verdict": level_of(self.findings[name]),
                **asdict(figures),
                "findings": [asdict(finding) for finding in self.findings[name]],
            }
            for name, figures in self.figures.items()
        }
        return {
            "version": 1,
            "ok": self.ok,
            "source": self.source,
            "platform": self.platform,
            "seconds": self.seconds,
            "pulse": self.pulse,
            "late_us": self.late_us,
            "channels": channels,
        }


def running(run_dir: RunDir) -> bool:
    """Whether a sampler renews the status page."""
    status = read_page(run_dir.status, StatusPage)
    return status is not None and time.monotonic_ns() - status.t_ns < _ALIVE_S * 1e9


def check_running(run_dir: RunDir, seconds: float, progress: Progress) -> CheckUp:
    """Watch the rig that runs in `run_dir`; it is not disturbed."""
    before = _status(run_dir)
    if before.platform == "replay":
        raise RigError("the running rig replays a file: there are no chips to check")
    reader = FrameReader(run_dir.frames)
    start_s = time.monotonic()
    while (so_far_s := time.monotonic() - start_s) < seconds:
        progress(so_far_s)
        time.sleep(min(0.5, seconds - so_far_s))
    return _sum_up("running rig", run_dir, reader, before, seconds)


def check_alone(config: Config, seconds: float, progress: Progress) -> CheckUp:
    """Open pins and bus and sample by ourselves, after the self-test of chips that have one.

    `PlatformError` where pins or bus are not here.
    """
    with tempfile.TemporaryDirectory(prefix="hinge-rig-doctor-") as path:
        platform = open_platform(config)
        platform.test_itself()
        realtime = ask_for_realtime(config.sampler.priority)
        sampler = Sampler(config, platform, RunDir(Path(path)), realtime)
        return check_sampler(sampler, RunDir(Path(path)), seconds, progress)


def check_sampler(sampler: Sampler, run_dir: RunDir, seconds: float, progress: Progress) -> CheckUp:
    """Step a sampler that writes to `run_dir` and close it."""
    try:
        sampler.open()
        _sample(sampler, _SETTLE_S, lambda _: None)
        before = _status(run_dir)
        reader = FrameReader(run_dir.frames)
        _sample(sampler, seconds, progress)
        return _sum_up("doctor's own sampling", run_dir, reader, before, seconds)
    finally:
        sampler.close()


def _sample(sampler: Sampler, seconds: float, progress: Progress) -> None:
    clock = sampler.clock
    start_ns = clock.now_ns()
    told_s = 0.0
    while (so_far_s := (clock.now_ns() - start_ns) * 1e-9) < seconds:
        if so_far_s >= told_s:
            progress(so_far_s)
            told_s += 0.5
        sampler.step()
        clock.sleep_until(sampler.next_poll_ns)
    sampler.report_now()


def _sum_up(
    source: str, run_dir: RunDir, reader: FrameReader, before: StatusPage, seconds: float
) -> CheckUp:
    after = _status(run_dir)
    frames = reader.read_live(_MOST_FRAMES).rows["frame"]
    if not len(frames):
        raise RigError("the sampler made no frames while it was watched: restart the rig")
    figures = channel_figures(frames, before, after, _calibration(run_dir))
    if "imu" in after.counters:
        figures["imu"] = imu_figures(frames, before, after)
    findings = _judge(figures)
    pulse, late_us = plain(after.pulse), plain(after.late_us)
    return CheckUp(source, seconds, after.platform, pulse, late_us, figures, findings)


def _judge(figures: dict[str, ChannelFigures]) -> dict[str, list[Finding]]:
    cells = judge_cells({name: figures[name] for name in CELLS})
    pads = {name: judge_pad(figures[name]) for name in PADS}
    rest = {name: judge_imu(figures[name]) for name in figures if name not in cells | pads}
    return cells | pads | rest


def _calibration(run_dir: RunDir) -> Calibration:
    """The one in force; without a recorder typical gains, which do for noise."""
    control = read_page(run_dir.control, ControlPage)
    if control is not None:
        return control.parsed_calibration()
    return typical_calibration("doctor", id="typical", created_utc="")


def _status(run_dir: RunDir) -> StatusPage:
    status = read_page(run_dir.status, StatusPage)
    if status is None:
        raise RigError("the sampler has written no status page: is it starting? try again")
    return status
