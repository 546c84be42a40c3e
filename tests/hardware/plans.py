"""The plans under `hardware/` as the tests read them."""

import csv
import re
from pathlib import Path

HARDWARE = Path(__file__).parents[2] / "hardware"
VARIANTS = ("standard", "budget")
REFERENCE = re.compile(r"\b(?:MP|[A-DGHKQRSWX])[1-9]\d?\b")


def table(name):
    """A CSV's rows as dictionaries."""
    with (HARDWARE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bom(variant):
    """Rows of the bill of materials that one variant needs."""
    return [row for row in table("bom/bom.csv") if row["variant"] in (variant, "both")]


def references(rows):
    return [reference for row in rows for reference in row["reference"].split()]


def texts(*folders):
    """Every page under `hardware/`, or under some of its folders, by its path."""
    where = [HARDWARE / folder for folder in folders] or [HARDWARE]
    return {
        path.relative_to(HARDWARE).as_posix(): path.read_text(encoding="utf-8")
        for folder in where
        for path in sorted(folder.rglob("*.md"))
    }


def expand_ranges(text):
    """`R1 to R3` as `R1 R2 R3`."""

    def spell(found):
        kind, first, last = found[1], int(found[2]), int(found[3])
        return " ".join(f"{kind}{number}" for number in range(first, last + 1))

    return re.sub(r"\b(MP|[A-Z])(\d+) to \1(\d+)\b", spell, text)


def named_in(text):
    """References that a text names."""
    return set(REFERENCE.findall(expand_ranges(text)))
