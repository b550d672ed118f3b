"""`dateline.toml` to Settings, each with its default and its reason."""

from __future__ import annotations

import ipaddress
import math
import os
import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from dateline.errors import ConfigError

FILE = "dateline.toml"
RIGHTS = ("private", "link", "strict")
ACROSS = ("off", "names", "encoder")
RATE = 600  # requests a minute: ten pages a second is more than anybody reads


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How the desk shows itself to publishers."""

    contact: str | None = None  # shown in the User-Agent, so that a publisher can write before blocking
    allow_networks: tuple[str, ...] = ()  # private networks are refused unless named: a feed must not reach inside
    timeout: float = 30.0  # seconds for one answer: slow hosts exist, hung ones too
    max_bytes: int = 20_000_000  # no news page is larger; an endless body is cut off here


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """How the site shows the desk."""

    rights: Literal["private", "link", "strict"] | None = None  # None: private on loopback, link elsewhere
    address: str | None = None  # the public address, for links in feeds
    password_hash: str | None = None  # argon2, one owner
    requests_per_minute: int = RATE  # of one visitor from elsewhere; a page is 1, a search 4, an export 20; 0: no limit


@dataclass(frozen=True, slots=True)
class KeepSettings:
    """For how many days what is kept; None: for ever. What an event or a digest cites is kept whatever is said here."""

    pages: int | None = None  # fetched pages as they came: with them all can be read anew
    texts: int | None = None  # texts of articles; title, outlet, address and time stay
    rejected: int | None = None  # why a page is no article
    history: int | None = None  # what articles, stories and events were before


@dataclass(frozen=True, slots=True)
class StorySettings:
    """How articles gather into stories."""

    # Off: two languages share few words, so that a link between them is weaker than one within a language.
    across_languages: Literal["off", "names", "encoder"] = "off"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one desk."""

    folder: Path
    database: str
    fetch: FetchSettings = field(default_factory=FetchSettings)
    site: SiteSettings = field(default_factory=SiteSettings)
    keep: KeepSettings = field(default_factory=KeepSettings)
    stories: StorySettings = field(default_factory=StorySettings)
    sample: bool = False  # the sample desk, named as such everywhere


_KEYS: dict[str, tuple[str, ...]] = {
    "": ("database", "sample", "fetch", "site", "keep", "stories"),
    "fetch": ("contact", "allow_networks", "timeout", "max_bytes"),
    "site": ("rights", "address", "password_hash", "requests_per_minute"),
    "keep": ("pages", "texts", "rejected", "history"),
    "stories": ("across_languages",),
}
_LONGEST = 366_000  # days: a thousand years, within the calendar of every engine
_SPANS = {"day": 1, "week": 7, "month": 31, "year": 366}  # in days, the longest there are: rather kept than lost


def default_desk() -> Path:
    """Name the desk's folder when the command line does not: DATELINE_DESK, else ./desk."""
    return Path(os.environ.get("DATELINE_DESK") or "desk")


def load(folder: Path) -> Settings:
    """Read `folder`/dateline.toml.

    Raises ConfigError where the file is missing, is no TOML, or holds a key or value that is not known.
    """
    path = folder / FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(f"{folder} is no desk (it has no {FILE}): make one with 'dateline init {folder}'.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}.") from None
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from None
    return _settings(folder, table, path)


def _settings(folder: Path, table: dict[str, Any], path: Path) -> Settings:
    for section, known in _KEYS.items():
        part = table if not section else table.get(section, {})
        if not isinstance(part, dict):
            raise ConfigError(f"{path}: [{section}] must be a table.")
        for key in part:
            if key not in known:
                where = f"[{section}] " if section else ""
                raise ConfigError(f"{path}: {where}{key} is not known; known are {', '.join(known)}.")
    made = Settings(folder=folder, database=f"sqlite:///{(folder / 'dateline.sqlite').absolute()}")
    if "database" in table:
        made = replace(made, database=_database(_text(table, "database", path), folder))
    if "sample" in table:
        if not isinstance(table["sample"], bool):
            raise ConfigError(f"{path}: sample must be true or false.")
        made = replace(made, sample=table["sample"])
    made = replace(made, fetch=_fetch(table.get("fetch", {}), path), site=_site(table.get("site", {}), path))
    made = replace(made, stories=_stories(table.get("stories", {}), path))
    return replace(made, keep=_keep(table.get("keep", {}), path))


