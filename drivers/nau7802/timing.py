"""Times of the NAU7802 and the margins kept from them."""

from typing import Final

NOMINAL_PERIOD_NS: Final = 12_500_000  # 80 SPS
DIGITAL_NS: Final = 1_000_000  # 200 us from PUD to PUR (data sheet)
DIGITAL_LIMIT_NS: Final = 100_000_000  # provisional
ANALOG_NS: Final = 600_000_000  # until the analog part is steady after power-up, as others wait
CALIBRATION_LIMIT_NS: Final = 1_500_000_000  # provisional: 0.34 s are reported

SETTLE_NS: Final = 110_000_000
"""Six conversions of a chip 15 % slow, and a period more. Provisional: six is what the driver of
the Linux kernel waits for."""

FRESH_NS: Final = NOMINAL_PERIOD_NS * 7 // 10
"""A read must end this soon after no conversion was ready: then none, even of a chip 15 % fast, can
have replaced the one that is read."""

LOOK_PERIODS: Final = 0.8
"""Of a period after the last conversion the next one is looked for: a fifth of the looks, and time
enough for three others to be served in between (2.5 ms)."""
SILENT_NS: Final = 600_000_000  # a chip that answers and gives nothing for so long is started anew
RETRY_NS: Final = 250_000_000

POLL_NS: Final = 600_000
"""What one poll may take: a chip is selected, looked at, read, and looked at again (400 kHz, with
the kernel's share; inferred)."""
