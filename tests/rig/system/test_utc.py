"""Moments as they are written."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from rig.system.utc import iso_utc


def test_a_moment_of_another_zone_is_written_in_utc():
    east = timezone(timedelta(hours=5, minutes=30))
    assert iso_utc(datetime(2026, 3, 1, 15, 0, tzinfo=east)) == "2026-03-01T09:30:00.000Z"


@given(st.datetimes(timezones=st.just(UTC)))
def test_read_back_it_is_the_same_to_the_millisecond(moment):
    back = datetime.fromisoformat(iso_utc(moment))
    assert timedelta() <= moment - back < timedelta(milliseconds=1)