def _database(address: str, folder: Path) -> str:
    """Read a relative SQLite path from the desk's folder, so that a desk works from anywhere."""
    prefix = "sqlite:///"
    if address.startswith(prefix) and not address.startswith(prefix + "/"):
        return f"{prefix}{(folder / address.removeprefix(prefix)).absolute()}"
    return address


def _fetch(table: dict[str, Any], path: Path) -> FetchSettings:
    networks = table.get("allow_networks", [])
    if not isinstance(networks, list):
        raise ConfigError(f"{path}: [fetch] allow_networks must be a list of networks such as '10.0.0.0/8'.")
    for network in networks:
        try:
            if not isinstance(network, str):
                raise ValueError  # a number would be read as an address
            ipaddress.ip_network(network)
        except ValueError:
            raise ConfigError(
                f"{path}: [fetch] allow_networks: {network!r} is no network; write '10.0.0.0/8'."
            ) from None
    made = FetchSettings(allow_networks=tuple(networks))
    if "contact" in table:
        made = replace(made, contact=_text(table, "contact", path))
    for key in ("timeout", "max_bytes"):
        if key in table:
            value = table[key]
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < math.inf:
                raise ConfigError(f"{path}: [fetch] {key} must be a number above 0.")
            made = replace(made, timeout=float(value)) if key == "timeout" else replace(made, max_bytes=int(value))
    return made


def _site(table: dict[str, Any], path: Path) -> SiteSettings:
    rights = table.get("rights")
    if rights is not None and rights not in RIGHTS:
        raise ConfigError(f"{path}: [site] rights must be one of {', '.join(RIGHTS)}, not {rights!r}.")
    rate = table.get("requests_per_minute", RATE)
    if isinstance(rate, bool) or not isinstance(rate, int) or rate < 0:
        raise ConfigError(f"{path}: [site] requests_per_minute must be a whole number, 0 for no limit.")
    address = _text(table, "address", path) if "address" in table else None
    if address is not None and not re.match(r"https?://[^/\s]", address):
        raise ConfigError(
            f"{path}: [site] address = {address!r}: write the public address, 'https://news.example.org'."
        )
    hashed = _text(table, "password_hash", path) if "password_hash" in table else None
    if hashed is not None and not hashed.startswith("$argon2"):
        raise ConfigError(f"{path}: [site] password_hash is no hash: let 'dateline password --write' put it there.")
    return SiteSettings(
        rights=rights,
        address=address,
        password_hash=hashed,
        requests_per_minute=rate,
    )


def _stories(table: dict[str, Any], path: Path) -> StorySettings:
    across = table.get("across_languages", "off")
    if across not in ACROSS:
        raise ConfigError(f"{path}: [stories] across_languages must be one of {', '.join(ACROSS)}, not {across!r}.")
    return StorySettings(across_languages=across)


def _keep(table: dict[str, Any], path: Path) -> KeepSettings:
    return KeepSettings(**{key: _days(table[key], key, path) for key in table})


def _days(given: object, key: str, path: Path) -> int | None:
    """Read "90 days", "2 years" or "forever"."""
    words = given if isinstance(given, str) else ""
    if words.strip().lower() in ("forever", "for ever"):
        return None
    number, _space, unit = words.strip().lower().partition(" ")
    days = _SPANS.get(unit.strip().removesuffix("s"))
    count = int(number) if number.isdecimal() and len(number) <= 6 else 0
    if days is None or not 1 <= count * days <= _LONGEST:
        raise ConfigError(f"{path}: [keep] {key} = {given!r}: write '90 days', '6 months', '2 years' or 'forever'.")
    return count * days


def _text(table: dict[str, Any], key: str, path: Path) -> str:
    value = table[key]
    if not isinstance(value, str) or not value:
        raise ConfigError(f"{path}: {key} must be a text that is not empty.")
    return value
