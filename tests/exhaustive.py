"""What ``make test-exhaustive`` tries whole, and a landing only so much of that each kind of it is among it."""

from __future__ import annotations

import os

EXHAUSTIVE = os.environ.get("ROLLCALL_EXHAUSTIVE") == "1"


def some(everything, *, each, turn=0):
    """One of so many, or everything where all is asked for.

    Args:
        everything: what could be tried, in a fixed order.
        each: of how many one is taken.
        turn: which of them; those of other turns are others.
    """
    everything = list(everything)
    return everything if EXHAUSTIVE else everything[turn % each :: each]
