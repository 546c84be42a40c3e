"""What people chose outlives the recorder; a boot forgets who stood there and with which load."""

import json

import pytest
from sqlalchemy import text

from rig.handover.frame_ring import FrameWriter
from rig.handover.page import PageReader
from rig.recorder.forget import delete_person
from rig.recording.writer import recordings_dir
from rig.storage.database import Database
from rig.storage.models import SettingRow
from rig.storage.people import People
from rig.storage.settings import Settings
from tests.support.full_disk import largest_file
from tests.support.recorder_rig import RecorderRig, scripted

SCRIPT = {
    200: [("person_on", {})],
    300: [("weighed", {"body_weight_n": 700.0})],
    400: [("dowel_on", {})],
}
CHOSEN = {"drill": "weighted-hinge", "silent": True, "load_kg": 7.5, "heel_block_mm": 25.0}
DEFAULT = {"drill": "hinge", "silent": False, "load_kg": 0.0, "heel_block_mm": 0.0}


@pytest.fixture
def rig(tmp_path):
    """A recorder on a tared, empty platform; one guest."""
    with RecorderRig(tmp_path, scripted(SCRIPT)) as rig:
        rig.feed(5)
        yield rig


def _choose(rig):
    for verb, args in (
        ("next_person", {"name": "A name"}),
        ("choose_drill", {"drill": "weighted-hinge", "silent": True}),
        ("set_load", {"load_kg": 7.5}),
        ("set_heel_block", {"heel_block_mm": 25}),
        ("mute", {"muted": True}),
    ):
        assert rig.command(verb, **args)["ok"]


def _choice(state):
    return {name: state[name] for name in DEFAULT}


def _who(state):
    return state["person_id"], state["person_name"]


def _problems(rig):
    rig.feed(1.1)
    return rig.told("health")[-1]["problems"]


def _stored(rig, name="context"):
    return Settings(rig.database).get(name)


def _store(rig, name, value):
    """Put a text in place of a value while no recorder runs, as by hand."""
    database = Database.open_writer(rig.state_dir)
    with database.session() as db:
        db.execute(
            text("UPDATE settings SET value = :value WHERE name = :name"),
            {"name": name, "value": value},
        )
    database.close()


@pytest.fixture
def boot_anew(rig, monkeypatch):
    """Cuts the power of the rig: the next boot has another id and an empty run directory."""

    def boot_anew():
        rig.kill()
        for module in ("choices", "recorder", "sessions"):
            monkeypatch.setattr(f"rig.recorder.{module}.boot_id", lambda: "the next boot")
        rig.run_dir.control.unlink()
        rig.ring.close()
        rig.run_dir.frames.unlink()
        rig.ring = FrameWriter(rig.run_dir.frames, slots=8192)
        rig.start()
        rig.feed(1)

    return boot_anew


def _muted(rig):
    page = PageReader(rig.run_dir.control)
    muted = page.read()["muted"]
    page.close()
    return muted


def test_choices_between_sessions_outlive_a_kill(rig):
    _choose(rig)
    rig.kill()
    rig.start()
    state = rig.state()
    assert _choice(state) == CHOSEN
    assert _who(state) == ("P-0002", "A name")
    assert state["muted"]


def test_the_next_set_is_stored_with_what_was_chosen_before_the_kill(rig):
    _choose(rig)
    rig.kill()
    rig.start()
    rig.feed(13, 700)
    (session,) = rig.history.sessions()
    (one,) = rig.history.session(session.id).sets
    assert session.person_id == "P-0002"
    assert (one.drill, one.external_load_kg, one.heel_block_mm) == ("weighted-hinge", 7.5, 25.0)


def test_a_choice_is_durable_when_its_reply_comes(rig):
    reply = rig.recorder.inbox.put({"command_id": "c", "verb": "set_load", "args": {"load_kg": 4}})
    while not reply.done():
        rig.recorder.step()
        rig.recorder.store.work()
    rig.kill()
    rig.start()
    assert rig.state()["load_kg"] == 4.0


def test_a_choice_inside_a_session_outlives_it_and_the_recorder(rig):
    rig.feed(8, 700)
    assert rig.command("stop_set")["ok"]
    assert rig.command("set_load", load_kg=12)["ok"]
    assert _stored(rig)["load_kg"] == 12.0
    rig.kill()
    rig.start()
    assert rig.recorder._sessions.current is not None
    rig.recorder._sessions.close("empty")
    rig.work()
    assert rig.state()["load_kg"] == 12.0
    rig.kill()
    rig.start()
    assert rig.state()["load_kg"] == 12.0


