"""The noun behind a number, and the numbers that count nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from dateline.lexicon.deeds.counted import counted
from dateline.tags.counts.words import STOP, Line, Word, months
from dateline.text.wordset import word_set

_REACH = 7  # words between a number and its noun
_FILLERS = word_set(
    """
    more other additional further new of the these those his her their its our
    """
)
_NAMED = word_set(
    """
    no number flight article resolution channel route group boeing airbus chapter section class phase version
    room page act highway aged age covid unit block plot gate pier section league top bus line level formula
    apollo class ward district day nos call ak mp rpg bm mig sukhoi
    """
)
_IN_TIME = word_set(
    """
    in since of by from until during early late mid before after through around till between circa
    """
)


class Counting(Protocol):
    """What is asked of a figure."""

    start: int
    end: int
    low: int | float | None
    high: int | float | None
    single: bool


@dataclass(slots=True)
class Noun:
    """What a number counts: the word behind its noun, the kind, and a state said before it (“12 missing climbers”)."""

    end: int
    what: str  # empty where a measure or nothing countable follows
    person: bool
    state: str | None = None
    weak: bool = False  # only a guess at people, such as a capitalised plural: a state must be said of it


def bad_context(text: str, words: Line, index: int) -> bool:
    """Tell whether a number is a date, an age, an ordinal, a part of a name or of a compound, or a score."""
    word = words[index]
    before = words[index - 1] if index else None
    after = words[index + 1] if index + 1 < len(words) else None
    follow = text[word.end : word.end + 1]
    lead = text[word.start - 1 : word.start]
    if follow.isalnum() and not word.lower[-1].isspace():
        return True
    if follow in ("-", "–") and text[word.end + 1 : word.end + 2].isalpha():
        return True
    if (
        lead == "-"
        and text[word.start - 2 : word.start - 1].isalnum()
        and not (index > 1 and words[index - 2].value is not None)
    ):
        return True
    if lead in ("#", "/", "@"):
        return True
    if after is not None and (
        after.lower in ("%", "'s", "am", "pm", "a.m", "p.m", "st", "nd", "rd", "th") or after.lower in months()
    ):
        return True
    if before is not None:
        if before.lower.rstrip(".") in months() and before.text[0].isupper():
            return True
        if before.lower in _NAMED and not (after is not None and after.lower in counted().people):
            return True
        if before.lower == "." and index > 1 and words[index - 2].lower in ("no", "nos", *months()):
            return True
        if before.lower == "," and after is not None and after.lower in (",", ".", "and", "who"):
            return not (index > 1 and words[index - 2].value is None and after.lower == "and")
    return _is_year(word, before)


def _is_year(word: Word, before: Word | None) -> bool:
    """Tell whether a number is a year: four figures behind “in”, “since” and the like, or at the start."""
    if not (word.text.isdecimal() and len(word.text) == 4 and 1800 <= int(word.text) <= 2100):
        return False
    return before is None or before.lower in _IN_TIME or before.is_mark


def noun_behind(words: Line, figure: Counting) -> Noun | None:
    """Find what a figure counts, in the words behind it; None where no noun follows."""
    lists = counted()
    plural = not (figure.low == figure.high == 1 or (figure.low == 1 and figure.high is None)) and not figure.single
    index, state, others = figure.end, None, False
    head: Noun | None = None
    limit = min(len(words), figure.end + _REACH)
    while index < limit:
        word = words[index]
        if word.lower in ("others", "other") and not _nouns_follow(words, index + 1):
            return Noun(index + 1, "people", True, state)
        known = _known(words, index, plural)
        if known is not None:
            head = Noun(index + known[0], known[1], known[2], state)
            index += known[0]
            if not _known(words, index, plural):
                return head
            continue
        if word.lower in lists.measures and head is None:
            return Noun(index + 1, "", False)
        if index == figure.end and word.lower in ("in", "of") and word.lower == "of" and _number_of(words, index):
            index += _number_of(words, index)
            continue
        if (
            word.value is not None
            or word.is_mark
            or (word.lower in STOP and not (word.lower in _FILLERS and _filler_fits(words, index, figure.end)))
        ):
            break
        adjective = lists.is_.at(words.lower, index) or lists.act.at(words.lower, index)
        if adjective is not None:
            if not _nouns_follow(words, index + adjective[0]):
                break
            state = adjective[1]
            index += adjective[0]
            continue
        if word.lower in lists.be:
            break
        index += 1
        others = True
    return head or _demonym(words, figure.end, index, plural, others)


def _number_of(words: Line, index: int) -> int:
    """Give how many words “of 30” and “of the four” take, in “27 of 30 drones”; 0 where no number follows."""
    if index + 1 < len(words) and words[index + 1].value is not None:
        return 2
    if index + 2 < len(words) and words[index + 1].lower in _FILLERS and words[index + 2].value is not None:
        return 3
    return 0


def _filler_fits(words: Line, index: int, begin: int) -> bool:
    """Tell whether “of”, “of the”, “more” stand where they lead to the noun."""
    word = words[index].lower
    if word == "of":
        return index == begin and not (index + 1 < len(words) and words[index + 1].lower == "them")
    return index == begin or words[index - 1].lower == "of"


def _known(words: Line, index: int, plural: bool) -> tuple[int, str, bool] | None:
    """Give (words taken, what, person) of a listed noun at a word, in the number that the figure asks for."""
    if index >= len(words):
        return None
    lists = counted()
    for table, person in ((lists.people, True), (lists.things, False)):
        found = table.at(words.lower, index)
        if found is None:
            continue
        last = words[index + found[0] - 1].lower
        singular = last in lists.singular if person else _thing_singular(last)
        if plural and singular:
            continue
        if not plural and not singular and not (last in ("people", "police", "crew") and not plural):
            continue
        return found[0], found[1], person
    return None


def _thing_singular(word: str) -> bool:
    """Tell whether a thing's noun stands in the singular."""
    return (
        word not in ("aircraft", "cattle", "sheep", "livestock")
        and not word.endswith("s")
        and word not in ("lives", "bodies")
    )


def _nouns_follow(words: Line, index: int) -> bool:
    """Tell whether a listed noun follows within three words, with nothing between that ends a noun phrase."""
    lists = counted()
    for at in range(index, min(index + 3, len(words))):
        word = words[at]
        if word.lower in lists.people or word.lower in lists.things:
            return True
        if word.is_mark or word.lower in STOP or word.value is not None:
            return False
    return False


def _demonym(words: Line, begin: int, end: int, plural: bool, others: bool) -> Noun | None:
    """Guess people behind a capitalised plural at the end of the noun phrase: “eight Lorandians”."""
    if not plural or not others or end <= begin:
        return None
    last = words[end - 1]
    if last.text[0].isupper() and last.lower.endswith(("s", "ese")) and len(last.lower) > 4:
        return Noun(end, "people", True, weak=True)
    return None
