"""One run through a script as seven force curves, with the truth about it."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from rig.names import CELLS, PADS
from rig.simulation.trainee.anthropometry import segments_of
from rig.simulation.trainee.balance import BodyModel, Movement, ground_of
from rig.simulation.trainee.body import GRAVITY, hip_path
from rig.simulation.trainee.dowel_motion import dowel_motion, inclination_rad
from rig.simulation.trainee.motion import RATE_HZ, Motion, RepTruth, move
from rig.simulation.trainee.rod import pad_forces
from rig.simulation.trainee.script import Script, Trainee

Floats = npt.NDArray[np.float64]

_PLATE_AP_M: Final = 0.080
_PAD_WANDER: Final = 0.06
_RELEASE_S: Final = 0.015  # of a pad's cover; provisional
_SWAY_AP_M: Final = 0.0025
_SWAY_SHARE: Final = 0.006
_SLOW_SHARE: Final = 0.15  # of the variance of the force of standing; provisional
_PLATE_FAULTS: Final = ("toe_weight", "heel_lift", "side_shift")
_TOE_WEIGHT: Final = 0.30  # heel share (contract)
_HEEL_LIFT: Final = 0.012  # of body weight (contract)
_SIDE_SHIFT: Final = 0.08  # of the right side's share (contract)


@dataclass(frozen=True)
class Performance:
    """Forces over one run: `cell_n` (n, 4) and `pad_n` (n, 3) at `RATE_HZ`, and what is true.

    `pad_shown_n` is what the pads show, whose covers spring back late; `rod_n` the dowel's weight.
    `imu` (n, 6) is what a perfect inertial sensor on the dowel feels, `dowel_deg` (n,) the dowel's
    true inclination.
    """

    cell_n: Floats
    pad_n: Floats
    pad_shown_n: Floats
    reps: list[RepTruth]
    body_weight_n: float
    imu: Floats
    dowel_deg: Floats
    rod_n: float = 0.0

    @property
    def duration_s(self) -> float:
        """Length of the run."""
        return len(self.cell_n) / RATE_HZ

    def carried_at(self, t_s: float) -> float:
        """What stands on the platform at a time, in newtons: the person, with the dowel if held."""
        row = min(round(t_s * RATE_HZ), len(self.pad_n) - 1)
        return self.body_weight_n + (self.rod_n if self.pad_n[row].any() else 0.0)

    def cell_at(self, cell: int, t_s: float) -> float:
        """Force on a cell at a time, in newtons; the run repeats for ever."""
        return _between(self.cell_n, cell, t_s)

    def pad_at(self, pad: int, t_s: float) -> float:
        """Force on a pad at a time, in newtons; the run repeats for ever."""
        return _between(self.pad_shown_n, pad, t_s)

    def imu_at(self, t_s: float) -> list[float]:
        """Specific force (m/s²) and angular velocity (rad/s) at a time; the run repeats."""
        return [_between(self.imu, axis, t_s) for axis in range(self.imu.shape[1])]


def _between(curves: Floats, column: int, t_s: float) -> float:
    place = t_s * RATE_HZ
    low = int(place)
    n = len(curves)
    before, after = curves.item(low % n, column), curves.item((low + 1) % n, column)
    return before + (after - before) * (place - low)


def perform(script: Script, seed: int, model: BodyModel = "prescribed") -> Performance:
    """Let the script's trainee do it once; the same seed gives the same curves.

    The models in `balance.py`; with any but the first the dowel has weight, and pads let go late.
    """
    rng = np.random.default_rng(seed)
    trainee, motion = script.trainee, move(script)
    rod_n = 0.0 if model == "prescribed" else trainee.grip.rod_kg * GRAVITY
    cells = _cell_forces(trainee, motion, rng, model, rod_n)
    weight_n = trainee.mass_kg * GRAVITY
    reps = [_with_plate_faults(rep, cells, weight_n) for rep in motion.reps]
    pads = _pads(trainee, motion, rng)
    shown = pads if model == "prescribed" else _released_late(pads)
    angle = inclination_rad(motion.trunk_deg + motion.lean_deg, motion.held)
    imu = _imu(trainee, motion, angle, seed)
    return Performance(cells, pads, shown, reps, weight_n, imu, np.degrees(angle), rod_n)


def _imu(trainee: Trainee, motion: Motion, angle_rad: Floats, seed: int) -> Floats:
    """Of the dowel on a back whose hip goes where the legs bring it."""
    x, z = hip_path(
        segments_of(trainee.mass_kg, trainee.height_m),
        np.radians(motion.knee_deg),
        np.radians(motion.trunk_deg),
        (trainee.stance_cop_mm + motion.com_shift_mm) / 1000,
    )
    held = np.clip(motion.held, 0.0, 1.0)
    return dowel_motion(angle_rad, x * held, z * held, RATE_HZ, seed)


def _with_plate_faults(rep: RepTruth, cells: Floats, weight_n: float) -> RepTruth:
    """The repetition with those faults that the contract defines by forces on the plates."""
    start, end = round(rep.start_s * RATE_HZ), round(rep.end_s * RATE_HZ)
    heel = cells[:, 0] + cells[:, 2]
    total = np.maximum(cells.sum(axis=1), 1.0)
    right = (cells[:, 2] + cells[:, 3]) / total
    part = slice(start, end)
    faults = set(rep.faults) - set(_PLATE_FAULTS)
    faults |= {"toe_weight"} if (heel / total)[part].min() < _TOE_WEIGHT else set()
    faults |= {"heel_lift"} if heel[part].min() < _HEEL_LIFT * weight_n else set()
    faults |= {"side_shift"} if np.abs(right[part] - right[start]).max() > _SIDE_SHIFT else set()
    return replace(rep, faults=tuple(sorted(faults)))


def _cell_forces(
    trainee: Trainee, motion: Motion, rng: np.random.Generator, model: BodyModel, rod_n: float
) -> Floats:
    n = len(motion.t_s)
    sway = _SWAY_AP_M * _wander(n, rng)
    movement = Movement(
        segments_of(trainee.mass_kg, trainee.height_m),
        np.radians(motion.knee_deg),
        np.radians(motion.trunk_deg),
        (trainee.stance_cop_mm + motion.com_shift_mm) / 1000 + sway,
        RATE_HZ,
    )
    ground = ground_of(model, movement, rng)
    lift = np.gradient(np.gradient(motion.rise_m)) * RATE_HZ**2 / GRAVITY
    restless = trainee.restless * _restless(n, rng)
    fz = ground.fz_n * (1 + lift + motion.jolt + restless) + rod_n * np.clip(motion.held, 0.0, 1.0)
    heel = np.clip(0.5 - ground.cop_m / (2 * _PLATE_AP_M), 0.0, 1.0)
    right = _right_share(trainee, motion, n, rng)
    load = fz * np.maximum(motion.on_left, motion.on_right) * (1 - motion.borne)
    shares = {"heel": heel, "toe": 1 - heel, "left": 1 - right, "right": right}
    columns = [load * shares[side] * shares[end] for side, end in (c.split("_") for c in CELLS)]
    return np.maximum(np.stack(columns, axis=1), 0.0)


def _right_share(trainee: Trainee, motion: Motion, n: int, rng: np.random.Generator) -> Floats:
    """Load share of the right foot: from how far each foot is on, and sway."""
    both = motion.on_left * (1 - trainee.right_share) + motion.on_right * trainee.right_share
    stepping = motion.on_right * trainee.right_share / np.maximum(both, 1e-9)
    moved = motion.right_shift + _SWAY_SHARE * _wander(n, rng)
    share: Floats = np.clip(stepping + moved * motion.on_right, 0.0, 1.0)
    return share


def _pads(trainee: Trainee, motion: Motion, rng: np.random.Generator) -> Floats:
    """Pad forces of the rod's mechanics, each with a slow wander of its own."""
    held = np.clip(motion.held, 0.0, 1.0)
    force = pad_forces(trainee.grip, motion.trunk_deg, motion.spine_mm, held)
    wander = np.stack([_wander(len(held), rng) for _ in PADS], axis=1)
    return np.maximum(force * (1 + _PAD_WANDER * wander), 0.0)


