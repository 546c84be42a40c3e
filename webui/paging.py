"""Whole numbers from a request's query."""

from flask import abort, request

from webui.texts import text


def query_number(name: str, default: int, low: int, high: int) -> int:
    """`?name=5`; answers 400 with what is allowed where it is not a whole number in the range."""
    given = request.args.get(name, str(default))
    digits = given.isascii() and given.isdigit() and len(given) < 10
    if not (digits and low <= int(given) <= high):
        abort(400, text("error.number", name=name, given=repr(given), low=low, high=high))
    return int(given)
