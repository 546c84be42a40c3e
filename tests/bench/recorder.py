"""`python -m tests.bench recorder`: hours of one person training.

Fed as fast as the recorder follows.
"""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import psutil

from drivers.sim.clock import VirtualClock
from rig.handover.run_dir import RunDir
from rig.recording.writer import recordings_dir
from rig.simulation.trainee.frames import frames_of
from rig.simulation.trainee.performance import perform
from rig.simulation.trainee.rig_truth import tared_calibration, true_rig
from rig.simulation.trainee.script import find_script
from tests.support.recorded_rig import FrameFeed, recorded_rig
from tests.support.virtual_rig import sim_config

_SEED = 3
_PIECE = 5  # frames that the recorder finds at once when it looks every 50 ms


@click.command()
@click.option("--hours", default=2.0, show_default=True)
def main(hours: float) -> None:
    """Processor time and memory of the recorder, storing and syncing included."""
    with TemporaryDirectory() as directory:
        for line in report(Path(directory), hours):
            click.echo(line)


def report(directory: Path, hours: float) -> list[str]:
    """Lines with what it took; feeding is not counted."""
    performance, truth = perform(find_script("steady"), _SEED), true_rig(_SEED)
    clock, run_dir = VirtualClock(), RunDir(directory / "run")
    run_dir.make()
    feed = FrameFeed(run_dir.frames, tared_calibration(_SEED))
    memory_mb, spent_s, run = [], 0.0, 0
    with recorded_rig(sim_config(directory), run_dir, clock) as rig:
        while feed.head < hours * 360_000:
            frames = frames_of(
                performance, truth, run % 50, first_seq=feed.head, start_ns=clock.now_ns()
            )
            run += 1
            for at in range(0, len(frames), _PIECE):
                piece = frames[at : at + _PIECE]
                clock.sleep_until(int(piece["t_ns"][-1]))
                feed.write(piece)
                started_s = time.process_time()
                rig.catch_up()
                spent_s += time.process_time() - started_s
                rig.events.clear()
            memory_mb.append(_memory_mb())
        sessions = len(rig.session_ids())
    half = len(memory_mb) // 2
    files = recordings_dir(directory / "state").iterdir()
    size_mb = sum(path.stat().st_size for path in files) / 1e6
    return [
        f"{feed.head / 360_000:.1f} h in {sessions} sessions, {size_mb / hours:.1f} MB an hour",
        f"processor time: {100 * spent_s / (feed.head / 100):.1f} % of one core at real time",
        f"memory: {memory_mb[0]:.0f} MB at first, {memory_mb[half]:.0f} MB at half time, "
        f"{memory_mb[-1]:.0f} MB at the end",
    ]


def _memory_mb() -> float:
    """Of this process alone, without the rings that it shares."""
    used = psutil.Process().memory_info()
    return float(used.rss - used.shared) / 1e6
