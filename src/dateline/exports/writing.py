"""Write what a desk holds: WHAT in a format, in order of id, so that the same desk gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO, TypeVar

from dateline import codec
from dateline.errors import UsageError
from dateline.exports import geojson, opml, parquet, profiles, tables
from dateline.exports.within import Rights, Within
from dateline.model import Event, EventFilter
from dateline.store import Reader

T = TypeVar("T")

PROFILES = ("native", *profiles.PROFILES)
FORMATS: dict[str, tuple[str, ...]] = {
    "articles": ("jsonl", "csv", "parquet"),
    "stories": ("jsonl", "csv", "parquet"),
    "events": ("jsonl", "csv", "parquet", "geojson"),
    "mentions": ("jsonl", "csv", "parquet"),
    "figures": ("jsonl", "csv", "parquet"),
    "sources": ("jsonl", "csv", "parquet", "opml"),
    "gone": ("jsonl", "csv", "parquet"),
    "passes": ("jsonl", "csv", "parquet"),
}
TABLES = ("jsonl", "csv", "parquet")  # what a profile's rows can be written as


def write(
    what: str,
    format: str,
    reader: Reader,
    stream: BinaryIO,
    *,
    profile: str = "native",
    rights: Rights | None = None,
    filter: EventFilter | None = None,
) -> int:
    """Write `what` (a key of FORMATS) in `format` to a binary stream; give how many.

    What a publisher reserves or does not let be copied stays out (`within`), and so do the words of what is withdrawn.
    `rights` is the profile of who reads: "private" keeps such texts too, "link" leaves an excerpt of any text, "strict"
    none. `filter` chooses among events, which then come newest first. Raises UsageError where `what`,
    `format` or `profile` is not known.
    """
    _check(what, format, profile)
    within = Within(reader, rights)
    if profile != "native":
        return _profile(what, format, profile, _records("events", reader, within, filter), reader, stream)
    records = _records(what, reader, within, filter)
    if format == "jsonl":
        return _lines(records, stream)
    if format in ("csv", "parquet"):
        return _table(format, tables.columns(what), tables.rows(what, records), stream)
    if format == "geojson":
        return geojson.write(records, stream)
    return opml.write(records, stream)


def _check(what: str, format: str, profile: str) -> None:
    if what not in FORMATS:
        raise UsageError(f"{what} cannot be exported; known are {', '.join(FORMATS)}.")
    if format not in FORMATS[what]:
        raise UsageError(f"{what} cannot be written as {format}; known are {', '.join(FORMATS[what])}.")
    if profile not in PROFILES:
        raise UsageError(f"The profile {profile} is not known; known are {', '.join(PROFILES)}.")
    if profile == "native":
        return
    if what not in profiles.PROFILES[profile]:
        known = ", ".join(profiles.PROFILES[profile])
        raise UsageError(f"The profile {profile} has no {what}; it has {known}.")
    if format not in TABLES:
        raise UsageError(f"The profile {profile} cannot be written as {format}; known are {', '.join(TABLES)}.")


def _profile(what: str, format: str, name: str, events: Iterator[Event], reader: Reader, stream: BinaryIO) -> int:
    """Write the rows that events give in a profile."""
    profile, sources = profiles.PROFILES[name][what], profiles.Sources(reader)
    rows = (row for event in events for row in profile.rows(event, sources))
    return _lines(rows, stream) if format == "jsonl" else _table(format, profile.columns, rows, stream)


def _table(format: str, columns: dict[str, type], rows: Iterable[tables.Row], stream: BinaryIO) -> int:
    if format == "parquet":
        return parquet.write(columns, rows, stream)
    return tables.write(columns, rows, stream)


def _records(what: str, reader: Reader, within: Within, filter: EventFilter | None) -> Iterator[Any]:
    def events() -> Iterator[Event]:
        return reader.each_event() if filter is None else iter(reader.events(filter, limit=None))

    sources: dict[str, Callable[[], Iterator[Any]]] = {
        "articles": lambda: map(within.article, reader.each_article()),
        "stories": lambda: map(within.story, reader.each_story()),
        "events": lambda: _kept(within.event, events()),
        "mentions": lambda: _kept(within.mention, reader.each_mention()),
        "figures": lambda: (figure for story in reader.each_story() for figure in story.figures),
        "sources": lambda: iter(sorted(reader.sources(), key=lambda source: source.id)),
        "gone": reader.gone,
        "passes": lambda: reversed(reader.manifests(limit=10**6)),
    }
    return sources[what]()


def _kept(leave: Callable[[T], T | None], records: Iterable[T]) -> Iterator[T]:
    return (made for record in records if (made := leave(record)) is not None)


def _lines(records: Iterator[Any], stream: BinaryIO) -> int:
    count = 0
    for record in records:
        stream.write(codec.encode(record) + b"\n")
        count += 1
    return count
