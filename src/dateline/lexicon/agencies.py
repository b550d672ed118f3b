"""News agencies: who writes what others print."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from dateline.lexicon import DATA


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency and the spellings of its credit."""

    name: str
    full: str
    country: str  # ISO 3166-1 alpha-3
    domains: tuple[str, ...]
    forms: tuple[str, ...]

    @property
    def spellings(self) -> tuple[str, ...]:
        """Give every way the agency is written, its name first."""
        return tuple(dict.fromkeys((self.name, self.full, *self.forms)))


@cache
def agencies() -> tuple[Agency, ...]:
    """Give all agencies of data/agencies.toml in its order."""
    rows = tomllib.loads((DATA / "agencies.toml").read_text(encoding="utf-8"))["agency"]
    return tuple(
        Agency(row["name"], row["full"], row["country"], tuple(row["domains"]), tuple(row["forms"])) for row in rows
    )


def _key(text: str) -> str:
    return re.sub(r"[\s.]+", " ", text.casefold()).strip()


@cache
def _by_spelling() -> dict[str, Agency]:
    made: dict[str, Agency] = {}
    for agency in agencies():
        for spelling in agency.spellings:
            made.setdefault(_key(spelling), agency)
    return made


def agency(text: str) -> Agency | None:
    """Find the agency that a text names as a whole (`AFP`, `The Associated Press`); None where it names none."""
    key = _key(text)
    return _by_spelling().get(key) or _by_spelling().get(key.removeprefix("the "))


@cache
def by_domain() -> dict[str, Agency]:
    """Give the agencies by registered domain."""
    return {name: agency for agency in agencies() for name in agency.domains}
