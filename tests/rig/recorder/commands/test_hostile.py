"""Whatever is asked of the recorder, it answers and goes on."""

import json
import socket
import threading

import pytest
from sqlalchemy import update

from rig.names import COMMANDS
from rig.recorder.commands.server import CommandServer
from rig.storage.models import CalibrationRow
from tests.support.recorder_rig import IN_SET, rep_at

VERBS = (*COMMANDS, "sim_fault", "import_calibration", "dance")
NAMES = (
    "drill", "silent", "person_id", "name", "load_kg", "heel_block_mm", "muted", "channel", "fault",
    "calibration",
)  # fmt: skip
VALUES = (
    '"' + "A" * 5000 + '"', '"' + "é" * 100 + '"', '"\\ud800"', '"\\u0000"', '"=1+1"', '""', "null",
    "[]", "{}", "[[[[]]]]", "true", "-1", "1e999", "9" * 400, "9" * 4200, "0.1", "NaN",
    '{"version": 1, "id": "%s"}' % ("x" * 60000), '{"version": 1, "cells": 3}',
    "[" * 2000 + "]" * 2000,
)  # fmt: skip


def hostile():
    """Lines with every verb, every argument and every odd value, about five hundred."""
    number = 0
    for place, verb in enumerate(VERBS):
        for name in NAMES:
            for value in VALUES[(place + len(name)) % 5 :: 5]:
                number += 1
                yield f'{{"command_id":"h-{number}","verb":"{verb}","args":{{"{name}":{value}}}}}'
    for odd in ('"' + "v" * 3000 + '"', "7", "null", '"\\ud800"'):
        yield f'{{"command_id":{odd},"verb":"mute","args":{{}}}}'
        yield f'{{"command_id":"x","verb":{odd},"args":{{}}}}'
        yield f'{{"command_id":"x","verb":"mute","args":{odd}}}'


@pytest.fixture
def ask(rig_with, tmp_path):
    """Sends a line to a recorder in the middle of a set and gives the answer."""
    rig = rig_with({**IN_SET, **rep_at(1000, 1)})
    rig.feed(11, 700)
    server = CommandServer(tmp_path / "asked.sock", rig.recorder.inbox)

    def send(line):
        answer = []
        client = threading.Thread(target=lambda: answer.append(_ask(tmp_path / "asked.sock", line)))
        client.start()
        while client.is_alive():
            rig.recorder.step()
            rig.recorder.store.work()
        client.join()
        return answer[0]

    yield rig, send
    server.close()


def _ask(path, line):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(10)
        connection.connect(str(path))
        connection.sendall(line.encode() + b"\n")
        with connection.makefile("rb") as reply:
            return json.loads(reply.readline())


def test_five_hundred_odd_commands_are_answered_and_the_recorder_goes_on(ask):
    rig, send = ask
    lines = list(hostile())
    assert len(lines) > 500
    people = len(rig.history.sessions())
    for line in lines:
        reply = send(line)
        assert set(reply) >= {"command_id", "ok"}, line[:80]
        assert len(json.dumps(reply)) < 1500, line[:80]
    assert rig.command("mute", muted=False)["ok"]
    rig.feed(2, 700)
    assert rig.told("health")[-1]["state"] == "ok"
    assert len(rig.history.sessions()) >= people


def test_a_command_that_fails_inside_is_refused_and_logged(rig_with, monkeypatch, caplog):
    rig = rig_with()

    def broken(*_):
        raise ZeroDivisionError("inside")

    monkeypatch.setitem(rig.recorder._commands._verbs, "tare", broken)
    reply = rig.command("tare")
    assert (reply["ok"], reply["code"]) == (False, "failed")
    assert "ZeroDivisionError" in caplog.text
    assert rig.command("mute", muted=True)["ok"]


@pytest.mark.parametrize(
    ("drill", "nearest"), [("hinje", "hinge"), ("weighted hinge", "weighted-hinge")]
)
def test_a_drill_that_there_is_not_is_refused_with_the_nearest_name(rig_with, drill, nearest):
    reply = rig_with().command("choose_drill", drill=drill)
    assert (reply["code"], reply["values"]["nearest"]) == ("no_drill", nearest)


def test_a_stored_calibration_that_cannot_be_used_is_set_aside_and_said(rig_with):
    rig = rig_with()
    rig.feed(5)
    generation = rig.recorder._desk.stored.generation
    with rig.database.session() as db:
        newest = update(CalibrationRow).where(CalibrationRow.generation == generation)
        db.execute(newest.values(document={"version": 1, "id": "x" * 60000}))
    rig.restart()
    rig.feed(2)
    health = rig.told("health")[-1]
    assert health["state"] == "degraded"
    assert (
        "a stored calibration is set aside: id must be a text of 1 to 100" in health["problems"][0]
    )
    assert rig.recorder._desk.stored.zeros_known
