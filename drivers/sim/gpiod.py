"""A module-shaped object with gpiod's interface on a simulated pin header."""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from drivers.sim.header import SimHeader


class _Value(enum.Enum):
    INACTIVE = 0
    ACTIVE = 1


class _Direction(enum.Enum):
    INPUT = 1
    OUTPUT = 2


class _Bias(enum.Enum):
    AS_IS = 0
    PULL_UP = 1
    PULL_DOWN = 2


@dataclass(frozen=True)
class SimLineSettings:
    """What is asked of a line."""

    direction: _Direction = _Direction.INPUT
    bias: _Bias = _Bias.AS_IS
    output_value: _Value = _Value.INACTIVE


class SimRequest:
    """Lines of a header, requested together."""

    def __init__(
        self, header: SimHeader, consumer: str, config: Mapping[Any, SimLineSettings]
    ) -> None:
        self._header = header
        self.consumer = consumer
        self._lines: list[int] = []
        for lines, settings in config.items():
            for line in lines if isinstance(lines, tuple) else (lines,):
                self._lines.append(line)
                self._set_up(line, settings)

    def set_value(self, line: int, value: _Value) -> None:
        """Set one output."""
        self._header.set(self._own(line), value.value)

    def get_value(self, line: int) -> _Value:
        """Get one line."""
        return _Value(self._header.get(self._own(line)))

    def get_values(self, lines: Iterable[int]) -> list[_Value]:
        """Get several lines at one time."""
        levels = self._header.get_all([self._own(line) for line in lines])
        return [_Value(level) for level in levels]

    def reconfigure_lines(self, config: Mapping[Any, SimLineSettings]) -> None:
        """New settings; a line that is not named falls back to the defaults, as in gpiod."""
        for line in self._lines:
            self._set_up(line, config.get(line, SimLineSettings()))

    def release(self) -> None:
        """The lines stay as they are."""
        self._lines = []

    def _own(self, line: int) -> int:
        if line not in self._lines:
            raise ValueError(f"line {line} is not part of this request")
        return line

    def _set_up(self, line: int, settings: SimLineSettings) -> None:
        if settings.direction is _Direction.OUTPUT:
            self._header.make_output(line, settings.output_value.value)
        else:
            self._header.make_input(line, int(settings.bias is _Bias.PULL_UP))


class SimGpiod:
    """`gpiod` with one chip per path of `labels` (path to label), all on one header."""

    LineSettings = SimLineSettings
    line = SimpleNamespace(Value=_Value, Direction=_Direction, Bias=_Bias)

    def __init__(self, header: SimHeader, labels: Mapping[str, str] | None = None) -> None:
        self._header = header
        self._labels = labels or {"/dev/gpiochip0": "pinctrl-rp1"}

    def request_lines(
        self, path: str, consumer: str, config: Mapping[Any, SimLineSettings]
    ) -> SimRequest:
        """Lines of the chip at `path`."""
        if path not in self._labels:
            raise FileNotFoundError(path)
        return SimRequest(self._header, consumer, config)

    def Chip(self, path: str) -> "_Chip":  # noqa: N802 - gpiod's name
        """The chip at `path`."""
        return _Chip(self._labels[path])


class _Chip:
    def __init__(self, label: str) -> None:
        self._label = label

    def __enter__(self) -> "_Chip":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def get_info(self) -> SimpleNamespace:
        return SimpleNamespace(label=self._label)
