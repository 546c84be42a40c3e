"""`python -m tests.bench garble`: damage the tail of a recording.

What is read back must be an exact beginning.
"""

from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import click
import numpy as np

from rig.frames import Block
from rig.recording.reader import Recording
from rig.recording.writer import recordings_dir
from tests.support.recorded_rig import steady_session


@click.command()
@click.option("--count", default=200, show_default=True, help="How often.")
@click.option("--seed", default=1, show_default=True, help="Seed of the damage.")
def main(count: int, seed: int) -> None:
    """Truncate, zero and garble the tail of a recording, in turn."""
    with TemporaryDirectory() as directory:
        with steady_session(Path(directory), runs=3):
            pass
        (path,) = recordings_dir(Path(directory) / "state").iterdir()
        click.echo(report(path, count, seed))


def report(path: Path, count: int, seed: int) -> str:
    """Damage the file `count` times, each time from whole; one line of what came back."""
    whole, random = path.read_bytes(), Random(seed)
    frames = _frames(path)
    kept: Counter[str] = Counter()
    shares = []
    for number in range(count):
        kind = ("truncated", "zeroed", "garbled")[number % 3]
        path.write_bytes(damaged(whole, kind, random))
        found = _frames(path)
        exact = np.array_equal(found, frames[: len(found)])
        kept[f"{kind}: {'exact beginning' if exact else 'WRONG'}"] += 1
        shares.append(len(found) / len(frames))
    path.write_bytes(whole)
    lines = [f"{what}: {times}" for what, times in sorted(kept.items())]
    return "; ".join([*lines, f"frames read back: {min(shares):.0%} to {max(shares):.0%}"])


def damaged(whole: bytes, kind: str, random: Random) -> bytes:
    """The file with everything or a piece from a random place on damaged."""
    start = random.randrange(len(whole) // 4, len(whole))
    if kind == "truncated":
        return whole[:start]
    length = random.choice([1, 64, 4096, len(whole)])
    end = min(start + length, len(whole))
    piece = bytes(end - start) if kind == "zeroed" else random.randbytes(end - start)
    return whole[:start] + piece + whole[end:]


def _frames(path: Path) -> Block:
    """All frames that can be read; their messages' CRC stand in chunks of a few."""
    blocks = list(Recording.of_file(path).blocks())
    return np.concatenate(blocks) if blocks else np.zeros(0)
