"""The stems of words, by the Snowball algorithm of the language they are in (https://snowballstem.org).

A stem carries its language (`flood~en`): words of two languages are never taken for each other's forms. It is taken
from the word as it is written, since endings are told apart by their accents, and folded afterwards.
"""

from __future__ import annotations

import importlib
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from dateline.store.search.terms import fold

FORM = "1"  # one higher whenever the same text may give other words or stems: indexes are then made anew
_LATIN = ("latin",)
_ALGORITHMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "ar": ("arabic", ("arabic",)),
    "ca": ("catalan", _LATIN),
    "cs": ("czech", _LATIN),
    "da": ("danish", _LATIN),
    "de": ("german", _LATIN),
    "el": ("greek", ("greek",)),
    "en": ("english", _LATIN),
    "es": ("spanish", _LATIN),
    "et": ("estonian", _LATIN),
    "eu": ("basque", _LATIN),
    "fa": ("persian", ("arabic",)),
    "fi": ("finnish", _LATIN),
    "fr": ("french", _LATIN),
    "ga": ("irish", _LATIN),
    "hi": ("hindi", ("devanagari",)),
    "hu": ("hungarian", _LATIN),
    "hy": ("armenian", ("armenian",)),
    "id": ("indonesian", _LATIN),
    "it": ("italian", _LATIN),
    "lt": ("lithuanian", _LATIN),
    "ne": ("nepali", ("devanagari",)),
    "nl": ("dutch", _LATIN),
    "no": ("norwegian", _LATIN),
    "pl": ("polish", _LATIN),
    "pt": ("portuguese", _LATIN),
    "ro": ("romanian", _LATIN),
    "ru": ("russian", ("cyrillic",)),
    "sr": ("serbian", ("latin", "cyrillic")),
    "sv": ("swedish", _LATIN),
    "ta": ("tamil", ("tamil",)),
    "tr": ("turkish", _LATIN),
    "yi": ("yiddish", ("hebrew",)),
}
_ARTICLE = 2  # letters of the Arabic article
# Endings alone are taken off there; elsewhere (Arabic, Dutch, Indonesian …) words lose or change beginnings, too.
_ENDINGS_ALONE = frozenset("da de el en es fi fr hu it no pt ro ru sv tr".split())
_SAME = {"nb": "no", "nn": "no", "bs": "sr", "hr": "sr", "sh": "sr", "prs": "fa", "ms": "id"}
# Where each script begins among the code points, as far as a news language with a stemmer writes it.
_SCRIPTS = (
    (0x0000, "latin"), (0x0250, ""), (0x0370, "greek"), (0x0400, "cyrillic"), (0x0530, "armenian"), (0x0590, "hebrew"),
    (0x0600, "arabic"), (0x0700, ""), (0x0900, "devanagari"), (0x0980, ""), (0x0B80, "tamil"), (0x0C00, ""),
    (0x1E00, "latin"), (0x1F00, "greek"), (0x2000, ""),
)  # fmt: skip
_STARTS = [start for start, _name in _SCRIPTS]


def stemmed(language: str | None) -> str | None:
    """Give the language whose stems a BCP 47 tag means; None where it has no stemmer.

    >>> stemmed("en-GB"), stemmed("nb"), stemmed("uk")
    ('en', 'no', None)
    """
    primary = (language or "").split("-")[0].lower()
    primary = _SAME.get(primary, primary)
    return primary if primary in _ALGORITHMS else None


@lru_cache(maxsize=1 << 17)
def stem(word: str, language: str) -> str | None:
    """Give the stem of a word as it is written, in a language of `stemmed`; None where it is of another script.

    >>> stem("Floods", "en"), stem("Überschwemmungen", "de"), stem("наводнения", "en")
    ('flood~en', 'uberschwemm~de', None)
    """
    algorithm, scripts = _ALGORITHMS[language]
    if not word[:1].isalpha() or _SCRIPTS[bisect_right(_STARTS, ord(word[0])) - 1][1] not in scripts:
        return None
    made = fold(_stemmer(algorithm).stemWord(unicodedata.normalize("NFC", word).lower()))
    if language == "ar" and len(made) > _ARTICLE + 1:
        made = made.removeprefix("ال")  # which the algorithm leaves on short words
    return f"{made}~{language}" if made.isalnum() or made.isidentifier() else None


def stems(word: str, languages: Iterable[str]) -> tuple[str, ...]:
    """Give the stems that a word which is looked for has in several languages."""
    return tuple(sorted({made for language in languages if (made := stem(word, language)) is not None}))


def beginnings(made: Iterable[str], language: str) -> str | None:
    """Give the letters one of which a word must begin with to have one of some stems; None where it may be any."""
    if language not in _ENDINGS_ALONE:
        return None
    return "".join({text[0] for text in made if text.endswith(f"~{language}")})


@cache
def _stemmer(algorithm: str) -> Any:
    # The pure Python class: the package would else prefer a C build, which may be of another version.
    name = f"{algorithm.title()}Stemmer"
    return getattr(importlib.import_module(f"snowballstemmer.{algorithm}_stemmer"), name)()
