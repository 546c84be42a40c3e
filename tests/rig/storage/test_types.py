"""Moments in the database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from rig.storage.types import UtcDateTime

ZONES = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
KIND = UtcDateTime()


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()])
@given(moment=st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=ZONES))
def test_a_moment_comes_back_as_the_same_moment_in_utc(dialect, moment):
    back = KIND.process_result_value(KIND.process_bind_param(moment, dialect), dialect)
    assert back == moment
    assert back.tzinfo is UTC


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        KIND.process_bind_param(datetime(2026, 1, 1), sqlite.dialect())


def test_nothing_stays_nothing():
    assert KIND.process_bind_param(None, sqlite.dialect()) is None
    assert KIND.process_result_value(None, sqlite.dialect()) is None
