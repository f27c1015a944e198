"""What every lab of the course shares: a record of results and one style for figures.

A lab is a program that a student can read from top to bottom. It opens a `Lab`, measures,
records each number with the range that it is expected to fall in, draws its figures in the
style of the book, and writes everything to files that the book is built from:

    from house import Lab

    lab = Lab("vectors-and-directions", seed=0, settings={"pairs": 2000})
    lab.record("spread.d100", spread, expect=(0.09, 0.11))
    fig, axes = lab.figure(width=3.3, height=2.6)
    lab.save(fig, "spread")
    lab.write()
"""

from house.lab import Lab, OutOfRangeError
from house.style import INK, INK_SOFT, LINE, PALETTE, RAMP

__all__ = ["INK", "INK_SOFT", "LINE", "PALETTE", "RAMP", "Lab", "OutOfRangeError"]
