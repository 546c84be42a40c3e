import dataclasses
import time

import pytest
from msgspec.structs import replace

from rig.handover.events import HealthTold
from rig.handover.message import plain
from webui.health import Observed, health

SECOND = 1_000_000_000


def seen(frame_age_s=None, recorder=None, recorder_age_s=None, viewers=0):
    now = time.monotonic_ns()

    def before(age_s):
        return None if age_s is None else int(now - age_s * SECOND)

    return Observed(before(frame_age_s), recorder, before(recorder_age_s), viewers)


OK = HealthTold(t_ns=1, state="ok", lag_frames=2, next_seq=9, problems=[], temperature_c=21.5)


def health_document(status_path, observed):
    """As the pages get it."""
    return plain(health(status_path, observed))


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
    [(OK, 60.0, "down"), (replace(OK, state="degraded"), 0.0, "degraded")],
)
def test_without_a_healthy_recorder_the_rig_is_degraded(run_dir, recorder, age_s, state):
    document = health_document(run_dir.status, seen(0.0, recorder, age_s))
    assert document["status"] == "degraded"
    assert document["recorder"]["state"] == state


def test_a_file_that_is_no_status_page_counts_as_none(run_dir):
    run_dir.status.write_bytes(b"not a page at all")
    assert health_document(run_dir.status, seen())["sampler"]["state"] == "down"


def test_a_status_page_that_is_not_understood_is_a_warning_that_names_the_field(run_dir, rig):
    rig.renew()
    page = rig.status
    page.write({"pid": 1, "platfrom": "sim"})
    document = health_document(run_dir.status, seen(0.0, OK, 0.0))
    assert "platfrom" in document["sampler"]["warnings"][0]
    assert document["sampler"]["frames"] == 0


def test_an_event_that_is_not_understood_degrades_the_recorder(run_dir, rig):
    rig.renew()
    problem = "event 7: not understood: Object missing required field `t_ns`"
    observed = dataclasses.replace(seen(0.0, OK, 0.0), problem=problem)
    document = health_document(run_dir.status, observed)
    assert document["status"] == "degraded"
    assert document["recorder"]["problems"] == [problem]


def test_a_silent_channel_degrades_the_rig_and_says_what_to_do(run_dir, rig):
    rig.renew()
    observed = dataclasses.replace(seen(0.0, OK, 0.0), silent=("right_heel",))
    document = health_document(run_dir.status, observed)
    assert document["status"] == "degraded"
    assert document["sampler"]["warnings"] == [
        "no signal from the right heel: check its plug; hinge-rig doctor says more"
    ]


@pytest.mark.parametrize(("lag_frames", "status"), [(200, "ok"), (3600, "degraded")])
def test_a_recorder_that_is_more_than_two_seconds_behind_is_not_well(
    run_dir, rig, lag_frames, status
):
    rig.renew()
    said = replace(OK, lag_frames=lag_frames)
    document = health_document(run_dir.status, seen(0.0, said, 0.0))
    assert document["status"] == status
    assert ("36 s behind" in str(document["recorder"]["problems"])) == (status == "degraded")


def test_a_recorder_whose_process_is_gone_is_down_at_once(run_dir, rig):
    rig.renew()
    observed = dataclasses.replace(seen(0.0, OK, 0.0), recorder_alive=False)
    document = health_document(run_dir.status, observed)
    assert (document["status"], document["recorder"]["state"]) == ("degraded", "down")
