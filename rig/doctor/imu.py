"""The inertial sensor: what was seen of it, and what that means. Pure."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from rig.doctor.figures import ChannelFigures, counters_of, flagged, grown
from rig.doctor.words import BUS_STUCK, Finding
from rig.frames import Block
from rig.handover.status_page import ChannelStatus, StatusPage
from rig.names import CHANNELS

_IMU: Final = CHANNELS.index("imu")
_GRAVITY_M_S2: Final = 9.81
_GRAVITY_OFF_M_S2: Final = 0.8  # provisional: twice the offset that the data sheets allow, 40 mg
_STILL_RAD_S: Final = 0.1  # provisional: beyond any zero-rate level, 3 degrees a second
_RATE_SPS: Final = 90.0  # of 104, less what an oscillator may be off; provisional
_DOUBTFUL_WARN: Final = 0.005  # provisional
_DOUBTFUL_FAIL: Final = 0.05  # provisional

_CABLE: Final = "unplug the dowel's lead, look at both plugs, and try another lead"
STATES: Final = {
    "no answer": Finding(
        "fail",
        "the inertial sensor does not answer",
        "the dowel is unplugged, its lead is broken, or SA0 sets another address",
        "check the lead; `i2cdetect -y 1` should show the address under [imu]",
    ),
    "bus stuck": BUS_STUCK,
    "other chip": Finding(
        "fail",
        "what answers at the inertial sensor's address is no LSM6DSOX and no LSM6DS3TR-C",
        "another board was fitted",
        "fit one of these two, or set present = false under [imu]",
    ),
    "resetting": Finding(
        "fail",
        "the inertial sensor loses its settings again and again",
        "its supply breaks down for moments",
        "check VCC and GND of the dowel's lead at both ends",
    ),
    "silent": Finding(
        "fail",
        "the inertial sensor answers and gives no samples",
        "the chip is damaged",
        "unplug the dowel and plug it in again, then try another board",
    ),
    "garbled": Finding(
        "fail",
        "what the inertial sensor says makes no sense",
        "the lead has a loose or a broken wire, or is wired without the bus extenders",
        _CABLE,
    ),
}
"""By the channel's state."""


def imu_figures(frames: Block, earlier: StatusPage, later: StatusPage) -> ChannelFigures:
    """The sensor over the time of the check, which has it on both status pages or on the later.

    Its rate is that of samples, of which a frame may hold two or none.
    """
    before, after = counters_of(earlier, later)["imu"]
    samples = _samples(after) - _samples(before)
    flags = frames["flags"][:, _IMU]
    values = frames["imu_values"][flags == 0].astype(float)
    force = np.linalg.norm(values[:, :3], axis=1)
    turn = np.linalg.norm(values[:, 3:], axis=1)
    return ChannelFigures(
        state=after.state or "",
        rate_sps=samples / max((later.t_ns - earlier.t_ns) * 1e-9, 1e-3),
        good=len(values),
        flagged=flagged(flags),
        doubtful=grown(before.doubtful or {}, after.doubtful or {}),
        recoveries=(after.recoveries or 0) - (before.recoveries or 0),
        bus_errors=grown(before.bus_errors or {}, after.bus_errors or {}),
        driver=after.driver or "",
        temperature_c=after.temperature_c or None,
        self_test=after.self_test or None,
        force_m_s2=float(np.median(force)) if len(values) else None,
        turn_rad_s=float(np.median(turn)) if len(values) else None,
    )


def _samples(status: ChannelStatus) -> int:
    return status.delivered + (status.saturated or 0)


def judge_imu(figures: ChannelFigures) -> list[Finding]:
    """Findings, the gravest first; none if it is well."""
    if figures.state in STATES:
        return [STATES[figures.state]]
    found = [*_self_test(figures), *_doubts(figures), *_saturated(figures)]
    found += [*_rate(figures), *_rest(figures)]
    return sorted(found, key=lambda finding: finding.level != "fail")


def _self_test(figures: ChannelFigures) -> Iterator[Finding]:
    result = figures.self_test or ""
    if result.startswith("failed"):
        yield Finding(
            "fail",
            f"the inertial sensor's own test {result}",
            "it was moved during the test, or it is damaged",
            "lay the dowel down, run the check again; then try another board",
        )


def _doubts(figures: ChannelFigures) -> Iterator[Finding]:
    doubtful = sum(figures.doubtful.values())
    share = doubtful / max(doubtful + figures.good, 1)
    if share > _DOUBTFUL_WARN:
        reason = max(figures.doubtful, key=lambda name: figures.doubtful[name])
        yield Finding(
            "fail" if share > _DOUBTFUL_FAIL else "warn",
            f"{doubtful} doubtful samples ({100 * share:.1f} %), mostly '{reason}'; none was used",
            "the dowel's lead is disturbed, too long, or wired without the bus extenders",
            _CABLE,
        )


def _saturated(figures: ChannelFigures) -> Iterator[Finding]:
    if count := figures.flagged.get("SATURATED"):
        yield Finding(
            "fail",
            f"saturated: {count} samples beyond 4 g or 500 degrees a second",
            "the dowel was struck or swung, or the sensor is damaged",
            "lay the dowel down and run the check again; then try another board",
        )


def _rate(figures: ChannelFigures) -> Iterator[Finding]:
    if figures.rate_sps < _RATE_SPS:
        yield Finding(
            "fail",
            f"{figures.rate_sps:.1f} samples a second, expected are 104",
            "the lead's plug is loose, or the I2C bus is slow",
            "check the plug; put dtparam=i2c_arm=on,i2c_arm_baudrate=400000 into "
            "/boot/firmware/config.txt",
        )


def _rest(figures: ChannelFigures) -> Iterator[Finding]:
    """Gravity and nothing else is what a sensor feels that lies still."""
    if figures.turn_rad_s is None or figures.force_m_s2 is None:
        return
    if figures.turn_rad_s > _STILL_RAD_S:
        yield Finding(
            "warn",
            "the dowel was moved: the inertial sensor's rest was not judged",
            "the check expects it to lie still",
            "lay the dowel down and run the check again",
        )
    elif abs(figures.force_m_s2 - _GRAVITY_M_S2) > _GRAVITY_OFF_M_S2:
        yield Finding(
            "warn",
            f"at rest it feels {figures.force_m_s2:.2f} m/s2, gravity is {_GRAVITY_M_S2:g}",
            "the accelerometer is damaged or under strain",
            "loosen the board's screw; then try another board",
        )
