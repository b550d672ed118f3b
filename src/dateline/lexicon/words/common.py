"""How often common words occur, so that a few texts are enough to tell a rare word from a common one."""

from __future__ import annotations

from functools import cache

from dateline.lexicon import DATA

ENGLISH = "en"


@cache
def common_words(language: str = ENGLISH) -> dict[str, float]:
    """Give the share that each common word of a language (lower case) has of all words; none where it has no list.

    Lists: data/common_words.tsv for English, data/common_words_abroad.tsv for others.
    """
    found: dict[str, float] = {}
    for spoken, often, words in _lines():
        if spoken == language:
            found.update(dict.fromkeys(words.split(), float(often) / 1e6))
    return found


@cache
def languages() -> frozenset[str]:
    """Give the languages that have a list."""
    return frozenset(spoken for spoken, *_ in _lines())


@cache
def _lines() -> tuple[tuple[str, str, str], ...]:
    found: list[tuple[str, str, str]] = []
    for name in ("common_words", "common_words_abroad"):
        for line in (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                *spoken, often, words = line.split("\t")
                found.append((spoken[0] if spoken else ENGLISH, often, words))
    return tuple(found)
