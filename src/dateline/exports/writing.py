"""Write what a desk holds: WHAT in a format, in order of id, so that the same desk gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO, Literal

from dateline import codec
from dateline.errors import UsageError
from dateline.exports import geojson, opml, tables
from dateline.model import Article, EventFilter
from dateline.store import Reader

Rights = Literal["private", "link", "strict"]
EXCERPT = 160  # characters of a text that the "link" profile gives
PROFILES = ("native",)
FORMATS: dict[str, tuple[str, ...]] = {
    "articles": ("jsonl", "csv"),
    "stories": ("jsonl", "csv"),
    "events": ("jsonl", "csv", "geojson"),
    "mentions": ("jsonl", "csv"),
    "figures": ("jsonl", "csv"),
    "sources": ("jsonl", "csv", "opml"),
}


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
    """Write `what` (articles stories events mentions figures sources) in `format` to a binary stream; give how many.

    The text of an article whose publisher reserves text mining stays out, and so do all words of a withdrawn one.
    `rights` is the profile of who reads: "private" keeps reserved texts too, "link" leaves EXCERPT characters of any
    text, "strict" none. `filter` chooses among events, which then come newest first. Raises UsageError where `what`,
    `format` or `profile` is not known.
    """
    _check(what, format, profile)
    records = _records(what, reader, rights)
    if what == "events" and filter is not None:
        records = iter(reader.events(filter, limit=None))
    if format == "jsonl":
        return _lines(records, stream)
    if format == "csv":
        return tables.write(what, records, stream)
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


def _records(what: str, reader: Reader, rights: Rights | None) -> Iterator[Any]:
    sources: dict[str, Callable[[], Iterator[Any]]] = {
        "articles": lambda: (_within_rights(article, rights) for article in reader.each_article()),
        "stories": reader.each_story,
        "events": reader.each_event,
        "mentions": reader.each_mention,
        "figures": lambda: (figure for story in reader.each_story() for figure in story.figures),
        "sources": lambda: iter(sorted(reader.sources(), key=lambda source: source.id)),
    }
    return sources[what]()


def _within_rights(article: Article, rights: Rights | None) -> Article:
    """Leave of an article what may go out: captions, related items and furniture are words of the page too."""
    if rights == "private" or (rights is None and article.rights.tdm != "reserved"):
        return article
    excerpt = article.text[:EXCERPT] if rights == "link" and article.rights.tdm != "reserved" else ""
    return replace(article, text=excerpt, images=(), related=(), removed=(), notice=None)


def _lines(records: Iterator[Any], stream: BinaryIO) -> int:
    count = 0
    for record in records:
        stream.write(codec.encode(record) + b"\n")
        count += 1
    return count
