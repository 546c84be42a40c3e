import numpy as np
import pytest

from rig.errors import FormatError
from rig.frames import Flag
from rig.names import CELLS, CHANNELS, PADS
from rig.recording.raw_csv import RawCsv
from tests.support.pads import pads

_CELLS = "left_heel,left_toe,right_heel,right_toe"
_PADS = "head,mid_back,tailbone"  # those of the first files: of later ones nothing has to be there
_LATER = len(PADS) - 3
_IMU = "imu_ax_m_s2,imu_ay_m_s2,imu_az_m_s2,imu_gx_rad_s,imu_gy_rad_s,imu_gz_rad_s"
_NEWTONS = ",".join(f"{name}_n" for name in f"{_CELLS},{_PADS}".split(","))


@pytest.fixture
def write(tmp_path):
    def write(*lines):
        path = tmp_path / "raw.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


def _frames(path):
    return np.concatenate(list(RawCsv(path).frames()))


def _read_all(path):
    raw = RawCsv(path)
    return list(raw.frames() if raw.unit == "counts" else raw.forces())


def test_counts_become_frames(write):
    path = write(f"t_s,{_CELLS},{_PADS}", "0,1,2,3,4,5,6,7", "0.01,8,,9,10,11,12,13")
    frames = _frames(path)
    assert frames["t_ns"].tolist() == [0, 10_000_000]
    assert frames["cell_counts"].tolist() == [[1, 2, 3, 4], [8, 0, 9, 10]]
    assert frames["pad_counts"].tolist() == [[5, 6, 7, *[0] * _LATER], [11, 12, 13, *[0] * _LATER]]
    assert frames["flags"][1].tolist() == [0, Flag.NONE, *[0] * 5, *[Flag.ABSENT] * (_LATER + 1)]


def test_without_pads_they_are_absent(write):
    raw = RawCsv(write(f"t_s,{_CELLS}", "0,1,2,3,4"))
    assert raw.absent == list(range(len(CELLS), len(CHANNELS)))
    assert next(raw.frames())["flags"][0].tolist() == [0] * 4 + [Flag.ABSENT] * (len(PADS) + 1)


def test_a_pad_that_came_later_needs_no_column(write):
    raw = RawCsv(write(f"t_s,{_CELLS},{_PADS}", "0,1,2,3,4,5,6,7"))
    flags = next(raw.frames())["flags"][0].tolist()
    assert flags == [0] * 4 + [0 if name in _PADS else Flag.ABSENT for name in (*PADS, "imu")]
    forces = next(RawCsv(write(f"t_s,{_NEWTONS}", "0,1,2,3,4,5,6,7")).forces())[0]
    assert np.isfinite(forces["pad_n"]).tolist() == [name in _PADS for name in PADS]


def test_without_ages_a_conversion_has_its_rows_time(write):
    assert _frames(write(f"t_s,{_CELLS}", "1.5,1,2,3,4"))["cell_t_ns"][0, 0] == 1_500_000_000


def test_columns_may_stand_in_any_order(write):
    path = write("right_toe,right_heel,t_s,left_toe,left_heel", "4,3,0,2,1")
    assert _frames(path)["cell_counts"].tolist() == [[1, 2, 3, 4]]


def test_a_flagged_conversion_is_not_good_even_with_a_value(write):
    path = write(f"t_s,{_CELLS},flags", "0,1,2,3,4,left_heel:SATURATED;tailbone:OPEN")
    flags = _frames(path)["flags"][0].tolist()
    pad_flags = pads(Flag.ABSENT, tailbone=Flag.ABSENT | Flag.OPEN)
    assert flags == [Flag.SATURATED, 0, 0, 0, *pad_flags, Flag.ABSENT]


def test_newtons_become_forces(write):
    raw = RawCsv(write(f"t_s,{_NEWTONS}", "0,100.5,1,2,3,4,5,"))
    assert raw.unit == "newtons"
    row = next(raw.forces())[0]
    assert row["cell_n"].tolist() == [100.5, 1, 2, 3]
    assert np.isnan(row["pad_n"][2])


def test_a_flagged_force_is_not_known(write):
    raw = RawCsv(write(f"t_s,{_NEWTONS},flags", "0,1,2,3,4,5,6,7,left_toe:DESYNC"))
    assert np.isnan(next(raw.forces())["cell_n"][0]).tolist() == [False, True, False, False]


def test_an_inertial_sensors_columns_are_read_beside_counts(write):
    path = write(
        f"t_s,{_CELLS},{_IMU},imu_age_us",
        "0,1,2,3,4,0.5,0,9.81,0,-1,0,12000.5", "0.01,1,2,3,4,,,,,,,", "0.02,1,2,3,4,1,,3,4,5,6,",
    )  # fmt: skip
    frames = _frames(path)
    assert frames["imu_values"][0].tolist() == pytest.approx([0.5, 0, 9.81, 0, -1, 0])
    assert frames["imu_t_ns"][0, 0] == -12_000_500
    assert frames["flags"][:, CHANNELS.index("imu")].tolist() == [0, Flag.NONE, Flag.NONE]
    assert RawCsv(path).notes == []


