"""The stems of words, by the Snowball algorithm of the language they are in (https://snowballstem.org).

A stem is taken from the word as it is written, since endings are told apart by their accents.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from bisect import bisect_right
from functools import cache
from typing import Any

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
_JOINED = re.compile("^(?:و?[فبك]ال|وال|و?لل)")
_ARTICLE = 2  # letters of the Arabic article
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


def snowball(word: str, language: str) -> str | None:
    """Give the stem of a word as it is written, in a language of `stemmed`; None where it is of another script.

    >>> snowball("Überschwemmungen", "de"), snowball("наводнения", "ru"), snowball("наводнения", "en")
    ('überschwemm', 'наводнен', None)
    """
    algorithm, scripts = _ALGORITHMS[language]
    if not word[:1].isalpha() or _SCRIPTS[bisect_right(_STARTS, ord(word[0])) - 1][1] not in scripts:
        return None
    made: str = _stemmer(algorithm).stemWord(unicodedata.normalize("NFC", word).lower())
    return made


def separated(word: str, language: str) -> str:
    """Take “and”, “in”, “like”, “for” off an Arabic word that has the article behind them, as light stemmers do.

    Larkey, Ballesteros and Connell, “Improving stemming for Arabic information retrieval” (SIGIR 2002).

    >>> separated("والقافلة", "ar"), separated("للجيش", "ar"), separated("وزير", "ar")
    ('القافلة', 'الجيش', 'وزير')
    """
    return _JOINED.sub("ال", word) if language == "ar" and len(word) > len("وال") + 1 else word


def without_article(stem: str, language: str) -> str:
    """Take the article off a folded Arabic stem: the algorithm leaves it on short words."""
    return stem.removeprefix("ال") if language == "ar" and len(stem) > _ARTICLE + 1 else stem


@cache
def _stemmer(algorithm: str) -> Any:
    # The pure Python class: the package would else prefer a C build, which may be of another version.
    name = f"{algorithm.title()}Stemmer"
    return getattr(importlib.import_module(f"snowballstemmer.{algorithm}_stemmer"), name)()
