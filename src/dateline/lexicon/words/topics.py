"""The words that tell a story's topic, from data/topics.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from dateline.text.words import content_words, fold

TITLE_WEIGHT = 2.0
COMPANY = 1.0  # of a topic's other words, without which a building says only where something was
FULL = 4.0  # hits after which more of the same topic adds nothing


@cache
def _data() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = tomllib.loads(
        (files("dateline.lexicon") / "data" / "topics.toml").read_text(encoding="utf-8")
    )
    return loaded


@cache
def slugs() -> tuple[str, ...]:
    """Give the slugs of the 17 topics, in the order of the data file."""
    return tuple(_data())


@cache
def name(slug: str) -> str:
    """Give a topic's name for people; raises KeyError for what is none."""
    return _data()[slug]["name"]


@cache
def _terms() -> tuple[dict[str, tuple[str, float]], dict[tuple[str, ...], tuple[str, float]]]:
    """Map stems, and runs of stems, to their topic and weight: sure ones 1, weak ones a half."""
    single: dict[str, tuple[str, float]] = {}
    several: dict[tuple[str, ...], tuple[str, float]] = {}
    for slug, entry in _data().items():
        for key, weight in (("sure", 1.0), ("weak", 0.5)):
            for term in entry.get(key, "").split(","):
                stems = tuple(content_words(term))
                if len(stems) == 1:
                    single[stems[0]] = (slug, weight)
                elif stems:
                    several[stems] = (slug, weight)
    return single, several


@cache
def _settings() -> frozenset[tuple[str, ...]]:
    """Give the stems of the terms that name a building or a place: a drill in a school is no news of education."""
    return frozenset(
        tuple(content_words(term)) for entry in _data().values() for term in entry.get("settings", "").split(",")
    )


@cache
def _categories() -> dict[str, str]:
    return {fold(term).strip(): slug for slug, entry in _data().items() for term in entry["categories"].split(",")}


def by_category(category: str) -> tuple[str, ...]:
    """Give the topics that a feed's category stands for; none where it is not known."""
    found = (_categories().get(fold(part).strip()) for part in category.replace("&", "/").split("/"))
    return tuple(dict.fromkeys(slug for slug in found if slug))


def by_words(title: Sequence[str], text: Sequence[str]) -> dict[str, float]:
    """Weigh each topic's evidence in a title and a text, given as content words; different words count, not repeats.

    In a text a setting (“school”, “mosque”, “stadium”) counts only beside other words of its topic, or the title's.
    """
    tally: dict[str, float] = {}
    settled: dict[str, float] = {}  # evidence of settings
    for stems, factor in ((title, TITLE_WEIGHT), (text, 1.0)):
        for term, (slug, weight) in _hits(stems).items():
            of = settled if term in _settings() and factor == 1.0 else tally
            of[slug] = of.get(slug, 0.0) + factor * weight
    for slug, value in settled.items():
        if tally.get(slug, 0.0) >= COMPANY:
            tally[slug] += value
    return {slug: min(FULL, value) / 2.0 for slug, value in tally.items()}


def _hits(stems: Sequence[str]) -> dict[tuple[str, ...], tuple[str, float]]:
    single, several = _terms()
    found: dict[tuple[str, ...], tuple[str, float]] = {}
    for at, stem in enumerate(stems):
        for length in (3, 2):
            run = tuple(stems[at : at + length])
            if len(run) == length and run in several:
                found[run] = several[run]
                break
        else:
            if stem in single:
                found[(stem,)] = single[stem]
    return found
