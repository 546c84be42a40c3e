"""The pages: what they name exists, every part has its place in them, every step its check."""

import ast
import re
from pathlib import Path

import click
import pytest

from rig.cli import cli
from rig.config.schema import settings_table
from rig.doctor import imu as doctor_on_imu
from rig.doctor import pads as doctor_on_pads
from rig.doctor import verdicts
from rig.doctor import words as doctors_words
from tests.hardware.plans import (
    HARDWARE,
    VARIANTS,
    bom,
    expand_ranges,
    named_in,
    references,
    table,
    texts,
)

PAGES = texts()
ASSEMBLY = texts("assembly")
STEP = re.compile(r"^(?:- \*\*P\d+\.\*\*|\d+\. \*\*[^*]+\.\*\*)", re.MULTILINE)
_FILES = (".toml", ".yml", ".svg", ".csv", ".tsv")


def everything(*names):
    pages = PAGES if not names else {name: PAGES[name] for name in names}
    return "\n".join(pages.values())


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_part_is_used_in_the_assembly_or_to_verify(variant):
    used = named_in("\n".join(ASSEMBLY.values()))
    used |= named_in(everything("calibration/README.md", "verification/README.md"))
    links_on_the_board = {row["cable"] for row in table("wiring/rig.wires.csv")}
    unused = set(references(bom(variant))) - used - (links_on_the_board - {"plug"})
    assert unused == set()


def test_every_wire_that_leaves_the_board_is_in_the_assembly():
    used = named_in("\n".join(ASSEMBLY.values()))
    for name in ("rig", "budget"):
        cables = {row["cable"] for row in table(f"wiring/{name}.wires.csv")} - {"plug"}
        assert cables - used == set()


def test_every_part_that_a_page_names_is_in_the_bill_of_materials():
    listed = {ref for variant in VARIANTS for ref in references(bom(variant))}
    for name, text in PAGES.items():
        assert named_in(text) - listed == set(), name


def test_quantities_are_as_many_as_references_or_more():
    for row in table("bom/bom.csv"):
        names = row["reference"].split()
        assert row["variant"] in (*VARIANTS, "both"), row
        assert int(row["quantity"]) >= len(names), row
        if len(names) > 1:
            spare = 1 if row["type"].startswith("Interlink") else 0
            assert int(row["quantity"]) == len(names) + spare, row
    for variant in VARIANTS:
        names = references(bom(variant))
        assert len(names) == len(set(names))


def test_screws_and_small_parts_are_as_many_as_the_steps_use():
    text = everything("assembly/1-platform.md", "assembly/3-box.md", "assembly/4-dowel.md")
    counts = {row["reference"]: int(row["quantity"]) for row in bom("standard")}
    cells, halves, plates = 4, 2, 4
    for step, parts, count in (
        ("with two MP7", ("MP7",), 2 * cells),
        ("with two MP8", ("MP8",), 2 * cells),
        ("four MP9 per plate", ("MP9", "MP10"), 4 * plates),
        ("six MP5 per half", ("MP5", "MP6"), 6 * halves),
        ("(four per half)", ("MP14",), 4 * halves),
        ("each with four MP11", ("MP11",), 4 * counts["MP4"]),
    ):
        assert step in text
        assert [counts[part] for part in parts] == [count] * len(parts), step
    assert counts["MP3"] == 2 * cells
    for reference in ("MP17", "MP18", "MP19"):
        assert f"four {reference}" in text
        assert counts[reference] == 4


@pytest.mark.parametrize("name", ASSEMBLY)
def test_every_step_ends_with_a_check(name):
    steps = STEP.split(ASSEMBLY[name])[1:]
    assert len(steps) >= 5
    for step in steps:
        assert step.count("*Check:*") == 1, step[:60]
    assert re.search(r"!\[[^]]+\]\(drawings/", ASSEMBLY[name])


@pytest.mark.parametrize("name", PAGES)
def test_links_and_pictures_lead_somewhere(name):
    for target in re.findall(r"\]\(([^)#]+)?(?:#[^)]*)?\)", PAGES[name]):
        if target:
            assert ((HARDWARE / name).parent / target).exists(), target


@pytest.mark.parametrize("name", PAGES)
def test_links_to_headings_lead_somewhere(name):
    for target, heading in re.findall(r"\]\(([^)#]*)#([^)]+)\)", PAGES[name]):
        text = ((HARDWARE / name).parent / target).read_text("utf-8") if target else PAGES[name]
        found = {
            re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
            for line in text.splitlines() if line.startswith("#")
        }  # fmt: skip
        assert heading in found, heading


@pytest.mark.parametrize("name", PAGES)
def test_commands_that_a_page_names_exist_with_their_options(name):
    context = click.Context(cli)
    for words in re.findall(r"hinge-rig ((?:[a-z-]+ ?)+(?:--[a-z-]+)?)", PAGES[name]):
        names = words.split()
        command = cli.get_command(context, names[0])
        if command is None:  # the user hinge-rig, the directory, …
            continue
        if isinstance(command, click.Group) and names[1:]:
            command = command.commands[names[1]]
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in names if word.startswith("--")} <= options | {"--help"}, words


@pytest.mark.parametrize("name", PAGES)
def test_settings_and_scripts_that_a_page_names_exist(name):
    sections = {setting.split(".")[0] for setting in settings_table()}
    for setting in re.findall(r"`([a-z]+\.[a-z_]+)`", PAGES[name]):
        if setting.split(".")[0] in sections and not setting.endswith(_FILES):
            assert setting in settings_table(), setting
    for path in re.findall(r"hardware/[a-z_]+/[a-z_]+(?:\.py)?", PAGES[name]):
        assert (HARDWARE.parent / path).exists(), path


def findings():
    """Every text of the doctor: what it found (its fixed parts), the cause, the cure."""
    for module in (verdicts, doctors_words, doctor_on_pads, doctor_on_imu):
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Finding":
                yield from (part for argument in call.args[1:] for part in fixed_parts(argument))
    for causes in (doctors_words.DOUBTS, doctors_words.RATE_CAUSES):
        for cause_and_cure in causes.values():
            yield from cause_and_cure
    for pace in (doctor_on_pads.SLOW_BUS, doctor_on_pads.SLOW_CHIP, doctor_on_pads.DISTURBED):
        yield from pace


def fixed_parts(argument):
    """A text, or the parts of an f-string that are always there."""
    for part in ast.walk(argument):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and len(part.value) > 6:
            yield part.value.strip()


@pytest.mark.parametrize("text", sorted(set(findings())))
def test_troubleshooting_has_the_doctors_own_words(text):
    assert text in PAGES["troubleshooting.md"]


def test_the_figures_in_the_doctors_words_are_its_limits():
    low, high = verdicts.RATE_SPS
    page = PAGES["troubleshooting.md"]
    assert f"expected are {low:.0f} to {high:.0f} " in page
    assert f"at most {verdicts.NOISE_N:g} N is expected" in page
    calibration = PAGES["calibration/README.md"]
    assert f"{low:.0f} to {high:.0f} conversions a second" in calibration
    assert f"noise at most {verdicts.NOISE_N:g} N" in calibration


def test_every_doubt_of_the_drivers_is_in_troubleshooting():
    for reason in doctors_words.DOUBTS:
        assert f"'{reason}'" in PAGES["troubleshooting.md"]


def test_ranges_of_references_are_understood():
    assert expand_ranges("R1 to R3, MP7 to MP8") == "R1 R2 R3, MP7 MP8"
