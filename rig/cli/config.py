"""`hinge-rig config`: the settings."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from rig.cli.options import config_options, json_option, read_config
from rig.config.schema import settings_table


@click.command()
@config_options
@json_option
@click.option("--defaults", is_flag=True, help="Print a commented rig.toml with all defaults.")
def config(config_file: Path | None, state_dir: Path | None, as_json: bool, defaults: bool) -> None:
    """Show the settings in force, or all there are with their defaults.

    Settings come from defaults, then rig.toml, then the environment (HINGE_RIG_WEB_PORT=8080),
    then the command line. Mistakes are reported all at once, exit status 2.
    """
    if defaults:
        click.echo(_commented())
        return
    values = asdict(read_config(config_file, paths__state_dir=state_dir))
    click.echo(json.dumps(values, indent=2) if as_json else _toml(values))


def _toml(values: dict[str, Any]) -> str:
    lines = []
    for section, settings in values.items():
        lines += ["", f"[{section}]"]
        lines += [f"{name} = {_value(value)}" for name, value in settings.items()]
    return "\n".join(lines[1:])


def _commented() -> str:
    lines: list[str] = []
    section = ""
    for name, (field, default) in settings_table().items():
        head, key = name.split(".")
        if head != section:
            section = head
            lines += ["", f"[{section}]"]
        lines.append(f"# {field.metadata['help']}{_allowed(field.metadata)}")
        lines.append(f"{key} = {_value(default)}")
    return "\n".join(lines[1:])


def _allowed(metadata: Any) -> str:
    if metadata["choices"]:
        return f" ({', '.join(map(str, metadata['choices']))})"
    return "" if metadata["low"] is None else f" ({metadata['low']:g} to {metadata['high']:g})"


def _value(value: Any) -> str:
    """A value as TOML; JSON writes texts, numbers and lists the same way."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + "}"
    return json.dumps(value)
