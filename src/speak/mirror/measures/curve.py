"""How long something takes, when not everything could be watched to its end (Kaplan and Meier 1958)."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

HOUR, DAY, WEEK = 3_600_000_000, 86_400_000_000, 604_800_000_000
# Where the curve is shown, in microseconds after the opening.
SHOWN_AT = tuple(hours * HOUR for hours in (1, 2, 4, 8, 12, 24, 36, 48, 72, 96, 120, 144, 168))


class Step(NamedTuple):
    """What ended by `until` (microseconds): how many were answered in this step, how many were not seen after it."""

    until: int
    answered: int
    seen_no_longer: int


def answered_by(steps: Sequence[Step], after: int) -> float:
    """The share that is answered by `after` microseconds, between 0 and 1; steps in the order of time.

    What is seen no longer after a step was still seen during it.
    """
    seen = sum(step.answered + step.seen_no_longer for step in steps)
    waiting = Fraction(1)
    for step in steps:
        if step.until > after or not seen:
            break
        waiting *= 1 - Fraction(step.answered, seen)
        seen -= step.answered + step.seen_no_longer
    return float(1 - waiting)
