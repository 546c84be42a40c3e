"""The commands that say what the next set is: drill, load, heel block."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from rig.context import Context
from rig.handover.refusals import refused
from rig.quote import quoted

CONTEXT_VERBS: Final = ("choose_drill", "set_load", "set_heel_block")
REBASELINE_VERBS: Final = ("set_load", "set_heel_block")  # weight and stance are others after them
_DRILL: Final = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_MOST_LOAD_KG: Final = 200.0
_MOST_BLOCK_MM: Final = 100.0


def changed_context(context: Context, verb: str, args: Mapping[str, Any]) -> Context:
    """The context after one of `CONTEXT_VERBS`. `CommandRefused` says what is wrong with it."""
    match verb:
        case "choose_drill":
            return replace(context, drill=_drill(args), silent=_silent(args))
        case "set_load":
            return replace(context, load_kg=_number(args, "load_kg", _MOST_LOAD_KG))
        case "set_heel_block":
            return replace(context, heel_block_mm=_number(args, "heel_block_mm", _MOST_BLOCK_MM))
        case _:
            raise refused("unknown_command", verb=quoted(verb))


def context_commands(context: Context) -> list[tuple[str, dict[str, Any]]]:
    """The commands, verb and arguments, that lead to a context from any other of that person."""
    return [
        ("choose_drill", {"drill": context.drill, "silent": context.silent}),
        ("set_load", {"load_kg": context.load_kg}),
        ("set_heel_block", {"heel_block_mm": context.heel_block_mm}),
    ]


def _drill(args: Mapping[str, Any]) -> str:
    drill = args.get("drill")
    if not isinstance(drill, str) or not _DRILL.fullmatch(drill):
        raise refused("bad_drill", given=quoted(drill))
    return drill


def _silent(args: Mapping[str, Any]) -> bool:
    silent = args.get("silent", False)
    if not isinstance(silent, bool):
        raise refused("bad_switch", name="silent", given=quoted(silent))
    return silent


def _number(args: Mapping[str, Any], name: str, most: float) -> float:
    value = args.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most:
        return float(value)
    raise refused("bad_number", name=name, most=most, given=quoted(value))
