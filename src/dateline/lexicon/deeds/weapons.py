"""The weapons list: words for means of violence, with the PLOVER mode they point to."""

from __future__ import annotations

import tomllib
from functools import cache

from dateline.lexicon import DATA
from dateline.lexicon.deeds.actions import noun_lemma


@cache
def weapons() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Map the last word of each weapon's name to (its words, its mode), longest names first.

    Words are lemmas in lower case, hyphens part them.
    """
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for mode, names in tomllib.loads((DATA / "weapons.toml").read_text(encoding="utf-8")).items():
        for name in names:
            words = tuple(piece for word in name.split() for piece in word.split("-"))
            words = (*words[:-1], noun_lemma(words[-1]))
            found.setdefault(words[-1], []).append((words, mode))
    return {last: tuple(sorted(group, key=lambda entry: -len(entry[0]))) for last, group in found.items()}
