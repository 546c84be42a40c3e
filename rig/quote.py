"""Quoting what came from outside: never more than a few words of it."""

from typing import Any, Final

_MOST: Final = 40


def quoted(value: Any) -> str:
    """What a value looks like, on one line, cut where it is long."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # an integer of thousands of digits, or endless nesting
        return "something too long to be shown"
    return shortened(text, _MOST)


def shortened(text: str, most: int) -> str:
    """At most so many characters, the last of them dots where something is left out."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
