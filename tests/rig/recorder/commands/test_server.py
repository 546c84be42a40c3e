"""Commands over the socket, with the real threads."""

import json
import socket
import threading

import pytest

from rig.errors import CommandRefused, StorageError
from rig.handover.command_client import send
from rig.handover.commands import Command, Reply
from rig.handover.refusals import refused
from rig.recorder.commands.inbox import Inbox
from rig.recorder.commands.server import CommandServer


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def path(tmp_path, inbox):
    server = CommandServer(tmp_path / "recorder.sock", inbox)
    yield tmp_path / "recorder.sock"
    server.close()
    assert not (tmp_path / "recorder.sock").exists()


@pytest.fixture
def answer(inbox):
    """Answers the next command as a recorder would; gives what it was."""
    taken = []

    def run(reply):
        def wait_for_one():
            while (request := inbox.take()) is None:
                stop.wait(0.005)
            taken.append(request)
            request.reply.set_result(Reply(command_id=request.command.command_id, **reply))

        thread = threading.Thread(target=wait_for_one)
        thread.start()
        threads.append(thread)
        return taken

    stop, threads = threading.Event(), []
    yield run
    for thread in threads:
        thread.join()


def test_a_command_reaches_the_recorder_and_its_reply_comes_back(path, answer):
    taken = answer({"ok": True, "event_seq": 7})
    assert send(path, "set_load", {"load_kg": 5}, command_id="c-1") == 7
    assert taken[0].command == Command(command_id="c-1", verb="set_load", args={"load_kg": 5})


def test_a_refusal_comes_back_with_its_reason(path, answer):
    refusal = refused("load_there", weight_n=12)
    answer({"ok": False, "reason": str(refusal), "code": refusal.code, "values": refusal.values})
    with pytest.raises(CommandRefused, match="12 N lie") as refusal:
        send(path, "tare")
    assert (refusal.value.code, refusal.value.values) == ("load_there", {"weight_n": 12})


def test_a_recorder_that_tells_no_code_still_says_why(path, answer):
    answer({"ok": False, "reason": "someone stands on the platform"})
    with pytest.raises(CommandRefused, match="someone stands"):
        send(path, "tare")


def test_a_command_sent_twice_is_done_once(path, inbox, answer):
    answer({"ok": True, "event_seq": 7})
    assert send(path, "mute", command_id="same") == 7
    assert send(path, "mute", command_id="same") == 7
    assert inbox.take() is None


def test_without_a_recorder_that_is_said(tmp_path):
    with pytest.raises(StorageError, match="does not answer"):
        send(tmp_path / "none.sock", "tare")


def test_a_recorder_that_hangs_is_not_waited_for(path, inbox):
    with pytest.raises(StorageError, match="does not answer"):
        send(path, "tare", timeout_s=0.1)
    inbox.take().reply.set_result(Reply(command_id=None, ok=False))


NO_COMMANDS = [
    b"", b"{}", b"[1]", b"not json", b"\xff", b"null", b"[" * 5000,
    b'{"command_id": 1, "verb": "mute"}', b'{"command_id": "1", "verb": "mute", "args": []}',
    b'{"command_id": "1", "verb": "mute", "what": 1}', b'{"command_id": "1", "verb": "\\ud800"}',
    b'{"command_id": "1", "verb": "%s"}' % (b"a" * 41), b'{"command_id": "", "verb": "mute"}',
    b'{"command_id": "%s", "verb": "mute"}' % (b"a" * 101),
]  # fmt: skip


@pytest.mark.parametrize("line", NO_COMMANDS)
def test_a_line_that_is_no_command_is_answered(path, line):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.connect(str(path))
        connection.sendall(line + b"\n")
        with connection.makefile("rb") as reply:
            answer = json.loads(reply.readline())
    assert answer["ok"] is False
    assert "not understood" in answer["reason"]


def test_the_socket_is_for_this_user_only(path):
    assert path.stat().st_mode & 0o077 == 0


def test_a_dead_recorders_socket_is_replaced(tmp_path, inbox):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as dead:
        dead.bind(str(tmp_path / "recorder.sock"))
    CommandServer(tmp_path / "recorder.sock", inbox).close()


def mute(number):
    """A command with this number as its id."""
    return Command(command_id=str(number), verb="mute")


def test_a_command_is_due_behind_the_frames_that_there_were_when_it_came(inbox):
    inbox.put(mute(1))
    assert inbox.take(next_seq=20, head=100) is None
    assert inbox.take(next_seq=99, head=150) is None
    assert inbox.take(next_seq=100, head=160).command.verb == "mute"


def test_a_ring_that_begins_anew_keeps_no_command_back(inbox):
    inbox.put(mute(1))
    assert inbox.take(next_seq=20, head=100) is None
    assert inbox.take(next_seq=4, head=4).command.verb == "mute"


def test_only_the_latest_commands_are_remembered(inbox):
    first = inbox.put(mute(0))
    for number in range(1, 400):
        inbox.put(mute(number))
    assert inbox.put(mute(0)) is not first
    assert inbox.put(mute(399)) is not first
