"""News agencies: who writes what others print."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dateline.lexicon.owned import OwnedList


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


_LIST = OwnedList(
    "agency",
    lambda row: Agency(row["name"], row["full"], row["country"], tuple(row["domains"]), tuple(row["forms"])),
    "name, full, country, domains, forms",
)


def use_folder(folder: Path) -> None:
    """Know a desk's own agencies, `agencies.toml` in a folder, and no other desk's; raises InputError."""
    if _LIST.use_folder(folder):
        for known in (agencies, _by_spelling, by_domain):
            known.cache_clear()


def own_list() -> Path | None:
    """Give the list that the desk has added: what is made from `agencies` is good for as long as it is the same."""
    return _LIST.own


@cache
def agencies() -> tuple[Agency, ...]:
    """Give all agencies: the desk's own first, then those of data/agencies.toml in its order."""
    return _LIST.rows()


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
