"""`python -m tests.bench COMMAND`: long runs and figures. A module is imported when it is used."""

import importlib

import click

_COMMANDS = {
    "garble": "tests.bench.garble:garble",
    "history": "tests.bench.history:history",
    "kills": "tests.bench.kills:kills",
    "recorder": "tests.bench.recorder:recorder",
}


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module, _, name = _COMMANDS.get(cmd_name, "").partition(":")
        return getattr(importlib.import_module(module), name) if module else None


@click.group(cls=_LazyGroup)
def bench() -> None:
    """Measure, and break things many times."""


bench()
