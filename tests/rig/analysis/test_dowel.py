"""The dowel in place, contacts lost and regained, by the contract's times."""

import pytest

from rig.analysis.movement.dowel import Dowel
from rig.analysis.settings import ContactSettings
from rig.names import PADS

MS = 1_000_000
ALL = (1 << len(PADS)) - 1


def bit(pad):
    return 1 << PADS.index(pad)


def without(*pads):
    return ALL & ~sum(map(bit, pads))


class Held:
    """A dowel that frames of 10 ms are fed to; what they decided, with milliseconds."""

    def __init__(self):
        self.dowel, self.now_ms, self.told = Dowel(ContactSettings()), 0, []

    def feed(self, milliseconds, touching, trusted=ALL):
        frames = [((self.now_ms + at) * MS, touching, trusted) for at in range(0, milliseconds, 10)]
        self.told += [(one.name, one.values.get("pad")) for one in self.dowel.feed(frames)]
        self.now_ms += milliseconds
        return self


@pytest.fixture
def held():
    """In place for a second."""
    held = Held().feed(1000, ALL)
    assert held.told == [("dowel_on", None)]
    held.told.clear()
    return held


def test_it_is_in_place_when_all_pads_have_touched_for_a_while():
    assert Held().feed(290, ALL).feed(100, without("head")).feed(290, ALL).told == []


def test_without_any_pads_it_is_taken_as_in_place():
    assert Held().feed(500, 0, trusted=0).dowel.in_place


def test_a_loss_is_confirmed_while_it_lasts_and_ends_when_it_touches_again(held):
    held.feed(400, without("tailbone"))
    assert held.told == [("contact_lost", "tailbone")]
    (lost,) = held.dowel.open_losses(1.4)
    assert (lost.pad, lost.start_s, lost.end_s) == ("tailbone", 1.0, 1.4)
    held.feed(200, ALL)
    assert held.told[1:] == [("contact_regained", "tailbone")]
    (loss,) = held.dowel.losses
    assert (loss.start_s, loss.end_s) == (1.0, pytest.approx(1.4))


def test_what_is_shorter_than_120_ms_is_no_loss(held):
    assert held.feed(110, without("head")).feed(300, ALL).told == []


def test_losses_with_a_short_gap_are_one(held):
    held.feed(200, without("head")).feed(70, ALL).feed(200, without("head")).feed(300, ALL)
    assert len(held.dowel.losses) == 1


def test_all_pads_together_is_a_slip_and_no_loss(held):
    held.feed(100, without("head")).feed(300, 0).feed(500, ALL)
    assert [name for name, _ in held.told] == ["dowel_off", "dowel_on"]
    assert held.dowel.losses == []


def test_all_pads_one_after_the_other_for_long_is_putting_it_down(held):
    held.feed(300, without("head")).feed(300, without("head", "mid_back")).feed(600, 0)
    assert held.told[-1] == ("dowel_off", None)


def test_a_pad_that_is_not_trusted_keeps_its_last_contact(held):
    assert held.feed(600, without("head"), trusted=without("head")).told == []


def test_a_broken_pad_has_lost_nothing(held):
    held.feed(400, without("head"))
    (ended,) = held.dowel.distrust(PADS.index("head"), held.now_ms * MS)
    assert (ended.name, ended.values["pad"]) == ("contact_regained", "head")
    assert held.dowel.open_losses(2.0) == []


def test_old_losses_are_forgotten(held):
    held.feed(300, without("head")).feed(300, ALL)
    held.dowel.forget(10.0)
    assert held.dowel.losses == []
