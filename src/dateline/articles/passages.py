"""Passages of an article that are in another language than the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dateline.model import Passage
from dateline.text.languages import sure_language

# Languages so near each other that a paragraph does not tell them apart for sure.
_NEAR = tuple(
    frozenset(tags.split())
    for tags in (
        "nb nn no da sv",
        "hr sr bs sl mk bg",
        "id ms",
        "cs sk",
        "es gl ca pt",
        "ru uk be bg mk",
        "hi mr ne",
        "af nl",
        "ar fa ur ps",
    )
)

_USUAL = 60  # words
_SHARED = 0.15  # part of a paragraph's words


def foreign(paragraphs: Sequence[str], language: str | None) -> tuple[Passage, ...]:
    """Give the paragraphs (joined by a blank line) that are surely in another language; neighbours as one passage."""
    if not language or len(paragraphs) < 2:
        return ()
    found: list[Passage] = []
    at = 0
    usual = _usual(paragraphs)
    for text in paragraphs:
        other = None if _is_usual(text, usual) else sure_language(text)
        if other and other != language and not any({other, language} <= near for near in _NEAR):
            last = found[-1] if found else None
            if last and last.language == other and last.end + 2 == at:
                found[-1] = Passage(last.start, at + len(text), other)
            else:
                found.append(Passage(at, at + len(text), other))
        at += len(text) + 2
    return tuple(found)


def _usual(paragraphs: Sequence[str]) -> frozenset[str]:
    """Give the words that most paragraphs share: in running text these are its language's small words."""
    counts = Counter(word for text in paragraphs for word in set(text.casefold().split()))
    return frozenset(word for word, times in counts.most_common(_USUAL) if times > 1)


def _is_usual(text: str, usual: frozenset[str]) -> bool:
    """Tell whether a paragraph is made of the same small words as the others, so that no model need be asked."""
    words = text.casefold().split()
    return sum(word in usual for word in words) >= _SHARED * len(words)
