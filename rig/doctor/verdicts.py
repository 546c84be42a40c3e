"""What is wrong with a channel, the likeliest cause, and the cure, in a builder's words. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from rig.doctor.figures import FULL_SCALE_COUNTS, ChannelFigures
from rig.doctor.words import (
    CELL_STATES,
    DOUBTS,
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
_MANY_JUMPS: Final = 5  # in a check; provisional
NEAR_END: Final = 0.9  # provisional: share of the converter's range


def judge_cell(figures: ChannelFigures) -> list[Finding]:
    """Findings for a load cell's channel, the gravest first; none if it is well."""
    if figures.state in CELL_STATES:
        words = CELL_STATES[figures.state]
        if figures.state == "fast" and figures.own_rate_sps:
            words = replace(words, what=f"{words.what}: {figures.own_rate_sps:.0f} times a second")
        return [words]
    if figures.flagged.get("SATURATED"):
        return [_saturated(figures)]
    if not figures.good:
        return list(_doubts(figures)) or [NOTHING]
    found = [
        *_doubts(figures),
        *_jumps(figures),
        *_rate(figures),
        *bus_errors(figures),
        *_range(figures),
    ]
    found += _noise(figures)
    return sorted(found, key=lambda finding: finding.level != "fail")


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


def _jumps(figures: ChannelFigures) -> Iterator[Finding]:
    if figures.jumps:
        cause, cure = DOUBTS["early"]
        yield Finding(
            "warn" if figures.jumps < _MANY_JUMPS else "fail",
            f"{figures.jumps} conversions jumped away and back as no body does",
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


def bus_errors(figures: ChannelFigures) -> Iterator[Finding]:
    """Errors of the bus that passed."""
    if figures.bus_errors:
        yield Finding(
            "warn",
            f"{sum(figures.bus_errors.values())} bus errors, all recovered",
            "a loose plug or long I2C wires",
            "check this board's plug; keep it in the box",
        )
