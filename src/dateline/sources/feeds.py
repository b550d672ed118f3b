"""Feeds of every kind (RSS 0.9 to 2.0, RDF, Atom, JSON Feed) to entries.

The bytes are tamed first (no document type, no entities, not too deep). fastfeedparser reads most of them; where it
raises or finds nothing, feedparser is asked, which forgives more. Both give times in UTC, so the source's own offset is
read from the feed itself.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from dateline.errors import SourceError
from dateline.model import Entry
from dateline.sources import clean
from dateline.sources.decode import unpack
from dateline.sources.tame import tame
from dateline.text.moments import instant, local_day, to_moment

MAX_ENTRIES = 2_000  # of one feed; the longest real ones list a few hundred
MAX_BYTES = 10_000_000
_MAX_FORGIVING = 2_000_000  # bytes; feedparser reads about 1 MB a second
_UNITS = {"hourly": 3_600, "daily": 86_400, "weekly": 7 * 86_400, "monthly": 30 * 86_400, "yearly": 365 * 86_400}
_TTL = re.compile(rb"<ttl>\s*(\d{1,6})\s*</ttl>", re.I)
_PERIOD = re.compile(rb"<sy:updatePeriod>\s*(\w{5,7})\s*</", re.I)
_FREQUENCY = re.compile(rb"<sy:updateFrequency>\s*(\d{1,4})\s*</", re.I)
_ROOT = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|rdf|channel)\b")
_LANGUAGE = re.compile(rb"<language>\s*([A-Za-z]{2,3}(?:-\w{2,8}){0,3})\s*</language>", re.I)
_HUB = re.compile(rb"<(?:\w{1,20}:)?link\b([^<>]{0,2000})>", re.I)
_ATTRIBUTE = re.compile(r"""\b(rel|href)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FIRST = ("pubdate", "published", "date", "issued", "created", "updated", "modified")
_LAST = ("updated", "modified")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's own words and its entries in the order it gives them."""

    title: str | None
    link: str | None
    language: str | None
    hub: str | None  # a WebSub hub that the feed offers
    entries: tuple[Entry, ...]
    topic: str | None = None  # the feed's own name for itself, by which its hub knows it
    ttl: int | None = None  # seconds for which the feed asks not to be polled


def looks_like_feed(data: bytes) -> bool:
    """Tell from the first bytes whether a document is a feed."""
    head = data[:4000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith(b"{"):
        return b"jsonfeed.org" in head
    return bool(_ROOT.search(head)) and b"<html" not in head[:500]


def parse(data: bytes, address: str | None = None, declared: str | None = None) -> Feed:
    """Read a feed's bytes; `address` is where it came from, for links that are relative, `declared` the charset that
    its Content-Type header names.

    Raises SourceError where nothing in the bytes is a feed. Entries without an http(s) link are left out, and so is
    all but the first of those that say the same of one address.
    """
    data = unpack(data, MAX_BYTES)
    is_json = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    try:
        data = data.removeprefix(b"\xef\xbb\xbf") if is_json else tame(data, declared)
    except SourceError as error:
        raise SourceError(f"{address or 'The document'} is no feed that can be read: {error}") from None
    found = _fast(data) or (_empty_json(data) if is_json else _forgiving(data))
    if found is None:
        raise SourceError(
            f"{address or 'The document'} is no feed: neither RSS, Atom nor JSON Feed could be read in it."
        )
    head, rows = found
    base = clean.link(_text(head.get("link")), address) or address
    own = _matched(rows, _json_rows(data) if is_json else _own_rows(data))
    language = _language(data, head)
    entries = (
        _entry(row, said, base, address, language) for row, said in list(zip(rows, own, strict=True))[:MAX_ENTRIES]
    )
    links = _links(data)
    return Feed(
        title=clean.plain(_text(head.get("title"))),
        link=base,
        language=language,
        hub=_json_hub(data) if is_json else clean.link(links.get("hub"), address),
        entries=tuple(dict.fromkeys(entry for entry in entries if entry is not None)),
        topic=clean.link(links.get("self"), address),
        ttl=_ttl(data[:100_000]),
    )


def _fast(data: bytes) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]] | None:
    import fastfeedparser

    try:
        made = fastfeedparser.parse(data)
    except Exception:  # noqa: BLE001 - it raises many kinds on malformed feeds; feedparser is asked next
        return None
    # Its times are left out: it guesses at words such as “yesterday” by the machine's clock.
    rows: list[Mapping[str, Any]] = [
        {k: v for k, v in row.items() if k not in ("published", "updated")} for row in made.entries
    ]
    return (made.feed, rows) if rows else None


def _forgiving(data: bytes) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]] | None:
    import feedparser

    try:
        # Its sanitiser and link resolver are left out: `clean` does their work, in a hundredth of the time.
        made = feedparser.parse(data[:_MAX_FORGIVING], sanitize_html=False, resolve_relative_uris=False)
    except Exception:  # noqa: BLE001 - hostile bytes must not stop the pass
        return None
    if not made.entries and not made.get("version"):
        return None
    return made.feed, list(made.entries)


