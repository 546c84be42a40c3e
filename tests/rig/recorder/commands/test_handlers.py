"""What people can ask of the recorder."""

import pytest

from rig.calibration import typical_calibration
from rig.handover.commands import Command
from rig.handover.page import PageReader
from rig.storage.calibrations import Calibrations
from rig.storage.people import People
from tests.support.recorder_rig import IN_SET, RecorderRig, rep_at, scripted

SCRIPT = {**IN_SET, **rep_at(1000, 1), **rep_at(1400, 2)}


@pytest.fixture
def rig(tmp_path):
    """A recorder on a tared, empty platform."""
    with RecorderRig(tmp_path, scripted(SCRIPT)) as rig:
        rig.feed(5)
        rig.told()
        yield rig


@pytest.fixture
def busy(rig):
    """Somebody in a set, two repetitions done."""
    rig.feed(13, 700)
    assert rig.state()["rep_count"] == 2
    return rig


def _sets(rig):
    return rig.history.session(rig.history.sessions()[0].id).sets


def _page(rig):
    page = PageReader(rig.run_dir.control, dict)
    document = page.read()
    page.close()
    return document


def test_a_reply_names_the_event_of_the_result(rig):
    reply = rig.command("set_load", command_id="c-1", load_kg=5)
    (result,) = rig.told("result")
    assert result == {
        "type": "result", "t_ns": rig.clock.t_ns, "command_id": "c-1", "verb": "set_load",
        "ok": True, "reason": None,
    }  # fmt: skip
    assert reply["ok"]
    assert reply["event_seq"] >= 0


def test_a_refusal_says_why_and_is_told_too(rig):
    reply = rig.command("stop_set", command_id="c-1")
    assert reply == {
        "command_id": "c-1", "ok": False, "reason": "nobody has stepped on the platform yet",
        "code": "nobody_yet", "values": {},
    }  # fmt: skip
    assert rig.told("result")[0]["reason"] == reply["reason"]


def test_a_repeated_command_is_done_once_and_gets_the_first_reply(busy):
    first = busy.command("discard_rep", command_id="same")
    assert busy.command("discard_rep", command_id="same") == first
    assert busy.reps() == [(1, 1, 6.5)]


def test_a_reply_waits_until_what_it_did_is_stored(busy):
    reply = busy.recorder.inbox.put(Command(command_id="c", verb="stop_set"))
    busy.recorder.step()
    assert not reply.done()
    busy.recorder.store.work()
    assert reply.result(0).ok
    assert _sets(busy)[0].end_reason == "stopped"


def test_an_unknown_command_is_refused(rig):
    assert rig.command("dance")["reason"] == "there is no command 'dance'"


def test_sets_can_be_stopped_and_started(busy):
    assert busy.command("stop_set")["ok"]
    assert busy.state()["flow"] == "rest"
    assert busy.command("start_set")["ok"]
    assert busy.state()["set_index"] == 2
    assert [one.set_index for one in _sets(busy)] == [1, 2]


def test_the_latest_repetition_can_be_discarded_one_after_the_other(busy):
    assert busy.command("discard_rep")["ok"]
    assert busy.reps() == [(1, 1, 6.5)]
    assert busy.state()["rep_count"] == 1
    assert busy.command("discard_rep")["ok"]
    assert busy.command("discard_rep")["reason"] == (
        "there is no repetition to discard in this set"
    )
    assert busy.reps(discarded=True) == [(1, 1, 6.5), (1, 2, 10.5)]


def test_a_discarded_set_ends_and_leaves_the_exports(busy):
    assert busy.command("discard_set")["ok"]
    (one,) = _sets(busy)
    assert (one.discarded, one.end_reason) == (True, "discarded")
    assert busy.reps() == []
    assert [event["change"] for event in busy.told("set")] == ["discarded", "closed"]


def test_pain_ends_the_set_and_is_kept(busy):
    assert busy.command("mark_pain")["ok"]
    (one,) = _sets(busy)
    assert (one.pain, one.end_reason, one.discarded) == (True, "pain", False)
    assert busy.state()["flow"] == "rest"


def test_load_drill_and_block_hold_for_the_next_set(rig):
    rig.command("set_load", load_kg=7.5)
    rig.command("set_heel_block", heel_block_mm=25)
    rig.command("choose_drill", drill="weighted-hinge")
    state = rig.state()
    assert (state["load_kg"], state["heel_block_mm"]) == (7.5, 25.0)
    rig.feed(13, 700)
    (one,) = _sets(rig)
    assert (one.drill, one.external_load_kg, one.heel_block_mm) == ("weighted-hinge", 7.5, 25.0)


def test_a_running_set_keeps_its_load(busy):
    assert busy.command("set_load", load_kg=5)["reason"] == "a set is running; stop it first"
    busy.command("stop_set")
    assert busy.command("set_load", load_kg=5)["ok"]
    busy.command("start_set")
    assert [one.external_load_kg for one in _sets(busy)] == [0.0, 5.0]


