import itertools

import numpy as np
from hypothesis import given

from rig.export import raw_csv
from rig.frames import FRAME, TICK_NS, Flag
from rig.names import CHANNELS, FORCE_CHANNELS, PADS
from rig.recording.columns import FLAGS, IMU_COLUMNS, RAW_COLUMNS
from rig.recording.raw_csv import RawCsv
from tests.support.frames import frame_blocks, frames, without

IMU = CHANNELS.index("imu")
FLAGS_AT = RAW_COLUMNS.index(FLAGS)


def _lines(*blocks):
    return b"".join(raw_csv(blocks)).decode().split("\r\n")


def test_a_frame_is_its_counts_flags_and_ages():
    block = frames([1, -2, 3, 4], 5 + np.arange(len(PADS)), rows=1)
    block["cell_t_ns"][0, 0] -= 1_234_567
    counted = ",".join(str(5 + number) for number in range(len(PADS)))
    assert _lines(block) == [
        ",".join(RAW_COLUMNS),
        f"0.000000000,1,-2,3,4,{counted},,1234.567,0.000,0.000,0.000{',0.000' * len(PADS)}",
        "",
    ]


def test_time_counts_from_the_first_frame_across_blocks():
    first = frames([0] * 4, rows=1, first_t_ns=77)
    second = frames([0] * 4, rows=1, first_t_ns=77 + TICK_NS)
    assert [line.split(",")[0] for line in _lines(first, second)[1:3]] == [
        "0.000000000",
        "0.010000000",
    ]


def test_a_channel_without_a_conversion_is_empty():
    line = _lines(without(frames([1, 2, 3, 4], rows=1), "left_toe"))[1]
    assert line.startswith(f"0.000000000,1,,3,4{',0' * len(PADS)},,0.000,,")


def test_what_was_wrong_is_named_by_channel():
    block = frames([1, 2, 3, 4], rows=1)
    block["flags"][0, 1] = Flag.SATURATED | Flag.SETTLING | Flag.NONE
    block["flags"][0, CHANNELS.index("tailbone")] = Flag.OPEN
    flags = _lines(block)[1].split(",")[FLAGS_AT]
    assert flags == "left_toe:SATURATED;left_toe:SETTLING;tailbone:OPEN"


def test_the_inertial_sensors_values_and_age_stand_behind():
    block = frames([1, 2, 3, 4], rows=2)
    block["flags"][0, IMU] = 0
    block["flags"][1, IMU] = Flag.SATURATED
    block["imu_values"][0] = 0.1, -9.75, 1e-5, 0.5, 0.0, -2.0
    block["imu_t_ns"] = block["t_ns"][:, None] - 12_345_678
    header, first, second, _ = _lines(block)
    assert header == ",".join((*RAW_COLUMNS, *IMU_COLUMNS))
    assert first.endswith(",0.1,-9.75,1e-05,0.5,0.0,-2.0,12345.678")
    assert second.endswith(",,,,,,,")
    assert second.split(",")[FLAGS_AT] == "imu:SATURATED"


def test_no_frames_are_a_header_alone():
    assert _lines(np.zeros(0, FRAME)) == [",".join(RAW_COLUMNS), ""]


def test_an_endless_recording_comes_in_pieces():
    pieces = raw_csv(itertools.repeat(frames([1, 2, 3, 4], rows=100)))
    assert len(list(itertools.islice(pieces, 3))) == 3


@given(frame_blocks())
def test_reading_an_export_gives_every_good_conversion_back(tmp_path_factory, block):
    path = tmp_path_factory.mktemp("raw") / "raw.csv"
    path.write_bytes(b"".join(raw_csv([block])))
    read = np.concatenate([np.zeros(0, FRAME), *RawCsv(path).frames()])
    start = block["t_ns"][0] if len(block) else 0
    good = block["flags"] == 0
    if len(block) and block["flags"][0, IMU] & Flag.ABSENT:
        good[:, IMU] = False
    assert np.array_equal(read["t_ns"], block["t_ns"] - start)
    assert np.array_equal(read["flags"] == 0, good)
    imu = good[:, IMU]
    assert np.array_equal(read["imu_values"][imu], block["imu_values"][imu])
    assert np.array_equal(read["imu_t_ns"][imu], block["imu_t_ns"][imu] - start)
    for index in range(len(FORCE_CHANNELS)):
        kind, at = ("cell", index) if index < 4 else ("pad", index - 4)
        where = good[:, index]
        for field, shift in ((f"{kind}_counts", 0), (f"{kind}_t_ns", start)):
            assert np.array_equal(read[field][where, at], block[field][where, at] - shift)