def _entry(
    row: Mapping[str, Any], own: _Own | None, base: str | None, address: str | None, language: str | None
) -> Entry | None:
    url = clean.link(_text(row.get("link")) or _text(row.get("id")), base)
    if url is None:
        return None
    content = next((_text(part.get("value")) for part in row.get("content") or [] if part.get("value")), None)
    summary = _text(row.get("description")) or _text(row.get("summary"))
    return Entry(
        url=url,
        title=clean.plain(_text(row.get("title")) or (own.title if own else None)),
        summary=clean.plain(summary),
        content=clean.markup(content),
        published=own.published if own else moment(row.get("published")) or moment(row.get("updated")),
        modified=own.modified if own else moment(row.get("updated")),
        author=clean.plain(_text(row.get("author"))),
        categories=tuple(t for tag in row.get("tags") or [] if (t := clean.plain(_text(tag.get("term"))))),
        language=language,
        source=address,
    )


def _language(data: bytes, head: Mapping[str, Any]) -> str | None:
    if said := _text(head.get("language")):
        return said
    found = _LANGUAGE.search(data[:20_000])
    return found.group(1).decode("ascii", "replace") if found else None


def _empty_json(data: bytes) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]] | None:
    """Read the head of a JSON Feed that lists nothing at present."""
    made = _json(data)
    return (made, []) if "jsonfeed.org/version" in str(made.get("version")) and made.get("items") == [] else None


def _links(data: bytes) -> dict[str, str]:
    """Map the relations of the links in a feed's head to the first address of each."""
    out: dict[str, str] = {}
    for found in _HUB.finditer(data[:20_000]):
        inside = found.group(1).decode("utf-8", "replace")
        has = {m[0].lower(): m[1] or m[2] for m in _ATTRIBUTE.findall(inside)}
        for relation in has.get("rel", "").lower().split():
            out.setdefault(relation, html.unescape(has.get("href", "")))
    return out


def _json_hub(data: bytes) -> str | None:
    hubs = _json(data).get("hubs")
    first = hubs[0] if isinstance(hubs, list) and hubs else None
    return clean.link(_text(first.get("url"))) if isinstance(first, dict) else None


def _ttl(data: bytes) -> int | None:
    """Read RSS's `ttl` (minutes) or the syndication module's period and frequency, as seconds."""
    if found := _TTL.search(data):
        return int(found.group(1)) * 60
    period, times = _PERIOD.search(data), _FREQUENCY.search(data)
    unit = _UNITS.get(period.group(1).decode("ascii", "replace").lower()) if period else None
    return unit // max(1, int(times.group(1)) if times else 1) if unit else None


@dataclass(frozen=True, slots=True)
class _Own:
    """What an entry says in its own words: the readers turn times into UTC, and guess at “yesterday”."""

    guid: str | None
    link: str | None
    title: str | None
    published: str | None
    modified: str | None


def _matched(rows: Sequence[Mapping[str, Any]], own: Sequence[_Own]) -> list[_Own | None]:
    """Give each row of a reader the entry that it was made from.

    Where both found the same number, that is the one in its place; else the one that its guid and link, its link or
    its guid name, where they name one alone: publishers repeat or forget either.
    """
    if len(rows) == len(own):
        return list(own)
    by: dict[tuple[str | None, str | None], _Own | None] = {}
    for said in own:
        for key in dict.fromkeys(_keys(said.guid, said.link)):
            by[key] = None if key in by else said
    found = []
    for row in rows:
        keys = _keys(_text(row.get("id")), _text(row.get("link")))
        found.append(next((one for key in keys if any(key) and (one := by.get(key)) is not None), None))
    return found


def _keys(guid: str | None, link: str | None) -> tuple[tuple[str | None, str | None], ...]:
    return (guid, link), (None, link), (guid, None)


def _own_rows(data: bytes) -> list[_Own]:
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    found = []
    for item in root.iter("{*}item", "{*}entry") if root is not None else ():
        said: dict[str, str] = {}
        for child in item:
            if not isinstance(child.tag, str):
                continue
            name = re.split("[}:]", child.tag)[-1].lower()  # a prefix may be undeclared
            text = ("".join(child.itertext()) if name == "title" else child.text or "").strip()
            if name == "link" and child.get("rel", "alternate") == "alternate":
                text = text or child.get("href", "").strip()
            if text:
                said.setdefault({"id": "guid"}.get(name, name), text)
        published = next((m for name in _FIRST if (m := moment(said.get(name)))), None)
        modified = next((m for name in _LAST if (m := moment(said.get(name)))), None)
        found.append(_Own(said.get("guid"), said.get("link"), said.get("title"), published, modified))
    return found


def _json(data: bytes) -> dict[str, Any]:
    try:
        made = json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return {}
    return made if isinstance(made, dict) else {}


def _json_rows(data: bytes) -> list[_Own]:
    items = _json(data).get("items")
    rows = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return [
        _Own(
            str(row["id"]) if row.get("id") else None,
            _text(row.get("url")),
            _text(row.get("title")),
            moment(row.get("date_published")) or moment(row.get("date_modified")),
            moment(row.get("date_modified")),
        )
        for row in rows
    ]


def moment(value: Any) -> str | None:
    """Read an RFC 2822 or ISO 8601 time; None where it is neither, or lies before 1990 (a clock that was not set)."""
    if not isinstance(value, str) or not value.strip():
        return None
    text = value.strip()[:100]
    if _DAY.fullmatch(text):
        return text if local_day(text) and text >= "1990" else None
    try:
        written = to_moment(_read_time(text))
        known = instant(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return written if known is not None and known.year >= 1990 else None


def _read_time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        if re.search(r"[A-Za-z]\s+00\d\d\b", text):  # it would read Go's time of nothing, in the year 0001, as 2001
            raise ValueError(text) from None
        return parsedate_to_datetime(text)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
