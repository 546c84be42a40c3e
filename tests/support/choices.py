"""Choosing drill, load, person and mute on a recorder, and looking at what has come of it."""

from sqlalchemy import text

from rig.handover.page import PageReader
from rig.storage.database import Database
from rig.storage.settings import Settings

CHOSEN = {"drill": "weighted-hinge", "silent": True, "load_kg": 7.5, "heel_block_mm": 25.0}
DEFAULT = {"drill": "hinge", "silent": False, "load_kg": 0.0, "heel_block_mm": 0.0}


def choose(rig):
    """Somebody with a name, `CHOSEN`, muted."""
    for verb, args in (
        ("next_person", {"name": "A name"}),
        ("choose_drill", {"drill": "weighted-hinge", "silent": True}),
        ("set_load", {"load_kg": 7.5}),
        ("set_heel_block", {"heel_block_mm": 25}),
        ("mute", {"muted": True}),
    ):
        assert rig.command(verb, **args)["ok"]


def choice(state):
    """What is chosen in a state."""
    return {name: state[name] for name in DEFAULT}


def who(state):
    """Person and name in a state."""
    return state["person_id"], state["person_name"]


def problems(rig):
    """What health tells after a second."""
    rig.feed(1.1)
    return rig.told("health")[-1]["problems"]


def stored(rig, name="context"):
    """A setting as it is stored."""
    return Settings(rig.database).get(name)


def store(rig, name, value):
    """Put a text in place of a value while no recorder runs, as by hand."""
    database = Database.open_writer(rig.state_dir)
    with database.session() as db:
        db.execute(
            text("UPDATE settings SET value = :value WHERE name = :name"),
            {"name": name, "value": value},
        )
    database.close()


def muted(rig):
    """Whether the control page mutes the buzzer."""
    page = PageReader(rig.run_dir.control, dict)
    muted = page.read()["muted"]
    page.close()
    return muted
