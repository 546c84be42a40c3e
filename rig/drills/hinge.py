"""The hip hinge with the dowel: its cues, the most important first.

Which pattern means what is in `docs/drills.md`; the order and the times are provisional.
"""

from typing import Final

from rig.drills.drill import CueRule, Drill

HINGE: Final = Drill(
    name="hinge",
    tempo_s=(2.0, 1.0, 2.0, 1.0),
    # In bows the spine stays neutral up to 50 degrees of forward lean (Monnier 2012, BMC
    # Musculoskelet Disord 13:263).
    target_deg=50.0,
    cues=(
        CueRule("dowel_slipped", (("dowel_gone",),), tolerance_s=0.0, again_s=3.0, urgent=True),
        CueRule("waist_bend", (("tailbone_lost", "toes"),)),
        CueRule(
            "rounding",
            (("tailbone_lost", "mid_back_pressed"), ("head_lost", "mid_back_pressed")),
        ),
        CueRule("tailbone_lost", (("tailbone_lost",),)),
        CueRule("mid_back_lost", (("mid_back_lost",),)),
        CueRule("head_lost", (("head_lost",),)),
        CueRule("heel_lift", (("heels_up",),), tolerance_s=0.2),
        CueRule("toe_weight", (("toes",),), tolerance_s=0.5),
        CueRule("side_shift", (("to_one_side",),), tolerance_s=0.8, again_s=10.0),
        CueRule("both_feet", (("one_foot_off",),), tolerance_s=0.0, flows=("stand_still",)),
        CueRule("stand_still", (("moving",),), tolerance_s=0.0, flows=("stand_still",)),
        CueRule("dowel_first", (("bent_without_dowel",),), tolerance_s=0.0, flows=("take_dowel",)),
    ),
)