def test_a_session_that_goes_on_knows_better_than_an_unanswered_choice(rig):
    """Killed between keeping the choice and recording it: no reply was given."""
    rig.feed(8, 700)
    rig.command("stop_set")
    rig.recorder._choices.add_person(rig.recorder._sessions.chosen, "Never answered")
    rig.kill()
    rig.start()
    rig.feed(1.1, 700)
    assert rig.recorder._sessions.current is not None
    assert _who(rig.state()) == ("P-0001", None)
    assert _stored(rig)["person_id"] == "P-0001"


def test_a_refused_choice_is_not_kept(rig):
    rig.feed(8, 700)
    assert rig.command("set_load", load_kg=12)["reason"] == "a set is running; stop it first"
    assert not rig.command("choose_person", person_id="P-9")["ok"]
    rig.kill()
    rig.start()
    assert _stored(rig)["load_kg"] == 0.0


def test_choosing_the_same_again_writes_nothing(rig):
    _choose(rig)

    def moments():
        with rig.database.session() as db:
            return {row.name: row.changed_utc for row in db.query(SettingRow)}

    before = moments()
    rig.feed(3)
    rig.command("set_load", load_kg=7.5)
    rig.command("choose_person", person_id="P-0002")
    rig.command("mute", muted=True)
    rig.restart()
    rig.feed(2)
    assert moments() == before


def test_a_boot_keeps_drill_and_mute_and_takes_load_block_and_person_back(rig, boot_anew):
    _choose(rig)
    boot_anew()
    state = rig.state()
    assert _choice(state) == {**CHOSEN, "load_kg": 0.0, "heel_block_mm": 0.0}
    assert _who(state) == ("P-0001", None)
    assert state["muted"]
    assert _muted(rig)


@pytest.mark.parametrize("choose", [_choose, lambda rig: rig.command("set_load", load_kg=20)])
def test_yesterdays_load_is_not_taken_off_the_next_guest(rig, boot_anew, choose):
    choose(rig)
    boot_anew()
    rig.feed(13, 700)
    newest = rig.history.sessions()[0]
    assert newest.person_id == "P-0001"
    assert [one.external_load_kg for one in rig.history.session(newest.id).sets] == [0.0]


def test_a_power_cut_within_a_session_forgets_its_load_too(rig, boot_anew):
    rig.feed(8, 700)
    rig.command("stop_set")
    rig.command("set_load", load_kg=20)
    boot_anew()
    assert _choice(rig.state()) == DEFAULT
    (session,) = rig.history.sessions()
    assert session.ended_utc is not None


def test_a_restart_after_the_boot_has_what_was_chosen_since(rig, boot_anew):
    _choose(rig)
    boot_anew()
    rig.command("set_load", load_kg=3)
    rig.kill()
    rig.start()
    state = rig.state()
    assert _choice(state) == {**CHOSEN, "load_kg": 3.0, "heel_block_mm": 0.0}
    assert _who(state) == ("P-0001", None)


def test_somebody_deleted_meanwhile_is_followed_by_who_trained_last_without_their_load(rig):
    rig.feed(3, 700)
    _choose(rig)
    rig.stop()
    database = Database.open_writer(rig.state_dir)
    delete_person(database, recordings_dir(rig.state_dir), People(database).get("P-0002"))
    database.close()
    rig.start()
    state = rig.state()
    assert _who(state) == ("P-0001", None)
    assert _choice(state) == {**CHOSEN, "load_kg": 0.0, "heel_block_mm": 0.0}


def test_a_guest_who_took_over_by_themselves_is_kept_too(tmp_path):
    with RecorderRig(tmp_path, scripted({}), session__back_to_guest_after_s=20.0) as rig:
        rig.feed(5)
        rig.command("next_person", name="A name")
        rig.feed(25)
        assert _who(rig.state()) == ("P-0001", None)
        rig.kill()
        rig.start()
        assert _who(rig.state()) == ("P-0001", None)


def test_a_database_that_has_no_choices_yet_starts_with_defaults(rig):
    rig.stop()
    database = Database.open_writer(rig.state_dir)
    with database.session() as db:
        db.execute(text("DELETE FROM settings"))
    database.close()
    rig.start()
    state = rig.state()
    assert _choice(state) == DEFAULT
    assert not state["muted"]
    assert _problems(rig) == []


