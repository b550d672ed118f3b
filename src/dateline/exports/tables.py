"""Records as CSV: one row each (a figure: one row a reading), columns as docs/reference/exports.md lists them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from dateline.model import (
    Article,
    Event,
    EventCount,
    Figure,
    Gone,
    Manifest,
    Mention,
    Party,
    PlaceSpan,
    SourceState,
    Story,
)

Cell = str | int | float | bool | None
Row = dict[str, Cell]

COUNTED = ("dead", "wounded", "missing", "held", "displaced")  # counts that have columns of their own
# What a spreadsheet would run as a formula; a news page must not be able to put one there.
_FORMULA = re.compile(r"[=+@\t\r]|-(?![\d.])")


def rows(what: str, records: Iterable[Any]) -> Iterator[Row]:
    """Give the rows of records in the native columns."""
    return (row for record in records for row in _ROWS[what](record))


def columns(what: str) -> dict[str, type]:
    """Give the native columns of a table, each with the type of its cells."""
    return {name: _TYPES.get(name, _TABLE_TYPES.get((what, name), str)) for name in COLUMNS[what]}


def write(columns: Iterable[str], rows: Iterable[Mapping[str, Cell]], stream: BinaryIO) -> int:
    """Write rows as CSV (RFC 4180, UTF-8, a header line) to a binary stream; give how many."""
    names = list(columns)
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.DictWriter(text, names, lineterminator="\r\n")
        writer.writeheader()
        count = 0
        for row in rows:
            writer.writerow({name: _cell(row[name]) for name in names})
            count += 1
        return count
    finally:
        text.detach()  # the stream is its owner's to close


def joined(values: Iterable[str | None]) -> str:
    """Join several values in one cell: `; ` between them, each once, in order."""
    return "; ".join(dict.fromkeys(value.replace(";", ",") for value in values if value))


def _cell(value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and _FORMULA.match(value):
        return "'" + value
    return value


def _articles(a: Article) -> Iterator[Row]:
    yield {
        "id": a.id,
        "url": a.url,
        "title": a.title,
        "published": a.published,
        "published_from": a.published_from,
        "modified": a.modified,
        "language": a.language,
        "kind": a.kind,
        "publisher": a.publisher.name if a.publisher else None,
        "domain": a.publisher.domain if a.publisher else None,
        "country": a.publisher.country if a.publisher else None,
        "republisher": (a.republisher.name or a.republisher.domain) if a.republisher else None,
        "agency": joined(a.agency),
        "byline": joined(a.byline),
        "tdm": a.rights.tdm,
        "text": a.text,
    }


def _stories(s: Story) -> Iterator[Row]:
    yield {
        "id": s.id,
        "headline": s.headline.text if s.headline else None,
        "headline_article": s.headline.article if s.headline else None,
        "digest": " ".join(quote.text for quote in s.sentences),
        "articles": len(s.articles),
        "independent_reports": s.independent_reports,
        "wires": joined(s.wires),
        "publisher_countries": joined(s.countries),
        "place_names": joined(p.name or p.text for p in s.places),
        "place_countries": joined(p.country for p in s.places),
        "topics": joined(s.topics),
        "first_seen": s.first_seen,
        "last_seen": s.last_seen,
        "status": s.status,
        "article_ids": joined(member.id for member in s.articles),
        "revision": s.revision,
    }


def _events(e: Event) -> Iterator[Row]:
    place = next((p for p in e.places if p.role == "literal"), None)
    yield {
        "id": e.id,
        "story": e.story,
        "date_from": e.date.from_ if e.date else None,
        "date_to": e.date.to if e.date else None,
        "date_grain": e.date.grain if e.date else None,
        "type": e.type,
        "mode": e.mode,
        "cameo": e.cameo,
        "contexts": joined(e.contexts),
        **_parties("actor", e.actors),
        **_parties("recipient", e.recipients),
        **_place(place),
        "all_places": joined(p.name or p.text for p in e.places),
        **_counts(e.counts),
        "weapons": joined(w.text for w in e.weapons),
        "status": e.status,
        "historical": e.historical,
        "said_by": joined(said.name or said.text for said in e.attributed_to),
        "independent_reports": e.independent_reports,
        "article_ids": joined(e.articles),
        "mention_ids": joined(e.mentions),
        "revision": e.revision,
    }


def _mentions(m: Mention) -> Iterator[Row]:
    place = next((p for p in m.places if p.role == "literal"), None)
    yield {
        "id": m.id,
        "article": m.article,
        "sentence_start": m.sentence[0],
        "sentence_end": m.sentence[1],
        "trigger": m.trigger.text,
        "trigger_start": m.trigger.start,
        "trigger_end": m.trigger.end,
        "type": m.type,
        "mode": m.mode,
        "cameo": m.cameo,
        "contexts": joined(m.contexts),
        **_parties("actor", m.actors),
        **_parties("recipient", m.recipients),
        **_place(place),
        "date_from": m.date.from_ if m.date else None,
        "date_to": m.date.to if m.date else None,
        "date_grain": m.date.grain if m.date else None,
        "counts": joined(f"{c.what}: {_interval(c.low, c.high)}" for c in m.counts),
        "weapons": joined(w.text for w in m.weapons),
        "status": m.status,
        "historical": m.historical,
        "said_by": joined(said.name or said.text for said in m.attributed_to),
    }


def _figures(f: Figure) -> Iterator[Row]:
    for number, reading in enumerate(f.readings, 1):
        yield {
            "id": f.id,
            "story": f.story,
            "what": f.what,
            "about": f.about,
            "relation": f.relation,
            "reading": number,
            "low": reading.low,
            "high": reading.high,
            "qualifier": reading.qualifier,
            "said_by": reading.said_by,
            "time": reading.time,
            "article": reading.article,
            "start": reading.start,
            "end": reading.end,
        }


def _sources(s: SourceState) -> Iterator[Row]:
    yield {
        "id": s.id,
        "name": s.name,
        "address": s.address,
        "kind": s.kind,
        "topics": joined(s.topics),
        "paused": s.paused,
        "added": s.added,
        "last_success": s.last_success,
        "next_poll": s.next_poll,
        "error": s.error,
        "articles": s.articles,
        "copied": s.copied,
    }


def _gone(g: Gone) -> Iterator[Row]:
    yield {"id": g.id, "kind": g.kind, "time": g.time, "into": g.into}


def _passes(m: Manifest) -> Iterator[Row]:
    counts: Row = {name: getattr(m, name) for name in ("pages", "articles", "rejected", "stories", "events")}
    yield {
        "id": m.id,
        "started": m.started,
        "finished": m.finished,
        **counts,
        "code": m.code,
        "lexicon": m.lexicon,
        "models": joined(f"{name} {version}" for name, version in m.models),
        "inputs": m.inputs,
        "notes": joined(m.notes),
    }


def _parties(role: str, parties: Iterable[Party]) -> Row:
    found = list(parties)
    return {
        role: joined(p.text for p in found),
        f"{role}_name": joined(p.name for p in found),
        f"{role}_code": joined(p.code for p in found),
        f"{role}_sector": joined(p.sector for p in found),
    }


def _place(place: PlaceSpan | None) -> Row:
    return {
        "place": (place.name or place.text) if place else None,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "precision": place.precision if place else None,
        "geonames_id": place.geonames_id if place else None,
    }


def _counts(counts: Iterable[EventCount]) -> Row:
    """Give each of COUNTED its two columns, and all counts in one: not known is an empty cell, never 0."""
    found = list(counts)
    row: Row = {}
    for what in COUNTED:
        first = next((c for c in found if c.what == what), None)
        row[f"{what}_low"] = first.low if first else None
        row[f"{what}_high"] = first.high if first else None
    row["counts"] = joined(f"{c.what}: {_interval(c.low, c.high)}" for c in found)
    return row


def _interval(low: float | None, high: float | None) -> str:
    if low == high:
        return "?" if low is None else f"{low}"
    return f"{'' if low is None else low}..{'' if high is None else high}"


_PLACE = ("place", "country", "admin1", "lat", "lon", "precision", "geonames_id")
_PARTIES = tuple(f"{role}{end}" for role in ("actor", "recipient") for end in ("", "_name", "_code", "_sector"))
_TOLLS = tuple(f"{what}_{end}" for what in COUNTED for end in ("low", "high"))

COLUMNS: dict[str, tuple[str, ...]] = {
    "articles": tuple(
        "id url title published published_from modified language kind publisher domain country republisher agency "
        "byline tdm text".split()
    ),
    "stories": tuple(
        "id headline headline_article digest articles independent_reports wires publisher_countries place_names "
        "place_countries topics first_seen last_seen status article_ids revision".split()
    ),
    "events": (
        *("id", "story", "date_from", "date_to", "date_grain", "type", "mode", "cameo", "contexts"),
        *_PARTIES,
        *_PLACE,
        "all_places",
        *_TOLLS,
        *("counts", "weapons", "status", "historical", "said_by", "independent_reports", "article_ids"),
        *("mention_ids", "revision"),
    ),
    "mentions": (
        *("id", "article", "sentence_start", "sentence_end", "trigger", "trigger_start", "trigger_end"),
        *("type", "mode", "cameo", "contexts"),
        *_PARTIES,
        *_PLACE,
        *("date_from", "date_to", "date_grain", "counts", "weapons", "status", "historical", "said_by"),
    ),
    "figures": tuple("id story what about relation reading low high qualifier said_by time article start end".split()),
    "sources": tuple("id name address kind topics paused added last_success next_poll error articles copied".split()),
    "gone": ("id", "kind", "time", "into"),
    "passes": tuple(
        "id started finished pages articles rejected stories events code lexicon models inputs notes".split()
    ),
}

_ROWS: dict[str, Callable[[Any], Iterator[Row]]] = {
    "articles": _articles,
    "stories": _stories,
    "events": _events,
    "mentions": _mentions,
    "figures": _figures,
    "sources": _sources,
    "gone": _gone,
    "passes": _passes,
}

# Cells that are no text: in every table, and in one alone.
_TYPES: dict[str, type] = {
    **dict.fromkeys(("independent_reports", "revision", "reading", "start", "end", "geonames_id"), int),
    **dict.fromkeys(("sentence_start", "sentence_end", "trigger_start", "trigger_end"), int),
    **dict.fromkeys(("lat", "lon", "low", "high", *_TOLLS), float),
    **dict.fromkeys(("historical", "paused"), bool),
}
_TABLE_TYPES: dict[tuple[str, str], type] = {
    ("stories", "articles"): int,
    **dict.fromkeys((("passes", name) for name in ("pages", "articles", "rejected", "stories", "events")), int),
    ("sources", "articles"): int,
    ("sources", "copied"): int,
}
