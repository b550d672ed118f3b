"""The words of a sentence as the reader of counts sees them, and small questions about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.text.numbers import Number
from dateline.text.wordset import word_set

_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W_]+)*|\d+(?:[.,]\d+)*(?:-[^\W\d_]+)*|[^\w\s]|_")


AUX = word_set(
    """
    was were is are be been being am get got gets getting has have had may might could would will can should
    must
    """
)
BE = word_set(
    """
    was were is are be been being got get feared reported left remain remains lay lie lies lying
    """
)
STOP = word_set(
    """
    in on at of to by from with for into onto near after before since until during under over against across
    between through off around within without outside inside along amid among and or but nor that which who whom
    whose when where while because as if than then so he she it they we you i him her them us me this these
    those the a an his its their our my your every each no not was were is are be been being has have had do
    does did will would may might can could shall should must also including said says told according there here
    what how why via per plus versus out up down about who'd
    """
)


@dataclass(slots=True)
class Word:
    """A word, number or mark of a sentence, with offsets into the text."""

    start: int
    end: int
    text: str
    lower: str
    value: int | float | None = None  # of a number

    @property
    def is_mark(self) -> bool:
        """Tell whether it is punctuation."""
        return self.value is None and not self.lower[0].isalnum()


class Line(list[Word]):
    """The words of a sentence; `lower` holds them in lower case, in the same order."""

    __slots__ = ("lower",)

    def __init__(self, words: Sequence[Word]) -> None:
        """Keep the words."""
        super().__init__(words)
        self.lower = [word.lower for word in words]


def split(text: str, start: int, end: int, numbers: Sequence[Number]) -> Line:
    """Give the words of text[start:end]; each of the `numbers` that lies there is one word."""
    out: list[Word] = []
    at = start
    for number in numbers:
        if _in_compound(text, number):
            continue
        _plain(text, at, number.start, out)
        shown = text[number.start : number.end]
        out.append(Word(number.start, number.end, shown, shown.lower(), number.value))
        at = number.end
    _plain(text, at, end, out)
    return Line(out)


def _in_compound(text: str, number: Number) -> bool:
    """Tell whether a number is part of a word: “F-16”, “8-year-old”."""
    lead, follow = text[max(0, number.start - 2) : number.start], text[number.end : number.end + 2]
    joined = len(lead) == 2 and lead[1] == "-" and lead[0].isalpha()
    return joined or (len(follow) == 2 and follow[0] in "-–" and follow[1].isalpha())


def _plain(text: str, start: int, end: int, out: list[Word]) -> None:
    """Add the words of a stretch without numbers."""
    for match in _WORD.finditer(text, start, end):
        shown = match.group()
        lower = shown.lower().replace("’", "'")
        if lower.endswith("'s") and len(lower) > 2:
            cut = match.end() - 2
            out.append(Word(match.start(), cut, shown[:-2], lower[:-2]))
            out.append(Word(cut, match.end(), shown[-2:], "'s"))
        else:
            out.append(Word(match.start(), match.end(), shown, lower))


@cache
def months() -> frozenset[str]:
    """Give the names of the months."""
    from dateline.lexicon.words.timewords import time_words

    return frozenset(time_words("en").classes["month"])
