"""What the recorder asks of the sampler, read from the control page."""

from dataclasses import dataclass
from pathlib import Path

from rig.calibration import Calibration
from rig.config.faults import wrong_fault
from rig.config.schema import BUZZER_PATTERNS
from rig.errors import CalibrationError, RingError
from rig.handover.control_page import ControlPage
from rig.handover.page import PageReader


@dataclass(frozen=True)
class Control:
    """One state of the control page, checked."""

    page: ControlPage
    calibration: Calibration


class ControlFollower:
    """Looks at the control page once a tick; a page that is not there yet is no error.

    `converter` is that of the cells, which says what simulated faults they can have.
    """

    def __init__(self, path: Path, converter: str = "hx711") -> None:
        self._path, self._converter = path, converter
        self._page: PageReader[ControlPage] | None = None
        self._seen = 0
        self.problem = ""

    def changed(self) -> Control | None:
        """The control page's new state, once per change."""
        page = self._page or self._open()
        if page is None or page.generation == self._seen:
            return None
        self._seen = page.generation
        try:
            document = page.read()
            control = None if document is None else _checked(document, self._converter)
        except (RingError, CalibrationError, ValueError) as error:
            self.problem = f"control page not followed: {error}"
            return None
        self.problem = ""
        return control

    def _open(self) -> PageReader[ControlPage] | None:
        try:
            self._page = PageReader(self._path, ControlPage)
        except RingError:
            return None
        return self._page


def _checked(page: ControlPage, converter: str) -> Control:
    """With everything on it known here. `CalibrationError` or `ValueError` says what is not."""
    if page.buzzer.pattern not in BUZZER_PATTERNS:
        raise ValueError(f"no buzzer pattern {page.buzzer.pattern!r}")
    for item in page.sim_faults.items():
        problem = wrong_fault(*item, converter)
        if problem:
            raise ValueError(problem)
    return Control(page, page.parsed_calibration())