def test_an_inertial_sensors_columns_are_read_beside_newtons(write):
    lines = f"t_s,{_NEWTONS},flags,{_IMU}", "0,1,2,3,4,5,6,7,,0,0,9.81,0,0,1"
    good = next(RawCsv(write(*lines)).forces())[0]
    assert good["imu_values"].tolist() == pytest.approx([0, 0, 9.81, 0, 0, 1])
    flagged = write(lines[0], "0,1,2,3,4,5,6,7,imu:SATURATED,0,0,9.81,0,0,1")
    assert np.isnan(next(RawCsv(flagged).forces())["imu_values"]).all()


def test_without_its_columns_nothing_is_known_of_an_inertial_sensor(write):
    forces = next(RawCsv(write(f"t_s,{_NEWTONS}", "0,1,2,3,4,5,6,7")).forces())
    assert np.isnan(forces["imu_values"]).all()


def test_other_columns_are_ignored_with_one_note(write):
    raw = RawCsv(write(f"t_s,{_CELLS},mood,weather", "0,1,2,3,4,good,fine"))
    assert len(raw.notes) == 1
    assert "mood, weather" in raw.notes[0]
    assert len(next(raw.frames())) == 1


def test_rows_may_be_uneven_and_a_byte_order_mark_and_blank_lines_do_not_matter(write):
    path = write(f"\ufefft_s,{_CELLS}", "-1,1,2,3,4", "", "5.25,1,2,3,4", "")
    assert _frames(path)["t_ns"].tolist() == [-1_000_000_000, 5_250_000_000]


@pytest.mark.parametrize(
    ("lines", "line", "column", "what"),
    [
        ((f"time,{_CELLS}", "0,1,2,3,4"), 1, "t_s", "missing"),
        (("t_s,left_heel", "0,1"), 1, "left_toe", "missing"),
        ((f"t_s,{_CELLS},head", "0,1,2,3,4,5"), 1, "mid_back", "missing"),
        ((f"t_s,{_CELLS},t_s", "0,1,2,3,4,0"), 1, "t_s", "twice"),
        (("",), 1, "t_s", "missing"),
        ((f"t_s,{_CELLS}", "0,1,2,3,4", "0.01,1,x,3,4"), 3, "left_toe", "'x'"),
        ((f"t_s,{_CELLS}", "0,1.5,2,3,4"), 2, "left_heel", "whole number"),
        ((f"t_s,{_CELLS}", "0,1,2,3,99999999999"), 2, "right_toe", "more than"),
        ((f"t_s,{_CELLS}", ",1,2,3,4"), 2, "t_s", "no number"),
        ((f"t_s,{_CELLS}", "nan,1,2,3,4"), 2, "t_s", "no number"),
        ((f"t_s,{_CELLS}", "1e300,1,2,3,4"), 2, "t_s", "no time"),
        ((f"t_s,{_CELLS}", "0.02,1,2,3,4", "0.01,1,2,3,4"), 3, "t_s", "backwards"),
        ((f"t_s,{_CELLS}", "0,1,2,3"), 2, "right_heel", "4 cells"),
        ((f"t_s,{_CELLS},flags", "0,1,2,3,4,left_heel:RUSTY"), 2, "flags", "RUSTY"),
        ((f"t_s,{_NEWTONS}", "0,1,2,3,4,5,6,inf"), 2, "tailbone_n", "no number"),
        ((f"t_s,{_CELLS},imu_ax_m_s2", "0,1,2,3,4,5"), 1, "imu_ay_m_s2", "missing"),
        ((f"t_s,{_CELLS},{_IMU}", "0,1,2,3,4,5,6,7,8,x,9"), 2, "imu_gy_rad_s", "no number"),
        ((f"t_s,{_CELLS},{_IMU}", "0,1,2,3,4,5,6,1e39,8,9,9"), 2, "imu_az_m_s2", "any such sensor"),
    ],
)
def test_what_does_not_fit_is_told_by_line_and_column(write, lines, line, column, what):
    path = write(*lines)
    with pytest.raises(FormatError) as error:
        _read_all(path)
    assert f"{path}: line {line}, column {column}: " in str(error.value)
    assert what in str(error.value)


def test_a_file_that_is_no_text_is_told(tmp_path):
    path = tmp_path / "raw.csv"
    path.write_bytes(b"\x89MCAP\xff\xfe")
    with pytest.raises(FormatError, match="not UTF-8"):
        RawCsv(path)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(FormatError, match="cannot be read"):
        RawCsv(tmp_path / "none.csv")
