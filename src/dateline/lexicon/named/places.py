"""What the finder of places knows about words: ordinary words, persons' names, and the words around a name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from dateline.lexicon import DATA
from dateline.lexicon.named.countries import by_demonym, countries
from dateline.lexicon.named.names import key
from dateline.lexicon.tables import items, rows


@cache
def ordinary_words() -> frozenset[str]:
    """Give the English words that are also names of towns."""
    return frozenset(row["word"] for _, row in rows(DATA / "places_words.tsv"))


@cache
def given_names() -> Mapping[str, float]:
    """Map common given names to their share of people in percent."""
    return {row["name"]: float(row["given"]) for _, row in rows(DATA / "people_names.tsv") if row["given"]}


@cache
def family_names() -> Mapping[str, float]:
    """Map common family names to their share of people in percent."""
    return {row["name"]: float(row["family"]) for _, row in rows(DATA / "people_names.tsv") if row["family"]}


@cache
def context_words(kind: str) -> frozenset[str]:
    """Give a set of words of places_contexts.toml, for instance "locative" or "title"."""
    with (DATA / "places_contexts.toml").open("rb") as stream:
        return frozenset(tomllib.load(stream)[kind].split())


@cache
def demonyms() -> Mapping[str, tuple[str, ...]]:
    """Map the keys of demonyms to the name keys of what they belong to: a country, else a region or division."""
    found = {name: (key(country.name), country.iso3) for name, country in by_demonym().items()}
    for _, row in rows(DATA / "places_demonyms.tsv"):
        for name in items(row["demonyms"]):
            found.setdefault(key(name), (key(row["place"]), row["country"]))
    return found


@cache
def country_names() -> frozenset[str]:
    """Give the keys of all names and short forms of countries."""
    return frozenset(key(name) for country in countries() for name in (country.name, *country.aliases))


@cache
def weights(table: str) -> Mapping[str, float]:
    """Give a table of the fitted coefficients (tools/fit_places.py)."""
    with (DATA / "places_weights.toml").open("rb") as stream:
        return {name: float(value) for name, value in tomllib.load(stream)[table].items()}
