"""The sampler as a process: open everything, ask for real time, run until told to stop."""

import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from drivers.clock import SystemClock
from rig.config import Config
from rig.errors import CommandRefused
from rig.handover.run_dir import RunDir
from rig.heartbeat import Heartbeat
from rig.recorder.client import send
from rig.recording.play import play_file
from rig.sampler.loop import Sampler
from rig.sampler.platform import open_platform
from rig.sampler.realtime import ask_for_realtime
from rig.sampler.replay import Replayer


class _Source(Protocol):
    """What writes the frame ring."""

    def run(self) -> None: ...
    def stop(self) -> None: ...
    def close(self) -> None: ...


def run_sampler(config: Config, run_dir: RunDir) -> None:
    """Sample until SIGTERM or SIGINT, or until a replayed file ends.

    `PlatformError`, `RigError` or `OSError` where it cannot start.
    """
    run_dir.make()
    heartbeat = Heartbeat.from_environment()
    make = _replayer if config.rig.platform == "replay" else _sampler
    source = make(config, run_dir, heartbeat)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: source.stop())
    try:
        source.run()
    finally:
        heartbeat.stopping()
        source.close()


def _sampler(config: Config, run_dir: RunDir, heartbeat: Heartbeat) -> _Source:
    platform = open_platform(config, run_dir)
    realtime = ask_for_realtime(config.sampler.priority)
    for warning in realtime.warnings:
        print(f"sampler: warning: {warning}", file=sys.stderr, flush=True)
    return Sampler(config, platform, run_dir, realtime, heartbeat)


def _replayer(config: Config, run_dir: RunDir, heartbeat: Heartbeat) -> _Source:
    """Without real-time priority: a replay may be late, and must not take the machine."""
    file = Path(config.replay.file)

    def repeat(verb: str, args: Mapping[str, Any], command_id: str) -> None:
        try:
            send(run_dir.socket, verb, args, command_id)
        except CommandRefused as refusal:
            print(f"replay: {verb} is refused: {refusal}", file=sys.stderr, flush=True)

    return Replayer(
        lambda calibration: play_file(file, calibration),
        repeat,
        config.replay,
        run_dir,
        SystemClock(),
        heartbeat,
    )
