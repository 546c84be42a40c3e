"""The control page as the recorder keeps it, with a database and pages that are real."""

import pytest

from rig.calibration import typical_calibration
from rig.config import load_config
from rig.handover.control_page import ControlPage
from rig.handover.page import read_page
from rig.handover.refusals import CommandRefused
from rig.handover.run_dir import RunDir
from rig.recorder.choices import Choices
from rig.recorder.control import ControlDesk
from rig.storage.database import Database
from rig.storage.people import People
from tests.support.recorder_rig import FrameClock

SECOND_RIG = typical_calibration("r", id="other", created_utc="2026-01-01T00:00:00Z")


class Room:
    """A state and a run directory, and one desk after another in them."""

    def __init__(self, directory):
        self.run_dir = RunDir(directory / "run")
        self.run_dir.make()
        overrides = {"paths.state_dir": str(directory / "state")}
        self.config = load_config(environment={}, overrides=overrides)
        self.database = Database.open_writer(directory / "state")
        self.desks = []

    def desk(self):
        clock = FrameClock()
        choices = Choices(self.database, People(self.database), clock)
        desk = ControlDesk(self.config, self.run_dir, self.database, choices, clock)
        self.desks.append(desk)
        return desk

    @property
    def page(self):
        return read_page(self.run_dir.control, ControlPage)


@pytest.fixture
def room(tmp_path):
    room = Room(tmp_path)
    yield room
    for desk in room.desks:
        desk.close()
    room.database.close()


def test_a_new_rig_starts_with_a_typical_calibration_that_the_sampler_sees(room):
    desk = room.desk()
    assert room.page.cal == desk.stored.generation == 1
    assert room.page.calibration == desk.stored.calibration.to_json()


def test_an_imported_calibration_is_in_force_at_once_and_after_a_restart(room):
    room.desk().import_calibration(SECOND_RIG.to_json())
    assert room.page.calibration["id"] == "other"
    assert room.desk().stored.calibration.id == "other"


def test_a_calibration_that_is_wrong_changes_nothing(room):
    desk = room.desk()
    with pytest.raises(CommandRefused, match="cells"):
        desk.import_calibration({**SECOND_RIG.to_json(), "cells": {}})
    assert (room.page.cal, desk.stored.generation) == (1, 1)


def test_muted_is_on_the_page_and_outlives_the_desk(room):
    room.desk().mute({"muted": True})
    assert room.page.muted
    assert room.desk().muted
    with pytest.raises(CommandRefused, match="muted"):
        room.desks[-1].mute({"muted": "very"})


def test_each_buzz_has_another_number_so_that_the_sampler_hears_the_same_twice(room):
    desk = room.desk()
    numbers = []
    for _ in range(2):
        desk.buzz("tick")
        numbers.append(room.page.buzzer.number)
    assert numbers == [1, 2]


def test_a_simulated_fault_lasts_until_it_is_mended_also_over_a_restart(room):
    room.desk().sim_fault({"channel": "tailbone", "fault": "open"})
    assert room.desk()._sim_faults == room.page.sim_faults == {"tailbone": "open"}
    room.desks[-1].sim_fault({"channel": "tailbone", "fault": None})
    assert room.page.sim_faults == {}


@pytest.mark.parametrize(
    "args", [{"channel": "knee", "fault": "open"}, {"channel": "head", "fault": "tired"}, {}]
)
def test_a_fault_that_there_is_not_is_refused(room, args):
    with pytest.raises(CommandRefused):
        room.desk().sim_fault(args)
