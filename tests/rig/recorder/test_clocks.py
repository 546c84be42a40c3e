"""The machine's clocks, as the recorder looks at them."""

import time
import uuid
from datetime import UTC, datetime

from rig.recorder.clocks import SystemClocks, anchor_now, boot_id


def test_they_are_the_monotonic_clock_and_utc():
    clocks = SystemClocks()
    before = time.monotonic_ns()
    assert before <= clocks.now_ns() <= time.monotonic_ns()
    assert abs((datetime.now(UTC) - clocks.now_utc()).total_seconds()) < 5
    assert isinstance(clocks.is_set(), bool)


def test_a_boot_has_one_id():
    assert boot_id() == boot_id()
    assert uuid.UUID(boot_id())


def test_an_anchor_is_one_moment_on_both():
    class Fixed:
        def now_ns(self):
            return 5_000_000_000

        def now_utc(self):
            return datetime(2026, 3, 1, tzinfo=UTC)

        def is_set(self):
            return True

    anchor = anchor_now(Fixed())
    assert anchor.is_set
    assert anchor.utc_of(7_500_000_000) == datetime(2026, 3, 1, 0, 0, 2, 500_000, tzinfo=UTC)
