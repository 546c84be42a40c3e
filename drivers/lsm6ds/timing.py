"""Times of the LSM6DS family, and the margins kept from them."""

from typing import Final

TICK_NS: Final = 25_000  # of the timestamp counter, nominally
PERIOD_TICKS: Final = 384  # 6667 Hz / 64 against 40 kHz, both from one oscillator
PERIOD_TOLERANCE_TICKS: Final = 20  # provisional; a sample more or less is 384
PERIOD_NS: Final = PERIOD_TICKS * TICK_NS

RESET_NS: Final = 20_000_000  # provisional; the data sheets say 50 us, and 15 ms after power-up
SETTLE_NS: Final = 120_000_000  # the gyroscope takes up to 70 ms, the first samples are no good
LOOK_AGAIN_NS: Final = 1_000_000  # when a sample that is due has not come
AFTER_SAMPLE_NS: Final = 300_000  # it is looked for so long after it must have come
CLOCK_FIRST_NS: Final = 20_000_000  # so soon the counter is looked at again at first
CLOCK_EVERY_NS: Final = 250_000_000  # and so late after a while
CHECK_EVERY_NS: Final = 1_000_000_000
DOUBTS_WITHIN_NS: Final = 10_000_000_000  # provisional
DISTRUST_NS: Final = 3_000_000_000  # provisional
SILENT_NS: Final = 300_000_000

WIDEST_LOOK_NS: Final = 1_000_000  # a reading of the counter that took longer says too little
EARLIEST_NS: Final = 1_000_000  # a sample may seem to lie so far in the future

POLL_NS: Final = 700_000
"""What one poll may take: a set of 21 bytes with its addresses at 400 kHz, and the kernel's share;
inferred."""
