"""Draw the front end's schematic; values and pins are those of the plans.

    pip install -e '.[cad]'
    python hardware/frontend/draw.py [FOLDER]

Writes `frontend.svg` beside this file, or into FOLDER.
"""

import csv
import sys
from pathlib import Path

import schemdraw
from schemdraw import elements as elm

HERE = Path(__file__).parent
BOM = HERE.parent / "bom" / "bom.csv"
PINMAP = HERE.parent / "pinmap.csv"
LABELS = {"fontsize": 11}


def values() -> dict[str, str]:
    """What to buy by reference, shortened to its value, and pins by function."""
    with BOM.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {}
    for row in rows:
        words = row["type"].removeprefix("Interlink ").split()
        size = 2 if words[0][0].isdigit() or words[0] == "FSR" else 1
        found |= dict.fromkeys(row["reference"].split(), " ".join(words[:size]))
    with PINMAP.open(encoding="utf-8", newline="") as file:
        found |= {row["function"]: f"GPIO {row['bcm']}" for row in csv.DictReader(file)}
    return found


def named(value: dict[str, str], first: str, *others: str) -> str:
    """`R1 (R2, R3)` and the value below."""
    more = f" ({', '.join(others)})" if others else ""
    return f"{first}{more}\n{value[first]}"


def heading(drawing: schemdraw.Drawing, y: float, text: str) -> None:
    """A part's title at the left edge."""
    drawing.add(elm.Label().at((-1.2, y)).label(text, fontsize=15, halign="left"))


def draw_pad(drawing: schemdraw.Drawing, value: dict[str, str]) -> None:
    """One of three pads, from the dowel to the converter."""
    heading(drawing, 4.6, "one pad of three")
    drawing.add(elm.Vdd().at((0, 1.5)).label("3.3 V"))
    drawing.add(elm.Line().at((0, 1.5)).right(2.6).label("X2, X3, W13", loc="bottom", **LABELS))
    fsr = elm.ResistorVar().right(3).label(named(value, "B5", "B6", "B7"), loc="bottom", **LABELS)
    fsr = drawing.add(fsr)
    drawing.add(elm.Line().at(fsr.start).up(1))
    drawing.add(elm.Resistor().right(3).label(named(value, "R7", "R8", "R9"), **LABELS))
    drawing.add(elm.Line().down(1))
    drawing.add(elm.Line().at(fsr.end).right(2.6).label("W13, X3, X2", loc="bottom", **LABELS))
    node = drawing.add(elm.Dot())
    drawing.add(
        elm.Resistor().at(node.center).down(3).label(named(value, "R1", "R2", "R3"), loc="bottom",
                                                     **LABELS)
    )  # fmt: skip
    drawing.add(elm.Ground())
    clamp = drawing.add(elm.Line().at(node.center).right(3)).end
    drawing.add(elm.Dot().at(clamp))
    drawing.add(elm.Diode().at(clamp).up(1.6).label(named(value, "D1", "D3", "D5"), loc="bottom",
                                                    **LABELS))  # fmt: skip
    drawing.add(elm.Vdd().label("3.3 V"))
    drawing.add(elm.Diode().at((clamp[0], clamp[1] - 3)).up(3).label(
        named(value, "D2", "D4", "D6"), loc="bottom", **LABELS))  # fmt: skip
    drawing.add(elm.Ground().at((clamp[0], clamp[1] - 3)))
    drawing.add(elm.Line().at(clamp).right(1.6))
    drawing.add(elm.Resistor().right(3).label(named(value, "R4", "R5", "R6"), **LABELS))
    out = drawing.add(elm.Dot()).center
    drawing.add(elm.Capacitor().at(out).down(3).label(named(value, "C1", "C2", "C3"), loc="bottom",
                                                      **LABELS))  # fmt: skip
    drawing.add(elm.Ground())
    drawing.add(elm.Line().at(out).right(1.4))
    drawing.add(elm.Dot(open=True).label("A6: A0 (A1, A2)", loc="right", **LABELS))


