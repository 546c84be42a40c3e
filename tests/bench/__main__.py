"""`python -m tests.bench drivers [--seconds 60]`: run a benchmark, print and write its tables."""

import argparse
from pathlib import Path

from tests.bench.drivers import report

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("bench", choices=["drivers"])
    parser.add_argument("--seconds", type=float, default=60.0, help="virtual time per condition")
    parser.add_argument("--print-only", action="store_true", help=f"leave {PAGE.name} as it is")
    options = parser.parse_args()
    lines = []
    for line in report(options.seconds):
        print(line, flush=True)
        lines.append(line)
    if not options.print_only:
        PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
