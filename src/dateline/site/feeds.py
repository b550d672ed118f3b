"""Lists as feeds: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1; and the sources as OPML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from email.utils import format_datetime
from xml.etree import ElementTree as ET

import msgspec

from dateline.model import SourceState
from dateline.site import links
from dateline.site.visit import FeedItem
from dateline.text.moments import instant, to_moment

MEDIA = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "feed": "application/feed+json",
    "json": "application/json",
}
_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ET.register_namespace("atom", _ATOM)


def write(form: str, *, title: str, base: str, path: str, items: Sequence[FeedItem], own: str | None = None) -> bytes:
    """Write a feed in a form of `MEDIA`; `base` is the site's address without a slash at its end.

    `path` is the page's, `own` the feed's own where that is not the page's with the form at its end.
    """
    own = own or own_address(path, form)
    if form == "feed":
        return _json(title, base, path, own, items)
    return _atom(title, base, path, own, items) if form == "atom" else _rss(title, base, path, own, items)


def clean(text: str) -> str:
    """Take out the characters that XML has no place for."""
    return _NOT_XML.sub("", text)


def own_address(path: str, form: str) -> str:
    """Give the address of a feed itself; what was searched or filtered for stays in it."""
    where, _, asked = path.partition("?")
    return links.twin(where, form) + (f"?{asked}" if asked else "")


def _add(parent: ET.Element, name: str, text: str | None, **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, name, attributes)
    made.text = clean(text) if text is not None else None
    return made


def _xml(root: ET.Element) -> bytes:
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode").encode()


def _newest(items: Iterable[FeedItem]) -> str:
    moments = [made for item in items if (made := instant(item.updated)) is not None]
    return to_moment(max(moments)) if moments else "1970-01-01T00:00:00Z"


def _rss(title: str, base: str, path: str, own: str, items: Sequence[FeedItem]) -> bytes:
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _add(channel, "title", title)
    _add(channel, "link", base + path)
    _add(channel, "description", f"{title}: stories and reports, each tied to the words that say so")
    ET.SubElement(channel, f"{{{_ATOM}}}link", rel="self", type=MEDIA["rss"], href=base + own)
    for item in items:
        entry = ET.SubElement(channel, "item")
        _add(entry, "title", item.title)
        _add(entry, "link", base + item.link)
        _add(entry, "guid", base + "/id/" + links.part(item.id), isPermaLink="false")
        if (moment := instant(item.updated)) is not None:
            _add(entry, "pubDate", format_datetime(moment))
        if item.summary:
            _add(entry, "description", item.summary)
        if item.outlet:
            _add(entry, "source", item.outlet, url=base + item.link)
    return _xml(root)


def _atom(title: str, base: str, path: str, own: str, items: Sequence[FeedItem]) -> bytes:
    root = ET.Element("feed", xmlns=_ATOM)
    _add(root, "title", title)
    _add(root, "id", base + path)
    _add(root, "updated", _newest(items))
    _add(root, "link", None, rel="self", type=MEDIA["atom"], href=base + own)
    _add(root, "link", None, rel="alternate", type="text/html", href=base + path)
    _add(_add(root, "author", None), "name", title)
    for item in items:
        entry = ET.SubElement(root, "entry")
        _add(entry, "title", item.title)
        _add(entry, "id", base + "/id/" + links.part(item.id))
        moment = instant(item.updated)
        _add(entry, "updated", to_moment(moment) if moment else "1970-01-01T00:00:00Z")
        _add(entry, "link", None, rel="alternate", type="text/html", href=base + item.link)
        if item.outlet:
            _add(_add(entry, "author", None), "name", item.outlet)
        if item.summary:
            _add(entry, "summary", item.summary)
    return _xml(root)


def _json(title: str, base: str, path: str, own: str, items: Sequence[FeedItem]) -> bytes:
    entries = []
    for item in items:
        moment = instant(item.updated)
        entry = {
            "id": item.id,
            "url": base + item.link,
            "title": item.title,
            "content_text": item.summary or item.title,
            "date_published": to_moment(moment) if moment else None,
            "language": item.language,
            "authors": [{"name": item.outlet}] if item.outlet else None,
        }
        entries.append({key: value for key, value in entry.items() if value is not None})
    return msgspec.json.encode(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": title,
            "home_page_url": base + path,
            "feed_url": base + own,
            "items": entries,
        }
    )


def opml(title: str, sources: Sequence[SourceState]) -> bytes:
    """Write the feeds and sites that the desk follows; folders on this machine stay out."""
    root = ET.Element("opml", version="2.0")
    _add(ET.SubElement(root, "head"), "title", title)
    body = ET.SubElement(root, "body")
    for source in sources:
        address = links.outside(source.address)
        if address is None or source.kind == "path":
            continue
        name = clean(source.name or source.address)
        key = "xmlUrl" if source.kind == "feed" else "htmlUrl"
        ET.SubElement(body, "outline", {"type": "rss", "text": name, "title": name, key: address})
    return _xml(root)
