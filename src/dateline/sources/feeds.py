"""Feeds of every kind (RSS 0.9 to 2.0, RDF, Atom, JSON Feed) to entries.

The bytes are tamed first (no document type, no entities, not too deep). fastfeedparser reads most of them; where it
raises or finds nothing, feedparser is asked, which forgives more. Both give times in UTC, so the source's own offset is
read from the feed itself.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
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
_HUB = re.compile(rb"<(?:\w{1,20}:)?link\b([^<>]{0,2000})>", re.I)
_ATTRIBUTE = re.compile(r"""\b(rel|href)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DATE_TAGS = {"pubdate", "published", "date", "issued", "updated", "modified", "created"}
_FIRST = ("pubdate", "published", "date", "issued", "created", "updated", "modified")


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
    return any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf", b"<channel")) and b"<html" not in head[:500]


def parse(data: bytes, address: str | None = None, declared: str | None = None) -> Feed:
    """Read a feed's bytes; `address` is where it came from, for links that are relative, `declared` the charset that
    its Content-Type header names.

    Raises SourceError where nothing in the bytes is a feed. Entries without an http(s) link are left out, and so is
    all but the first of those that say the same of one address.
    """
    data = unpack(data, MAX_BYTES)
    is_json = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    try:
        data = data if is_json else tame(data, declared)
    except SourceError as error:
        raise SourceError(f"{address or 'The document'} is no feed that can be read: {error}") from None
    found = _fast(data) or (None if is_json else _forgiving(data))
    if found is None:
        raise SourceError(
            f"{address or 'The document'} is no feed: neither RSS, Atom nor JSON Feed could be read in it."
        )
    head, rows = found
    base = clean.link(_text(head.get("link")), address) or address
    dates = _json_dates(data) if is_json else _own_dates(data)
    entries = (_entry(row, base, address, dates, head.get("language")) for row in rows[:MAX_ENTRIES])
    links = _links(data)
    return Feed(
        title=clean.plain(_text(head.get("title"))),
        link=base,
        language=_text(head.get("language")),
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
    return (made.feed, list(made.entries)) if made.entries else None


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
    row: Mapping[str, Any], base: str | None, address: str | None, dates: Mapping[Keys, str], language: Any
) -> Entry | None:
    url = clean.link(_text(row.get("link")) or _text(row.get("id")), base)
    if url is None:
        return None
    content = next((_text(part.get("value")) for part in row.get("content") or [] if part.get("value")), None)
    summary = _text(row.get("description")) or _text(row.get("summary"))
    own = next((dates[key] for key in _keys(_text(row.get("id")), _text(row.get("link"))) if key in dates), None)
    return Entry(
        url=url,
        title=clean.plain(_text(row.get("title"))),
        summary=clean.plain(summary),
        content=clean.markup(content),
        published=own or moment(row.get("published")) or moment(row.get("updated")),
        modified=moment(row.get("updated")),
        author=clean.plain(_text(row.get("author"))),
        categories=tuple(t for tag in row.get("tags") or [] if (t := clean.plain(_text(tag.get("term"))))),
        language=_text(language),
        source=address,
    )


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


Keys = tuple[str | None, str | None]


def _keys(guid: str | None, link: str | None) -> tuple[Keys, Keys, Keys]:
    """Name an entry by guid and link, by its link and by its guid: publishers repeat or forget either."""
    return (guid, link), (None, link), (guid, None)


def _own_dates(data: bytes) -> dict[Keys, str]:
    """Map each entry's guid and link to its time with the feed's own offset; what names two entries names none."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return {}
    rows = []
    for item in root.iter("{*}item", "{*}entry") if root is not None else ():
        guid, link = None, None
        times: dict[str, str] = {}
        for child in item:
            if not isinstance(child.tag, str):
                continue
            name = re.split("[}:]", child.tag)[-1].lower()  # a prefix may be undeclared
            text = (child.text or "").strip()
            if name in ("guid", "id"):
                guid = guid or text
            elif name == "link":
                link = link or text or (child.get("href") or "").strip()
            elif name in _DATE_TAGS and text:
                times.setdefault(name, text)
        said = next((m for name in _FIRST if name in times and (m := moment(times[name]))), None)
        rows.append((guid, link, said))
    return _by_key(rows)


def _by_key(rows: Iterable[tuple[str | None, str | None, str | None]]) -> dict[Keys, str]:
    out: dict[Keys, str | None] = {}
    for guid, link, said in rows:
        for key in dict.fromkeys(_keys(guid, link)):
            if any(key):
                out[key] = said if out.get(key, said) == said else None
    return {key: said for key, said in out.items() if said}


def _json(data: bytes) -> dict[str, Any]:
    try:
        made = json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return {}
    return made if isinstance(made, dict) else {}


def _json_dates(data: bytes) -> dict[Keys, str]:
    items = _json(data).get("items")
    rows = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return _by_key(
        (_text(str(item.get("id") or "")), _text(item.get("url")), moment(item.get("date_published"))) for item in rows
    )


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
        return parsedate_to_datetime(text)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
