"""The replayer as a process, in the sampler's place."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from drivers.clock import SystemClock
from rig.config import Config
from rig.errors import CommandRefused
from rig.handover.command_client import send
from rig.handover.run_dir import RunDir
from rig.replay.play_file import play_file
from rig.replay.replayer import Replayer
from rig.sampler.process import run_until_told
from rig.system.heartbeat import Heartbeat

_log: Final = logging.getLogger(__name__)


def run_replay(config: Config, run_dir: RunDir) -> None:
    """Play the file of `replay.file` until it ends, or SIGTERM or SIGINT comes.

    Without real-time priority: a replay may be late, and must not take the machine. `RigError` or
    `OSError` where it cannot start.
    """
    run_dir.make()
    heartbeat = Heartbeat.from_environment()
    file = Path(config.replay.file)
    _log.info("playing %s", file)

    def repeat(verb: str, args: Mapping[str, Any], command_id: str) -> None:
        try:
            send(run_dir.socket, verb, args, command_id)
        except CommandRefused as refusal:
            _log.warning("%s is refused (%s)", verb, refusal.code)

    replayer = Replayer(
        lambda calibration: play_file(file, calibration),
        repeat,
        config.replay,
        run_dir,
        SystemClock(),
        heartbeat,
    )
    run_until_told(replayer, heartbeat)
