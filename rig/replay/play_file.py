"""A file as if it happened now: frames of counts, also from newtons, and the commands between."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from rig.calibration import Calibration, PadCalibration
from rig.frames import FRAME, Block, Flag, Forces
from rig.names import CELLS, CHANNELS
from rig.recording.raw_csv import RawCsv
from rig.recording.reader import RecordedCommand, Recording
from rig.session.context_commands import context_commands

Floats = npt.NDArray[np.float64]

_IMU: Final = CHANNELS.index("imu")


def play_file(path: Path, calibration: Calibration) -> Iterator[Block | RecordedCommand]:
    """Blocks of FRAME of an MCAP recording or a raw CSV.

    Of a recording also its commands, and before all those that lead to the drill, load and heel
    block with which it began. `calibration` is what newtons are turned into counts with. Raises as
    `Recording` and `RawCsv`.
    """
    if path.suffix == ".mcap":
        recording = Recording.of_file(path)
        for verb, args in context_commands(recording.info.context):
            yield RecordedCommand(0, {"verb": verb, "args": args})
        yield from recording.items()
        return
    raw = RawCsv(path)
    if raw.unit == "counts":
        yield from raw.frames()
    else:
        for forces in raw.forces():
            yield frames_of_forces(forces, calibration, raw.absent)


def frames_of_forces(
    forces: Forces, calibration: Calibration, absent: Sequence[int] = (_IMU,)
) -> Block:
    """Frames (FRAME) whose counts are these newtons.

    What is not known is flagged `NONE`, channels that the file does not have, by their numbers,
    `ABSENT`.
    """
    block = np.zeros(len(forces), FRAME)
    block["t_ns"] = forces["t_ns"]
    block["cell_t_ns"] = block["pad_t_ns"] = 0
    block["cell_t_ns"] += forces["t_ns"][:, None]
    block["pad_t_ns"] += forces["t_ns"][:, None]
    inertial = np.isfinite(forces["imu_values"]).all(axis=1)
    block["imu_values"] = np.where(inertial[:, None], forces["imu_values"], 0.0)
    block["imu_t_ns"] = forces["imu_t_ns"]
    known = np.isfinite(np.concatenate([forces["cell_n"], forces["pad_n"]], axis=1))
    known = np.concatenate([known, inertial[:, None]], axis=1)
    block["flags"] = np.where(known, 0, Flag.NONE)
    block["flags"][:, list(absent)] = Flag.ABSENT
    for at, cell in enumerate(calibration.cells):
        counts = cell.zero_counts + cell.counts_per_n * forces["cell_n"][:, at]
        block["cell_counts"][:, at] = _whole(counts, known[:, at])
    for at, pad in enumerate(calibration.pads):
        volts = _pad_volts(pad, forces["pad_n"][:, at])
        block["pad_counts"][:, at] = _whole(volts / pad.lsb_v, known[:, len(CELLS) + at])
    return block


def _whole(counts: Floats, known: npt.NDArray[np.bool_]) -> npt.NDArray[np.int32]:
    limits = np.iinfo(np.int32)
    rounded = np.clip(np.round(np.where(known, counts, 0.0)), limits.min, limits.max)
    return rounded.astype(np.int32)


def _pad_volts(pad: PadCalibration, force_n: Floats) -> Floats:
    """Volts over the divider's lower resistor, the pad being the upper one."""
    siemens = pad.siemens_at_1n * np.maximum(force_n, 0.0) ** pad.exponent
    siemens += 0.0 if pad.parallel_ohm is None else 1 / pad.parallel_ohm
    volts: Floats = pad.supply_v * pad.divider_ohm * siemens / (pad.divider_ohm * siemens + 1)
    return volts
