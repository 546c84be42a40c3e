"""What goes into a bundle comes out again, to the byte, and damage never passes unnoticed."""

import csv
import hashlib
import io
import json
import zipfile
from contextlib import closing

import numpy as np
import pytest
from click.testing import CliRunner

from rig.bundle.read import bundled_recording, check_bundle
from rig.bundle.write import write_bundle
from rig.cli import cli
from rig.errors import FormatError, StorageError
from rig.reanalysis.signals import signals_csv
from rig.reanalysis.source import recorded
from rig.recording.reader import Recording
from rig.recording.writer import recordings_dir
from rig.storage.database import Database
from tests.support.recorded_rig import steady_session
from tests.support.records import store_sessions

MEMBERS = ["session.json", "calibration.json", "reps.csv", "raw.csv", "signals.csv"]


@pytest.fixture(scope="module")
def state_dir(tmp_path_factory):
    """One recorded session of five hinges."""
    directory = tmp_path_factory.mktemp("rig")
    with steady_session(directory) as rig:
        return rig.config.state_dir


@pytest.fixture(scope="module")
def session_id(state_dir):
    (path,) = recordings_dir(state_dir).glob("*.mcap")
    return path.stem


@pytest.fixture(scope="module")
def bundle(state_dir, session_id, tmp_path_factory):
    path = tmp_path_factory.mktemp("out") / "session.zip"
    with closing(Database.open_reader(state_dir)) as database:
        write_bundle(path, database, recordings_dir(state_dir), session_id)
    return path


@pytest.fixture(scope="module")
def members(bundle):
    with zipfile.ZipFile(bundle) as file:
        return {name: file.read(name) for name in file.namelist()}


def _analysis(*arguments):
    answer = CliRunner().invoke(cli, ["analyze", *map(str, arguments), "--json"])
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def _kinds_and_faults(analysis):
    return [
        (f"{rep['start_s']:.3f}", rep["kind"], ";".join(fault["name"] for fault in rep["faults"]))
        for rep in analysis["reps"]
    ]


def test_a_bundle_has_the_recording_and_everything_made_from_it(members, session_id):
    assert set(members) == {*MEMBERS, f"recording/{session_id}.mcap", "manifest.json"}


def test_the_manifest_names_size_and_sha256_of_every_other_member(members):
    manifest = json.loads(members.pop("manifest.json"))
    assert manifest["files"] == {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in members.items()
    }


def test_the_recording_in_it_is_the_rigs_own_to_the_byte(bundle, state_dir, session_id):
    mine = Recording(recordings_dir(state_dir), session_id)
    with bundled_recording(bundle) as theirs:
        assert theirs.info == mine.info
        assert [p.read_bytes() for p in theirs.parts] == [p.read_bytes() for p in mine.parts]
        assert np.array_equal(*(np.concatenate(list(one.blocks())) for one in (mine, theirs)))


def test_the_recording_gives_byte_identical_signals_again(members, state_dir, session_id):
    recording = Recording(recordings_dir(state_dir), session_id)
    assert b"".join(signals_csv(recorded(recording).outputs())) == members["signals.csv"]


def test_analysing_the_raw_csv_gives_the_stored_repetitions(members, tmp_path):
    for name in ("raw.csv", "calibration.json", "session.json"):
        (tmp_path / name).write_bytes(members[name])
    given = ("--calibration", tmp_path / "calibration.json", "--context", tmp_path / "session.json")
    again = _analysis(tmp_path / "raw.csv", *given)
    stored = csv.DictReader(io.StringIO(members["reps.csv"].decode(), newline=""))
    rows = [(row["start_s"], row["kind"], row["faults"]) for row in stored]
    assert [(f"{float(start):.3f}", *rest) for start, *rest in rows] == _kinds_and_faults(again)
    assert len(rows) == 5


def test_analysing_the_bundle_is_analysing_its_recording(bundle, state_dir, session_id):
    path = recordings_dir(state_dir) / f"{session_id}.mcap"
    assert _analysis(bundle) == _analysis(path)