def _released_late(pad_n: Floats) -> Floats:
    """What the pads show: a falling force is followed with a time constant."""
    shown = pad_n.copy()
    share = 1 - np.exp(-1 / (_RELEASE_S * RATE_HZ))
    for at in range(1, len(shown)):
        falling = shown[at - 1] + share * (pad_n[at] - shown[at - 1])
        shown[at] = np.maximum(pad_n[at], falling)
    return shown


def _restless(n: int, rng: np.random.Generator) -> Floats:
    """Total force while standing, of unit spread: heartbeat, and postural sway below 1 Hz.

    The sway part is small: a hundredth of a per cent at 0.3 Hz is a third of a millimetre of
    height, and people stand within a few millimetres.
    """
    beat = _wander(n, rng, slowest_hz=1.0, corner_hz=4.0, fastest_hz=8.0)
    sway = _wander(n, rng, slowest_hz=0.25, corner_hz=1.0, fastest_hz=1.0)
    both: Floats = np.sqrt(1 - _SLOW_SHARE) * beat + np.sqrt(_SLOW_SHARE) * sway
    return both


def _wander(
    n: int,
    rng: np.random.Generator,
    *,
    slowest_hz: float = 0.0,
    corner_hz: float = 0.3,
    fastest_hz: float = 1.0,
) -> Floats:
    """A random curve of unit spread that ends where it starts, weaker above `corner_hz`."""
    hz = np.fft.rfftfreq(n, 1 / RATE_HZ)
    slow = np.flatnonzero((hz > slowest_hz) & (hz <= fastest_hz))
    spectrum = np.zeros(len(hz), np.complex128)
    size = rng.normal(size=len(slow)) / (1 + (hz[slow] / corner_hz) ** 2)
    spectrum[slow] = size * np.exp(2j * np.pi * rng.random(len(slow)))
    curve = np.fft.irfft(spectrum, n)
    spread = float(curve.std())
    return curve / spread if spread else curve
