"""Measured figures for `docs/benchmarks.md`: `python -m tests.bench drivers`."""
