"""What news counts, in which states, and the words that hedge a number, from ``data/counted.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, cast

from dateline.lexicon.words.phrases import Phrases
from dateline.model import Qualifier

_PLURALS = {"person": "people", "child": "children", "foot": "feet", "life": "lives", "body": "bodies", "wife": "wives"}
_SAME = frozenset(
    ["people", "police", "aircraft", "cattle", "sheep", "livestock", "staff", "crew", "displaced", "accused", "feet"]
)


@dataclass(frozen=True, slots=True)
class Counted:
    """The lists of ``data/counted.toml``; phrases stand with single spaces, in lower case."""

    people: Phrases[str]  # noun, singular or plural → what it counts
    things: Phrases[str]
    singular: frozenset[str]  # the people nouns in the singular
    measures: frozenset[str]
    money: frozenset[str]
    signs: frozenset[str]
    people_whats: frozenset[str]
    act: Phrases[str]  # verb form → state of its object
    be: Phrases[str]  # words said behind people → state
    is_: Phrases[str]
    of: Phrases[str]  # noun before “of N people” → state
    hedges: Phrases[Qualifier]
    hedges_after: Phrases[Qualifier]
    loose: Phrases[tuple[int, int | None, Qualifier]]
    attack_verbs: frozenset[str]
    tolls: Phrases[str]


@cache
def counted() -> Counted:
    """Load the lists."""
    data: dict[str, Any] = tomllib.loads(
        resources.files("dateline.lexicon").joinpath("data/counted.toml").read_text(encoding="utf-8")
    )
    states: dict[str, dict[str, str]] = data["states"]
    return Counted(
        people=_nouns(data["people"]),
        things=_nouns(data["things"]),
        singular=frozenset(word for words in data["people"].values() for word in _split(words) if word not in _SAME),
        measures=frozenset(phrase for phrase, _ in _noun_items({"": data["measures"]["words"]})),
        money=frozenset(phrase for phrase, _ in _noun_items({"": data["money"]["words"]})),
        signs=frozenset(data["money"]["signs"]),
        people_whats=frozenset(data["people"]),
        act=_forms(states, "act"),
        be=_forms(states, "be"),
        is_=_forms(states, "is"),
        of=_forms(states, "of"),
        hedges=_phrases(data["hedges"]),
        hedges_after=_phrases(data["hedges_after"]),
        loose=Phrases(
            (phrase, (low, None if high == "" else high, cast(Qualifier, qualifier)))
            for phrase, (low, high, qualifier) in data["loose"].items()
        ),
        attack_verbs=frozenset(_split(data["attack_verbs"]["words"])),
        tolls=Phrases((phrase, what) for what, phrases in data["tolls"].items() for phrase in phrases),
    )


def plural(noun: str) -> str:
    """Form the plural of an English noun."""
    if noun in _SAME:
        return noun
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("man"):
        return noun[:-2] + "en"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "sh", "ch", "x")):
        return noun + "es"
    return noun + "s"


def _split(words: str) -> list[str]:
    """Give the words of a list; an underscore stands for the space in a phrase."""
    return [word.replace("_", " ") for word in words.split()]


def _noun_items(lists: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each noun, in singular and plural, with what it counts."""
    for what, words in lists.items():
        for word in _split(words):
            yield word, what
            yield plural(word), what


def _nouns(lists: dict[str, str]) -> Phrases[str]:
    """Make the table of some lists of nouns."""
    return Phrases(_noun_items(lists))


def _forms(states: dict[str, dict[str, str]], part: str) -> Phrases[str]:
    """Give each form of one part of the states its state."""
    return Phrases((form, state) for state, parts in states.items() for form in _split(parts[part]))


def _phrases(lists: dict[str, list[str]]) -> Phrases[Qualifier]:
    """Give each phrase its qualifier."""
    return Phrases((phrase, cast(Qualifier, name)) for name, phrases in lists.items() for phrase in phrases)
