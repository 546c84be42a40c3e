"""Newtons as counts, and back."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rig.analysis.balance.forces import CellScale, PadScale
from rig.calibration import TYPICAL_COUNTS_PER_N, typical_calibration
from rig.export import raw_csv
from rig.frames import FORCES, Flag
from rig.names import CELLS, CHANNELS, PADS
from rig.replay.play_file import frames_of_forces, play_file
from tests.support.frames import frames

CALIBRATION = typical_calibration("r", id="c", created_utc="2026-01-01T00:00:00Z")


def _forces(cells, pads):
    forces = np.zeros(1, FORCES)
    forces["cell_n"], forces["pad_n"] = cells, pads
    return forces


@given(
    st.lists(st.floats(-50, 2000), min_size=4, max_size=4),
    st.lists(st.floats(0, 20), min_size=len(PADS), max_size=len(PADS)),
)
def test_counts_give_the_newtons_back(cells, pads):
    frame = frames_of_forces(_forces(cells, pads), CALIBRATION)
    cells_again = CellScale(CALIBRATION).force_n(frame["cell_counts"])
    assert np.allclose(cells_again, [cells], atol=0.51 / TYPICAL_COUNTS_PER_N)
    assert np.allclose(PadScale(CALIBRATION).force_n(frame["pad_counts"]), [pads], atol=0.02)


def test_what_is_not_known_is_no_conversion():
    (frame,) = frames_of_forces(_forces([1, np.nan, 3, 4], [np.nan] * len(PADS)), CALIBRATION)
    none = int(Flag.NONE)
    assert frame["flags"].tolist() == [0, none, 0, 0, *[none] * len(PADS), int(Flag.ABSENT)]


def test_pads_that_the_file_does_not_have_are_absent(tmp_path):
    (frame,) = frames_of_forces(
        _forces([1, 2, 3, 4], [np.nan] * len(PADS)), CALIBRATION, range(len(CELLS), len(CHANNELS))
    )
    assert frame["flags"].tolist() == [0] * 4 + [int(Flag.ABSENT)] * (len(PADS) + 1)
    path = tmp_path / "counts.csv"
    path.write_text("t_s,left_heel,left_toe,right_heel,right_toe\n0.0,1,2,,4\n")
    (played,) = play_file(path, CALIBRATION)
    assert played["flags"][0].tolist() == [0, 0, int(Flag.NONE), 0] + [int(Flag.ABSENT)] * (
        len(PADS) + 1
    )


def test_an_inertial_sensor_is_played_with_newtons():
    forces = _forces([1, 2, 3, 4], [1] * len(PADS)).repeat(2)
    forces["imu_values"], forces["imu_t_ns"] = [[1, 2, 3, 4, 5, 6], [np.nan] * 6], [[-5], [0]]
    frames = frames_of_forces(forces, CALIBRATION, absent=())
    assert frames["imu_values"].tolist() == [[1, 2, 3, 4, 5, 6], [0] * 6]
    assert frames["flags"][:, -1].tolist() == [0, Flag.NONE]
    assert frames["imu_t_ns"][0, 0] == -5


def test_a_csv_of_counts_is_played_as_it_is(tmp_path):
    block = frames([1, 2, 3, 4], 5 + np.arange(len(PADS)), rows=20)
    path = tmp_path / "raw.csv"
    path.write_bytes(b"".join(raw_csv([block])))
    (played,) = play_file(path, CALIBRATION)
    assert np.array_equal(played["cell_counts"], block["cell_counts"])
    assert np.array_equal(played["pad_t_ns"], block["pad_t_ns"])


def test_a_csv_in_newtons_is_played_as_counts(tmp_path):
    path = tmp_path / "newtons.csv"
    path.write_text("t_s,left_heel_n,left_toe_n,right_heel_n,right_toe_n\n0.0,1,2,3,4\n")
    (played,) = play_file(path, CALIBRATION)
    counts = [round(n * TYPICAL_COUNTS_PER_N) for n in (1, 2, 3, 4)]
    assert played["cell_counts"][0].tolist() == counts
