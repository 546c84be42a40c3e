"""`--context`: a person's usual depth decides what is partial."""

import json

import pytest
from click.testing import CliRunner

from rig.cli import cli
from rig.errors import FormatError
from rig.export import raw_csv
from rig.review.context import read_context
from rig.trainee.frames import frames_of
from rig.trainee.performance import perform
from rig.trainee.rig_truth import tared_calibration, true_rig
from rig.trainee.script import find_script


def kinds(tmp_path, *more):
    performance = perform(find_script("steady"), 2)
    raw = tmp_path / "raw.csv"
    raw.write_bytes(b"".join(raw_csv([frames_of(performance, true_rig(2), 2)])))
    calibration = tmp_path / "calibration.json"
    calibration.write_text(json.dumps(tared_calibration(2).to_json()))
    command = ["analyze", str(raw), "--calibration", str(calibration), "--json", *more]
    result = CliRunner().invoke(cli, command, catch_exceptions=False)
    return {rep["kind"] for rep in json.loads(result.stdout)["reps"]}


def context(tmp_path, drop):
    path = tmp_path / "session.json"
    path.write_text(json.dumps({"version": 1, "usual_drop_m": drop}))
    return path


def test_without_it_the_deepest_repetition_is_the_usual_one(tmp_path):
    assert kinds(tmp_path) == {"hinge"}


def test_someone_who_usually_goes_deeper_did_partial_repetitions(tmp_path):
    assert kinds(tmp_path, "--context", str(context(tmp_path, 0.45))) == {"partial"}


def test_a_file_that_does_not_know_changes_nothing(tmp_path):
    assert kinds(tmp_path, "--context", str(context(tmp_path, None))) == {"hinge"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "cannot be read as JSON"),
        ("[]", "is not a session.json of version 1"),
        ('{"version": 2}', "is not a session.json of version 1"),
        ('{"version": 1, "usual_drop_m": "deep"}', "usual_drop_m must be a number"),
        ('{"version": 1, "usual_drop_m": 7}', "allowed is 0 to 2"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(tmp_path, text, message):
    path = tmp_path / "session.json"
    path.write_text(text)
    with pytest.raises(FormatError, match=message):
        read_context(path)