@pytest.mark.parametrize(
    ("verb", "args"),
    [
        ("set_load", {}),
        ("set_load", {"load_kg": "5"}),
        ("set_load", {"load_kg": -1}),
        ("set_load", {"load_kg": True}),
        ("set_load", {"load_kg": float("nan")}),
        ("set_heel_block", {"heel_block_mm": 1000}),
        ("choose_drill", {"drill": ""}),
        ("choose_drill", {"drill": "=cmd()"}),
        ("choose_person", {"person_id": "P-9999"}),
        ("next_person", {"name": ""}),
        ("mute", {}),
        ("sim_fault", {"channel": "knee", "fault": None}),
        ("sim_fault", {"channel": "head", "fault": "on fire"}),
        ("import_calibration", {"calibration": {"version": 9}}),
    ],
)
def test_arguments_that_make_no_sense_are_refused_and_change_nothing(rig, verb, args):
    page = _page(rig)
    assert not rig.command(verb, **args)["ok"]
    assert _page(rig) == page
    assert len(Calibrations(rig.database).history()) == 2


def test_the_next_person_gets_a_code_and_a_session_of_their_own(busy):
    assert busy.command("next_person")["ok"]
    assert busy.state()["person_id"] == "P-0002"
    busy.feed(4, 700)
    newest, oldest = busy.history.sessions()
    assert (newest.person_id, oldest.person_id) == ("P-0002", "P-0001")
    assert newest.started_utc >= oldest.ended_utc


def test_someone_known_can_be_chosen(rig):
    rig.command("next_person", name="A name")
    assert People(rig.database).find("P-0002").name == "A name"
    assert rig.command("choose_person", person_id="P-0001")["ok"]
    assert rig.state()["person_id"] == "P-0001"


def test_choosing_who_is_there_already_changes_nothing(busy):
    assert busy.command("choose_person", person_id="P-0001")["ok"]
    assert busy.history.sessions()[0].ended_utc is None


def test_mute_reaches_the_sampler_and_the_state(rig):
    assert rig.command("mute", muted=True)["ok"]
    assert _page(rig)["muted"] is True
    assert rig.state()["muted"] is True


def test_the_simulated_rig_can_be_broken_and_mended(rig):
    assert rig.command("sim_fault", channel="left_toe", fault="unplugged")["ok"]
    assert _page(rig)["sim_faults"] == {"left_toe": "unplugged"}
    assert rig.command("sim_fault", channel="left_toe", fault=None)["ok"]
    assert _page(rig)["sim_faults"] == {}


def test_a_real_rig_is_not_told_to_fail(tmp_path):
    with RecorderRig(tmp_path, rig__platform="pi") as rig:
        reply = rig.command("sim_fault", channel="left_toe", fault="unplugged")
    assert "only the simulated rig" in reply["reason"]


def test_mute_and_faults_outlive_the_recorder(rig):
    rig.command("mute", muted=True)
    rig.command("sim_fault", channel="head", fault="open")
    rig.kill()
    rig.start()
    assert _page(rig)["muted"] is True
    assert _page(rig)["sim_faults"] == {"head": "open"}


def test_a_calibration_can_be_imported_between_sessions(rig):
    new = typical_calibration("rig-1", id="bench", created_utc="2026-01-01T00:00:00Z").to_json()
    assert rig.command("import_calibration", calibration=new)["ok"]
    assert _page(rig)["calibration"]["id"] == "bench"
    assert _page(rig)["cal"] == 3


def test_a_calibration_cannot_change_during_a_session(busy):
    new = typical_calibration("rig-1", id="bench", created_utc="2026-01-01T00:00:00Z").to_json()
    assert "between" in busy.command("import_calibration", calibration=new)["reason"]
    assert Calibrations(busy.database).current().calibration.id != "bench"


def test_somebody_who_was_chosen_gives_way_to_a_guest_after_a_while(tmp_path):
    with RecorderRig(tmp_path, scripted({}), session__back_to_guest_after_s=20.0) as rig:
        rig.feed(5)
        rig.command("next_person", name="A name")
        assert rig.state()["person_name"] == "A name"
        rig.feed(18)
        assert rig.state()["person_id"] == "P-0002"
        rig.feed(5)
        state = rig.state()
        assert (state["person_id"], state["person_name"]) == ("P-0001", None)


@pytest.mark.parametrize(("weight_n", "sessions"), [(710.0, 1), (800.0, 2)])
def test_a_guest_with_another_weight_is_another_guest(tmp_path, weight_n, sessions):
    script = {
        200: [("person_on", {})],
        300: [("weighed", {"body_weight_n": 700.0})],
        500: [("person_off", {})],
        700: [("person_on", {})],
        800: [("weighed", {"body_weight_n": weight_n})],
    }
    with RecorderRig(tmp_path, scripted(script)) as rig:
        rig.feed(5)
        rig.feed(10, 700)
        assert rig.history.session_count() == sessions
        assert rig.state()["person_id"] == "P-0001"


def test_the_next_person_does_not_carry_what_the_one_before_did(rig):
    rig.command("set_load", load_kg=8.0)
    rig.command("set_heel_block", heel_block_mm=25.0)
    rig.command("choose_drill", drill="weighted-hinge")
    rig.command("next_person", name="B")
    state = rig.state()
    assert (state["load_kg"], state["heel_block_mm"]) == (0.0, 0.0)
    assert state["drill"] == "weighted-hinge"
