"""Times of the HX711 (Avia datasheets) and the margins kept from them."""

from typing import Final

NOMINAL_PERIOD_NS: Final = 12_500_000  # 80 SPS
LONGEST_PULSE_NS: Final = 50_000  # T3 maximum; above 60 us the chip powers down
POWER_DOWN_NS: Final = 100_000  # SCK held high for longer than 60 us
SETTLE_NS: Final = 69_000_000  # 4.7 periods of a chip 15 % slow; it needs 4
SETTLE_PERIODS: Final = 4.7  # the same for a chip whose own period is known

SLOWEST_PERIOD_NS: Final = NOMINAL_PERIOD_NS * 115 // 100  # 15 % slow
GAP_PERIODS: Final = 1.2  # a running chip that pauses for longer was reset or unplugged

FRESH_NS: Final = NOMINAL_PERIOD_NS * 7 // 10
"""A read must end this soon after DOUT was last seen high: then no newer conversion, even of a
chip 15 % fast, can have ended within it. No conversion can follow another sooner either."""

SILENT_NS: Final = 600_000_000  # longer than a chip strapped to 10 SPS needs to settle
SLOW_GAP_NS: Final = 80_000_000  # a chip at 80 SPS is heard sooner than this, awoken or running
SLOW_SETTLE_NS: Final = 8 * SETTLE_NS  # at 10 SPS
SLOW_PERIOD_NS: Final = 50_000_000  # longer than this is the 10 SPS strap

PULL_NS: Final = 25_000
"""A data line that nothing drives follows its pull within 5 to 15 us."""
STUCK_RETRY_NS: Final = 100_000_000  # how often a line that is stuck low is looked at

CUT_OFF_ONES: Final = 12
"""So many are taken for a cut-off at once: of good values one in 4096 has them."""
