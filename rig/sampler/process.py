"""The sampler as a process: open everything, ask for real time, run until told to stop."""

import logging
import signal
from typing import Final, Protocol

from rig.config import Config
from rig.handover.run_dir import RunDir
from rig.sampler.loop import Sampler
from rig.sampler.platform import open_platform
from rig.sampler.realtime import ask_for_realtime
from rig.system.heartbeat import Heartbeat

_log: Final = logging.getLogger(__name__)


class FrameSource(Protocol):
    """What writes the frame ring."""

    def run(self) -> None:
        """Write frames until `stop`."""

    def stop(self) -> None:
        """End `run`; may be called from a signal handler."""

    def close(self) -> None:
        """Give everything back."""


def run_sampler(config: Config, run_dir: RunDir) -> None:
    """Sample until SIGTERM or SIGINT.

    `PlatformError`, `RigError` or `OSError` where it cannot start.
    """
    run_dir.make()
    heartbeat = Heartbeat.from_environment()
    platform = open_platform(config, run_dir)
    realtime = ask_for_realtime(config.sampler.priority)
    for warning in realtime.warnings:
        _log.warning("%s", warning)
    _log.info("sampling on platform %s", config.rig.platform)
    run_until_told(Sampler(config, platform, run_dir, realtime, heartbeat), heartbeat)


def run_until_told(source: FrameSource, heartbeat: Heartbeat) -> None:
    """Run a source until it ends, or SIGTERM or SIGINT stops it; then close it."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: source.stop())
    try:
        source.run()
    finally:
        heartbeat.stopping()
        source.close()
