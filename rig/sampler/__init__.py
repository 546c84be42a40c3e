"""The process that reads the chips and does nothing else.

`platform` opens pins and bus (real or simulated), `assemble` makes frames of conversions, `loop`
polls, assembles, computes the balance signals and writes the ring, `process` runs it for ever.
"""
