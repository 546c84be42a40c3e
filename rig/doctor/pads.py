"""What is wrong with a pad or with the converter and the bus that all pads share. Pure."""

from collections.abc import Iterator
from typing import Final

from rig.doctor.figures import ChannelFigures
from rig.doctor.verdicts import bus_errors
from rig.doctor.words import BUS_STUCK, Finding

PAD_RATE_SPS: Final = 95.0  # one scan in each of 100 ticks
PAD_IDLE_V: Final = 0.3  # provisional: a pad at rest has 33 mV, 0.5 N gives 1 V
SLOW_TRANSFER_US: Final = 300.0  # a word takes 112 us at 400 kHz, 450 at 100; provisional
SLOW_CONVERSION_US: Final = 1400.0  # 1/860 s, 10 % and the wake-up are 1.3 ms

_NO_ADS1115: Final = Finding(
    "fail",
    "the ADS1115 does not answer",
    "it is unplugged or without power",
    "check VDD, GND, SDA and SCL; `i2cdetect -y 1` should show the address under [pads]",
)
PAD_STATES: Final = {
    "no answer": _NO_ADS1115,
    "silent": _NO_ADS1115,
    "bus stuck": BUS_STUCK,
    "taken": Finding(
        "fail",
        "the ADS1115's address is taken by a driver of the kernel's",
        "an overlay for it is loaded, ads1115 or ads1015 for instance",
        "remove that dtoverlay line from /boot/firmware/config.txt and restart; `i2cdetect -y 1` "
        "shows UU as long as the address is taken",
    ),
    "no end": Finding(
        "fail",
        "the ADS1115's conversions never end: its OS bit stays 0",
        "the chip is a faulty clone, or damaged",
        "try another board",
    ),
}
"""By a pad's state."""
COARSE: Final = Finding(
    "fail",
    "all readings are multiples of 16",
    "the chip is an ADS1015 of 12 bits, sold as an ADS1115",
    "fit an ADS1115",
)
SLOW_BUS: Final = (
    "the I2C bus is clocked at 100 kHz, or a chip on it holds SCL",
    "put dtparam=i2c_arm=on,i2c_arm_baudrate=400000 into /boot/firmware/config.txt and restart",
)
SLOW_CHIP: Final = (
    "the chip is slower than the ADS1115's data sheet allows: a clone",
    "try another board",
)
DISTURBED: Final = (
    "the I2C bus is disturbed, or the sampler was kept from it",
    "check this board's plug, and allow the sampler real-time priority",
)


def judge_pad(figures: ChannelFigures) -> list[Finding]:
    """Findings for a pad's channel, the gravest first; none if it is well."""
    if figures.state in PAD_STATES:
        return [_elsewhere(figures.answers_at) or PAD_STATES[figures.state]]
    found = list(_wire(figures))
    if found:
        return found
    if figures.coarse:
        return [COARSE]
    return [*_pace(figures), *bus_errors(figures), *_idle(figures)]


def _elsewhere(address: int | None) -> Finding | None:
    if address is None:
        return None
    return Finding(
        "fail",
        f"the ADS1115 does not answer, but a chip answers at {address:#x}",
        "its ADDR wire sets another address",
        f"tie ADDR to GND for 0x48, or set i2c_address = {address:#x} under [pads]",
    )


def _pace(figures: ChannelFigures) -> Iterator[Finding]:
    """Too few readings, and what makes them slow though there are enough."""
    slow_bus = (figures.transfer_us or 0) > SLOW_TRANSFER_US
    slow_chip = (figures.conversion_us or 0) > SLOW_CONVERSION_US
    causes = SLOW_BUS if slow_bus else SLOW_CHIP if slow_chip else DISTURBED
    if figures.rate_sps < PAD_RATE_SPS:
        what = f"{figures.rate_sps:.1f} readings a second, expected are 100"
        yield Finding("fail", what, *causes)
    elif slow_bus:
        what = f"a transfer takes {figures.transfer_us:.0f} us, expected are 150 to 250"
        yield Finding("warn", what, *causes)
    elif slow_chip:
        what = f"a conversion takes {figures.conversion_us:.0f} us, at most 1300 are expected"
        yield Finding("warn", what, *causes)


def _wire(figures: ChannelFigures) -> Iterator[Finding]:
    if figures.flagged.get("OPEN"):
        yield Finding(
            "fail",
            "wire open: 0 V where a pad at rest has 33 mV",
            "a wire of the dowel's lead is broken or the breakaway connector is apart",
            "close the connector, then check the lead and the 470 kOhm at the pad",
        )
    if figures.flagged.get("SHORT"):
        yield Finding(
            "fail",
            "wire shorted: as good as the full 3.3 V",
            "both wires of the pad touch",
            "check the lead and the pad's tail for a short",
        )


def _idle(figures: ChannelFigures) -> Iterator[Finding]:
    if figures.idle_v is not None and figures.idle_v > PAD_IDLE_V:
        yield Finding(
            "warn",
            f"{figures.idle_v:.2f} V at its lowest, a pad at rest has 0.03 V",
            "the dowel was in use, or the pad's mounting presses on it",
            "lay the dowel down and run the check again",
        )
