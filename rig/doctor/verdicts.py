"""What is wrong with a channel, the likeliest cause, and the cure, in a builder's words. Pure."""

from collections.abc import Iterator
from typing import Final

from rig.doctor.figures import FULL_SCALE_COUNTS, ChannelFigures
from rig.doctor.words import (
    BUS_STUCK,
    CELL_STATES,
    DOUBTS,
    NO_ADS1115,
    NOTHING,
    RATE_CAUSES,
    Finding,
    Level,
)

RATE_SPS: Final = (68.0, 96.0)  # 80 SPS −15 % (simulated tolerance) to the fastest boards seen
NOISE_N: Final = 0.15  # acceptance step 1: standard deviation at most 0.15 N
MOVING_N: Final = 20.0  # provisional: more than this is somebody, not noise
DOUBTFUL_WARN: Final = 0.005  # provisional
DOUBTFUL_FAIL: Final = 0.05  # the figure promised at 200 preemptions a second
NEAR_END: Final = 0.9  # provisional: share of the converter's range
PAD_RATE_SPS: Final = 95.0  # one scan in each of 100 ticks
PAD_IDLE_V: Final = 0.3  # provisional: a pad at rest has 33 mV, 0.5 N gives 1 V


def judge_cell(figures: ChannelFigures) -> list[Finding]:
    """Findings for a load cell's channel, the gravest first; none if it is well."""
    if figures.state in CELL_STATES:
        return [CELL_STATES[figures.state]]
    if figures.flagged.get("SATURATED"):
        return [_saturated(figures)]
    if not figures.good:
        return [NOTHING]
    found = [*_doubts(figures), *_rate(figures), *_errors(figures), *_range(figures)]
    found += _noise(figures)
    return sorted(found, key=lambda finding: finding.level != "fail")


def judge_pad(figures: ChannelFigures) -> list[Finding]:
    """Findings for a pad's channel, the gravest first; none if it is well."""
    if figures.state == "silent":
        return [_bus_down(figures)]
    found = list(_wire(figures))
    if found:
        return found
    return [*_scan_rate(figures), *_idle(figures)]


def level_of(findings: list[Finding]) -> Level:
    """The gravest level."""
    levels = {finding.level for finding in findings}
    return "fail" if "fail" in levels else "warn" if "warn" in levels else "ok"


def _saturated(figures: ChannelFigures) -> Finding:
    count = figures.flagged["SATURATED"]
    return Finding(
        "fail",
        f"saturated: {count} conversions at the end of the converter's range",
        "a wire between cell and board is loose, E+ and E- or A+ and A- are mixed up, or the "
        "cell gives more than gain 128 takes (above 2 mV/V)",
        "check the four wires of the cell; for a 3 mV/V cell set gain = 64 under [cells]",
    )


def _doubts(figures: ChannelFigures) -> Iterator[Finding]:
    doubtful = sum(figures.doubtful.values())
    share = doubtful / max(doubtful + figures.good, 1)
    if share <= DOUBTFUL_WARN:
        return
    reason = max(figures.doubtful, key=lambda name: figures.doubtful[name])
    cause, cure = DOUBTS[reason]
    yield Finding(
        "fail" if share > DOUBTFUL_FAIL else "warn",
        f"{doubtful} doubtful conversions ({100 * share:.1f} %), mostly '{reason}'; none was used",
        cause,
        cure,
    )


def _rate(figures: ChannelFigures) -> Iterator[Finding]:
    low, high = RATE_SPS
    lost = figures.recoveries > 0  # then fewer conversions are no matter of the oscillator
    if figures.rate_sps > high or (figures.rate_sps < low and not lost):
        yield Finding(
            "fail",
            f"{figures.rate_sps:.1f} conversions a second, expected are {low:.0f} to {high:.0f}",
            *RATE_CAUSES[figures.driver],
        )


def _range(figures: ChannelFigures) -> Iterator[Finding]:
    ends = [abs(figures.lowest_counts or 0), abs(figures.highest_counts or 0)]
    if max(ends) > NEAR_END * FULL_SCALE_COUNTS:
        yield Finding(
            "warn",
            f"{100 * max(ends) / FULL_SCALE_COUNTS:.0f} % of the converter's range is used",
            "the cell is preloaded by its mounting, or it is overloaded",
            "loosen the cell's screws and see whether the value falls",
        )


def _noise(figures: ChannelFigures) -> Iterator[Finding]:
    if figures.noise_n is None or figures.noise_n <= NOISE_N:
        return
    if (figures.spread_n or 0) > MOVING_N:
        yield Finding(
            "warn",
            "somebody is on the platform: its noise was not judged",
            "the check expects an empty platform",
            "step off and run the check again",
        )
    else:
        yield Finding(
            "fail",
            f"noise {figures.noise_n:.2f} N, at most {NOISE_N:g} N is expected",
            "a poor supply, a missing shield, or a cell that touches its frame",
            "power the rig from a class II supply, connect the shield, free the cell all round",
        )


def _bus_down(figures: ChannelFigures) -> Finding:
    return BUS_STUCK if figures.bus_errors.get("time-out") else NO_ADS1115


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


def _scan_rate(figures: ChannelFigures) -> Iterator[Finding]:
    if figures.rate_sps < PAD_RATE_SPS:
        yield Finding(
            "fail",
            f"{figures.rate_sps:.1f} readings a second, expected are 100",
            "the I2C bus is slow or disturbed",
            "put dtparam=i2c_arm=on,i2c_arm_baudrate=400000 into /boot/firmware/config.txt",
        )
    yield from _errors(figures)


def _errors(figures: ChannelFigures) -> Iterator[Finding]:
    if figures.bus_errors:
        yield Finding(
            "warn",
            f"{sum(figures.bus_errors.values())} bus errors, all recovered",
            "a loose plug or long I2C wires",
            "check this board's plug; keep it in the box",
        )


def _idle(figures: ChannelFigures) -> Iterator[Finding]:
    if figures.idle_v is not None and figures.idle_v > PAD_IDLE_V:
        yield Finding(
            "warn",
            f"{figures.idle_v:.2f} V at its lowest, a pad at rest has 0.03 V",
            "the dowel was in use, or the pad's mounting presses on it",
            "lay the dowel down and run the check again",
        )
