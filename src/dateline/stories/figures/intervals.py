"""Counts as intervals: whether two have a number in common, with room for rounding, and how far apart they lie."""

from __future__ import annotations

import math

from dateline.model import CountSpan

ROUNDING = 0.15  # a coarser number stands for finer ones that round to it, no further off than this
HEDGED = 0.1  # what "about" leaves open to either side of a round number
HEDGED_FINE = 0.02  # and of one with three digits or more: "an estimated 102 million"
EXACT_BELOW = 1000  # smaller counts without a hedge are taken as counted out: 50 dead do not agree with 49
FRACTION = 0.5  # "up to 20,000" is not said of 3,000
INFINITE = float("inf")
_VAGUE = frozenset({"dozens", "scores", "hundreds", "thousands", "several"})
_ROUNDED = _VAGUE | {"about"}


def agree(one: CountSpan, other: CountSpan) -> bool:
    """Tell whether two intervals have a number in common, or one is the other rounded."""
    low1, high1 = bounds(one)
    low2, high2 = bounds(other)
    return max(low1, low2) <= min(high1, high2) or _rounds(one, other) or _rounds(other, one)


def bounds(count: CountSpan) -> tuple[float, float]:
    """Give the interval that a count leaves open, infinite where it has no bound: “about” widens it."""
    low = float(count.low) if count.low is not None else FRACTION * float(count.high or 0)
    high = float(count.high) if count.high is not None else INFINITE
    if count.qualifier == "more_than" and is_round(low - 1):
        low -= 1  # "more than 600,000" is said of the day on which 600,000 was passed
    if count.qualifier in _ROUNDED:
        room = HEDGED if digits(middle(count)) < 3 else HEDGED_FINE
        low, high = low * (1 - room), high * (1 if is_below(count) else 1 + room)
    return low, high


def is_below(count: CountSpan) -> bool:
    """Tell whether a number is hedged as lying a little below: “nearly”, “almost”."""
    return count.text.lower().startswith(("nearly", "almost", "close to", "just under", "just shy"))


def is_vague(count: CountSpan) -> bool:
    """Tell whether a number is one of words like “dozens” or “millions”."""
    return count.high is None and (count.qualifier in _VAGUE or "illions" in count.text)


def is_round(value: float) -> bool:
    """Tell whether a number ends in two zeros or more."""
    return value >= 100 and value % 100 == 0


def digits(value: float) -> int:
    """Give how many digits of a number carry something: 2 for 1,500 and for 1.5 million."""
    shown = f"{abs(value):.6g}" if value < 1e6 else f"{value:.5e}".split("e")[0]
    return len(shown.split("e")[0].replace(".", "").strip("0")) or 1


def middle(count: CountSpan) -> float:
    """Give the number that a count is told by: its lower bound where it has one."""
    low = count.low if count.low is not None else count.high
    return float(low if low is not None else 0)


def apart(one: CountSpan, other: CountSpan) -> float:
    """Give how far apart two numbers lie, as the logarithm (base 10) of their ratio."""
    low, high = sorted((middle(one), middle(other)))
    return math.log10(max(high, 1.0) / max(low, 1.0))


def _rounds(coarse: CountSpan, fine: CountSpan) -> bool:
    """Tell whether one number is the other one rounded: 2.3 trillion as 2 trillion, 391 as “almost 400”."""
    if coarse.low is None or fine.low is None or coarse.low != coarse.high or fine.low != fine.high:
        return False
    whole, exact = float(coarse.low), float(fine.low)
    if whole <= 0 or (coarse.qualifier != "about" and coarse.what != "money" and whole < EXACT_BELOW):
        return False
    if abs(whole - exact) > ROUNDING * exact or (is_below(coarse) and exact > whole):
        return False
    kept = digits(whole)
    if kept >= digits(exact):
        return False
    scale = 10 ** (math.floor(math.log10(whole)) - kept + 1)
    return math.isclose(math.floor(exact / scale + 0.5) * scale, whole) or (
        math.isclose(math.floor(exact / scale) * scale, whole) and scale <= whole * HEDGED
    )
