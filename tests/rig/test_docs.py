"""The documentation names every setting, command, signal and event."""

import re
from pathlib import Path
from typing import get_args

import click
import msgspec
import pytest

from rig.cli import cli
from rig.cli.export import export
from rig.config.schema import settings_table
from rig.handover.commands import Command, Reply
from rig.handover.control_page import ControlPage
from rig.handover.event_ring import AnyTold
from rig.handover.refusals import REFUSALS
from rig.handover.status_page import StatusPage
from rig.names import EVENT_NAMES
from rig.reanalysis.signals import LEAN_COLUMNS, SIGNAL_COLUMNS

DOCS = Path(__file__).parents[2] / "docs"


def text_of(name):
    return (DOCS / name).read_text(encoding="utf-8")


def commands():
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {sub}", found) for sub, found in command.commands.items())


def test_every_setting_is_documented_with_its_default_and_range():
    documented = text_of("settings.md")
    for name, (field, _) in settings_table().items():
        line = next((row for row in documented.splitlines() if f"| `{name}` |" in row), "")
        assert field.metadata["help"] in line, name
        if field.metadata["low"] is not None:
            assert f"{field.metadata['low']:g} to {field.metadata['high']:g}" in line, name


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_is_documented(name):
    first, *rest = name.split()
    rows = [row for row in text_of("commands.md").splitlines() if f"| `hinge-rig {first}" in row]
    assert [row for row in rows if all(word in row for word in rest)]


@pytest.mark.parametrize(("name", "command"), list(commands()))
def test_every_command_and_option_has_a_help_text(name, command):
    assert command.help, name
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts}"


def test_every_signal_column_is_documented():
    documented = text_of("formats.md")
    assert [
        name for name in (*SIGNAL_COLUMNS, *LEAN_COLUMNS) if f"`{name}`" not in documented
    ] == []


def test_every_event_is_documented():
    documented = text_of("internals.md")
    assert [name for name in EVENT_NAMES if f"`{name}`" not in documented] == []


def test_every_refusal_is_documented_with_its_sentence():
    documented = text_of("http.md")
    for code, sentence in REFUSALS.items():
        plain = re.sub(r":[.\w]+}", "}", sentence)
        assert f"| `{code}` | {plain}" in documented, code


def test_every_decision_is_listed():
    listed = text_of("decisions/README.md")
    for path in (DOCS / "decisions").glob("0*.md"):
        assert f"({path.name})" in listed


@pytest.mark.parametrize("message", [*get_args(AnyTold), ControlPage, StatusPage, Command, Reply])
def test_every_field_of_every_message_is_documented(message):
    documented = text_of("internals.md")
    fields = [one.encode_name for one in msgspec.structs.fields(message)]
    assert [
        name for name in fields if f"`{name}`" not in documented and f'"{name}"' not in documented
    ] == []


def test_every_export_format_is_documented():
    (kinds,) = [one.type.choices for one in export.params if one.name == "kind"]
    for page in ("commands.md", "formats.md"):
        assert [
            kind
            for kind in kinds
            if f"`{kind}`" not in text_of(page) and f"--format {kind}" not in text_of(page)
        ] == []


def test_every_page_of_the_docs_is_in_their_index():
    index = text_of("README.md")
    pages = [path.name for path in DOCS.glob("*.md") if path.name != "README.md"]
    assert [name for name in pages if f"({name})" not in index] == []


def test_every_recipe_is_in_contributing():
    contributing = (DOCS.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert {f"docs/recipes/{path.name}" for path in DOCS.glob("recipes/*.md")} == set(
        re.findall(r"docs/recipes/[\w-]+\.md", contributing)
    )


def test_every_path_that_the_docs_name_is_there():
    root = DOCS.parent
    pages = [*DOCS.rglob("*.md"), root / "README.md", root / "CONTRIBUTING.md"]
    named = {
        path
        for page in pages
        if "decisions" not in page.parts
        for path in re.findall(r"`((?:rig|drivers|webui|tests)/[\w/.-]+)`", page.read_text("utf-8"))
    }
    assert sorted(path for path in named if not (root / path).exists()) == []
