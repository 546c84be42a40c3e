"""Whole numbers from a request's query."""

from flask import abort, request


def query_number(name: str, default: int, low: int, high: int) -> int:
    """`?name=5`; answers 400 with what is allowed where it is not a whole number in the range."""
    text = request.args.get(name, str(default))
    if not (text.isascii() and text.isdigit() and low <= int(text[:9]) <= high and len(text) < 10):
        abort(400, f"{name} is {text!r}; allowed is a whole number from {low} to {high}.")
    return int(text)
