"""Countries and territories: codes, names, demonyms and seats of government, from data/countries.tsv."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dateline.lexicon import DATA
from dateline.lexicon.named.names import key
from dateline.lexicon.tables import items, rows

# Languages of news that CLDR names the countries in, as babel calls them.
LANGUAGES = (
    "am ar be bg bn el fa gu he hi hy ja ka kk km kn ko ky lo mk ml mn mr my ne pa ps ru si sr ta te th tg ti ug uk ur "
    "zh zh_Hant es fr de it nl pt"
).split()


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory."""

    iso3: str
    iso2: str
    geonames_id: int
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]  # adjectives and nouns, singular and plural
    seats: tuple[str, ...]  # cities by which its government is meant
    party: str  # PLOVER code of a party from there
    continent: str
    population: int


@cache
def countries() -> tuple[Country, ...]:
    """List all countries and territories, by their code."""
    return tuple(
        Country(
            row["iso3"],
            row["iso2"],
            int(row["geonames"]),
            row["name"],
            items(row["aliases"]),
            items(row["demonyms"]),
            items(row["seats"]),
            row["party"],
            row["continent"],
            int(row["population"]),
        )
        for _, row in rows(DATA / "countries.tsv")
    )


@cache
def by_iso3() -> Mapping[str, Country]:
    """Map ISO 3166-1 alpha-3 codes (KOS for Kosovo) to countries."""
    return {country.iso3: country for country in countries()}


@cache
def by_iso2() -> Mapping[str, Country]:
    """Map ISO 3166-1 alpha-2 codes to countries."""
    return {country.iso2: country for country in countries()}


@cache
def by_name() -> Mapping[str, Country]:
    """Map the keys of names and short forms to countries."""
    return {key(name): country for country in countries() for name in (*country.aliases, country.name)}


@cache
def by_demonym() -> Mapping[str, Country]:
    """Map the keys of adjectives and names of peoples to countries."""
    return {key(name): country for country in reversed(countries()) for name in country.demonyms}


@cache
def by_seat() -> Mapping[str, Country]:
    """Map the keys of seats of government to countries."""
    return {key(name): country for country in reversed(countries()) for name in country.seats}


def names_abroad() -> defaultdict[str, set[str]]:
    """Give each country's names in other languages, by its code (alpha-2), from Unicode's CLDR."""
    from babel import Locale

    found: defaultdict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            found[code].add(name)
    return found
