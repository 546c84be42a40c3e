"""A scripted session, from the trainee's forces through wires, drivers and rings into the CSVs.

Once with each converter: what comes out is the same.
"""

import json

import pytest
from click.testing import CliRunner

from rig.cli.analyze import analyze
from rig.config.cells import CONVERTERS
from rig.export import raw_csv
from rig.recording.reader import Recording
from rig.recording.writer import recordings_dir
from rig.simulation.trainee.performance import perform
from rig.simulation.trainee.script import find_script
from tests.support.recorded_rig import recorded_rig
from tests.support.virtual_rig import VirtualRig, sim_config

TRUTH = perform(find_script("first-steps"), 1)


@pytest.fixture(scope="module", params=CONVERTERS)
def session(request, tmp_path_factory):
    """One run through the first scenario: the rig with everything it told and stored."""
    tmp_path = tmp_path_factory.mktemp("session")
    rig = VirtualRig(tmp_path, sim_config(tmp_path, cells__converter=request.param))
    with recorded_rig(rig.config, rig.run_dir, rig.clock) as recorded:
        for _ in range(round(TRUTH.duration_s)):
            rig.run(1.0)
            recorded.catch_up()
        yield recorded
    rig.sampler.close()


def test_the_exported_csv_has_the_truths_repetitions(session):
    rows = session.reps_csv()
    assert [row["kind"] for row in rows] == ["hinge"] * len(TRUTH.reps)
    assert [row["first_loss"] for row in rows] == [rep.loses or "" for rep in TRUTH.reps]
    assert ["toe_weight" in row["faults"] for row in rows] == [
        bool(rep.com_shift_mm) for rep in TRUTH.reps
    ]
    assert [row["set_index"] for row in rows] == ["1"] * len(TRUTH.reps)


def test_every_rep_was_announced_once_after_it_was_stored(session):
    told = session.told("rep")
    assert [event["rep_count"] for event in told] == [1, 2, 3, 4, 5]
    assert len({event["rep_id"] for event in told}) == 5


def test_the_body_weight_is_the_trainees(session):
    row = session.reps_csv()[0]
    assert float(row["body_weight_n"]) == pytest.approx(TRUTH.body_weight_n, rel=0.01)


def test_the_platform_was_tared_before_the_first_session(session):
    states = session.told("state")
    assert states[-1]["calibrated"]


def test_the_flow_went_from_stepping_on_to_a_set_and_back(session):
    flows = [event["flow"] for event in session.told("state")]
    visited = [flow for n, flow in enumerate(flows) if n == 0 or flow != flows[n - 1]]
    steps = ["empty", "step_on", "stand_still", "weighed", "take_dowel", "count_in", "set"]
    assert list(dict.fromkeys(visited))[: len(steps)] == steps
    assert visited[-1] in ("rest", "summary")


def test_the_cues_name_what_the_trainee_did_wrong(session):
    said = [event["name"] for event in session.told("cue")]
    assert said.count("tailbone_lost") + said.count("rounding") == 1
    assert said.count("toe_weight") == 1
    assert len(said) == 2


def test_the_set_is_summed_up(session):
    state = session.told("state")[-1]
    assert len(state["qualities"]) == len(TRUTH.reps)
    assert min(state["qualities"]) == 2


def test_the_raw_csv_gives_the_same_repetitions_again(session, tmp_path):
    recording = Recording(recordings_dir(session.config.state_dir), session.session_ids()[0])
    raw = tmp_path / "raw.csv"
    raw.write_bytes(b"".join(raw_csv(recording.blocks())))
    calibration = tmp_path / "calibration.json"
    calibration.write_text(json.dumps(recording.info.calibration.to_json()))
    result = CliRunner().invoke(
        analyze, [str(raw), "--calibration", str(calibration), "--json"], catch_exceptions=False
    )
    again = json.loads(result.stdout)["reps"]
    stored = session.reps_csv()
    assert [rep["kind"] for rep in again] == [row["kind"] for row in stored]
    assert [f"{rep['start_s']:.3f}" for rep in again] == [
        f"{float(row['start_s']):.3f}" for row in stored
    ]
    faults = [";".join(fault["name"] for fault in rep["faults"]) for rep in again]
    assert faults == [row["faults"] for row in stored]
