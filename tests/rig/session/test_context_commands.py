"""What the next set is: chosen by commands, and led to again by a replay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rig.context import Context
from rig.errors import CommandRefused
from rig.session.context_commands import changed_context, context_commands

CONTEXTS = st.builds(
    Context,
    person_id=st.just("P-0001"),
    drill=st.from_regex(r"[a-z][a-z0-9_-]{0,39}", fullmatch=True),
    load_kg=st.floats(0, 200),
    heel_block_mm=st.floats(0, 100),
    silent=st.booleans(),
)


@given(CONTEXTS, CONTEXTS)
def test_the_commands_of_a_context_lead_to_it_from_any_other(wanted, context):
    for verb, args in context_commands(wanted):
        context = changed_context(context, verb, args)
    assert context == wanted


@pytest.mark.parametrize(
    ("verb", "args", "reason"),
    [
        ("choose_drill", {}, "drill must be a name"),
        ("choose_drill", {"drill": "Hinge!"}, "drill must be a name"),
        ("choose_drill", {"drill": "hinge", "silent": "yes"}, "silent must be true or false"),
        ("set_load", {"load_kg": True}, "load_kg must be a number from 0 to 200"),
        ("set_load", {"load_kg": float("nan")}, "load_kg must be a number"),
        ("set_load", {"load_kg": -1}, "load_kg must be a number"),
        ("set_heel_block", {"heel_block_mm": 101}, "heel_block_mm must be a number from 0 to 100"),
        ("dance", {}, "no command"),
    ],
)
def test_what_makes_no_sense_is_refused_and_named(verb, args, reason):
    with pytest.raises(CommandRefused, match=reason):
        changed_context(Context("P-0001"), verb, args)
