"""Feeds of every kind (RSS 0.9 to 2.0, RDF, Atom, JSON Feed) to entries.

fastfeedparser reads most of them; where it raises or finds nothing, feedparser is asked, which forgives more. Both give
times in UTC, so the source's own offset is read from the feed itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from dateline.errors import SourceError
from dateline.model import Entry
from dateline.sources import clean
from dateline.text.moments import instant, to_moment

# A feed needs no document type; one with entities is a bomb or reaches for files. Without it they stay unexpanded.
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.I | re.S)
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


def looks_like_feed(data: bytes) -> bool:
    """Tell from the first bytes whether a document is a feed."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{"):
        return b"jsonfeed.org/version" in data[:4000].lower()
    return any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf", b"<channel"))


def parse(data: bytes, address: str | None = None) -> Feed:
    """Read a feed's bytes; `address` is where it came from, for links that are relative.

    Raises SourceError where nothing in the bytes is a feed. Entries without an http(s) link are left out.
    """
    data = _DOCTYPE.sub(b"", data, count=1)
    found = _fast(data) or _forgiving(data)
    if found is None:
        raise SourceError(
            f"{address or 'The document'} is no feed: neither RSS, Atom nor JSON Feed could be read in it."
        )
    head, rows = found
    base = clean.link(str(head.get("link") or ""), address) or address
    dates = _own_dates(data)
    entries = (_entry(row, base, address, dates, head.get("language")) for row in rows)
    return Feed(
        title=clean.plain(_text(head.get("title"))),
        link=base,
        language=_text(head.get("language")),
        hub=_hub(head, data),
        entries=tuple(entry for entry in entries if entry is not None),
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
        made = feedparser.parse(data)
    except Exception:  # noqa: BLE001 - hostile bytes must not stop the pass
        return None
    if not made.entries and not made.get("version"):
        return None
    return made.feed, list(made.entries)


def _entry(
    row: Mapping[str, Any], base: str | None, address: str | None, dates: Mapping[str, str], language: Any
) -> Entry | None:
    url = clean.link(_text(row.get("link")) or _text(row.get("id")), base)
    if url is None:
        return None
    content = next((_text(part.get("value")) for part in row.get("content") or [] if part.get("value")), None)
    summary = _text(row.get("description")) or _text(row.get("summary"))
    keys = [k for k in (_text(row.get("id")), _text(row.get("link"))) if k]
    own = next((dates[k] for k in keys if k in dates), None)
    return Entry(
        url=url,
        title=clean.plain(_text(row.get("title"))),
        summary=clean.plain(summary),
        content=clean.markup(content),
        published=own or _moment(row.get("published")) or _moment(row.get("updated")),
        modified=_moment(row.get("updated")),
        author=clean.plain(_text(row.get("author"))),
        categories=tuple(t for tag in row.get("tags") or [] if (t := clean.plain(_text(tag.get("term"))))),
        language=_text(language),
        source=address,
    )


def _hub(head: Mapping[str, Any], data: bytes) -> str | None:
    for found in head.get("links") or []:
        if isinstance(found, Mapping) and found.get("rel") == "hub":
            return clean.link(_text(found.get("href")))
    match = re.search(rb"""<(?:atom:|atom10:)?link[^>]*rel=["']hub["'][^>]*href=["']([^"']+)""", data[:8000], re.I)
    return clean.link(match.group(1).decode("utf-8", "replace")) if match else None


def _own_dates(data: bytes) -> dict[str, str]:
    """Map each entry's guid and link to its time with the feed's own offset."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_dates(data)
    from lxml import etree

    out: dict[str, str] = {}
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return out
    for item in root.iter("{*}item", "{*}entry") if root is not None else ():
        keys, times = [], {}
        for child in item:
            if not isinstance(child.tag, str):
                continue
            name = etree.QName(child).localname.lower()
            if name in ("guid", "id", "link"):
                keys.append((child.text or child.get("href") or "").strip())
            elif name in _DATE_TAGS and child.text:
                times[name] = child.text.strip()
        moment = next((m for name in _FIRST if name in times and (m := _moment(times[name]))), None)
        if moment:
            out.update({key: moment for key in keys if key})
    return out


def _json_dates(data: bytes) -> dict[str, str]:
    try:
        items = json.loads(data.decode("utf-8-sig", "replace")).get("items", [])
    except (ValueError, AttributeError):
        return {}
    out = {}
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict) and (moment := _moment(item.get("date_published") or item.get("date_modified"))):
            out.update({str(item[key]): moment for key in ("id", "url") if item.get(key)})
    return out


def _moment(value: Any) -> str | None:
    """Read an RFC 2822 or ISO 8601 time; None where it is neither, or lies before 1990 (a clock that was not set)."""
    if not isinstance(value, str) or not value.strip():
        return None
    text = value.strip()
    made: datetime | None
    try:
        made = datetime.fromisoformat(text)
        if len(text) == 10:
            return text
    except ValueError:
        try:
            made = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
    written = to_moment(made)
    known = instant(written)
    return written if known is not None and known.year >= 1990 else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