@pytest.mark.parametrize(
    "edited", ["{", "[]", "7", '"hinge"', "[" * 100_000, json.dumps("x" * 100_000)],
    ids=["torn", "list", "number", "text", "deep", "long"],
)  # fmt: skip
def test_choices_that_cannot_be_read_are_defaults_and_one_line_of_health(rig, edited):
    _choose(rig)
    rig.kill()
    _store(rig, "context", edited)
    rig.start()
    assert _choice(rig.state()) == DEFAULT
    (problem,) = _problems(rig)
    assert problem.startswith("what was chosen before the start is lost, choose it again: ")
    assert "context" in problem
    assert len(problem) < 400
    rig.command("set_load", load_kg=5)
    assert _problems(rig) == []
    rig.kill()
    rig.start()
    assert rig.state()["load_kg"] == 5.0


@pytest.mark.parametrize(
    ("wrong", "left"),
    [
        ({"load_kg": 900}, {"load_kg": 0.0}),
        ({"load_kg": None}, {"load_kg": 0.0}),
        ({"heel_block_mm": "high"}, {"heel_block_mm": 0.0}),
        ({"drill": "=cmd()"}, {"drill": "hinge", "silent": False}),
        ({"silent": "yes"}, {"drill": "hinge", "silent": False}),
        ({"load_kg": [], "heel_block_mm": {}}, {"load_kg": 0.0, "heel_block_mm": 0.0}),
    ],
)
def test_one_value_that_cannot_be_right_leaves_the_others(rig, wrong, left):
    _choose(rig)
    document = _stored(rig)
    rig.kill()
    _store(rig, "context", json.dumps({**document, **wrong}))
    rig.start()
    assert _choice(rig.state()) == {**CHOSEN, **left}
    (problem,) = _problems(rig)
    assert all(name in problem for name in wrong)


@pytest.mark.parametrize("edited", ["{", "1", '"yes"'])
def test_a_mute_that_cannot_be_read_is_off_and_told(rig, edited):
    rig.command("mute", muted=True)
    rig.kill()
    _store(rig, "muted", edited)
    rig.start()
    assert not rig.state()["muted"]
    (problem,) = _problems(rig)
    assert "muted" in problem
    rig.command("mute", muted=True)
    assert _problems(rig) == []


@pytest.mark.parametrize(
    ("verb", "args"),
    [
        ("choose_drill", {"drill": "hinge"}),
        ("set_load", {"load_kg": 5}),
        ("set_heel_block", {"heel_block_mm": 5}),
        ("next_person", {}),
        ("choose_person", {"person_id": "P-0001"}),
        ("mute", {"muted": False}),
    ],
)
@pytest.mark.parametrize("seconds_on", [0, 3])
def test_on_a_full_disk_a_choice_is_refused_and_nothing_is_half_done(rig, verb, args, seconds_on):
    _choose(rig)
    rig.feed(seconds_on, 700)
    before, people = rig.state(), len(People(rig.database).all())
    sessions = rig.history.sessions()
    with largest_file(0):
        reply = rig.command(verb, **args)
    assert not reply["ok"]
    assert "disk" in reply["reason"]
    rig.feed(1.1, 700 if seconds_on else 0)  # the state is told each second
    assert {**rig.state(), "t_ns": 0} == {**before, "t_ns": 0}
    assert len(People(rig.database).all()) == people
    assert rig.history.sessions() == sessions
    rig.command("sim_fault", channel="head", fault="open")  # writes the page anew
    assert _muted(rig)
    rig.kill()
    rig.start()
    assert _choice(rig.state()) == CHOSEN


def test_a_guest_takes_over_on_a_full_disk_and_is_kept_when_there_is_room(tmp_path):
    with RecorderRig(tmp_path, scripted({}), session__back_to_guest_after_s=20.0) as rig:
        rig.feed(5)
        rig.command("next_person", name="A name")
        with largest_file(0):
            rig.feed(25)
            assert _who(rig.state()) == ("P-0001", None)
            assert any("not kept for a restart" in text for text in _problems(rig))
        assert _problems(rig) == []
        assert _stored(rig)["person_id"] == "P-0001"


def test_where_nobody_is_a_guest_and_the_disk_is_full_the_named_one_stays(tmp_path):
    with RecorderRig(tmp_path, scripted({}), session__back_to_guest_after_s=20.0) as rig:
        rig.feed(5)
        rig.command("next_person", name="A name")
        with rig.database.session() as db:
            db.execute(text("UPDATE people SET name = 'Another' WHERE code = 'P-0001'"))
        with largest_file(0):
            rig.feed(25)
            assert rig.state()["person_id"] == "P-0002"
        rig.feed(2)
        assert rig.state()["person_id"] == "P-0003"
