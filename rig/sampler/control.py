"""What the recorder asks of the sampler, read from the control page."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rig.calibration import Calibration, parse_calibration
from rig.config.faults import wrong_fault
from rig.config.schema import BUZZER_PATTERNS
from rig.errors import CalibrationError, RingError
from rig.handover.page import PageReader


@dataclass(frozen=True)
class Control:
    """One state of the control page."""

    generation: int
    calibration: Calibration
    contact_lost_n: float
    contact_regained_n: float
    muted: bool = False
    buzzer: dict[str, Any] = field(default_factory=dict)
    sim_faults: dict[str, str] = field(default_factory=dict)


class ControlFollower:
    """Looks at the control page once a tick; a page that is not there yet is no error.

    `converter` is that of the cells, which says what simulated faults they can have.
    """

    def __init__(self, path: Path, converter: str = "hx711") -> None:
        self._path, self._converter = path, converter
        self._page: PageReader | None = None
        self._seen = 0
        self.problem = ""

    def changed(self) -> Control | None:
        """The control page's new state, once per change."""
        page = self._page or self._open()
        if page is None or page.generation == self._seen:
            return None
        self._seen = page.generation
        document = page.read()
        return None if document is None else self._parse(document)

    def _open(self) -> PageReader | None:
        try:
            self._page = PageReader(self._path)
        except RingError:
            return None
        return self._page

    def _parse(self, document: dict[str, Any]) -> Control | None:
        try:
            control = Control(
                int(document["cal"]),
                parse_calibration(document["calibration"]),
                float(document["contact"]["lost_below_n"]),
                float(document["contact"]["regained_above_n"]),
                bool(document.get("muted", False)),
                _known_pattern(dict(document.get("buzzer", {}))),
                self._checked(dict(document.get("sim_faults", {}))),
            )
        except (CalibrationError, KeyError, TypeError, ValueError) as error:
            self.problem = f"control page not followed: {error}"
            return None
        self.problem = ""
        return control

    def _checked(self, faults: dict[str, str]) -> dict[str, str]:
        for item in faults.items():
            problem = wrong_fault(*item, self._converter)
            if problem:
                raise ValueError(problem)
        return faults


def _known_pattern(request: dict[str, Any]) -> dict[str, Any]:
    if request and request["pattern"] not in BUZZER_PATTERNS:
        raise ValueError(f"no buzzer pattern {request['pattern']!r}")
    return request
