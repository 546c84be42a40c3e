"""The balance stage: one block of frames in, one block of signals out."""

import numpy as np

from rig.analysis.balance.align import Aligner, Floats, Mask, Times
from rig.analysis.balance.contact import ContactLatch
from rig.analysis.balance.forces import CellScale, PadScale, PlateGeometry
from rig.analysis.balance.freshness import Freshness
from rig.analysis.balance.grip import StandingGrip
from rig.analysis.balance.guard import CellGuard
from rig.analysis.balance.lead import FallingLead
from rig.analysis.inclination import Inclination
from rig.analysis.settings import AnalysisSettings
from rig.calibration import Calibration
from rig.frames import SIGNALS, Block, Forces, Signals
from rig.names import CELLS, FORCE_CHANNELS, PADS

_FORCES = len(FORCE_CHANNELS)
_BITS = (1 << np.arange(_FORCES)).astype(np.uint32)


class Balance:
    """Forces, shares, centre of pressure and contacts, with the state between blocks.

    Flagged conversions are never used; a channel without a good one for `stale_ns` is NaN and so
    is everything computed from it.
    """

    def __init__(self, calibration: Calibration, settings: AnalysisSettings) -> None:
        self._cells = CellScale(calibration)
        self._pads = PadScale(calibration)
        self._plates = PlateGeometry(calibration, settings.presence.on_n)
        follows = [True] * len(CELLS) + [False] * len(PADS)
        self.guard = CellGuard(settings.balance)
        self._align = Aligner(follows, settings.balance.stale_ns)
        self._imu = Freshness(1 << _FORCES, settings.balance.stale_ns)
        self.inclination = Inclination(settings.inclination)
        self._on_n = settings.presence.on_n
        self._grip = StandingGrip(np.array([pad.is_typical for pad in calibration.pads]))
        self._calibrated = StandingGrip(np.zeros(len(PADS), np.bool_))
        self._lead = FallingLead(len(PADS), settings.balance.lead_s)
        self._contact = ContactLatch(
            len(PADS), settings.balance.contact_lost_n, settings.balance.contact_regained_n
        )

    def feed(self, block: Block) -> Signals:
        """Signals (SIGNALS, same length) for the next frames."""
        cells = self._cells.force_n(block["cell_counts"])
        pads = self._pads.force_n(block["pad_counts"])
        good = block["flags"] == 0
        if len(block):
            self.guard.keep_out(block["t_ns"], block["cell_counts"], cells, good)
        out = self._combine(
            block["t_ns"],
            np.concatenate([block["cell_t_ns"], block["pad_t_ns"]], axis=1),
            np.concatenate([cells, pads], axis=1),
            good[:, :_FORCES],
            self._grip,
        )
        out["valid"] |= self._imu.feed(block["t_ns"], block["imu_t_ns"][:, 0], good[:, _FORCES])
        self._incline(out, block, good[:, _FORCES])
        return out

    def feed_forces(self, forces: Forces) -> Signals:
        """Signals for the next rows of FORCES: newtons already, taken at the rows' times."""
        force_n = np.concatenate([forces["cell_n"], forces["pad_n"]], axis=1)
        t_ns = forces["t_ns"].repeat(_FORCES).reshape(force_n.shape)
        good = np.isfinite(force_n)
        if len(forces):
            self.guard.keep_out(forces["t_ns"], None, forces["cell_n"], good)
        out = self._combine(forces["t_ns"], t_ns, force_n, good, self._calibrated)
        inertial = np.isfinite(forces["imu_values"]).all(axis=1)
        out["valid"] |= self._imu.feed(forces["t_ns"], forces["imu_t_ns"][:, 0], inertial)
        self._incline(out, forces, inertial)
        return out

    def _incline(self, out: Signals, rows: Block | Forces, good: Mask) -> None:
        """The dowel's inclination, while somebody who stands there holds it to the back."""
        if self.inclination.asleep(good):
            out["inclination_deg"] = out["inclination_sd_deg"] = np.nan
            return
        absent = ~np.isfinite(out["pad_n"])
        held = (out["contact"] | absent).all(axis=1) & ~(out["fz_n"] < self._on_n)
        gone = (~out["contact"] & ~absent).any(axis=1) & ~out["contact"].any(axis=1)
        gone |= out["fz_n"] < self._on_n
        found = self.inclination.feed(
            rows["t_ns"], rows["imu_t_ns"][:, 0], rows["imu_values"], good, held, gone
        )
        out["inclination_deg"], out["inclination_sd_deg"] = found

    def _combine(
        self, frame_t: Times, t_ns: Times, force_n: Floats, good: Mask, grip: StandingGrip
    ) -> Signals:
        """From forces of all channels (n, 7), their own times, and which of them to use."""
        out = np.empty(len(frame_t), SIGNALS)
        if not len(frame_t):
            return out
        force_n = self._align.feed(frame_t, t_ns, force_n, good)
        pad_n = force_n[:, len(CELLS) :]
        self._plates.fill(out, self._cells.uncross(force_n[:, : len(CELLS)]))
        out["pad_n"] = pad_n
        led_n = self._lead.feed(frame_t, pad_n)
        out["contact"] = self._contact.feed(led_n, grip.feed(frame_t, pad_n))
        out["valid"] = np.isfinite(force_n).dot(_BITS)
        return out
