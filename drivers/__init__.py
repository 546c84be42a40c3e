"""Counts and volts from chips; knows nothing of newtons, people or exercises."""
