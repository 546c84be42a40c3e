"""Zeros: by themselves on an empty platform, by command, and never with someone there."""

import pytest

from rig.handover.page import PageReader
from rig.storage.calibrations import Calibrations
from tests.support.recorder_rig import COUNTS_PER_N, EMPTY, RecorderRig


@pytest.fixture
def rig(tmp_path):
    with RecorderRig(tmp_path) as rig:
        yield rig


def _zeros(rig):
    current = Calibrations(rig.database).current()
    return [cell.zero_counts for cell in current.calibration.cells]


def _origins(rig):
    return [stored.origin for stored in Calibrations(rig.database).history()]


def _page(rig):
    page = PageReader(rig.run_dir.control, dict)
    document = page.read()
    page.close()
    return document


def test_a_new_rig_starts_with_the_typical_calibration(rig):
    assert _origins(rig) == ["default"]
    assert _page(rig)["cal"] == 1
    assert _page(rig)["contact"] == {"lost_below_n": 0.5, "regained_above_n": 0.8}


def test_the_first_quiet_seconds_give_the_zeros_wherever_they_are(rig):
    rig.feed(5, newtons=400)
    assert _origins(rig) == ["tare", "default"]
    assert _zeros(rig) == [zero + 100 * COUNTS_PER_N for zero in EMPTY]
    assert _page(rig)["cal"] == 2
    assert _page(rig)["calibration"]["cells"]["left_heel"]["zero_counts"] == _zeros(rig)[0]


def test_no_session_opens_before_the_zeros_are_known(rig):
    rig.feed(5, newtons=400, noise=20_000)
    assert rig.history.sessions() == []
    assert "leave the platform empty" in rig.told("health")[-1]["problems"][0]
    assert not rig.told()


def test_zeros_that_drifted_are_taken_again(rig):
    rig.feed(5)
    rig.feed(5, newtons=4)
    assert _origins(rig) == ["tare", "tare", "default"]
    assert _zeros(rig)[0] == pytest.approx(EMPTY[0] + COUNTS_PER_N, abs=0.1 * COUNTS_PER_N)


@pytest.mark.parametrize("newtons", [0.8, 20])
def test_hardly_any_drift_and_a_load_are_left_alone(rig, newtons):
    rig.feed(5)
    rig.feed(5, newtons=newtons)
    assert _origins(rig) == ["tare", "default"]


def test_zeros_taken_with_a_load_on_the_platform_are_mended_when_it_is_gone(rig):
    rig.feed(5, newtons=400)
    rig.feed(5)
    assert _origins(rig) == ["tare", "tare", "default"]
    assert _zeros(rig) == list(EMPTY)


def test_someone_who_stands_very_still_is_not_tared_away(rig):
    rig.feed(5)
    rig.feed(30, newtons=700)
    assert _origins(rig) == ["tare", "default"]
    assert rig.command("tare")["reason"] == "someone stands on the platform"


def test_a_session_that_waits_for_someone_is_not_tared_by_itself(rig):
    rig.feed(5)
    rig.feed(2, newtons=700)
    rig.feed(20, newtons=4)
    assert _origins(rig) == ["tare", "default"]


def test_a_tare_by_command_ends_the_session(rig):
    rig.feed(5)
    rig.feed(2, newtons=700)
    rig.feed(3, newtons=4)
    assert rig.command("tare")["ok"]
    assert rig.history.sessions()[0].ended_utc is not None
    assert _zeros(rig)[0] == EMPTY[0] + COUNTS_PER_N
    assert Calibrations(rig.database).current().parent_id is not None


def test_a_tare_by_command_needs_quiet(rig):
    rig.feed(5)
    rig.feed(3, noise=10_000)
    assert "not quiet" in rig.command("tare")["reason"]


def test_a_load_that_is_nobody_can_be_tared_by_command_up_to_a_limit(rig):
    rig.feed(5)
    rig.feed(3, newtons=60)
    assert rig.command("tare")["ok"]
    assert _zeros(rig)[0] == EMPTY[0] + 15 * COUNTS_PER_N


def test_after_a_tare_the_sampler_and_the_next_session_have_it(rig):
    rig.feed(5)
    rig.feed(1, newtons=700)
    session = rig.history.sessions()[0]
    assert session.calibration_id == _page(rig)["calibration"]["id"]
