"""The command line: `hinge-rig COMMAND`. Every command's module is imported only when it is used.

Exit status: 0 done, 1 failed (one line says what is wrong and what to do), 2 wrong usage.
"""

import importlib
import sys
from typing import Final

import click

from rig import __version__
from rig.errors import ConfigError, RigError
from rig.system.private import keep_private

_COMMANDS: Final[dict[str, str]] = {
    "analyze": "rig.cli.analyze:analyze",
    "backup": "rig.cli.backup:backup",
    "calibration": "rig.cli.calibration:calibration",
    "config": "rig.cli.config:config",
    "doctor": "rig.cli.doctor:doctor",
    "export": "rig.cli.export:export",
    "people": "rig.cli.people:people",
    "recorder": "rig.cli.recorder:recorder",
    "replay": "rig.cli.replay:replay",
    "restore": "rig.cli.backup:restore",
    "run": "rig.cli.run:run",
    "sampler": "rig.cli.sampler:sampler",
    "sessions": "rig.cli.sessions:sessions",
    "sim": "rig.cli.sim:sim",
    "sway": "rig.cli.sway:sway",
    "tare": "rig.cli.tare:tare",
    "user": "rig.cli.user:user",
    "web": "webui.cli:web",
}
"""Command name to `module:object`. Strings, because `web` lives above this package."""

_FOR_OTHERS: Final = {"analyze", "calibration", "config", "export", "people", "sim", "sway"}
"""Commands that write files for whoever asked for them; all others write the rig's own."""


class _LazyGroup(click.Group):
    def list_commands(self, _ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="hinge-rig")
def cli() -> None:
    """Controller of the hinge rig: sample, show, record, export."""


def main() -> None:
    """Run the command line; every expected failure is one clear line on standard error."""
    if not _FOR_OTHERS & set(sys.argv[1:2]):
        keep_private()
    try:
        cli(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except ConfigError as error:
        click.echo(f"hinge-rig: {error}", err=True)
        sys.exit(2)
    except (RigError, OSError) as error:
        click.echo(f"hinge-rig: {error}", err=True)
        sys.exit(1)
