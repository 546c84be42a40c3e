"""Why a command is refused: a code that stays, and the sentence in English.

The coach's page says the same in other languages by the code; `docs/http.md` lists them.
"""

from collections.abc import Mapping
from typing import Final

from rig.errors import CommandRefused
from rig.quote import shortened

_MOST: Final = 200  # characters of a value: a refusal has to fit into a slot of the event ring

REFUSALS: Final[Mapping[str, str]] = {
    "nobody_yet": "nobody has stepped on the platform yet",
    "nobody_there": "nobody stands on the platform",
    "someone_there": "someone stands on the platform",
    "not_weighed": "not weighed yet; stand still",
    "set_running": "a set is running",
    "stop_set_first": "a set is running; stop it first",
    "no_set_running": "no set is running",
    "no_set": "there is no set in this session",
    "no_rep": "there is no repetition to discard in this set",
    "no_person": "there is no person {person_id}",
    "bad_name": "name must be a text of at most 100 letters, not {given}",
    "bad_drill": "drill must be a name in small letters, not {given}",
    "no_drill": "there is no drill {given}; did you mean {nearest}?",
    "bad_number": "{name} must be a number from 0 to {most:g}, not {given}",
    "bad_switch": "{name} must be true or false, not {given}",
    "bad_calibration": "{problem}",
    "session_open": "a session is open; a calibration can change only between them",
    "too_few_frames": "there are no {window_s:g} s of frames yet",
    "cell_not_trusted": "{cell} has conversions that cannot be trusted",
    "cell_silent": "{cell} gives no conversions",
    "not_quiet": "the platform is not quiet: {cell} moves by {moves_n:.1f} N; step off and wait",
    "load_there": "{weight_n:.0f} N lie on the platform",
    "not_simulated": "only the simulated rig can be told to fail",
    "bad_fault": "{problem}",
    "not_kept": "{problem}",
    "unknown_command": "there is no command {verb}",
    "not_understood": "not understood: {problem}",
    "too_busy": "the recorder is too busy",
    "failed": "that went wrong inside the recorder, which goes on; its log says more",
}


def refused(code: str, **values: str | float) -> CommandRefused:
    """The refusal with this code of `REFUSALS`; `values`, cut where long, fill its sentence."""
    short = {
        name: shortened(value, _MOST) if isinstance(value, str) else value
        for name, value in values.items()
    }
    return CommandRefused(REFUSALS[code].format(**short), code, short)
