"""Counts: how many of what, in which state, as an interval with its hedge.

A number is read with the hedge before it and the noun behind it; what is said of the noun (killed, wounded, held …)
decides what is counted. Ages, dates, percentages, lengths and names with figures count nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.lexicon.deeds.counted import counted
from dateline.model import CountSpan, Qualifier
from dateline.tags.counts.nouns import Noun, bad_context, noun_behind
from dateline.tags.counts.ranges import range_at
from dateline.tags.counts.states import is_inside, state_before, state_behind
from dateline.tags.counts.told import told_before
from dateline.tags.counts.words import AUX, BE, Line, split
from dateline.text.numbers import Number, numbers
from dateline.text.sentences import sentences
from dateline.text.wordset import word_set

_ONE_OF = ("dead", "wounded", "missing", "held", "rescued", "freed", "expelled")
_NOT_ALONE = word_set(
    """
    of percent % per - – /
    """
)
_RAISED = word_set(
    """
    passed exceeded topped surpassed above over
    """
)
_TO_TOLL = word_set(
    """
    to at reached of was is stood hit now : passed exceeded topped surpassed above over
    """
)


_PARENTS = word_set("mother father mum mom dad parent parents grandmother grandfather")
_BEFORE_STATE = AUX | BE | word_set("others other more also still reportedly later then who that all")
_RISEN = word_set("rose risen climbed grown grew increased stood stands jumped soared")
_NEAR, _FAR = 16, 26  # words between a toll and its number; the second where the verb before the number is one of tolls


@dataclass(slots=True)
class Figure:
    """A number with its hedge: words `start` to `end` (end exclusive), and the interval."""

    start: int
    end: int
    low: int | float | None
    high: int | float | None
    qualifier: Qualifier
    single: bool = False  # “a”, “an”, “another”


@dataclass(slots=True)
class Count:
    """A figure with what it counts."""

    figure: Figure
    end: int
    what: str
    how: str  # "before", "behind", "noun", "toll", …


def counts(text: str) -> tuple[CountSpan, ...]:
    """Mark what a text counts, in order of `start`."""
    found = numbers(text)
    out: list[CountSpan] = []
    at = 0
    recent: list[str | None] = [None, None]  # what the last count of each of the two sentences before counts
    for start, end in sentences(text):
        while at < len(found) and found[at].start < start:
            at += 1
        stop = at
        while stop < len(found) and found[stop].end <= end:
            stop += 1
        made = _sentence(text, start, end, found[at:stop], next((what for what in recent if what), None))
        recent = [made[-1].what if made else None, recent[0]]
        out.extend(made)
        at = stop
    return tuple(out)


def _sentence(text: str, start: int, end: int, found: Sequence[Number], before: str | None) -> list[CountSpan]:
    """Read one sentence; `before` is what was counted last before it."""
    words = split(text, start, end, found)
    made: list[Count] = []
    index = 0
    while index < len(words):
        figure = _figure(text, words, index)
        count = None
        if figure is not None and not (made and figure.start < made[-1].end):
            count = _read(words, figure, made, before)
        if count is not None:
            made.append(count)
            index = max(count.end, figure.end if figure else 0, index + 1)
        else:
            index = figure.end if figure is not None and not figure.single else index + 1
    _share(words, made)
    return [_span(text, words, count) for count in made if count.what]


def _span(text: str, words: Line, count: Count) -> CountSpan:
    """Make the record."""
    first, last = words[count.figure.start].start, words[count.end - 1].end
    figure = count.figure
    return CountSpan(first, last, text[first:last], count.what, figure.low, figure.high, figure.qualifier)


def _figure(text: str, words: Line, index: int) -> Figure | None:
    """Read the number that begins at a word, with the hedge before it and a range behind it."""
    word = words[index]
    lists = counted()
    loose = lists.loose.at(words.lower, index)
    if loose is not None:
        low, high, qualifier = loose[1]
        return _hedged(words, Figure(index, index + loose[0], low, high, qualifier))
    if word.value is None:
        if word.lower in ("a", "an", "another"):
            return Figure(index, index + 1, 1, 1, "exactly", single=True)
        if word.lower == "twice":
            return Figure(index, index + 1, 2, 2, "exactly")
        return None
    if bad_context(text, words, index):
        return None
    ranged = range_at(words, index)
    if ranged is not None:
        first, end, least, most = ranged
        return Figure(first, end, least, most, "range")
    return _hedged(words, Figure(index, index + 1, word.value, word.value, "exactly"))


def _hedged(words: Line, figure: Figure) -> Figure:
    """Take the hedge before a number, or behind it, into its interval."""
    lists = counted()
    low, high = figure.low, figure.high
    found = lists.hedges.before(words.lower, figure.start)
    if found is not None:
        figure.start -= found[0]
        kind: Qualifier = found[1]
    else:
        behind = lists.hedges_after.at(words.lower, figure.end)
        if behind is None:
            return figure
        figure.end += behind[0]
        kind = behind[1]
    if figure.qualifier not in ("exactly", "about"):
        return figure
    figure.qualifier = kind
    if kind == "at_least":
        figure.high = None
    elif kind == "more_than":
        figure.low, figure.high = (low + 1 if isinstance(low, int) else low), None
    elif kind == "up_to":
        figure.low = None
    elif kind == "less_than":
        figure.low, figure.high = None, (high - 1 if isinstance(high, int) else high)
    return figure


def _read(words: Line, figure: Figure, made: Sequence[Count], before: str | None) -> Count | None:
    """Tell what a figure counts; None where nothing."""
    money = _money(words, figure)
    if money is not None:
        return money
    if (figure.end < len(words) and words[figure.end].lower == "times") or words[figure.end - 1].lower == "twice":
        return _times(words, figure)
    noun = noun_behind(words, figure)
    if figure.single:
        return _single(words, figure, noun)
    if noun is None:
        if words[figure.start].text.isdecimal() and 1800 <= int(words[figure.start].text) <= 2100:
            return None  # “the failed 1980 rescue”: a year, where no noun in the plural makes it a number
        alone = _alone(words, figure, made)
        if alone is not None:
            return alone
        what = told_before(words, figure, made[-1].what if made else before)
        if what is None and made and made[-1].how == "told" and _as_before(words, figure):
            what = made[-1].what
        return Count(figure, figure.end, what, "told") if what and what != "money" else None
    if noun.what == "":
        return None
    if not noun.person:
        return Count(figure, noun.end, noun.what, "noun")
    state, how = _state(words, figure, noun)
    if state is None and noun.weak:
        return None
    return Count(figure, noun.end, state or noun.what, how)


def _state(words: Line, figure: Figure, noun: Noun) -> tuple[str | None, str]:
    """Give the state of the people counted and where it was said."""
    near = state_behind(words, noun.end, is_inside(words, figure.start))
    if near is not None and near[1] - noun.end == 1 and near[0] in ("rescued",):
        return near[0], "behind"
    if noun.state is not None:
        later = near[0] if near is not None and near[0] in ("dead", "rescued", "freed") else None
        return later or noun.state, "noun"
    before = state_before(words, figure.start)
    if before is not None:
        return before, "before"
    return (near[0], "behind") if near is not None else (None, "noun")


def _single(words: Line, figure: Figure, noun: Noun | None) -> Count | None:
    """Read “killed a soldier”, “a soldier was killed”: one, where a state is said of a person."""
    if noun is None:
        if words[figure.start].lower != "another":
            return None
        near = state_behind(words, figure.end, False)
        if near is None or near[1] - figure.end > 2:
            return None
        return Count(figure, figure.end, near[0], "behind")
    if not noun.person:
        before = " ".join(word.lower for word in words[max(0, figure.start - 2) : figure.start])
        if noun.what in ("aircraft", "drones", "vessels") and before.endswith(
            ("shot down", "downed", "sank", "destroyed")
        ):
            return Count(figure, noun.end, noun.what, "noun")
        return None
    state, how = _state(words, figure, noun)
    return Count(figure, noun.end, state, how) if state in _ONE_OF else None


def _alone(words: Line, figure: Figure, made: Sequence[Count]) -> Count | None:
    """Read a figure without a noun: “8 dead”, “wounded 20”, “and five were captured”, “the toll rose to 23”."""
    after = words[figure.end].lower if figure.end < len(words) else ""
    toll = _toll(words, figure)
    if toll is not None:
        return toll
    if after in _NOT_ALONE and not _of_them(words, figure.end):
        return None
    lead = words.lower[max(0, figure.start - 2) : figure.start]
    if lead == ["all", "but"] or (lead[-1:] == ["of"] and lead[0] in _PARENTS):
        return None
    near = state_behind(words, figure.end, False, 4)
    said = near is not None and (near[1] - figure.end <= 2 or after in _BEFORE_STATE)
    if near is not None and said and near[1] - figure.end <= 4 and not words[figure.end].is_mark:
        return Count(figure, near[1] if near[1] - figure.end == 1 else figure.end, near[0], "behind")
    before = state_before(words, figure.start)
    if before is not None:
        return Count(figure, figure.end, before, "before")
    if _of_them(words, figure.end) and made:
        return Count(figure, figure.end + 2, made[-1].what, "shared")
    if made and after in ("more", "others") and words[figure.start - 1].lower in ("and", ","):
        return Count(figure, figure.end + 1, made[-1].what, "shared")
    return None


def _of_them(words: Line, index: int) -> bool:
    """Tell whether “of them” stands at a word."""
    return index + 1 < len(words) and words[index].lower == "of" and words[index + 1].lower == "them"


def _as_before(words: Line, figure: Figure) -> bool:
    """Tell whether a number goes on a list of times: “three in the morning and seven at noon”."""
    after = words.lower[figure.end : figure.end + 1]
    return words.lower[figure.start - 1 : figure.start] == ["and"] and after in (["at"], ["in"], ["on"], ["by"])


def _toll(words: Line, figure: Figure) -> Count | None:
    """Read the number that a toll rises to, stands at or has passed."""
    start = figure.start
    if start == 0 or words[start - 1].lower not in _TO_TOLL:
        return None
    lists = counted()
    risen = start > 1 and words[start - 2].lower in _RISEN
    for index in range(max(0, start - (_FAR if risen else _NEAR)), start):
        found = lists.tolls.at(words.lower, index)
        if found is not None:
            if words[start - 1].lower in _RAISED and figure.qualifier == "exactly" and isinstance(figure.low, int):
                figure.qualifier, figure.low, figure.high = "more_than", figure.low + 1, None
            return Count(figure, figure.end, found[1], "toll")
    return None


def _times(words: Line, figure: Figure) -> Count | None:
    """Read “attacked 19 times”: so many attacks."""
    end = figure.end + 1 if figure.end < len(words) and words[figure.end].lower == "times" else figure.end
    verbs = counted().attack_verbs
    around = [*words[max(0, figure.start - 14) : figure.start], *words[end : end + 6]]
    return Count(figure, end, "attacks", "noun") if any(word.lower in verbs for word in around) else None


def _money(words: Line, figure: Figure) -> Count | None:
    """Read an amount: a currency sign before the number or a currency behind it."""
    lists = counted()
    number = next((at for at in range(figure.start, figure.end) if words[at].value is not None), None)
    if figure.qualifier == "range" and any(words[at].lower in lists.signs for at in range(figure.start, figure.end)):
        return Count(figure, figure.end, "money", "noun")
    sign = number is not None and number > 0 and words[number - 1].lower in lists.signs
    if sign and number is not None:
        first = number - 1
        if first and words[first - 1].text in ("US", "A", "C", "HK", "S", "NZ", "R"):
            first -= 1
        figure.start = first
        found = lists.hedges.before(words.lower, first)
        if found is not None:
            figure.start -= found[0]
            _money_hedge(figure, found[1])
        return Count(figure, figure.end, "money", "noun")
    for at in range(figure.end, min(figure.end + 3, len(words))):
        if words[at].lower in lists.money:
            if figure.single:
                return None
            if figure.qualifier == "more_than" and isinstance(figure.low, int):
                figure.low -= 1
            return Count(figure, at + 1, "money", "noun")
        if not (words[at].text[0].isupper() or words[at].lower in ("of", "us")):
            break
    return None


def _money_hedge(figure: Figure, kind: Qualifier) -> None:
    """Apply a hedge to an amount: it has no next whole number, so “more than” keeps its bound."""
    figure.qualifier = kind
    if kind in ("at_least", "more_than"):
        figure.high = None
    elif kind in ("up_to", "less_than"):
        figure.low = None


def _share(words: Line, made: list[Count]) -> None:
    """Let counts joined by “and” share their state: “killed two soldiers and three civilians”."""
    neutral = counted().people_whats
    states = {"dead", "wounded", "missing", "held", "displaced", "freed", "rescued", "casualties"}
    for index in range(1, len(made)):
        left, right = made[index - 1], made[index]
        if right.how == "noun" and right.what in neutral and left.what in states and _joined(words, left, right):
            right.what, right.how = left.what, left.how
    for index in range(len(made) - 1, 0, -1):
        left, right = made[index - 1], made[index]
        if (
            left.how == "noun"
            and left.what in neutral - states
            and right.what in states
            and right.how == "behind"
            and _joined(words, left, right)
        ):
            left.what, left.how = right.what, right.how


def _joined(words: Line, left: Count, right: Count) -> bool:
    """Tell whether only “and”, commas, “including” and small words stand between two counts."""
    between = [word.lower for word in words[left.end : right.figure.start]]
    if len(between) > 5 or not between:
        return False
    links = {
        "and",
        ",",
        "including",
        "among",
        "them",
        "as",
        "well",
        "plus",
        "her",
        "his",
        "their",
        "the",
        "with",
        "least",
        "at",
    }
    return all(word in links for word in between)
