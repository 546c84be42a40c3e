"""What is wrong with a channel, the likeliest cause, and the cure, in a builder's words. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from rig.doctor.figures import FULL_SCALE_COUNTS, ChannelFigures

Level = Literal["ok", "warn", "fail"]

RATE_SPS: Final = (68.0, 96.0)  # 80 SPS −15 % (simulated tolerance) to the fastest boards seen
NOISE_N: Final = 0.15  # acceptance step 1: standard deviation at most 0.15 N
MOVING_N: Final = 20.0  # provisional: more than this is somebody, not noise
DOUBTFUL_WARN: Final = 0.005  # provisional
DOUBTFUL_FAIL: Final = 0.05  # the figure promised at 200 preemptions a second
NEAR_END: Final = 0.9  # provisional: share of the converter's range
PAD_RATE_SPS: Final = 95.0  # one scan in each of 100 ticks
PAD_IDLE_V: Final = 0.3  # provisional: a pad at rest has 33 mV, 0.5 N gives 1 V


@dataclass(frozen=True)
class Finding:
    """One thing that was found."""

    level: Level
    what: str
    cause: str
    cure: str


_STATES: Final = {
    "not connected": Finding(
        "fail",
        "not connected: nothing drives its data line",
        "the board is unplugged or has no power, or the DOUT wire is broken",
        "check VCC, GND and DOUT of this board at both ends",
    ),
    "stuck high": Finding(
        "fail",
        "stuck high: its data line is driven high and no conversion comes",
        "SCK does not reach the board and it sleeps, or DOUT touches 3.3 V, or the chip is dead",
        "check the SCK wire, then DOUT for a short to 3.3 V, then try another board",
    ),
    "stuck low": Finding(
        "fail",
        "stuck low: its data line does not go high after a reading",
        "DOUT touches ground, or SCK does not reach the board",
        "check DOUT for a short to ground and the SCK wire",
    ),
    "10 SPS": Finding(
        "fail",
        "converts at 10 SPS",
        "RATE is strapped to ground",
        "set RATE to 80 SPS (to VCC) on this board",
    ),
}
_DOUBTS: Final = {
    "long pulse": (
        "something kept the sampler from ending a clock pulse in time",
        "allow it real-time priority, and end other programs",
    ),
    "late": (
        "the sampler was kept from reading for milliseconds",
        "allow it real-time priority, and end other programs",
    ),
    "gap": ("the board loses power or its plug is loose", "check VCC, GND and the plug"),
    "unplugged": ("the board loses power or its plug is loose", "check VCC, GND and the plug"),
    "was silent": ("the board loses power or its plug is loose", "check VCC, GND and the plug"),
    "early": ("disturbances on DOUT or SCK", "shorten the wires, keep them from mains and motors"),
    "line low": ("disturbances on DOUT or SCK", "shorten the wires, keep them from mains"),
}


def judge_cell(figures: ChannelFigures) -> list[Finding]:
    """Findings for a load cell's channel, the gravest first; none if it is well."""
    state = "10 SPS" if figures.state == "slow" else figures.state
    if state in _STATES:
        return [_STATES[state]]
    if figures.flagged.get("SATURATED"):
        return [_saturated(figures)]
    if not figures.good:
        return [_NOTHING]
    found = [*_doubts(figures), *_rate(figures), *_range(figures), *_noise(figures)]
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


_NOTHING: Final = Finding(
    "fail",
    "no valid conversion came",
    "the board has only just been plugged in, or its supply is not steady",
    "check its supply and run the check again",
)


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
    cause, cure = _DOUBTS[reason]
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
            "the board has another crystal, or RATE is not tied to VCC",
            "check RATE and the clock of this board",
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
    if figures.bus_errors.get("time-out"):
        return Finding(
            "fail",
            "the I2C bus is stuck (time-out)",
            "SDA or SCL touches ground, or a chip holds the bus",
            "check both wires for shorts, then switch the rig off and on",
        )
    return Finding(
        "fail",
        "the ADS1115 does not answer",
        "it is unplugged or without power, or its ADDR wire sets another address",
        "check VDD, GND, SDA and SCL; `i2cdetect -y 1` should show the address under [pads]",
    )


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
    if figures.bus_errors:
        yield Finding(
            "warn",
            f"{sum(figures.bus_errors.values())} bus errors, all recovered",
            "a loose plug or long I2C wires",
            "check the ADS1115's plug; keep it in the box",
        )


def _idle(figures: ChannelFigures) -> Iterator[Finding]:
    if figures.idle_v is not None and figures.idle_v > PAD_IDLE_V:
        yield Finding(
            "warn",
            f"{figures.idle_v:.2f} V at its lowest, a pad at rest has 0.03 V",
            "the dowel was in use, or the pad's mounting presses on it",
            "lay the dowel down and run the check again",
        )
