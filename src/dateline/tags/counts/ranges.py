"""Ranges: “between 10 and 15”, “10 to 15”, “10-15”, “$140 million to $150 million”."""

from __future__ import annotations

import math

from dateline.lexicon.deeds.counted import counted
from dateline.tags.counts.words import Line
from dateline.text.wordset import word_set

Amount = int | float
_CHANGES = word_set(
    """
    raise raised raises raising increase increased increases increasing cut cuts rose risen fell fallen lowered
    boost boosted jumped climbed dropped grew grown went up down reduced
    """
)


def range_at(words: Line, index: int) -> tuple[int, int, Amount, Amount] | None:
    """Give (first word, word behind, low, high) of a range whose lower number is the word at an index; None where none.

    “Rose from 10 to 15” is left to its last number. “$2 to $3 million” is of millions at both ends.
    """
    sign = 1 if index + 2 < len(words) and words[index + 2].lower in counted().signs else 0
    at = index + 2 + sign
    if at >= len(words) or words[at].value is None:
        return None
    low, link, high = words[index].value, words[index + 1].lower, words[at].value
    first = index - sign
    before = words[first - 1].lower if first > 0 else ""
    if low is None or high is None or high <= low:
        return None
    low = _scaled(low, high)
    if link == "and" and before == "between":
        return first - 1, at + 1, low, high
    if link not in ("to", "-", "–"):
        return None
    if sign and any(word in _CHANGES or word == "from" for word in words.lower[max(0, first - 4) : first]):
        return None
    if link != "to" or before != "from" or _from_begins(words, index):
        return (first - 1 if before == "from" else first), at + 1, low, high
    return None


def _scaled(low: Amount, high: Amount) -> Amount:
    """Give a lower number the scale of the upper one: 140 beside 150 million is 140 million."""
    if low >= 1000 or high < 1_000_000:
        return low
    scale = 10 ** (3 * int(math.log10(high) // 3))
    return low * scale if low * scale < high else low


def _from_begins(words: Line, index: int) -> bool:
    """Tell whether “from 10 to 15” is a range, not a change: nothing rose or fell before it."""
    return index < 2 or words[index - 2].is_mark
