"""Settings from defaults < file < environment < command line, with all mistakes in one message."""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import Field, fields
from pathlib import Path
from typing import Any, Final

from rig.config.schema import Config, cross_checks, settings_table
from rig.errors import ConfigError

_ENV_PREFIX: Final = "HINGE_RIG_"
_MINIMUM_LENGTH: Final = {"pins": 2}


class _Collector:
    """Values by dotted name, where each came from, and what is wrong with them."""

    def __init__(self) -> None:
        self.table = settings_table()
        self.values = {name: default for name, (_, default) in self.table.items()}
        self.origins: dict[str, str] = {}
        self.problems: list[str] = []

    def take(self, name: str, value: Any, origin: str) -> None:
        if name not in self.table:
            near = difflib.get_close_matches(name, self.table, n=1, cutoff=0.5)
            hint = f"; did you mean {near[0]}?" if near else ""
            self.problems.append(f"{origin}: unknown setting {name}{hint}")
            return
        item, default = self.table[name]
        wrong = _wrong(name, value, default, item)
        if wrong:
            self.problems.append(f"{origin}: {name} {wrong}")
            return
        self.values[name] = float(value) if isinstance(default, float) else value
        self.origins[name] = origin


def load_config(
    path: Path | None = None,
    environment: Mapping[str, str] | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> Config:
    """Read the settings; `ConfigError` names every mistake, its line and what is allowed.

    `path` may be None (no file). `overrides` are dotted names from the command line.
    """
    taken = _Collector()
    if path is not None:
        _take_file(taken, path)
    for name, text in (os.environ if environment is None else environment).items():
        if name.startswith(_ENV_PREFIX):
            _take_environment(taken, name, text)
    for name, value in (overrides or {}).items():
        taken.take(name, value, "command line")
    config = _build(taken.values)
    for name, wrong in cross_checks(config):
        taken.problems.append(f"{taken.origins.get(name, 'defaults')}: {name}: {wrong}")
    if taken.problems:
        raise ConfigError("\n".join(taken.problems))
    return config


def _take_file(taken: _Collector, path: Path) -> None:
    try:
        text = path.read_text(encoding="utf-8")
        document = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except (
        ValueError,
        RecursionError,
    ) as error:  # no TOML, no text, digits or brackets without end
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    lines = _key_lines(text)
    sections = {item.name for item in fields(Config)}
    for section, values in document.items():
        origin = f"{path}:{lines.get(section, 1)}"
        if section not in sections or not isinstance(values, dict):
            near = difflib.get_close_matches(section, sections, n=1, cutoff=0.5)
            hint = f"; did you mean [{near[0]}]?" if near else ""
            taken.problems.append(f"{origin}: unknown section [{section}]{hint}")
            continue
        for key, value in values.items():
            name = f"{section}.{key}"
            taken.take(name, value, f"{path}:{lines.get(name, 1)}")


def _key_lines(text: str) -> dict[str, int]:
    """Line numbers of sections and keys; good enough for messages, the parser is tomllib."""
    lines: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[([^\]]+)\]", line):
            section = header[1].strip()
            lines.setdefault(section, number)
        elif key := re.match(r"\s*([\w.-]+)\s*=", line):
            name = f"{section}.{key[1]}" if section else key[1]
            lines.setdefault(name, number)
    return lines


def _take_environment(taken: _Collector, variable: str, text: str) -> None:
    """`HINGE_RIG_WEB_PORT=8080` sets web.port; values are TOML, or plain text."""
    key = variable.removeprefix(_ENV_PREFIX).lower()
    names = {name.replace(".", "_"): name for name in taken.table}
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except (ValueError, RecursionError):
        value = text
    name = names.get(key, key)
    if name in taken.table and isinstance(taken.table[name][1], str):
        value = text
    taken.take(name, value, f"environment {variable}")


def _wrong(name: str, value: Any, default: Any, item: "Field[Any]") -> str:
    """What is wrong with a value, with what is allowed; empty if nothing is."""
    low, high, choices = (item.metadata[key] for key in ("low", "high", "choices"))
    allowed = f"allowed is {low:g} to {high:g}" if low is not None else ""
    if isinstance(default, list):
        return _wrong_list(name, value, default, allowed, low, high)
    if not _same_type(value, default):
        kind = {"int": "a whole number", "float": "a number", "str": "a text", "dict": "a table"}
        return f"must be {kind[type(default).__name__]}, not {value!r}" + (
            allowed and f"; {allowed}"
        )
    if choices and value not in choices:
        near = difflib.get_close_matches(str(value), map(str, choices), n=1, cutoff=0.4)
        hint = f"; did you mean {near[0]!r}?" if near and isinstance(value, str) else ""
        return f"is {value!r}, allowed is {', '.join(map(str, choices))}{hint}"
    if low is not None and not low <= value <= high:
        return f"is {value!r}, {allowed}"
    return ""


def _wrong_list(
    name: str,
    value: Any,
    default: list[Any],
    allowed: str,
    low: float | None,
    high: float | None,
) -> str:
    numbers = low is not None and high is not None
    kind = int if numbers else str
    if not isinstance(value, list) or any(type(item) is not kind for item in value):
        return f"must be a list of {'whole numbers' if numbers else 'texts'}, not {value!r}"
    length = _MINIMUM_LENGTH.get(name.split(".")[0])
    if length is not None and len(value) != length:
        return f"must have {length} entries like {default}, not {value!r}"
    if low is not None and high is not None and not all(low <= item <= high for item in value):
        return f"is {value!r}, {allowed}"
    return ""


def _same_type(value: Any, default: Any) -> bool:
    if isinstance(value, bool) or isinstance(default, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, float):
        return isinstance(value, int | float)
    return isinstance(value, type(default))


def _build(values: Mapping[str, Any]) -> Config:
    defaults = Config()
    sections = {}
    for section in fields(Config):
        kind = type(getattr(defaults, section.name))
        sections[section.name] = kind(
            **{item.name: values[f"{section.name}.{item.name}"] for item in fields(kind)}
        )
    return Config(**sections)
