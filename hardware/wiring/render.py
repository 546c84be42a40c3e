"""Render the harness: each `*.yml` here to SVG, WireViz's parts list and a list of wires.

    python hardware/wiring/render.py [FOLDER]

Writes `rig.svg`, `rig.bom.tsv`, `rig.wires.csv` and the same for `budget` beside this file, or into
FOLDER. What would differ between machines is kept out: graphviz measures texts by its own tables
instead of by the installed fonts, and comments with versions are removed.
"""

import csv
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wireviz.wireviz import parse

HERE = Path(__file__).parent
HARNESSES = ("rig", "budget")
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)


def render(name: str, into: Path) -> None:
    """Write the three files of one harness."""
    with _graphviz_without_fonts():
        harness = parse(
            HERE / f"{name}.yml",
            return_types="harness",
            output_formats=("svg", "tsv"),
            output_dir=into,
        )
    drawing = into / f"{name}.svg"
    drawing.write_text(_COMMENT.sub("", drawing.read_text("utf-8")), "utf-8")
    with (into / f"{name}.wires.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("cable", "wire", "colour", "from", "to"))
        writer.writerows(_wires(harness))


def _wires(harness: Any) -> Iterator[tuple[str, str, str, str, str]]:
    """Every wire with both ends; a shield has one."""
    for cable in harness.cables.values():
        for link in sorted(cable.connections, key=lambda link: str(link.via_port).zfill(3)):
            colour = "shield" if link.via_port == "s" else cable.colors[link.via_port - 1]
            ends = (
                _pin(harness, link.from_name, link.from_pin),
                _pin(harness, link.to_name, link.to_pin),
            )
            yield cable.name, str(link.via_port), colour, *ends
    for mate in harness.mates:
        ends = (
            _pin(harness, mate.from_name, mate.from_pin),
            _pin(harness, mate.to_name, mate.to_pin),
        )
        yield "plug", "", "", *ends


def _pin(harness: Any, name: str | None, pin: Any) -> str:
    """`A2.SCK`, or `X1.11 GPIO17` where pins have numbers of their own beside labels."""
    if name is None:
        return ""
    connector = harness.connectors[name]
    labels = dict(zip(connector.pins, connector.pinlabels, strict=False))
    numbered = list(connector.pins) != list(range(1, len(connector.pins) + 1))
    label = str(labels.get(pin, ""))
    text = f"{pin} {label}".strip() if numbered or not label else label
    return f"{name}.{text}"


@contextmanager
def _graphviz_without_fonts() -> Iterator[None]:
    """Let graphviz find only the plugins that do not look at the machine's fonts."""
    version = subprocess.run(["dot", "-v"], input="", capture_output=True, text=True, check=True)
    found = re.search(r'libdir = "(.+)"', version.stderr)
    if not found:
        raise SystemExit("dot does not say where its plugins are; is it graphviz's?")
    with tempfile.TemporaryDirectory(prefix="graphviz-") as folder:
        for kind in ("core", "dot_layout"):
            for plugin in Path(found[1]).glob(f"libgvplugin_{kind}.so*"):
                (Path(folder) / plugin.name).symlink_to(plugin.resolve())
        os.environ["GVBINDIR"] = folder
        try:
            subprocess.run(["dot", "-c"], check=True)
            yield
        finally:
            del os.environ["GVBINDIR"]


if __name__ == "__main__":
    for harness_name in HARNESSES:
        render(harness_name, Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
