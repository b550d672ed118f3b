"""Parties that news names: states, leaders, groups, organisations, companies, and the nouns of unnamed ones.

Entries come from the tables `data/actors_*.tsv`, each with the columns name, code, sector, aliases (parted by |), from
and to (the dates, YYYY, YYYY-MM or YYYY-MM-DD, between which code and sector hold); states from `countries.tsv`; nouns
from `roles.toml`. A desk adds tables of the same form (`use_folder`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dateline.errors import InputError
from dateline.lexicon import DATA
from dateline.lexicon.named.countries import by_iso3, countries
from dateline.lexicon.named.gazetteer import gazetteer
from dateline.lexicon.named.names import key
from dateline.lexicon.tables import items, rows

ORGANISATIONS = frozenset(("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"))
SECTORS = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()
)
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")
_added: list[Path] = []


@dataclass(frozen=True, slots=True)
class Entry:
    """A named party: what it is called, what it is coded as, and from when to when."""

    name: str
    code: str | None
    sector: str | None
    aliases: tuple[str, ...]
    from_: str | None
    to: str | None
    person: bool
    source: str  # "file:line", for messages
    demonym: bool = False
    seat: bool = False

    def holds(self, day: str) -> bool:
        """Tell whether code and sector hold on a day (YYYY-MM-DD, or its beginning)."""
        return (not self.from_ or self.from_ <= day[: len(self.from_)]) and (
            not self.to or day[: len(self.to)] <= self.to
        )


@dataclass(frozen=True, slots=True)
class Index:
    """Entries by the keys of their names."""

    names: Mapping[str, tuple[Entry, ...]]
    surnames: Mapping[str, tuple[Entry, ...]]  # last names of persons, to be used after a title
    capitals: frozenset[str]  # keys that count only where written in capitals
    longest: Mapping[str, int]  # first word of a key → most words of a key that begins with it


def use_folder(folder: Path) -> None:
    """Read one desk's own lists: `actors.tsv` and `places.tsv` in a folder, of the same form as the shipped tables.

    Their entries go before the shipped ones of the same name. Raises InputError where a line is wrong.
    """
    gazetteer().forget_folder()
    if (folder / "places.tsv").exists():
        gazetteer().use_folder(folder)
    path = folder / "actors.tsv"
    wanted = [path] if path.exists() else []
    if wanted != _added:
        for each in wanted:
            list(_read(each))
        _added[:] = wanted
        index.cache_clear()


def entries() -> Iterator[Entry]:
    """Yield every named entry: the desk's own first, then the shipped tables, then states with demonyms and seats."""
    for path in (*_added, *sorted(DATA.glob("actors_*.tsv"))):
        yield from _read(path)
    yield from _states()


def _read(path: Path) -> Iterator[Entry]:
    person = "leader" in path.stem
    for number, row in rows(path):
        where = f"{path}, line {number}"
        code, sector = row.get("code") or None, row.get("sector") or None
        if not row.get("name"):
            raise InputError(f"{where}: the name is missing.")
        if code and code not in ORGANISATIONS and code not in by_iso3():
            raise InputError(
                f"{where}: {code} is no country (ISO 3166-1 alpha-3) and none of {' '.join(sorted(ORGANISATIONS))}."
            )
        if sector and sector not in SECTORS:
            raise InputError(f"{where}: {sector} is no PLOVER sector; use one of {' '.join(sorted(SECTORS))}.")
        for column in ("from", "to"):
            if row.get(column) and not _DATE.match(row[column]):
                raise InputError(f"{where}: {row[column]} is no date; write YYYY, YYYY-MM or YYYY-MM-DD.")
        aliases = items(row.get("aliases", ""))
        yield Entry(
            row["name"],
            code,
            sector,
            aliases,
            row.get("from") or None,
            row.get("to") or None,
            person,
            f"{path.name}:{number}",
        )


def _states() -> Iterator[Entry]:
    for country in countries():
        where = f"countries.tsv:{country.iso3}"
        party = country.party
        yield Entry(country.name, party, None, country.aliases, None, None, False, where)
        if country.demonyms:
            yield Entry(country.name, party, None, country.demonyms, None, None, False, where, demonym=True)
        if country.seats:
            yield Entry(
                f"government of {country.name}", party, "GOV", country.seats, None, None, False, where, seat=True
            )


def is_state(entry: Entry) -> bool:
    """Tell whether an entry is a state, a region of one, its people or its seat of government."""
    return entry.demonym or entry.seat or entry.source.startswith(("countries", "actors_regions"))


def _initials(name: str) -> bool:
    """Tell a short name in capitals (UN, LeT), which no word in small letters (let) means."""
    return len(name) <= 6 and " " not in name and (name.isupper() or sum(c.isupper() for c in name) > 1)


@cache
def index() -> Index:
    """Build the index over all entries; a name's first entry that holds at a date wins."""
    names: dict[str, list[Entry]] = {}
    surnames: dict[str, list[Entry]] = {}
    longest: dict[str, int] = {}
    capitals: set[str] = set()
    others: set[str] = set()
    for entry in entries():
        spelled = entry.aliases if entry.demonym or entry.seat else (entry.name, *entry.aliases)
        for alias in spelled:
            folded = key(alias)
            held = names.setdefault(folded, [])
            if entry not in held:
                held.append(entry)
            head, _, rest = folded.partition(" ")
            longest[head] = max(longest.get(head, 1), 1 + rest.count(" ") + (1 if rest else 0))
            letters = alias.replace(".", "")
            if _initials(letters):
                capitals.add(folded)
            else:
                others.add(folded)
        if entry.person:
            surnames.setdefault(key(entry.name).rpartition(" ")[2], []).append(entry)
    return Index(
        {name: tuple(held) for name, held in names.items()},
        {name: tuple(held) for name, held in surnames.items()},
        frozenset(capitals - others),
        longest,
    )


@cache
def _roles_file() -> Mapping[str, Mapping[str, str]]:
    with (DATA / "roles.toml").open("rb") as stream:
        return tomllib.load(stream)


@cache
def roles() -> Mapping[str, str]:
    """Map the keys of party nouns, singular and plural, to sectors; the code NGO stands for aid and rights groups."""
    found: dict[str, str] = {}
    for sector, cell in _roles_file()["sectors"].items():
        for noun in cell.split(";"):
            folded = key(noun.strip())
            found.setdefault(folded, sector)
            if not folded.endswith(("s", "men", "people", "police", "media", "children")):
                plural = folded[:-1] + "ies" if folded.endswith("y") and folded[-2:-1] not in "aeiou" else folded + "s"
                found.setdefault(plural, sector)
    return found


@cache
def role_longest() -> Mapping[str, int]:
    """Map the first word of party nouns to the most words that one beginning with it has."""
    found: dict[str, int] = {}
    for noun in roles():
        head = noun.partition(" ")[0]
        found[head] = max(found.get(head, 1), noun.count(" ") + 1)
    return found


@cache
def role_words() -> frozenset[str]:
    """Give every party noun of one word."""
    return frozenset(noun for noun in roles() if " " not in noun)


@cache
def words(table: str, name: str) -> frozenset[str]:
    """Give a set of words of roles.toml, for instance words("patrons", "words")."""
    cell = _roles_file()[table][name]
    return frozenset(part for word in cell.split() for part in key(word).split())
