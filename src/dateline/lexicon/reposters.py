"""Aggregators and reposters, which show what others wrote, and the outlets that they credit in short forms."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from dateline.lexicon import DATA


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


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


@cache
def reposters() -> tuple[Reposter, ...]:
    """Give all reposters of data/reposters.toml in its order."""
    rows = tomllib.loads((DATA / "reposters.toml").read_text(encoding="utf-8"))["reposter"]
    return tuple(Reposter(row["name"], tuple(row["domains"]), tuple(row["forms"])) for row in rows)


@cache
def outlets() -> tuple[Outlet, ...]:
    """Give all outlets of data/outlets.toml in its order."""
    rows = tomllib.loads((DATA / "outlets.toml").read_text(encoding="utf-8"))["outlet"]
    return tuple(Outlet(row["name"], row["country"], tuple(row["domains"]), tuple(row["forms"])) for row in rows)


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
