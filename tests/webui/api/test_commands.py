"""Commands through the web process's API to a real recorder process."""

import subprocess
import sys
import time

import pytest

from rig.config import load_config
from rig.handover.run_dir import RunDir
from rig.names import COMMANDS
from webui.app import create_app
from webui.security import MAX_BODY_BYTES

MUTE = "/api/v1/commands/mute"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A client of an application whose rig has a recorder and nobody on the platform."""
    path = tmp_path_factory.mktemp("rig")
    run_dir = RunDir(path / "run")
    dirs = ["--state-dir", str(path / "state"), "--run-dir", str(run_dir.path)]
    recorder = subprocess.Popen([sys.executable, "-m", "rig.cli", "recorder", *dirs])
    while not run_dir.socket.exists() and recorder.poll() is None:
        time.sleep(0.05)
    config = load_config(environment={}, overrides={"paths.state_dir": str(path / "state")})
    yield create_app(config, run_dir).test_client()
    recorder.terminate()
    assert recorder.wait() == 0


def test_a_command_that_is_done_answers_with_its_id_and_event(recorded):
    answer = recorded.post(MUTE, json={"muted": True})
    assert answer.status_code == 200
    assert set(answer.json) == {"command_id", "event_seq"}


def test_each_command_without_a_key_is_one_of_its_own(recorded):
    first, second = (recorded.post(MUTE, json={"muted": True}).json for _ in range(2))
    assert first["command_id"] != second["command_id"]
    assert first["event_seq"] < second["event_seq"]


def test_a_repeated_key_is_carried_out_once_and_answered_the_same(recorded):
    first, second = (
        recorded.post(MUTE, json={"muted": False}, headers={"Idempotency-Key": "key-1"}).json
        for _ in range(2)
    )
    assert first == second
    assert first["command_id"] == "key-1"


def test_a_refused_command_answers_with_the_recorders_reason(recorded):
    answer = recorded.post("/api/v1/commands/start_set")
    assert answer.status_code == 409
    assert answer.mimetype == "application/problem+json"
    assert answer.json["detail"].startswith("nobody")
    assert (answer.json["code"], answer.json["values"]) == ("nobody_yet", {})


@pytest.mark.parametrize("verb", COMMANDS)
def test_without_a_recorder_no_command_is_done(client, verb):
    answer = client.post(f"/api/v1/commands/{verb}")
    assert answer.status_code == 503
    assert "recorder" in answer.json["detail"]


def test_an_unknown_command_is_not_found_and_the_known_ones_are_named(client):
    answer = client.post("/api/v1/commands/fly")
    assert answer.status_code == 404
    assert "start_set" in answer.json["detail"]


@pytest.mark.parametrize("body", [b"{", b"[1]", b"null", b'"tare"'])
def test_a_body_that_is_no_json_object_is_refused(client, body):
    answer = client.post(MUTE, data=body, content_type="application/json")
    assert answer.status_code == 400


def test_a_body_of_another_type_is_refused(client):
    assert client.post(MUTE, data={"muted": "yes"}).status_code == 415


def test_a_body_beyond_the_limit_is_refused(client):
    body = b" " * (MAX_BODY_BYTES + 1)
    assert client.post(MUTE, data=body, content_type="application/json").status_code == 413


@pytest.mark.parametrize("key", ["", "a" * 101, "schlüssel"])
def test_a_key_that_cannot_be_one_is_refused(client, key):
    answer = client.post(MUTE, headers={"Idempotency-Key": key})
    assert answer.status_code == 400


def test_commands_are_not_taken_with_get(client):
    assert client.get(MUTE).status_code == 405


def test_what_is_not_known_is_said_as_not_known(recorded, monkeypatch):
    """A recorder that hears the command and does not answer in time may still do it."""
    monkeypatch.setattr("webui.api.commands._TIMEOUT_S", 0.0001)
    key = {"Idempotency-Key": "slow-1"}
    answers = [recorded.post(MUTE, json={"muted": False}, headers=key) for _ in range(20)]
    unknown = [one for one in answers if one.status_code == 202]
    assert unknown
    assert unknown[0].json["done"] is None
    assert "Idempotency-Key" in unknown[0].json["detail"]
    monkeypatch.undo()
    assert recorded.post(MUTE, json={"muted": False}, headers=key).status_code == 200
