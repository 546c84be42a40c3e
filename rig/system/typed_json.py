"""JSON into types: what does not fit is one line that says where and what."""

import re
from collections.abc import Iterable
from typing import Any, Final, TypeVar

import msgspec

_T = TypeVar("_T")
_PLACE: Final = re.compile(r"(?P<what>.*) - at `\$\.?(?P<where>.*)`", re.DOTALL)


def decode(text: bytes | str, kind: type[_T]) -> _T:
    """A value of this kind. `ValueError` says what is wrong, with its place in the document."""
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.ValidationError as error:
        raise ValueError(_in_order(str(error))) from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from None


def schemas(kinds: Iterable[Any]) -> dict[str, Any]:
    """JSON schemas of these types and of all that they consist of, by the types' names."""
    template = "#/components/schemas/{name}"
    return msgspec.json.schema_components(kinds, ref_template=template)[1]


def _in_order(text: str) -> str:
    """The place first, as everywhere else."""
    match = _PLACE.fullmatch(text)
    return f"{match['where']}: {match['what']}" if match else text
