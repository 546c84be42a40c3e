"""What is said to be true of a performance."""

import numpy as np

from rig.names import PADS
from rig.simulation.trainee.labels import LossTruth, end_s, labels, start_s, true_losses
from rig.simulation.trainee.motion import RATE_HZ
from rig.simulation.trainee.performance import perform
from rig.simulation.trainee.script import find_script

HELD = 5.0


def held_pads(seconds=10.0):
    """Forces on the pads of somebody who holds the dowel all the time."""
    return np.full((round(seconds * RATE_HZ), len(PADS)), HELD)


class Held:
    """The part of a performance that losses come from."""

    def __init__(self, *losses, seconds=10.0):
        self.pad_n = held_pads(seconds)
        for pad, from_s, to_s in losses:
            at = slice(round(from_s * RATE_HZ), round(to_s * RATE_HZ))
            self.pad_n[at, PADS.index(pad)] = 0.0


def test_a_lost_contact_lasts_from_the_lower_limit_to_the_upper_one():
    assert true_losses(Held(("head", 2.0, 3.0))) == [LossTruth("head", 2.0, 3.0)]


def test_short_losses_do_not_count_and_short_gaps_do_not_part():
    assert true_losses(Held(("head", 2.0, 2.1))) == []
    (loss,) = true_losses(Held(("head", 2.0, 3.0), ("head", 3.05, 4.0)))
    assert (loss.start_s, loss.end_s) == (2.0, 4.0)


def test_all_three_at_once_is_the_dowel_and_no_loss():
    assert true_losses(Held(*((pad, 2.0, 3.0) for pad in PADS))) == []


def test_what_is_never_touched_again_was_put_down():
    assert true_losses(Held(("head", 8.0, 10.0))) == []


def test_the_labels_of_a_script_are_in_order_and_inside_their_repetitions():
    performance = perform(find_script("steady"), 1)
    reps = labels(performance)["reps"]
    assert [rep["kind"] for rep in reps] == ["hinge"] * 5
    for rep, truth in zip(reps, performance.reps, strict=True):
        times = [rep[name] for name in ("start_s", "bottom_start_s", "bottom_end_s", "end_s")]
        assert times == sorted(times)
        assert truth.start_s < start_s(truth) < truth.bottom_start_s
        assert truth.bottom_end_s < end_s(truth) < truth.end_s
