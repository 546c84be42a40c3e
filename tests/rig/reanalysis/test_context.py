"""`--context`: a person's usual depth decides what is partial."""

import json
from contextlib import closing

import pytest
from click.testing import CliRunner

from rig.bundle.session_json import session_document
from rig.cli import cli
from rig.cli.source import open_source
from rig.errors import FormatError
from rig.export import raw_csv
from rig.reanalysis.context import SessionContext, read_context
from rig.reanalysis.source import recorded
from rig.reanalysis.summary import Summary
from rig.recording.reader import Recording
from rig.recording.writer import recordings_dir
from rig.simulation.trainee.frames import frames_of
from rig.simulation.trainee.performance import perform
from rig.simulation.trainee.rig_truth import tared_calibration, true_rig
from rig.simulation.trainee.script import find_script
from rig.storage.database import Database
from rig.storage.history import History
from tests.support.messages import as_read
from tests.support.recorded_rig import steady_session


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


LOADS = {
    2: [("set_load", {"load_kg": 12.0})],
    7: [("set_heel_block", {"heel_block_mm": 10.0})],
    8: [("set_load", {"load_kg": 4.0})],
}


def test_with_it_the_csv_gives_what_the_recording_gives_whatever_was_commanded(tmp_path):
    with steady_session(tmp_path, commands=LOADS) as rig:
        state_dir = rig.config.state_dir
        (session_id,) = rig.session_ids()
    with closing(Database.open_reader(state_dir)) as database:
        recording = Recording(recordings_dir(state_dir), session_id)
        document = as_read(session_document(History(database).session(session_id), recording))
    raw, context = tmp_path / "raw.csv", tmp_path / "session.json"
    raw.write_bytes(b"".join(raw_csv(recording.blocks())))
    context.write_text(json.dumps(document))
    assert [one["verb"] for one in document["commands"]] == ["set_heel_block", "set_load"]
    assert document["external_load_kg"] == 12.0
    again = _analysis(raw, recording.info.calibration, read_context(context))
    assert again == _summary(recorded(recording))
    assert again != _analysis(raw, recording.info.calibration, SessionContext())


def _analysis(raw, calibration, given):
    path = raw.with_name("calibration.json")
    path.write_text(json.dumps(calibration.to_json()))
    with open_source(str(raw), path, raw.parent, given) as source:
        return _summary(source)


def _summary(source):
    summary = Summary()
    for block, output in source.outputs():
        summary.add(block, output)
    return summary.to_json()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is not a session.json of version 1: not JSON"),
        ("[]", "is not a session.json of version 1"),
        ('{"version": 2}', "is not a session.json of version 1"),
        (
            '{"version": 1, "usual_drop_m": "deep"}',
            "usual_drop_m: Expected `float",
        ),
        ('{"version": 1, "usual_drop_m": 7}', "usual_drop_m: Expected `float` <= 2"),
        ('{"version": 1, "settings": {"contact": {}}}', "settings.contact must have"),
        *(
            (
                '{"version": 1, "settings": {"contact": {"lost_below_n": 0.5, '
                f'"regained_above_n": 0.8}}, "judging": {judging}}}}}',
                "settings.judging, if it is there, five shares",
            )
            for judging in ("[]", "{}", '{"partial_below": "deep"}', '{"partial_below": 7}')
        ),
        (
            '{"version": 1, "commands": [{"verb": "mute"}]}',
            r"commands\[0\]: Object missing",
        ),
        (
            '{"version": 1, "commands": [{"t_s": 1, "verb": "set_load", "args": {"load_kg": -1}}]}',
            "load_kg must be a number from 0",
        ),
    ],
)
def test_a_wrong_file_is_told_in_one_line(tmp_path, text, message):
    path = tmp_path / "session.json"
    path.write_text(text)
    with pytest.raises(FormatError, match=message):
        read_context(path)
