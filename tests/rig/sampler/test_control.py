"""The control page as the sampler follows it."""

import pytest
from msgspec.structs import replace

from rig.calibration import typical_calibration
from rig.handover.control_page import Buzz, ContactLimits, ControlPage
from rig.handover.page import PageWriter
from rig.sampler.control import ControlFollower

CALIBRATION = typical_calibration("rig-1", id="c", created_utc="2026-01-01T00:00:00Z")
PAGE = ControlPage(
    cal=3, calibration=CALIBRATION.to_json(), muted=False, sim_faults={},
    contact=ContactLimits(lost_below_n=0.5, regained_above_n=0.8),
    buzzer=Buzz(pattern="tick", number=0),
)  # fmt: skip


@pytest.fixture
def path(tmp_path):
    return tmp_path / "control.page"


def test_a_page_that_is_not_there_yet_is_no_problem(path):
    follower = ControlFollower(path)
    assert (follower.changed(), follower.problem) == (None, "")


def test_each_change_is_told_once(path):
    writer, follower = PageWriter(path), ControlFollower(path)
    writer.write(PAGE)
    assert follower.changed().page.cal == 3
    assert follower.changed() is None
    writer.write(replace(PAGE, cal=4))
    assert follower.changed().page.cal == 4


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"calibration": {"version": 1}}, "control page not followed"),
        ({"buzzer": Buzz(pattern="fanfare", number=1)}, "no buzzer pattern 'fanfare'"),
        ({"sim_faults": {"left_foot": "unplugged"}}, "left_foot"),
        ({"sim_faults": {"left_toe": "open"}}, "cannot be 'open'"),
        ({"cal": "three"}, "cal: Expected `int`"),
    ],
)
def test_what_is_wrong_with_a_page_is_a_problem_until_a_good_one_comes(path, change, problem):
    writer, follower = PageWriter(path), ControlFollower(path)
    writer.write(replace(PAGE, **change))
    assert follower.changed() is None
    assert problem in follower.problem
    writer.write(PAGE)
    assert follower.changed().calibration == CALIBRATION
    assert follower.problem == ""