def test_analysing_a_recording_that_was_cut_off_says_so(tmp_path, state_dir, session_id):
    whole = recordings_dir(state_dir) / f"{session_id}.mcap"
    cut = tmp_path / whole.name
    cut.write_bytes(whole.read_bytes()[:-5000])
    for path, warnings in ((whole, 0), (cut, 1)):
        answer = CliRunner().invoke(cli, ["analyze", str(path), "--json"])
        assert answer.stderr.count("warning: ") == warnings
        assert answer.stderr.count("has no end") == warnings


def test_the_session_says_who_did_what_with_which_load_and_when(members, session_id):
    session = json.loads(members["session.json"])
    wanted = {
        "version": 1, "session_id": session_id, "person_id": "P-0001", "drill": "hinge",
        "external_load_kg": 0.0, "heel_block_mm": 0.0, "usual_drop_m": None, "usual_deg": None,
        "clock_set": True,
    }  # fmt: skip
    assert wanted.items() <= session.items()
    assert session["clock"]["boot_id"]
    assert session["settings"]["contact"] == {"lost_below_n": 0.5, "regained_above_n": 0.8}
    assert [one["set_index"] for one in session["sets"]] == [1]
    assert session["versions"]["hinge_rig"]
    calibration = json.loads(members["calibration.json"])
    assert calibration["id"] == session["calibration_id"]


def test_a_session_without_a_recording_has_a_bundle_without_frames(tmp_path):
    (stored,) = store_sessions(tmp_path, sessions=1)
    path = tmp_path / "out.zip"
    with closing(Database.open_reader(tmp_path)) as database:
        write_bundle(path, database, recordings_dir(tmp_path), stored)
    assert set(check_bundle(path)) == {"session.json", "calibration.json", "reps.csv"}
    with pytest.raises(FormatError, match="has no recording"), bundled_recording(path):
        pass


def test_a_session_that_is_not_there_leaves_no_bundle(state_dir, tmp_path):
    with (
        closing(Database.open_reader(state_dir)) as database,
        pytest.raises(StorageError, match="there is no session"),
    ):
        write_bundle(tmp_path / "out.zip", database, recordings_dir(state_dir), "none")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kept", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_bundle_is_refused_in_one_line(bundle, tmp_path, kept):
    data = bundle.read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(data[: round(len(data) * kept)])
    with pytest.raises(FormatError, match=r"cut\.zip: ") as refused:
        check_bundle(cut)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize("at", [0.05, 0.3, 0.6, 0.95])
def test_a_garbled_bundle_is_refused_or_whole_where_it_counts(bundle, tmp_path, at):
    data = bytearray(bundle.read_bytes())
    start = round(len(data) * at)
    data[start : start + 64] = bytes(64)
    garbled = tmp_path / "garbled.zip"
    garbled.write_bytes(data)
    with pytest.raises(FormatError, match="export it again"):
        check_bundle(garbled)


def _rewritten(bundle, path, change):
    """The bundle with its manifest changed."""
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "manifest.json":
                data = json.dumps(change(json.loads(data))).encode()
            new.writestr(name, data)
    return path


def test_a_bundle_of_a_newer_version_is_refused(bundle, tmp_path):
    newer = _rewritten(bundle, tmp_path / "b.zip", lambda manifest: {**manifest, "version": 2})
    with pytest.raises(FormatError, match="version 2, this program reads 1"):
        check_bundle(newer)


def test_an_altered_or_missing_member_is_refused(bundle, tmp_path):
    def altered(manifest):
        manifest["files"]["raw.csv"]["sha256"] = "0" * 64
        return manifest

    def more(manifest):
        manifest["files"]["more.csv"] = {"bytes": 0, "sha256": ""}
        return manifest

    with pytest.raises(FormatError, match=r"raw\.csv is not what the manifest says"):
        check_bundle(_rewritten(bundle, tmp_path / "b.zip", altered))
    with pytest.raises(FormatError, match=r"more\.csv is missing"):
        check_bundle(_rewritten(bundle, tmp_path / "b.zip", more))
    with pytest.raises(FormatError, match=r"manifest\.json is damaged"):
        check_bundle(_rewritten(bundle, tmp_path / "b.zip", lambda _: {"version": 1}))


def test_another_zip_is_no_bundle(tmp_path):
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as file:
        file.writestr("cat.txt", "a cat")
    with pytest.raises(FormatError, match="not a session bundle"):
        check_bundle(tmp_path / "photos.zip")
