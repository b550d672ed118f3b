"""The stems of words as search keeps them: a stem carries its language (`flood~en`).

Words of two languages are never taken for each other's forms. A stem is taken from the word as it is written, and
folded afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from dateline.store.search.terms import fold
from dateline.text.stems import snowball, stemmed, without_article

__all__ = ["FORM", "beginnings", "stem", "stemmed", "stems"]

FORM = "1"  # one higher whenever the same text may give other words or stems: indexes are then made anew
# Endings alone are taken off there; elsewhere (Arabic, Dutch, Indonesian …) words lose or change beginnings, too.
_ENDINGS_ALONE = frozenset("da de el en es fi fr hu it no pt ro ru sv tr".split())


@lru_cache(maxsize=1 << 17)
def stem(word: str, language: str) -> str | None:
    """Give the stem of a word as it is written, in a language of `stemmed`; None where it is of another script.

    >>> stem("Floods", "en"), stem("Überschwemmungen", "de"), stem("наводнения", "en")
    ('flood~en', 'uberschwemm~de', None)
    """
    bare = snowball(word, language)
    if bare is None:
        return None
    made = without_article(fold(bare), language)
    return f"{made}~{language}" if made.isalnum() or made.isidentifier() else None


def stems(word: str, languages: Iterable[str]) -> tuple[str, ...]:
    """Give the stems that a word which is looked for has in several languages."""
    return tuple(sorted({made for language in languages if (made := stem(word, language)) is not None}))


def beginnings(made: Iterable[str], language: str) -> str | None:
    """Give the letters one of which a word must begin with to have one of some stems; None where it may be any."""
    if language not in _ENDINGS_ALONE:
        return None
    return "".join({text[0] for text in made if text.endswith(f"~{language}")})
