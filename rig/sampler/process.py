"""The sampler as a process: open everything, ask for real time, run until told to stop."""

import signal
import sys

from rig.config import Config
from rig.handover.run_dir import RunDir
from rig.sampler.loop import Sampler
from rig.sampler.platform import open_platform
from rig.sampler.realtime import ask_for_realtime


def run_sampler(config: Config, run_dir: RunDir) -> None:
    """Sample until SIGTERM or SIGINT. `PlatformError` or `OSError` where it cannot start."""
    run_dir.make()
    platform = open_platform(config)
    realtime = ask_for_realtime(config.sampler.priority)
    for warning in realtime.warnings:
        print(f"sampler: warning: {warning}", file=sys.stderr, flush=True)
    sampler = Sampler(config, platform, run_dir, realtime)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sampler.stop())
    try:
        sampler.run()
    finally:
        sampler.close()
