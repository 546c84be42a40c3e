"""What a CSV's rows do not say, from a session bundle's `session.json`."""

import math
from dataclasses import dataclass
from pathlib import Path

from rig.analysis.settings import AnalysisSettings
from rig.context import Context
from rig.errors import CommandRefused, FormatError
from rig.recording.reader import RecordedCommand
from rig.recording.session_document import SessionDocument, read_session_document
from rig.session.context_commands import CONTEXT_VERBS, changed_context
from rig.session.settings import analysis_settings


@dataclass(frozen=True)
class SessionContext:
    """What was in force when a session began, and the commands in it.

    A command's `t_ns` is that of the frame before it, since the first frame. A heel block needs
    nothing here: the stance is taken from standing on it.
    """

    context: Context = Context(person_id="")
    settings: AnalysisSettings = AnalysisSettings()
    commands: tuple[RecordedCommand, ...] = ()


def read_context(path: Path) -> SessionContext:
    """What the file knows; `FormatError` says what is wrong with it."""
    document = read_session_document(path)
    context = Context(
        person_id="",
        load_kg=document.external_load_kg or 0.0,
        usual_drop_m=document.usual_drop_m or 0.0,
        usual_deg=document.usual_deg or 0.0,
    )
    return SessionContext(context, _settings(path, document), _commands(path, document))


def _settings(path: Path, document: SessionDocument) -> AnalysisSettings:
    if document.settings is None:
        return AnalysisSettings()
    try:
        settings = analysis_settings(document.settings)
        contact = settings.balance
        if 0 < contact.contact_lost_n <= contact.contact_regained_n < math.inf and all(
            0 <= share <= 1 for share in document.settings.get("judging", {}).values()
        ):
            return settings
    except (AttributeError, KeyError, TypeError):
        pass
    raise FormatError(
        f"{path}: settings.contact must have lost_below_n and regained_above_n, and "
        "settings.judging, if it is there, five shares from 0 to 1"
    )


def _commands(path: Path, document: SessionDocument) -> tuple[RecordedCommand, ...]:
    found = []
    for number, item in enumerate(document.commands):
        try:
            if item.verb in CONTEXT_VERBS:
                changed_context(Context(person_id=""), item.verb, item.args)
        except CommandRefused as refusal:
            raise FormatError(f"{path}: commands[{number}] is no command: {refusal}") from None
        command = {"verb": item.verb, "args": item.args}
        found.append(RecordedCommand(round(item.t_s * 1e9), command))
    return tuple(found)