def draw_cell(drawing: schemdraw.Drawing, top: float) -> None:
    """One of four load cells with its converter."""
    heading(drawing, top + 4, "one cell of four")
    chip = elm.Ic(
        pins=[
            elm.IcPin("E+", side="left", slot="4/4"),
            elm.IcPin("A+", side="left", slot="3/4"),
            elm.IcPin("A−", side="left", slot="2/4"),
            elm.IcPin("E−", side="left", slot="1/4"),
            elm.IcPin("VCC", side="right", slot="4/4", anchorname="vcc"),
            elm.IcPin("SCK", side="right", slot="3/4", anchorname="sck"),
            elm.IcPin("DOUT", side="right", slot="2/4", anchorname="dout"),
            elm.IcPin("GND", side="right", slot="1/4", anchorname="gnd"),
            elm.IcPin("RATE", side="top", anchorname="rate"),
        ],
        size=(5.6, 3.6),
        pinspacing=0.9,
        label="A2 (A3, A4, A5)\nHX711 board",
    )
    chip = drawing.add(chip.at((6.5, top - 2)))
    for name, text in (("E+", "E+"), ("A+", "S+"), ("A−", "S−"), ("E−", "E−")):
        at = getattr(chip, name)
        drawing.add(elm.Line().at(at).left(4.4))
        drawing.add(elm.Dot(open=True).label(f"B1: {text}", loc="left", **LABELS))
    drawing.add(elm.Label().at((-1.2, top + 2.6)).label(
        "W2 (W3, W4, W5), shield to ground here only", fontsize=11, halign="left"))  # fmt: skip
    drawing.add(elm.Line().at(chip.rate).up(0.4))
    drawing.add(elm.Vdd().label("3.3 V: 80 SPS"))
    drawing.add(elm.Line().at(chip.vcc).right(0.8))
    drawing.add(elm.Vdd().label("3.3 V"))
    for pin, text in ((chip.sck, "SCK: X1"), (chip.dout, "DOUT: X1")):
        drawing.add(elm.Line().at(pin).right(2.4))
        drawing.add(elm.Dot(open=True).label(text, loc="right", **LABELS))
    drawing.add(elm.Line().at(chip.gnd).right(0.8))
    drawing.add(elm.Ground())


def draw_board(drawing: schemdraw.Drawing, value: dict[str, str], top: float) -> None:
    """What else hangs on pins of the Pi."""
    heading(drawing, top + 4.2, "on other pins")
    drawing.add(elm.Dot(open=True).at((0.3, top)).label(value["buzzer"], loc="left", **LABELS))
    drawing.add(elm.Resistor().right(2.4).label(named(value, "R11"), **LABELS))
    transistor = elm.BjtNpn(circle=True).anchor("base")
    transistor = drawing.add(transistor.label(named(value, "Q1"), loc="right", **LABELS))
    drawing.add(elm.Ground().at(transistor.emitter))
    low = drawing.add(elm.Line().at(transistor.collector).up(0.4)).end
    drawing.add(elm.RBox().at(low).up(2).label("H2\n3 V, active", loc="top", **LABELS))
    high = drawing.add(elm.Dot()).center
    drawing.add(elm.Vdd().label("3.3 V"))
    drawing.add(elm.Dot().at(low))
    drawing.add(elm.Line().at(low).right(1.4))
    drawing.add(elm.Diode().up(2).label(named(value, "D7"), loc="bottom", **LABELS))
    drawing.add(elm.Line().to(high))
    drawing.add(elm.Dot(open=True).at((9.4, top + 1)).label(value["led"], loc="left", **LABELS))
    drawing.add(elm.Resistor().right(2).label(named(value, "R10"), **LABELS))
    drawing.add(elm.LED().down(1.6).label("H1", loc="bottom", **LABELS))
    drawing.add(elm.Ground())
    drawing.add(elm.Dot(open=True).at((14.2, top + 1)).label(value["button"], loc="left", **LABELS))
    drawing.add(elm.Button().right(1.6).label("S1", **LABELS))
    drawing.add(elm.Ground())
    drawing.add(
        elm.Dot(open=True).at((18.6, top + 1)).label(value["ds18b20"], loc="left", **LABELS)
    )
    data = drawing.add(elm.Line().right(1)).end
    drawing.add(elm.Resistor().at(data).up(1.8).label(named(value, "R12"), loc="bottom", **LABELS))
    drawing.add(elm.Vdd().label("3.3 V"))
    drawing.add(elm.Line().at(data).right(1))
    drawing.add(elm.Dot(open=True).label("B8: DATA", loc="right", **LABELS))


def main(into: Path) -> None:
    """Write the drawing."""
    schemdraw.use("svg")
    schemdraw.svgconfig.text = "text"
    value = values()
    with schemdraw.Drawing(show=False) as drawing:
        drawing.config(unit=3, fontsize=12, font="sans-serif")
        draw_pad(drawing, value)
        draw_cell(drawing, -7.5)
        draw_board(drawing, value, -15)
        drawing.save(str(into / "frontend.svg"))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
