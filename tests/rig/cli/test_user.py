"""`hinge-rig user`, and that no password or hash of one comes out anywhere."""

import json
import os
import pty
import subprocess
import sys
import zipfile
from contextlib import closing, suppress

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from werkzeug.security import check_password_hash

from rig.cli import cli
from rig.errors import BusyError, RigError, StorageError
from rig.storage.database import Database
from rig.storage.models import UserRow
from tests.support.recorder_rig import RecorderRig

PASSWORD, OTHER = "heels and toes", "head to tailbone"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command in the state directory; its result, or the error that it ended with."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments, text=None):
        command = [*arguments, "--state-dir", str(tmp_path / "state")]
        result = CliRunner().invoke(cli, command, input=text)
        if isinstance(result.exception, RigError):
            raise result.exception
        return result

    return run


@pytest.fixture
def coach(run):
    """One coach on the list."""
    return _add(run, "A Coach")


def _add(run, name, role="coach", password=PASSWORD):
    return run("user", "add", name, "--role", role, "--password-file", "-", text=password)


def _hash(tmp_path):
    with closing(Database.open_reader(tmp_path / "state")) as database, database.session() as db:
        return db.scalar(select(UserRow.password_hash))


def test_a_user_is_added_from_standard_input_or_a_file(run, tmp_path):
    assert _add(run, "A Coach").output.startswith("A Coach is added as coach.")
    assert check_password_hash(_hash(tmp_path), PASSWORD)
    (tmp_path / "password").write_text(f"{OTHER}\r\n")
    run("user", "add", "B", "--role", "builder", "--password-file", "password")
    listed = json.loads(run("user", "list", "--json").output)
    assert [(one["name"], one["role"]) for one in listed] == [
        ("A Coach", "coach"), ("B", "builder"),
    ]  # fmt: skip


def test_users_are_listed_for_people_and_programs(run, coach):
    header, line = run("user", "list").output.splitlines()
    assert header.split()[:2] == ["name", "role"]
    assert line.startswith("A Coach  coach")
    (one,) = json.loads(run("user", "list", "--json").output)
    assert set(one) == {"id", "name", "role", "created_utc", "changed_utc"}


def test_nobody_on_the_list_is_said(run):
    assert run("user", "list").output == "There are no users yet.\n"


def test_a_password_is_changed(run, coach, tmp_path):
    said = run("user", "password", "a coach", "--password-file", "-", text=f"{OTHER}\n")
    assert said.output == "A Coach has another password.\n"
    assert check_password_hash(_hash(tmp_path), OTHER)


def test_nobody_is_removed_without_a_yes(run, coach):
    assert run("user", "remove", "A Coach", text="n\n").exit_code == 1
    assert "A Coach" in run("user", "list").output
    assert run("user", "remove", "a coach", "--yes").output == "A Coach is removed.\n"
    assert "A Coach" not in run("user", "list").output


@pytest.mark.parametrize(
    ("arguments", "text", "told"),
    [
        (("add", "B", "--role", "coach", "--password-file", "-"), "short", "has 5 characters"),
        (("add", "A COACH", "--role", "coach"), None, "user 'A Coach' already"),
        (("add", "", "--role", "coach"), None, "a user's name is a text"),
        (("password", "B"), None, "no user 'B'"),
        (("password", "A Coach", "--password-file", "-"), b"\xff" * 12, "is not UTF-8 text"),
        (("password", "A Coach", "--password-file", "/none"), None, "/none: cannot be read"),
        (("password", "A Coach", "--password-file", "/dev/zero"), None, "more than 1000"),
        (("remove", "B", "--yes"), None, "no user 'B'"),
    ],
)
def test_what_is_wrong_is_one_line_and_changes_nothing(run, coach, tmp_path, arguments, text, told):
    before, listed = _hash(tmp_path), run("user", "list").output
    with pytest.raises(StorageError, match=told) as refusal:
        run("user", *arguments, text=text)
    assert len(str(refusal.value).splitlines()) == 1
    assert (_hash(tmp_path), run("user", "list").output) == (before, listed)


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "B"),
        ("add", "B", "--role", "trainee"),
        ("add", "B", "--role", "coach"),  # nobody there to be asked
        ("list", "B"),
    ],
)
def test_a_command_that_makes_no_sense_is_wrong_usage(run, arguments):
    assert run("user", *arguments).exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [("add", "B", "--role", "coach"), ("password", "A Coach"), ("remove", "A Coach", "--yes")],
)
def test_while_the_rig_runs_users_can_be_listed_but_not_changed(run, coach, tmp_path, arguments):
    with RecorderRig(tmp_path):
        with pytest.raises(BusyError, match=r"in use by process \d+ \(a running recorder\?\)"):
            run("user", *arguments)
        assert "A Coach" in run("user", "list").output


