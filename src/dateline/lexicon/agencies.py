"""News agencies: who writes what others print."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dateline.errors import InputError
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


_added: list[Path] = []


def use_folder(folder: Path) -> None:
    """Know a desk's own agencies, `agencies.toml` in a folder, of the same form as the shipped list; no other desk's.

    They go before the shipped ones of the same spelling. Raises InputError where the file is wrong.
    """
    path = folder / "agencies.toml"
    wanted = [path] if path.exists() else []
    if wanted != _added:
        for each in wanted:
            _read(each)
        _added[:] = wanted
        for known in (agencies, _by_spelling, by_domain):
            known.cache_clear()


def own_lists() -> tuple[Path, ...]:
    """Give the lists that desks have added: what is made from `agencies` is good for as long as these are the same."""
    return tuple(_added)


@cache
def agencies() -> tuple[Agency, ...]:
    """Give all agencies: the desk's own first, then those of data/agencies.toml in its order."""
    return tuple(agency for path in (*_added, DATA / "agencies.toml") for agency in _read(path))


def _read(path: Path) -> tuple[Agency, ...]:
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["agency"]
        return tuple(
            Agency(row["name"], row["full"], row["country"], tuple(row["domains"]), tuple(row["forms"])) for row in rows
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path} is no list of agencies ({error}): write agency = [{{ name, full, country, domains, forms }}, …]."
        ) from None


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
