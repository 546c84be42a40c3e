"""Print the error budget of load share, total, centre of pressure and contact.

    python hardware/verification/error_budget.py

All of it is inferred from data sheets and from the acceptance limits of `../calibration/`; nothing
was measured on a rig. Two columns: *expected* from the cells' data sheets, *allowed* by the
acceptance limits, which is what is claimed. Limits are taken as rectangular distributions (divided
by √3), summed as squares and doubled (k = 2, about 95 %). README.md has the printed tables; a test
compares them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot, log, sqrt
from typing import Final

from drivers.ads1115.registers import CONVERSION_NS
from rig.calibration import PadCalibration, typical_calibration
from rig.config import Config
from rig.frames import TICK_NS
from rig.names import PADS

G: Final = 9.80665
BODY_KG: Final = 75.0
FULL_SCALE_N: Final = 200 * G
COVERAGE: Final = 2.0
CONTACT_SD_MM: Final = 7.0
HEEL_SHARE: Final = 0.7  # the least even split of normal use: the worst for the place of contact
PAD: Final = PadCalibration()
FILTER_MS: Final = (PAD.divider_ohm + 1000) * 100e-9 * 1000  # R1 + R4 and C1
TRANSFERS_MS: Final = 0.5  # three a conversion on the bus, with the kernel's share
START_MS: Final = 0.15  # of them, the one that starts the conversion
SHIFT: Final = 0.2  # of the load, from toes to heels: the change of CoP that is judged
CLAIMS: Final = {"share": 1.0, "total": 1.0, "change": 1.0, "absolute": 10.0, "contact": 16.0}
"""Percent of body weight, percent, mm, mm, ms."""


@dataclass(frozen=True)
class Part:
    """One source of error of a plate's force, as a limit either way in newtons."""

    name: str
    expected_n: float
    allowed_n: float
    origin: str
    drifts: bool = True  # whether it can change between two moments of a session


def plate_load_n() -> float:
    """A quarter of the body weight."""
    return BODY_KG * G / 4


def parts() -> list[Part]:
    """Everything that makes one plate's force wrong."""
    cell = 0.0003 * FULL_SCALE_N
    load = plate_load_n()
    return [
        Part("linearity and hysteresis", hypot(cell, cell), 0.003 * 80 * G,
             "0.03 % FS each; span: 0.3 % of 80 kg"),
        Part("repeatability and creep", hypot(cell, cell), 0.002 * 60 * G,
             "0.03 % FS each; creep: 0.2 % of 60 kg"),
        Part("zero", 0.0005 * FULL_SCALE_N * 3 / 10, 1.0,
             "0.05 % FS per 10 °C, 3 °C; zero return: 1 N", drifts=False),
        Part("noise of one conversion", 0.057 * sqrt(3), 0.15 * sqrt(3),
             "57 mN; diagnostic: 0.15 N (standard deviations)"),
        Part("place on the plate", 0.001 * load, 0.005 * load,
             "0.1 %; five points: spread 1 %", drifts=False),
        Part("reference weights", 0.0005 * load, 0.001 * load,
             "10 g in 20 kg; scale 0.1 %", drifts=False),
        Part("crosstalk", 0.001 * load, 0.003 * load, "0.1 %; one plate loaded: 0.3 %",
             drifts=False),
    ]  # fmt: skip


def plate_n(column: str, *, drifting: bool = False) -> float:
    """Standard uncertainty of one plate's force, N."""
    limits = [getattr(part, column) for part in parts() if part.drifts or not drifting]
    return sqrt(sum((limit / sqrt(3)) ** 2 for limit in limits))


def share_pct(column: str) -> float:
    """Expanded uncertainty of the heel share, % of body weight.

    share = H/T; with half of the load on the heels each of four plates counts half of its error.
    """
    return COVERAGE * 100 * sqrt(4) * 0.5 * plate_n(column) / (BODY_KG * G)


def total_pct(column: str) -> float:
    """Expanded uncertainty of the total, %: four plates."""
    return COVERAGE * 100 * sqrt(4) * plate_n(column) / (BODY_KG * G)


