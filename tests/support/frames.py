"""Frames for tests: random ones, and ones of someone who stands somewhere."""

import numpy as np
from hypothesis import strategies as st

from rig.frames import FRAME, TICK_NS, Flag
from rig.names import CELLS, CHANNELS, PADS


@st.composite
def frame_blocks(draw, most=30):
    """Blocks of FRAME as a sampler could have made them, with gaps, flags and odd times."""
    rows = draw(st.integers(0, most))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    block = np.zeros(rows, FRAME)
    block["seq"] = draw(st.integers(0, 2**60)) + np.arange(rows)
    steps = random.integers(1, 3 * TICK_NS, rows)
    block["t_ns"] = draw(st.integers(0, 2**60)) + np.cumsum(steps)
    for counts, own_t in (("cell_counts", "cell_t_ns"), ("pad_counts", "pad_t_ns")):
        width = block[counts].shape[1]
        block[counts] = random.integers(-(2**23), 2**23, (rows, width))
        block[own_t] = block["t_ns"][:, None] - random.integers(-1000, TICK_NS, (rows, width))
    block["imu_values"] = random.normal(0.0, 10.0, block["imu_values"].shape)
    block["imu_t_ns"] = block["t_ns"][:, None] - random.integers(-1000, 2 * TICK_NS, (rows, 1))
    bits = random.integers(0, 2**7, (rows, len(CHANNELS)))
    block["flags"] = np.where(random.random(bits.shape) < 0.7, 0, bits)
    block["cal"], block["inputs"] = random.integers(0, 9, rows), random.integers(0, 2, rows)
    return block


def frames(cell_counts, pad_counts=0, *, rows, first_seq=0, first_t_ns=0):
    """`rows` frames with the same good counts, one per tick, of a rig without inertial sensor."""
    block = np.zeros(rows, FRAME)
    block["seq"] = first_seq + np.arange(rows)
    block["t_ns"] = first_t_ns + TICK_NS * np.arange(rows)
    block["flags"][:, CHANNELS.index("imu")] = Flag.ABSENT
    block["cell_counts"] = np.broadcast_to(cell_counts, (rows, len(CELLS)))
    block["pad_counts"] = np.broadcast_to(pad_counts, (rows, len(PADS)))
    block["cell_t_ns"] = block["pad_t_ns"] = 0
    block["cell_t_ns"] += block["t_ns"][:, None]
    block["pad_t_ns"] += block["t_ns"][:, None]
    return block


def without(block, channel):
    """The same frames with no conversion of one channel."""
    block = block.copy()
    block["flags"][:, CHANNELS.index(channel)] = Flag.NONE
    return block
