import time

import pytest

from webui.health import Observed, health_document

SECOND = 1_000_000_000


def seen(frame_age_s=None, recorder=None, recorder_age_s=None, viewers=0):
    now = time.monotonic_ns()

    def before(age_s):
        return None if age_s is None else int(now - age_s * SECOND)

    return Observed(before(frame_age_s), recorder, before(recorder_age_s), viewers)


OK = {"state": "ok", "lag_frames": 2, "problems": [], "temperature_c": 21.5}


def test_with_everything_down_there_is_still_an_answer(run_dir):
    document = health_document(run_dir.status, seen())
    assert document["status"] == "down"
    assert document["sampler"]["state"] == "down"
    assert document["sampler"]["frame_age_ms"] is None
    assert document["recorder"] == {
        "state": "down",
        "lag_frames": None,
        "problems": [],
        "temperature_c": None,
    }
    assert document["web"] == {"viewers": 0}


def test_with_everything_up_it_is_ok_and_has_the_samplers_figures(run_dir, rig):
    rig.renew()
    document = health_document(run_dir.status, seen(0.0, OK, 0.0, viewers=3))
    assert document["status"] == "ok"
    assert document["sampler"]["rate_sps"]["head"] == 80.0
    assert document["sampler"]["counters"]["left_toe"] == {"delivered": 0}
    assert document["web"] == {"viewers": 3}


def test_a_sampler_that_renews_its_page_without_frames_is_silent(run_dir, rig):
    rig.renew()
    assert health_document(run_dir.status, seen(60.0))["sampler"]["state"] == "silent"


@pytest.mark.parametrize(
    ("recorder", "age_s", "state"),
    [(OK, 60.0, "down"), ({**OK, "state": "degraded"}, 0.0, "degraded")],
)
def test_without_a_healthy_recorder_the_rig_is_degraded(run_dir, recorder, age_s, state):
    document = health_document(run_dir.status, seen(0.0, recorder, age_s))
    assert document["status"] == "degraded"
    assert document["recorder"]["state"] == state


def test_a_file_that_is_no_status_page_counts_as_none(run_dir):
    run_dir.status.write_bytes(b"not a page at all")
    assert health_document(run_dir.status, seen())["sampler"]["state"] == "down"
