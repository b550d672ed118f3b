"""How often common words occur, so that a few texts are enough to tell a rare word from a common one."""

from __future__ import annotations

from functools import cache

from dateline.lexicon import DATA


@cache
def common_words() -> dict[str, float]:
    """Give the share that each common English word (lower case) has of all words, by data/common_words.tsv."""
    found: dict[str, float] = {}
    for line in (DATA / "common_words.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            often, words = line.split("\t")
            found.update(dict.fromkeys(words.split(), float(often) / 1e6))
    return found
