"""Repetitions as the analysis might have found them."""

from rig.repetition import Rep
from tests.support.pads import pads


def a_rep(index, start_s, kind="hinge", **changes):
    """A clean repetition of three seconds."""
    values = {
        "index": index, "kind": kind, "start_s": start_s, "bottom_start_s": start_s + 1.25,
        "bottom_end_s": start_s + 1.5, "end_s": start_s + 3.0, "decided_s": start_s + 3.5,
        "depth": 1.0, "drop_m": 0.2, "body_weight_n": 700.0, "heel_share_standing": 0.5,
        "heel_share_bottom": 0.6, "heel_share_min": 0.4, "heel_share_max": 0.7,
        "asymmetry_pct": 1.0, "cop_ap_range_mm": 20.0, "cop_ml_range_mm": 5.0,
        "contact_kept_pct": pads(100.0, tailbone=None), "first_loss": None,
        "first_loss_phase": None,
        "faults": (), "score": 3,
    }  # fmt: skip
    return Rep(**{**values, **changes})
