"""Balance: conversions on the frame's time, forces, shares, centre of pressure, contacts."""

import numpy as np
import pytest

from rig.analysis.balance import Balance
from rig.analysis.balance.align import Aligner
from rig.analysis.balance.contact import ContactLatch
from rig.analysis.balance.forces import PadScale
from rig.analysis.settings import AnalysisSettings
from rig.calibration import typical_calibration
from rig.frames import FRAME, TICK_NS, Flag
from rig.names import PADS
from rig.simulation.trainee.rig_truth import RigTruth

CALIBRATION = typical_calibration("rig-1", id="c", created_utc="2026-01-01T00:00:00Z")
GAIN = 2190.0


def frames(cell_n, n=5):
    block = np.zeros(n, FRAME)
    block["t_ns"] = TICK_NS * np.arange(1, n + 1)
    block["cell_counts"] = np.round(np.array(cell_n) * GAIN)
    block["cell_t_ns"] = block["t_ns"][:, None]
    block["pad_t_ns"] = block["t_ns"][:, None]
    return block


def balance(block, **settings):
    return Balance(CALIBRATION, AnalysisSettings(**settings)).feed(block)


def test_forces_shares_asymmetry_and_cop_by_their_definitions():
    out = balance(frames([300.0, 100.0, 200.0, 200.0]))[-1]
    assert out["fz_n"] == pytest.approx(800, abs=0.01)
    assert out["heel_share"] == pytest.approx(0.625, abs=1e-5)
    assert out["heel_share_left"] == pytest.approx(0.75, abs=1e-5)
    assert out["heel_share_right"] == pytest.approx(0.5, abs=1e-5)
    assert out["asymmetry_pct"] == pytest.approx(0.0, abs=1e-3)
    assert out["cop_ml_mm"] == pytest.approx(0.0, abs=1e-3)
    assert out["cop_ap_mm"] == pytest.approx(-20.0, abs=1e-2)


def test_more_on_the_right_is_positive():
    out = balance(frames([100.0, 100.0, 300.0, 300.0]))[-1]
    assert out["asymmetry_pct"] == pytest.approx(50.0, abs=1e-3)
    assert out["cop_ml_mm"] == pytest.approx(62.5, abs=1e-2)


def test_below_the_body_on_force_there_is_no_share_and_no_cop():
    out = balance(frames([20.0, 20.0, 20.0, 20.0]))[-1]
    assert out["fz_n"] == pytest.approx(80, abs=0.01)
    assert np.isnan([out["heel_share"], out["cop_ml_mm"], out["asymmetry_pct"]]).all()


def test_a_foot_in_the_air_has_no_heel_share_of_its_own():
    out = balance(frames([0.0, 0.0, 300.0, 300.0]))[-1]
    assert np.isnan(out["heel_share_left"])
    assert out["heel_share_right"] == pytest.approx(0.5, abs=1e-5)


def test_a_flagged_value_is_never_used():
    block = frames([200.0] * 4, n=10)
    block["cell_counts"][5:, 0] = 8_388_607
    block["flags"][5:, 0] = Flag.SATURATED
    out = balance(block)
    assert out["cell_n"][5:9, 0] == pytest.approx(200.0, abs=0.01)


def test_a_channel_without_news_becomes_unknown_and_so_does_the_total():
    block = frames([200.0] * 4, n=20)
    block["flags"][5:, 2] = Flag.NONE
    out = balance(block)
    assert np.isfinite(out["fz_n"][10])
    assert np.isnan(out["fz_n"][12])
    assert not out["valid"][12] & 0b100
    assert out["valid"][12] & 0b001


def test_crosstalk_is_multiplied_onto_the_scaled_forces():
    matrix = np.eye(4) + 0.01 * np.arange(16).reshape(4, 4)
    calibration = typical_calibration("r", id="c", created_utc="x")
    crossed = type(calibration)(
        **{**calibration.__dict__, "crosstalk": tuple(map(tuple, matrix.tolist()))}
    )
    out = Balance(crossed, AnalysisSettings()).feed(frames([100.0, 200.0, 300.0, 400.0]))[-1]
    assert out["cell_n"] == pytest.approx(matrix @ [100, 200, 300, 400], abs=0.01)


def test_a_ramp_on_chips_of_different_phase_is_seen_at_the_frames_time():
    n = 50
    frame_t = TICK_NS * np.arange(1, n + 1)
    ages = np.array([0, 2_000_000, 5_000_000, 9_000_000])
    t = frame_t[:, None] - ages
    value = t * 1e-6
    aligner = Aligner([True] * 4, 60_000_000)
    out = aligner.feed(frame_t, t, value, np.ones((n, 4), bool))
    assert out[2:] == pytest.approx(np.repeat(frame_t[2:, None] * 1e-6, 4, axis=1))


@pytest.mark.parametrize("force_n", [0.3, 0.5, 1.0, 4.0, 8.0, 15.0])
def test_pad_force_is_the_inverse_of_the_pads_circuit(force_n):
    volts = RigTruth(CALIBRATION).pad_volts(0, force_n)
    counts = np.full((1, len(PADS)), round(volts / 0.000125), np.int32)
    assert PadScale(CALIBRATION).force_n(counts)[0, 0] == pytest.approx(force_n, rel=0.01)


def test_a_pad_at_rest_reads_no_force():
    assert PadScale(CALIBRATION).force_n(np.full((1, len(PADS)), 260, np.int32))[
        0
    ] == pytest.approx(0)


def test_contact_has_hysteresis_and_stays_while_the_force_is_not_known():
    force = [0.0, 0.6, 0.9, 0.6, np.nan, 0.6, 0.4, 0.7, 0.9]
    contact = ContactLatch(1, 0.5, 0.8).feed(np.array(force)[:, None], np.ones((1, 1)))[:, 0]
    assert contact.tolist() == [False, False, True, True, True, True, False, False, True]
