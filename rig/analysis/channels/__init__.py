"""Channels that are not to be trusted, told by their signals and not only by the chips.

Every judgement is of something that no person can cause: one value again and again while the other
cells move, nothing at all from a cell under a loaded foot, a pad that alone does not touch for
long. What is doubted is left out of what is computed, until it is right again.
"""
