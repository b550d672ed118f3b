"""What speaks for two counts being of the same thing, as numbers between 0 and 1 with names."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from dateline.stories.figures.counted import TOLLS, Counted
from dateline.stories.figures.intervals import apart, digits, is_vague, middle

NAMES: Final = (
    "equal",  # the same number, be it "at least" in one
    "digits",  # how much an equal number says: 0 for one digit, 1 for four and more
    "few",  # equal, and below ten
    "open",  # not equal, and one without a bound
    "apart",  # of these, how far the numbers lie apart, up to a power of ten
    "vague",  # one is in words like "dozens" or "millions"
    "head",  # the same noun
    "other_head",  # another noun
    "one_head",  # a noun on one side only
    "kind",  # share of the words before the noun
    "other_kind",  # words before both nouns, none shared
    "left",  # share of the words before the count
    "right",  # and behind it
    "words",  # and of the sentences
    "left_apart",  # words before both, none shared
    "right_apart",
    "part",  # one is said to be part of a whole
    "other",  # "others", "more", "new" at one of them
    "forecast",  # one is expected, the other told
    "cue",  # one rises, is needed, of a period; the other not
    "dates_apart",  # days, months or years named in both, none shared
    "dates_shared",
    "dates_one",  # named with one only
    "years_one",  # a year, not the report's own, with one only
    "places_apart",
    "places_shared",
    "same_article",
    "rival",  # not equal, while the other's article has the number itself
    "first",  # both the first of their sort in their articles
    "listed",  # one stands in a list of such counts
    "what",  # counted as different kinds
    "toll",
    "money",
)


def features(one: Counted, other: Counted, rival: bool) -> tuple[float, ...]:
    """Compare two counts that agree; `rival` tells that one's article has the other's number itself elsewhere."""
    a, b = one.count, other.count
    same = (a.low, a.high) == (b.low, b.high)
    vague = is_vague(a) or is_vague(b)
    equal = same or (a.low is not None and a.low == b.low)
    value = middle(a)
    heads = one.head is not None and other.head is not None
    return (
        float(equal),
        min(1.0, (digits(value) - 1) / 3) if equal else 0.0,
        float(equal and value < 10),
        float(not equal and None in (a.low, a.high, b.low, b.high)),
        0.0 if equal or vague else min(1.0, apart(a, b)),
        float(vague),
        float(heads and one.head == other.head),
        float(heads and one.head != other.head),
        float((one.head is None) != (other.head is None)),
        share(one.kind, other.kind),
        _parted(one.kind, other.kind),
        share(one.left, other.left),
        share(one.right, other.right),
        share(one.words, other.words),
        _parted(one.left, other.left),
        _parted(one.right, other.right),
        _either(one, other, "part"),
        _either(one, other, "other"),
        _either(one, other, "forecast"),
        float(any(_either(one, other, cue) for cue in ("rise", "needed", "period", "from"))),
        _parted(one.dates, other.dates),
        float(bool(one.dates & other.dates)),
        float(bool(one.dates) != bool(other.dates)),
        float(one.years != other.years),
        _parted(one.places, other.places),
        float(bool(one.places & other.places)),
        float(one.article == other.article),
        float(rival and not equal),
        float(one.first and other.first),
        float(one.listed != other.listed),
        float(a.what != b.what),
        float(a.what in TOLLS),
        float(a.what == "money"),
    )


def _either(one: Counted, other: Counted, cue: str) -> float:
    """Tell whether a cue stands at one of two counts only."""
    return float((cue in one.cues) != (cue in other.cues))


def _parted(one: Collection[str], other: Collection[str]) -> float:
    """Tell whether both sets have words and share none."""
    return float(bool(one and other) and not set(one) & set(other))


def share(one: Collection[str], other: Collection[str]) -> float:
    """Give the words that two sets share, as a share of the smaller one."""
    small = min(len(one), len(other))
    return len(set(one) & set(other)) / small if small else 0.0
