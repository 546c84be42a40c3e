"""`python -m tests.bench NAME …`: long runs and figures; `NAME --help` tells the options."""

import importlib
import sys

BENCHES = (
    "analysis", "crowd", "drivers", "faulty", "fingerprint", "fuzz", "garble", "history", "hostile",
    "install", "kills", "live", "recorder", "rig",
)  # fmt: skip


def run(arguments: list[str]) -> None:
    """Import the named module and call its `main` with the other arguments."""
    if not arguments or arguments[0] not in BENCHES:
        sys.exit(f"usage: python -m tests.bench {{{','.join(BENCHES)}}} …")
    importlib.import_module(f"tests.bench.{arguments[0]}").main(arguments[1:])


run(sys.argv[1:])
