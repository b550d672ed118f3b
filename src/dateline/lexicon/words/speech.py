"""Verbs of saying, with how the words are put (neutral, claim, deny, accuse, threaten, promise, demand)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, cast

Flag = Literal["neutral", "claim", "deny", "accuse", "threaten", "promise", "demand"]
FLAGS: tuple[Flag, ...] = ("neutral", "claim", "deny", "accuse", "threaten", "promise", "demand")


@dataclass(frozen=True, slots=True)
class Speech:
    """The lists of ``data/speech.toml``; words in lower case."""

    flags: dict[str, Flag]  # verb form → flag
    clause: frozenset[str]  # forms that are followed by what is said as a clause
    noun: frozenset[str]  # forms that also take a plain object
    phrases: dict[str, Flag]  # verbs of two words
    titles: frozenset[str]
    heads: frozenset[str]  # nouns of “in a statement”, “on Monday”, which stand between verb and words


@cache
def speech() -> Speech:
    """Load the lists."""
    data: dict[str, Any] = tomllib.loads(
        resources.files("dateline.lexicon").joinpath("data/speech.toml").read_text(encoding="utf-8")
    )
    flags: dict[str, Flag] = {}
    clause: set[str] = set()
    noun: set[str] = set()
    for flag in FLAGS:
        for form in data[flag]["clause"].split():
            clause.add(form)
            flags.setdefault(form, flag)
        for form in data[flag]["noun"].split():
            noun.add(form)
            flags.setdefault(form, flag)
    words = data["words"]
    return Speech(
        flags=flags,
        clause=frozenset(clause),
        noun=frozenset(noun),
        phrases={phrase: cast(Flag, flag) for phrase, flag in data["phrases"].items()},
        titles=frozenset(words["titles"].split()),
        heads=frozenset(words["heads"].split()),
    )
