"""Numbers without a noun, of what was told before: “residents put the figure at 30”, “the count had been three”."""

from __future__ import annotations

from typing import Protocol

from dateline.lexicon.deeds.counted import counted
from dateline.tags.counts.words import Line
from dateline.text.wordset import word_set

_PUT = word_set(
    """
    put puts putting placed places estimated estimates revised revises raised raises raising lowered lowers cut
    increased updated brought brings corrected gave gives set
    """
)
_TALLY = word_set("figure number toll count total tally")
_STANDS = word_set(
    """
    was were is are had has have been stood stands stand at to now rose risen climbed grew grown reached fell fallen
    dropped later then also already only
    """
)
_SAYS = word_set(
    "say says said claim claims claimed speak speaks spoke spoken counted count counts estimated estimates"
)
_ENDS = word_set("had have has took joined came come turned attended were according in on by and at as while at")
_DRIVEN = word_set("driven drove drives driving forced forcing chased")
_REACH = 14  # words between a tally and its number


class Counting(Protocol):
    """What is asked of a figure."""

    start: int
    end: int


def told_before(words: Line, figure: Counting, before: str | None) -> str | None:
    """Tell what a number without a noun counts, where the sentence names a tally of it or the text has just counted it.

    `before` is what the count before it counts, in this sentence or the one or two before.
    """
    if _driven(words, figure):
        return "displaced"
    return _put_forward(words, figure, before) or _put_at(words, figure, before) or _says(words, figure, before)


def _driven(words: Line, figure: Counting) -> bool:
    """Read “driven about 20,000 from their homes”."""
    if (
        figure.start == 0
        or words[figure.start - 1].lower not in _DRIVEN
        or words.lower[figure.end : figure.end + 1] != ["from"]
    ):
        return False
    return any(
        word in ("home", "homes", "house", "houses", "villages")
        for word in words.lower[figure.end + 1 : figure.end + 4]
    )


def _put_forward(words: Line, figure: Counting, before: str | None) -> str | None:
    """Read “raised to 19 the number of people killed”."""
    lower = words.lower
    if figure.start < 2 or lower[figure.start - 1] not in ("to", "at") or lower[figure.start - 2] not in _PUT:
        return None
    at = figure.end
    if lower[at : at + 1] and lower[at] in ("the", "its", "their") and lower[at + 1 : at + 2]:
        return _of_what(words, at + 1, before)
    return None


def _put_at(words: Line, figure: Counting, before: str | None) -> str | None:
    """Read “put the number of protesters at 3,000”, “the count had been three”."""
    lower = words.lower
    first = max(0, figure.start - _REACH)
    for at in range(figure.start - 1, first - 1, -1):
        if words[at].is_mark and words[at].lower not in "\"'“”‘’":
            return None
        if lower[at] not in _TALLY or not (
            lower[at - 1 : at] and lower[at - 1] in ("the", "that", "its", "their", "this")
        ):
            continue
        put = any(word in _PUT for word in lower[max(0, at - 3) : at - 1])
        last = lower[figure.start - 1]
        if put and last in ("at", "to", "as"):
            return _of_what(words, at, before)
        between = lower[at + 1 : figure.start]
        if between and all(word in _STANDS for word in between):
            return before
        return None
    return None


def _of_what(words: Line, at: int, before: str | None) -> str | None:
    """Give what the tally at a word is of, as in “number of people killed”; without words, what was counted before."""
    lists = counted()
    found = lists.tolls.at(words.lower, at)
    longer = lists.tolls.at(words.lower, at - 1) if at else None
    if found is not None or longer is not None:
        return (found or longer or (0, None))[1]
    if words.lower[at] == "toll":
        return "dead"
    if words.lower[at : at + 2] != ["number", "of"]:
        return before if words.lower[at] in _TALLY else None
    for index in range(at + 2, min(at + 6, len(words))):
        noun = lists.people.at(words.lower, index)
        if noun is None:
            continue
        state = lists.act.at(words.lower, index + noun[0]) or lists.is_.at(words.lower, index + noun[0])
        return state[1] if state is not None else noun[1]
    return None


def _says(words: Line, figure: Counting, before: str | None) -> str | None:
    """Read “… and more than 30 according to residents”, “police say 3,000”, “organisers said up to 20,000 had come”."""
    lower = words.lower
    after = lower[figure.end] if figure.end < len(words) else "."
    if before is None:
        return None
    if lower[figure.end : figure.end + 2] == ["according", "to"]:
        return before
    said = figure.start > 0 and lower[figure.start - 1] in _SAYS
    ends = after in (".", ";", "!", "?", "”") or (
        after in ("had", "have") and lower[figure.end + 1 : figure.end + 2] == ["come"]
    )
    return before if said and ends else None
