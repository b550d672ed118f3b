"""The words that texts are found by, the same for every engine, and the passage that a result shows.

Words are folded here (case, accents, Arabic vowel signs and letter variants) and scripts without spaces are cut into
single characters, so that an engine's own tokeniser has nothing left to decide.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

PASSAGE = 240  # characters of a passage: two lines of a result
# Alef maqsura and ta marbuta are typed either way; the tatweel only stretches a word.
_VARIANTS = str.maketrans({"ى": "ي", "ة": "ه", "ـ": "", "ی": "ي", "ک": "ك", "ı": "i", "ł": "l", "ø": "o", "đ": "d"})
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PARTS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """A folded word and the characters of the text it stands for."""

    text: str
    start: int
    end: int


def terms(text: str) -> list[Term]:
    """List the words of a text as they are indexed and asked for, with their offsets.

    >>> [t.text for t in terms("Áoife’s 東京")]
    ['aoife', 's', '東', '京']
    """
    found = []
    for match in _word_pattern().finditer(text):
        for part in _PARTS.findall(fold(match.group())):
            found.append(Term(part, match.start(), match.end()))
    return found


def words(text: str | None) -> list[str]:
    """List the words of a text without offsets."""
    return [term.text for term in terms(text)] if text else []


def fold(word: str) -> str:
    """Fold case, accents, vowel signs and letter variants away."""
    if word.isascii():
        return word.lower()
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if unicodedata.category(c) != "Mn")
    return bare.casefold().translate(_VARIANTS)


def passage(text: str, wanted: Collection[str], size: int = PASSAGE) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Cut out the stretch of a text that holds most of the wanted words, with the offsets of these words in it.

    Where none occurs the text's beginning is given without marks.
    """
    hits = [term for term in terms(text) if term.text in wanted]
    start = _best_start(hits, size)
    start, end = _at_words(text, start, start + size)
    marks = sorted({(hit.start - start, hit.end - start) for hit in hits if start <= hit.start and hit.end <= end})
    return text[start:end], tuple(marks)


def _best_start(hits: Sequence[Term], size: int) -> int:
    """Give where the window with the most different words (then the most words, then the first) begins."""
    best, best_value = 0, (0, 0)
    end = 0
    for index, hit in enumerate(hits):
        end = max(end, index)
        while end < len(hits) and hits[end].end <= hit.start + size - 40:
            end += 1
        inside = hits[index:end]
        value = (len({h.text for h in inside}), len(inside))
        if value > best_value:
            best, best_value = max(0, hit.start - 40), value
    return best


def _at_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Move both ends to the borders of words, inside one paragraph's neighbourhood of the text."""
    if start > 0:
        space = text.find(" ", start, start + 30)
        start = space + 1 if space >= 0 else start
    end = min(end, len(text))
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space > end - 30 else end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@cache
def _word_pattern() -> re.Pattern[str]:
    """Match one character of a script without spaces, or a run of letters and digits with the marks on them."""
    marks = "".join(chr(c) for c in range(0x300, 0x10000) if _is_mark(c))
    return re.compile(f"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\\W_]|[{re.escape(marks)}\u0640])+")


def _is_mark(code: int) -> bool:
    return unicodedata.category(chr(code)) in ("Mn", "Mc", "Me")
