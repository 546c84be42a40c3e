"""The inertial sensor in the sampling loop: its mean in each frame, and nobody else disturbed."""

import numpy as np
import pytest

from rig.export import raw_csv
from rig.frames import Flag
from rig.handover.frame_ring import FrameReader
from rig.handover.page import read_page
from rig.handover.status_page import StatusPage
from rig.names import CHANNELS, FORCE_CHANNELS, PADS
from rig.recording.raw_csv import RawCsv
from rig.sampler.platform import Platform
from rig.simulation.trainee.rig_truth import tared_calibration
from tests.support.virtual_rig import VirtualRig, sim_config

IMU = CHANNELS.index("imu")
_PAD_NUMBERS = [CHANNELS.index(pad) for pad in PADS]
START_S = 1.5


def started(tmp_path, **settings):
    rig = VirtualRig(tmp_path, sim_config(tmp_path, **{"imu__present": True, **settings}))
    rig.run(START_S)
    return rig, FrameReader(rig.run_dir.frames)


def frames_of(rig, reader, seconds):
    rig.run(seconds)
    return reader.read_live(10**6).rows["frame"]


@pytest.mark.parametrize("converter", ["hx711", "nau7802"])
def test_nearly_every_frame_has_the_mean_of_what_came_since_the_one_before(tmp_path, converter):
    rig, reader = started(tmp_path, cells__converter=converter)
    frames = frames_of(rig, reader, 5.0)
    good = frames["flags"][:, IMU] == 0
    assert good.mean() > 0.95
    age_ms = (frames["t_ns"] - frames["imu_t_ns"][:, 0])[good] * 1e-6
    assert age_ms.min() > 2
    assert age_ms.max() < 25
    force = np.linalg.norm(frames["imu_values"][good, :3], axis=1)
    assert np.median(force) == pytest.approx(9.81, abs=0.4)
    delivered = rig.drivers["imu"].report()[0].counters["delivered"]
    assert delivered > 1.01 * good.sum()  # some frames have two


def test_without_one_it_is_absent_and_the_rig_as_it_was(tmp_path):
    rig, reader = started(tmp_path, imu__present=False)
    frames = frames_of(rig, reader, 1.0)
    assert (frames["flags"][:, IMU] == Flag.ABSENT).all()
    assert "imu" not in read_page(rig.run_dir.status, StatusPage).counters


@pytest.mark.parametrize("converter", ["hx711", "nau7802"])
@pytest.mark.parametrize("fault", [None, "unplugged", "resets", "bad_cable"])
def test_cells_and_pads_are_the_same_beside_it(tmp_path, converter, fault):
    faults = {} if fault is None else {"imu": fault}
    alone, seen_alone = started(tmp_path / "a", imu__present=False, cells__converter=converter)
    beside, seen_beside = started(tmp_path / "b", cells__converter=converter, sim__faults=faults)
    one = frames_of(alone, seen_alone, 5.0)
    other = frames_of(beside, seen_beside, 5.0)
    for channel, name in enumerate(FORCE_CHANNELS):
        good, good_beside = ((each["flags"][:, channel] == 0).sum() for each in (one, other))
        assert good_beside >= good - 2, name


@pytest.mark.parametrize(
    ("fault", "state"),
    [("unplugged", "no answer"), ("frozen", "silent"), ("bad_cable", "garbled")],
)
def test_what_is_wrong_with_it_is_flagged_and_told(tmp_path, fault, state):
    rig, reader = started(tmp_path)
    rig.control(tared_calibration(), 1, imu=fault)
    frames = frames_of(rig, reader, 3.0)
    assert frames["flags"][:, IMU].astype(bool).any()
    assert read_page(rig.run_dir.status, StatusPage).counters["imu"].state == state
    rig.control(tared_calibration(), 2)
    rig.run(4.5)
    reader.read_live(10**6)
    assert (frames_of(rig, reader, 1.0)["flags"][:, IMU] == 0).mean() > 0.95


def test_a_pulled_plug_in_mid_set_loses_no_frame_and_no_other_channel(tmp_path):
    rig, reader = started(tmp_path)
    rig.control(tared_calibration(), 1, imu="unplugged")
    frames = frames_of(rig, reader, 2.0)
    assert len(frames) >= 199
    assert np.array_equal(np.diff(frames["seq"]), np.ones(len(frames) - 1))
    assert (frames["flags"][:, _PAD_NUMBERS] == 0).all()


def test_its_validity_is_a_bit_behind_those_of_the_pads(tmp_path):
    rig, reader = started(tmp_path)
    rig.control(tared_calibration())
    rig.run(0.5)
    assert reader.read_live(10**6).rows["signals"]["valid"][-1] >> IMU == 1
    rig.control(tared_calibration(), 2, imu="unplugged")
    rig.run(0.5)
    assert reader.read_live(10**6).rows["signals"]["valid"][-1] >> IMU == 0


def test_it_comes_back_from_a_csv_as_it_was(tmp_path):
    rig, reader = started(tmp_path)
    frames = frames_of(rig, reader, 1.0)
    path = tmp_path / "raw.csv"
    path.write_bytes(b"".join(raw_csv([frames])))
    read = np.concatenate(list(RawCsv(path).frames()))
    good = frames["flags"][:, IMU] == 0
    assert np.array_equal(read["flags"][:, IMU] == 0, good)
    assert np.array_equal(read["imu_values"][good], frames["imu_values"][good])
    assert np.array_equal(
        (read["t_ns"] - read["imu_t_ns"][:, 0])[good],
        (frames["t_ns"] - frames["imu_t_ns"][:, 0])[good],
    )


def test_a_platform_has_those_test_themselves_that_can(tmp_path):
    rig, _ = started(tmp_path, sim__scenario="empty")
    Platform(rig.wires.pins, rig.drivers, rig.clock).test_itself()
    rig.run(START_S)
    assert rig.drivers["imu"].report()[0].counters["self_test"] == "passed"
    assert {report.state for report in rig.drivers["cells"].report()} == {"running"}