def test_the_help_says_that_the_pages_do_not_ask_for_a_sign_in(run):
    for command in ((), ("add",)):
        said = CliRunner().invoke(cli, ["user", *command, "--help"]).output
        assert "The pages do not ask for a sign-in yet" in said


class _Terminal:
    """A command at a terminal of its own."""

    def __init__(self, *command):
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "rig.cli", *command],
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.shown = ""

    def answer(self, question, text):
        """Type a line at a question; its last space is shown once typing is hidden."""
        shown = ""
        while not shown.endswith(f"{question}: "):
            shown += os.read(self._ours, 1000).decode()
        self.shown += shown
        os.write(self._ours, f"{text}\n".encode())

    def end(self):
        """Exit status, once it has said all."""
        with suppress(OSError):  # the other end is closed
            while more := os.read(self._ours, 1000).decode():
                self.shown += more
        return self.process.wait(60)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        os.close(self._ours)


def test_at_a_terminal_the_password_is_asked_for_twice_and_not_shown(tmp_path):
    state_dir = str(tmp_path / "state")
    first, again = "Password for B, at least 10 characters", "Once more"
    with _Terminal("user", "add", "B", "--role", "coach", "--state-dir", state_dir) as terminal:
        for question, text in (
            (first, "brief"), (first, PASSWORD), (again, OTHER), (first, PASSWORD),
            (again, PASSWORD),
        ):  # fmt: skip
            terminal.answer(question, text)
        assert terminal.end() == 0
    assert "has 5 characters, at least 10 are needed" in terminal.shown
    assert "do not match" in terminal.shown
    assert "B is added as coach" in terminal.shown
    assert not any(typed in terminal.shown for typed in (PASSWORD, OTHER, "brief"))
    assert check_password_hash(_hash(tmp_path), PASSWORD)


def _contents(directory):
    """Every file in it by name; of a zip, every file within."""
    for path in sorted(directory.rglob("*")):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as file:
                yield from ((f"{path.name}/{name}", file.read(name)) for name in file.namelist())
        elif path.is_file():
            yield path.name, path.read_bytes()


@pytest.mark.parametrize("secret", ["password", "hash"])
def test_neither_password_nor_hash_is_in_any_export_or_output(run, coach, tmp_path, secret):
    with RecorderRig(tmp_path) as rig:
        rig.feed(5)
        rig.feed(3, 700)
        rig.feed(2)
        (session,) = rig.history.sessions()
        told = json.dumps(rig.told())
    out = tmp_path / "out"
    (out / "raw").mkdir(parents=True)
    for form in ("reps-csv", "raw-csv", "signals-csv", "bundle"):
        name = f"{form}.zip" if form == "bundle" else f"{form}.csv"
        run("export", session.id, "--format", form, "--out", f"out/{name}")
    run("people", "export", "P-0001", "--out", "out/person.zip")
    run("calibration", "export", "--out", "out/calibration.json")
    said = [told]
    for command in (
        ("sessions", "list", "--json"), ("sessions", "show", session.id, "--json"),
        ("people", "list", "--json"), ("user", "list", "--json"), ("user", "list"),
        ("calibration", "history", "--json"), ("analyze", session.id, "--json"), ("config",),
        ("backup",), ("sessions", "rescan"),
    ):  # fmt: skip
        result = run(*command)
        assert result.exit_code == 0, command
        said.append(result.output)
    written = {"password": PASSWORD, "hash": _hash(tmp_path)}[secret]
    parts = written.split("$") if secret == "hash" else [written]
    for name, content in [*_contents(out), ("output", "".join(said).encode())]:
        assert not any(part.encode() in content for part in parts), name
    assert len(list(_contents(out))) > 15


def test_the_recorders_log_has_no_user_in_it(run, coach, tmp_path):
    command = [sys.executable, "-m", "rig.cli", "recorder"]
    directories = ["--state-dir", str(tmp_path / "state"), "--run-dir", str(tmp_path / "run")]
    process = subprocess.Popen(
        [*command, *directories], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        while not (tmp_path / "run" / "recorder.sock").exists():
            assert process.poll() is None
        process.terminate()
        logged, _ = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0
    assert logged == b""
