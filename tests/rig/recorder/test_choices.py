"""What people chose outlives the recorder; a boot forgets who stood there and with which load."""

import pytest
from sqlalchemy import text

from rig.handover.commands import Command
from rig.handover.frame_ring import FrameWriter
from rig.recorder.forget import delete_person
from rig.recording.writer import recordings_dir
from rig.storage.database import Database
from rig.storage.models import SettingRow
from rig.storage.people import People
from tests.support.choices import CHOSEN, DEFAULT, choice, choose, muted, problems, stored, who
from tests.support.recorder_rig import IN_SET, RecorderRig, scripted


@pytest.fixture
def rig(tmp_path):
    """A recorder on a tared, empty platform; one guest."""
    with RecorderRig(tmp_path, scripted(IN_SET)) as rig:
        rig.feed(5)
        yield rig


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


def test_choices_between_sessions_outlive_a_kill(rig):
    choose(rig)
    rig.kill()
    rig.start()
    state = rig.state()
    assert choice(state) == CHOSEN
    assert who(state) == ("P-0002", "A name")
    assert state["muted"]


def test_the_next_set_is_stored_with_what_was_chosen_before_the_kill(rig):
    choose(rig)
    rig.kill()
    rig.start()
    rig.feed(13, 700)
    (session,) = rig.history.sessions()
    (one,) = rig.history.session(session.id).sets
    assert session.person_id == "P-0002"
    assert (one.drill, one.external_load_kg, one.heel_block_mm) == ("weighted-hinge", 7.5, 25.0)


def test_a_choice_is_durable_when_its_reply_comes(rig):
    reply = rig.recorder.inbox.put(Command(command_id="c", verb="set_load", args={"load_kg": 4}))
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
    assert stored(rig)["load_kg"] == 12.0
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
    assert who(rig.state()) == ("P-0001", None)
    assert stored(rig)["person_id"] == "P-0001"


def test_a_refused_choice_is_not_kept(rig):
    rig.feed(8, 700)
    assert rig.command("set_load", load_kg=12)["reason"] == "a set is running; stop it first"
    assert not rig.command("choose_person", person_id="P-9")["ok"]
    rig.kill()
    rig.start()
    assert stored(rig)["load_kg"] == 0.0


def test_choosing_the_same_again_writes_nothing(rig):
    choose(rig)

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
    choose(rig)
    boot_anew()
    state = rig.state()
    assert choice(state) == {**CHOSEN, "load_kg": 0.0, "heel_block_mm": 0.0}
    assert who(state) == ("P-0001", None)
    assert state["muted"]
    assert muted(rig)


@pytest.mark.parametrize("choosing", [choose, lambda rig: rig.command("set_load", load_kg=20)])
def test_yesterdays_load_is_not_taken_off_the_next_guest(rig, boot_anew, choosing):
    choosing(rig)
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
    assert choice(rig.state()) == DEFAULT
    (session,) = rig.history.sessions()
    assert session.ended_utc is not None


def test_a_restart_after_the_boot_has_what_was_chosen_since(rig, boot_anew):
    choose(rig)
    boot_anew()
    rig.command("set_load", load_kg=3)
    rig.kill()
    rig.start()
    state = rig.state()
    assert choice(state) == {**CHOSEN, "load_kg": 3.0, "heel_block_mm": 0.0}
    assert who(state) == ("P-0001", None)


def test_somebody_deleted_meanwhile_is_followed_by_who_trained_last_without_their_load(rig):
    rig.feed(3, 700)
    choose(rig)
    rig.stop()
    database = Database.open_writer(rig.state_dir)
    delete_person(database, recordings_dir(rig.state_dir), People(database).get("P-0002"))
    database.close()
    rig.start()
    state = rig.state()
    assert who(state) == ("P-0001", None)
    assert choice(state) == {**CHOSEN, "load_kg": 0.0, "heel_block_mm": 0.0}


def test_a_guest_who_took_over_by_themselves_is_kept_too(tmp_path):
    with RecorderRig(tmp_path, scripted({}), session__back_to_guest_after_s=20.0) as rig:
        rig.feed(5)
        rig.command("next_person", name="A name")
        rig.feed(25)
        assert who(rig.state()) == ("P-0001", None)
        rig.kill()
        rig.start()
        assert who(rig.state()) == ("P-0001", None)


def test_a_database_that_has_no_choices_yet_starts_with_defaults(rig):
    rig.stop()
    database = Database.open_writer(rig.state_dir)
    with database.session() as db:
        db.execute(text("DELETE FROM settings"))
    database.close()
    rig.start()
    state = rig.state()
    assert choice(state) == DEFAULT
    assert not state["muted"]
    assert problems(rig) == []
