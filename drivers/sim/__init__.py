"""Simulated wires: chips that answer edge by edge behind RPi.GPIO- and smbus2-shaped modules.

Written from the data sheets; the drivers do not know that they are here.
"""
