"""The words that time expressions are made of, by class, from ``data/timewords.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class TimeWords:
    """One language's words: class → word or phrase in lower case → value; and the words that show a clause's tense."""

    classes: dict[str, dict[str, str | int]]
    future: frozenset[str]
    past: frozenset[str]
    plain_ed: frozenset[str]  # words in -ed that are no past forms
    plans: frozenset[str]  # participles that point ahead before “to”, “for” and “on”
    arranged: frozenset[str]  # present forms of what is arranged for a day
    ahead: frozenset[str]  # words that make the infinitive behind them future, whatever their own tense
    incidents: frozenset[str]  # nouns of what nobody announces
    definite: frozenset[str]  # words before them that show that they are known
    fixed: frozenset[str]  # past forms that fix a day behind “for” or “to”
    done: frozenset[str]  # nouns that say nothing of the tense of the infinitive behind them
    until: frozenset[str]  # words just before a date that lies ahead
    after: frozenset[str]  # words just before a date that lies back


@cache
def time_words(language: str = "en") -> TimeWords:
    """Load the words of a language (ISO 639-1). Raise KeyError where there are none for it."""
    data: dict[str, Any] = tomllib.loads(
        resources.files("dateline.lexicon").joinpath("data/timewords.toml").read_text(encoding="utf-8")
    )
    words = data[language]
    tense = words.pop("tense", {})
    return TimeWords(
        classes=words,
        future=frozenset(tense.get("future", ())),
        past=frozenset(tense.get("past", ())),
        plain_ed=frozenset(tense.get("plain_ed", ())),
        plans=frozenset(tense.get("plans", ())),
        arranged=frozenset(tense.get("arranged", ())),
        incidents=frozenset(tense.get("incidents", ())),
        definite=frozenset(tense.get("definite", ())),
        fixed=frozenset(tense.get("fixed", ())),
        done=frozenset(tense.get("done", ())),
        ahead=frozenset(tense.get("ahead", ())),
        until=frozenset(tense.get("until", ())),
        after=frozenset(tense.get("after", ())),
    )
