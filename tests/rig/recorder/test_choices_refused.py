"""Choices that cannot be read are told and made anew; those that cannot be stored are refused."""

import json

import pytest
from sqlalchemy import text

from rig.storage.people import People
from tests.support.choices import (
    CHOSEN,
    DEFAULT,
    choice,
    choose,
    muted,
    problems,
    store,
    stored,
    who,
)
from tests.support.full_disk import largest_file
from tests.support.recorder_rig import IN_SET, RecorderRig, scripted


@pytest.fixture
def rig(tmp_path):
    """A recorder on a tared, empty platform; one guest."""
    with RecorderRig(tmp_path, scripted(IN_SET)) as rig:
        rig.feed(5)
        yield rig


@pytest.mark.parametrize(
    "edited", ["{", "[]", "7", '"hinge"', "[" * 100_000, json.dumps("x" * 100_000)],
    ids=["torn", "list", "number", "text", "deep", "long"],
)  # fmt: skip
def test_choices_that_cannot_be_read_are_defaults_and_one_line_of_health(rig, edited):
    choose(rig)
    rig.kill()
    store(rig, "context", edited)
    rig.start()
    assert choice(rig.state()) == DEFAULT
    (problem,) = problems(rig)
    assert problem.startswith("what was chosen before the start is lost, choose it again: ")
    assert "context" in problem
    assert len(problem) < 400
    rig.command("set_load", load_kg=5)
    assert problems(rig) == []
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
    choose(rig)
    document = stored(rig)
    rig.kill()
    store(rig, "context", json.dumps({**document, **wrong}))
    rig.start()
    assert choice(rig.state()) == {**CHOSEN, **left}
    (problem,) = problems(rig)
    assert all(name in problem for name in wrong)


@pytest.mark.parametrize("edited", ["{", "1", '"yes"'])
def test_a_mute_that_cannot_be_read_is_off_and_told(rig, edited):
    rig.command("mute", muted=True)
    rig.kill()
    store(rig, "muted", edited)
    rig.start()
    assert not rig.state()["muted"]
    (problem,) = problems(rig)
    assert "muted" in problem
    rig.command("mute", muted=True)
    assert problems(rig) == []


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
    choose(rig)
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
    assert muted(rig)
    rig.kill()
    rig.start()
    assert choice(rig.state()) == CHOSEN


def test_a_guest_takes_over_on_a_full_disk_and_is_kept_when_there_is_room(tmp_path):
    with RecorderRig(tmp_path, scripted({}), session__back_to_guest_after_s=20.0) as rig:
        rig.feed(5)
        rig.command("next_person", name="A name")
        with largest_file(0):
            rig.feed(25)
            assert who(rig.state()) == ("P-0001", None)
            assert any("not kept for a restart" in text for text in problems(rig))
        assert problems(rig) == []
        assert stored(rig)["person_id"] == "P-0001"


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
