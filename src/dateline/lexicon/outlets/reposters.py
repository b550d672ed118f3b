"""Aggregators and reposters, which show what others wrote, and the outlets that they credit in short forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dateline.lexicon.owned import OwnedList


@dataclass(frozen=True, slots=True)
class Reposter:
    """One aggregator, portal or reposter."""

    name: str
    domains: tuple[str, ...]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlet:
    """One news outlet."""

    name: str
    country: str  # ISO 3166-1 alpha-3
    domains: tuple[str, ...]
    forms: tuple[str, ...]


_REPOSTERS = OwnedList(
    "reposter", lambda row: Reposter(row["name"], tuple(row["domains"]), tuple(row["forms"])), "name, domains, forms"
)
_OUTLETS = OwnedList(
    "outlet",
    lambda row: Outlet(row["name"], row["country"], tuple(row["domains"]), tuple(row["forms"])),
    "name, country, domains, forms",
)


def use_folder(folder: Path) -> None:
    """Know a desk's own `reposters.toml` and `outlets.toml` in a folder, and no other desk's; raises InputError."""
    if _REPOSTERS.use_folder(folder) | _OUTLETS.use_folder(folder):
        for known in (reposters, outlets, _reposters_by_key, _outlets_by_key):
            known.cache_clear()


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


@cache
def reposters() -> tuple[Reposter, ...]:
    """Give all reposters: the desk's own first, then those of data/reposters.toml in its order."""
    return _REPOSTERS.rows()


@cache
def outlets() -> tuple[Outlet, ...]:
    """Give all outlets: the desk's own first, then those of data/outlets.toml in its order."""
    return _OUTLETS.rows()


@cache
def _reposters_by_key() -> dict[str, Reposter]:
    made: dict[str, Reposter] = {}
    for reposter in reposters():
        for text in (reposter.name, *reposter.domains, *reposter.forms):
            made.setdefault(_key(text), reposter)
    return made


@cache
def _outlets_by_key() -> dict[str, Outlet]:
    made: dict[str, Outlet] = {}
    for outlet in outlets():
        names = [name.rsplit(".", 1)[0] for name in outlet.domains]
        for text in (outlet.name, *outlet.forms, *outlet.domains, *names):
            made.setdefault(_key(text), outlet)
    return made


def reposter(text: str | None) -> Reposter | None:
    """Find a reposter by its name, a short form or a domain, letters and digits alone counting."""
    return _reposters_by_key().get(_key(text)) if text else None


def outlet(text: str | None) -> Outlet | None:
    """Find an outlet by its name, a short form, its handle or a domain, letters and digits alone counting."""
    key = _key(text) if text else ""
    found = _outlets_by_key()
    return found.get(key) or (found.get(key.removeprefix("the")) if len(key) > 5 else None)