def change_mm(column: str) -> float:
    """Expanded uncertainty of a change of CoP at fixed feet, mm: what drifts, and the gain."""
    lever_mm = typical_calibration("rig", id="x", created_utc="").cells[1].ap_mm
    drift = lever_mm * sqrt(4) * plate_n(column, drifting=True) / (BODY_KG * G)
    gain = {"expected_n": 0.001, "allowed_n": 0.005}[column] / sqrt(3)
    return COVERAGE * hypot(drift, gain * SHIFT * 2 * lever_mm)


def absolute_mm(column: str) -> float:
    """Expanded uncertainty of the CoP's place, mm: where the foot presses on a plate is unknown."""
    weights = [HEEL_SHARE / 2] * 2 + [(1 - HEEL_SHARE) / 2] * 2
    contact = CONTACT_SD_MM * sqrt(sum(weight**2 for weight in weights))
    plates = 1.0 / sqrt(3)  # where the plates' middles are, ± 1 mm
    return COVERAGE * sqrt(contact**2 + plates**2 + (change_mm(column) / COVERAGE) ** 2)


def contact_parts_ms() -> dict[str, float]:
    """From a pad's letting go to the frame that says so, for the pad that is scanned first."""
    poll_ms = Config().sampler.poll_us / 1000
    scan_ms = len(PADS) * (CONVERSION_NS / 1e6 + TRANSFERS_MS) + poll_ms
    fallen = volts(0.5, PAD) - volts(0, PAD)
    firm = volts(4, PAD) - volts(0, PAD)
    return {
        "until the next scan of the pad": TICK_NS / 1e6,
        "from its conversion's begin to the tick": scan_ms - START_MS,
        "filter, from 4 N to 0.5 N": FILTER_MS * log(firm / fallen),
        "a loss early in a conversion is seen by it": -fallen / firm * 1000 / 860,
    }


def volts(force_n: float, pad: PadCalibration) -> float:
    """The node's voltage."""
    parallel = 1 / pad.parallel_ohm if pad.parallel_ohm else 0.0
    siemens = parallel + (pad.siemens_at_1n * force_n**pad.exponent if force_n else 0.0)
    return pad.supply_v * pad.divider_ohm * siemens / (1 + pad.divider_ohm * siemens)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _head(cells: list[str]) -> str:
    return _row(cells) + _row(["---"] * len(cells))


def plate_table() -> str:
    """One plate's force, limits by source."""
    text = _head(["one plate's force, ± N", "expected", "allowed", "from"])
    for part in parts():
        text += _row([part.name, f"{part.expected_n:.2f}", f"{part.allowed_n:.2f}", part.origin])
    sums = [COVERAGE * plate_n(column) for column in ("expected_n", "allowed_n")]
    return text + _row(["together (k = 2)", *(f"{value:.2f}" for value in sums), "squares, √3"])


def result_table() -> str:
    """What is claimed against what comes out."""
    text = _head(["figure", "expected", "allowed", "claimed"])
    rows: Mapping[str, tuple[float, float, str]] = {
        f"heel share, % of body weight ({BODY_KG:g} kg)": (
            share_pct("expected_n"), share_pct("allowed_n"), f"± {CLAIMS['share']:g} %"),
        "total, %": (total_pct("expected_n"), total_pct("allowed_n"), f"± {CLAIMS['total']:g} %"),
        "change of CoP at fixed feet, mm": (
            change_mm("expected_n"), change_mm("allowed_n"), f"± {CLAIMS['change']:g} mm"),
        "place of CoP, mm": (
            absolute_mm("expected_n"), absolute_mm("allowed_n"), f"± {CLAIMS['absolute']:g} mm"),
    }  # fmt: skip
    for name, (expected, allowed, claim) in rows.items():
        text += _row([name, f"± {expected:.2f}", f"± {allowed:.2f}", claim])
    return text


def contact_table() -> str:
    """How long a lost contact takes to be seen."""
    text = _head(["contact loss, at worst", "ms"])
    found = contact_parts_ms()
    for name, value in found.items():
        text += _row([name, f"{value:.2f}"])
    claim = f"together (claimed: within {CLAIMS['contact']:g} ms)"
    return text + _row([claim, f"{sum(found.values()):.2f}"])


if __name__ == "__main__":
    print("\n".join([plate_table(), result_table(), contact_table()]), end="")
