"""The comparison with the PyPI package `hx711`, the package itself on the simulated wire."""

import sys

import pytest

from drivers.errors import PlatformError
from drivers.hx711.pypi import import_pypi_hx711
from drivers.sim.hx711 import Behaviour
from rig.config import Config
from rig.sampler.comparison import read_for_comparison
from tests.bench.others import imported_onto
from tests.bench.wire import BenchWire


def test_one_cell_is_read_through_the_package():
    wire = BenchWire(Behaviour(), 400, 0)
    package = imported_onto(wire, "hx711")
    values = read_for_comparison(Config(), "left_toe", 2.0, wire.clock, package)
    assert 20 < len(values) <= 2 * 88 + 4
    assert values[-1] in wire.chips[1].latest


def test_where_the_package_cannot_work_the_message_says_what_it_needs(monkeypatch):
    monkeypatch.setitem(sys.modules, "hx711", None)
    with pytest.raises(PlatformError, match=r"needs RPi.GPIO.*hinge-rig\[pi\]"):
        import_pypi_hx711()
