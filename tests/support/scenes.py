"""Every state of the flow as the pages may have to show it, with the longest texts of its kind."""

import time

from tests.support.feeder import Scene
from tests.support.pads import pads

NAN = float("nan")
OFF = {"cell_n": (0, 0, 0, 0), "pad_n": pads()}
_MIXED = [3, 3, 2, 3, 1, 3, 3, 3, 3, 2] * 3


def scenes() -> dict[str, Scene]:
    """By name; the timed ones are in the middle of their time now."""
    now = time.monotonic()
    timed = {"flow_since_s": now - 4, "flow_until_s": now + 8}
    no_dowel = {"dowel": False}
    unweighed = {**no_dowel, "band_mm": None, "body_weight_n": None}
    result = {**no_dowel, "qualities": _MIXED, "best_streak": 4, "work_on": "waist_bend"}
    result["usable_deg"] = 62.0
    return {
        "empty": Scene("empty", **OFF, extra={**unweighed, "discarded": True}),
        "step_on": Scene("step_on", cell_n=(10, 5, 205, 180), pad_n=pads(), extra={**unweighed}),
        "stand_still": Scene("stand_still", pad_n=pads(), extra={**unweighed, **timed}),
        "not_weighed": Scene(
            "stand_still",
            pad_n=pads(),
            extra={**unweighed, "weighing_failed": "one_foot_off", "cue": "both_feet"},
        ),
        "weighed": Scene("weighed", pad_n=pads(), extra={**no_dowel, **timed}),
        "take_dowel": Scene("take_dowel", pad_n=pads(head=2), extra=no_dowel),
        "count_in": Scene("count_in", extra=timed),
        "set": Scene("set", "concentric", 188, cell_n=(205, 145, 215, 140)),
        "leaning": Scene("set", "bottom", 7, lean_deg=63.4, extra={"target_deg": 50.0}),
        "cue": Scene("set", "bottom", 7, (150, 225, 130, 215), (2, 9, 0), {"cue": "tailbone_lost"}),
        "no_dowel": Scene("set", "standing", 7, pad_n=pads(), extra=no_dowel),
        "rest": Scene("rest", "standing", 28, pad_n=pads(), extra=result),
        "pain": Scene("rest", "standing", 28, pad_n=pads(), extra={**result, "pain": True}),
        "left": Scene("left", "standing", 1, **OFF, extra={**no_dowel, **timed}),
        "summary": Scene("summary", "standing", 28, **OFF, extra={**result, **timed}),
        "sensors": Scene("set", "standing", 3, (NAN,) * 4, pads(NAN)),
    }
