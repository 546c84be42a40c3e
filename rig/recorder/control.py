"""What the recorder asks of the sampler: the calibration in force and the control page."""

import logging
import uuid
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from rig.calibration import parse_calibration, typical_calibration
from rig.config import Config
from rig.config.faults import wrong_fault
from rig.errors import CalibrationError, RingError
from rig.handover.control_page import Buzz, ContactLimits, ControlPage
from rig.handover.page import PageWriter, read_page
from rig.handover.refusals import refused
from rig.handover.run_dir import RunDir
from rig.names import CHANNELS
from rig.quote import quoted
from rig.recorder.choices import Choices
from rig.recorder.clocks import Clocks
from rig.recorder.empty_platform.zeros import Floats
from rig.storage.calibrations import DEFAULT, Calibrations, StoredCalibration
from rig.storage.database import Database
from rig.system.utc import iso_utc

_log: Final = logging.getLogger(__name__)


class ControlDesk:
    """Keeps the control page as it should be; every change is stored and on the page at once."""

    def __init__(
        self, config: Config, run_dir: RunDir, database: Database, choices: Choices, clock: Clocks
    ) -> None:
        self._config, self._choices, self._clock = config, choices, clock
        self._calibrations = Calibrations(database)
        before = _page_before(run_dir)
        self.muted = choices.muted()
        self._sim_faults = dict(before.sim_faults if before else config.sim.faults)
        self._buzzer = before.buzzer if before else Buzz(pattern="tick", number=0)
        self._page = PageWriter(run_dir.control)
        self.problems: list[str] = []
        self.stored = self._usable() or self._first()
        self._write()

    def close(self) -> None:
        """Let go of the page; it stays for the sampler."""
        self._page.close()

    def tare(self, zeros: Floats) -> None:
        """Put the calibration in force with other zeros."""
        old = self.stored.calibration
        new = old.with_zeros(
            zeros.tolist(), id=str(uuid.uuid4()), created_utc=iso_utc(self._clock.now_utc())
        )
        self.stored = self._calibrations.add(
            new, "tare", stored_utc=self._clock.now_utc(), parent_id=old.id
        )
        _log.info("tared; calibration %d is in force", self.stored.generation)
        self._write()

    def import_calibration(self, document: object) -> None:
        """Put a calibration document in force. `CommandRefused` says what is wrong with it."""
        try:
            calibration = parse_calibration(document)
        except CalibrationError as error:
            raise refused("bad_calibration", problem=str(error)) from None
        self.stored = self._calibrations.add(
            calibration, "import", stored_utc=self._clock.now_utc()
        )
        _log.info("imported calibration %d is in force", self.stored.generation)
        self._write()

    def mute(self, args: Mapping[str, Any]) -> None:
        """Silence or unsilence the buzzer."""
        muted = args.get("muted")
        if not isinstance(muted, bool):
            raise refused("bad_switch", name="muted", given=quoted(muted))
        self._choices.keep_muted(muted)
        self.muted = muted
        self._write()

    def buzz(self, pattern: str) -> None:
        """Play one of `BUZZER_PATTERNS` now."""
        self._buzzer = Buzz(pattern=pattern, number=self._buzzer.number + 1)
        self._write()

    def sim_fault(self, args: Mapping[str, Any]) -> None:
        """Break or mend a channel of the simulated rig."""
        if self._config.rig.platform != "sim":
            raise refused("not_simulated")
        channel, fault = str(args.get("channel")), args.get("fault")
        mended = fault is None and channel in CHANNELS
        problem = "" if mended else wrong_fault(channel, fault, self._config.cells.converter)
        if problem:
            raise refused("bad_fault", problem=problem)
        self._sim_faults.pop(channel, None)
        if not mended:
            self._sim_faults[channel] = str(fault)
        self._write()

    def _usable(self) -> StoredCalibration | None:
        """The newest calibration in the history that can be used; what cannot is a problem."""
        usable, broken = self._calibrations.usable()
        for problem in broken:
            self.problems.append(f"a stored calibration is set aside: {problem}")
            _log.error("%s", self.problems[-1])
        return usable

    def _first(self) -> StoredCalibration:
        now = self._clock.now_utc()
        typical = typical_calibration(
            self._config.rig.id, id=str(uuid.uuid4()), created_utc=iso_utc(now)
        )
        return self._calibrations.add(typical, DEFAULT, stored_utc=now)

    def _write(self) -> None:
        contact = self._config.contact
        self._page.write(
            ControlPage(
                cal=self.stored.generation,
                calibration=self.stored.calibration.to_json(),
                contact=ContactLimits(
                    lost_below_n=contact.lost_below_n, regained_above_n=contact.regained_above_n
                ),
                muted=self.muted,
                buzzer=self._buzzer,
                sim_faults=self._sim_faults,
            )
        )


def _page_before(run_dir: RunDir) -> ControlPage | None:
    """What a recorder before this one has left on the page, if it can be read."""
    with suppress(RingError):
        return read_page(run_dir.control, ControlPage)
    return None
