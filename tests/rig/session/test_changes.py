"""Ids that follow from a session and a number in it."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from rig.session.changes import event_id, rep_id, set_id

SESSION = "0b7c2a52-2f5e-4a25-9f0f-3a3d4f6f2f11"


@given(st.uuids(), st.integers(0, 10**6))
def test_the_same_change_has_the_same_id_whoever_finds_it(session, number):
    for make in (set_id, rep_id, event_id):
        assert make(str(session), number) == make(str(session), number)
        assert uuid.UUID(make(str(session), number)).version == 5


def test_ids_of_different_things_differ():
    found = {make(SESSION, n) for make in (set_id, rep_id, event_id) for n in range(50)}
    assert len(found) == 150
