"""Rings, pages and the run directory: how the processes hand data to each other."""
