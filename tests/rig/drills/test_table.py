"""The drill's table says only what the engine and the pages know."""

from pathlib import Path

import pytest

from rig.drills import DRILLS, HINGE, find_drill
from rig.drills.drill import CONDITIONS
from rig.session.flow_states import FLOWS

DOCS = Path(__file__).parents[3] / "docs"


def test_a_drill_without_a_table_is_guided_like_the_hinge():
    assert find_drill("hinge") is find_drill("something-of-before") is HINGE


RULES = [rule for drill in DRILLS.values() for rule in drill.cues]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_about_known_conditions_and_states(rule):
    assert rule.when
    assert all(condition in CONDITIONS for some in rule.when for condition in some)
    assert set(rule.flows) <= set(FLOWS)


def test_every_condition_is_used():
    used = {condition for rule in RULES for some in rule.when for condition in some}
    assert used == set(CONDITIONS)


def test_every_cue_condition_and_state_is_documented():
    documented = (DOCS / "drills.md").read_text(encoding="utf-8")
    names = [*CONDITIONS, *FLOWS, *DRILLS, *(rule.name for rule in RULES)]
    assert [name for name in names if f"`{name}`" not in documented] == []
