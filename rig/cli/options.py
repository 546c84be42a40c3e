"""Options that several commands share, and the configuration they lead to."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from rig.config import Config, load_config
from rig.handover.run_dir import RunDir, default_run_dir
from rig.system.log import LEVELS

INSTALLED: Final = Path("/etc/hinge-rig/rig.toml")
"""Where the installer puts a rig's settings."""

_F = TypeVar("_F", bound=Callable[..., Any])


def config_options(command: _F) -> _F:
    """Add `--config` and `--state-dir`; the command takes `config_file` and `state_dir`."""
    command = click.option(
        "--state-dir", type=click.Path(path_type=Path), help="Database and recordings."
    )(command)
    return click.option(
        "--config",
        "config_file",
        type=click.Path(path_type=Path),
        help="Settings file (default: ./rig.toml, then /etc/hinge-rig/rig.toml).",
    )(command)


def log_option(command: _F) -> _F:
    """Add `--log-level`; the command takes `log_level`."""
    return click.option(
        "--log-level", type=click.Choice(LEVELS), help="What is logged to standard error."
    )(command)


def calibration_option(command: _F) -> _F:
    """Add `--calibration`; the command takes `calibration_file`."""
    return click.option(
        "--calibration",
        "calibration_file",
        type=click.Path(path_type=Path),
        help="Calibration for a CSV of counts, or instead of the recording's own.",
    )(command)


def json_option(command: _F) -> _F:
    """Add `--json`; the command takes `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def default_config_file(config_file: Path | None) -> Path | None:
    """The settings file asked for, else `./rig.toml`, else that of an installed rig."""
    if config_file is not None:
        return config_file
    return next((path for path in (Path("rig.toml"), INSTALLED) if path.exists()), None)


def given_settings(**options: Any) -> dict[str, Any]:
    """Settings by dotted name from options named with `__` for the dot; None is not given."""
    return {
        name.replace("__", "."): str(value) if isinstance(value, Path) else value
        for name, value in options.items()
        if value is not None
    }


def read_config(config_file: Path | None, **options: Any) -> Config:
    """The configuration; `options` as for `given_settings`, dotted names are taken as they are."""
    return load_config(default_config_file(config_file), overrides=given_settings(**options))


def run_dir_of(config: Config) -> RunDir:
    """The run directory that this configuration means."""
    if config.paths.run_dir:
        return RunDir(Path(config.paths.run_dir).expanduser())
    return default_run_dir(config.state_dir)
