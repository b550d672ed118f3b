"""Sitemaps (sitemaps.org, with Google's news extension) and sitemap indexes to entries; text sitemaps too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dateline.errors import SourceError
from dateline.model import Entry, Moment
from dateline.sources import clean
from dateline.sources.decode import to_text, unpack
from dateline.sources.feeds import moment
from dateline.sources.tame import tame
from dateline.text.moments import instant, order_key

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ENTRIES = 50_000  # sitemaps.org: a sitemap holds no more
FRESH_DAYS = 3  # a plain sitemap lists a whole archive; news is what changed in these days
MAX_NEWS = 1_000  # Google's news sitemaps hold no more
MAX_CHILDREN = 3  # sitemaps of an index that are asked for in one poll


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap lists: pages, or further sitemaps with the time each was changed."""

    entries: tuple[Entry, ...] = ()
    children: tuple[tuple[str, Moment | None], ...] = ()
    is_news: bool = False


def looks_like_sitemap(data: bytes) -> bool:
    """Tell from the first bytes whether a document is a sitemap or an index of them."""
    head = data[:4000].lower()
    return b"<urlset" in head or b"<sitemapindex" in head


def parse(data: bytes, address: str | None = None) -> Sitemap:
    """Read a sitemap, also a packed one (`.xml.gz`) or a plain list of addresses.

    Raises SourceError where the bytes are none of these.
    """
    data = unpack(data)
    root = _root(data)
    if root is None:
        return _lines(data, address)
    if _name(root) == "sitemapindex":
        children = [(_address(node, address), moment(_text(node, "lastmod"))) for node in _each(root, "sitemap")]
        return Sitemap(children=tuple((url, when) for url, when in children if url))
    entries = []
    for node in _each(root, "url"):
        if (entry := _entry(node, address)) is not None:
            entries.append(entry)
        if len(entries) >= MAX_ENTRIES:
            break
    return Sitemap(entries=tuple(entries), is_news=any(entry.title for entry in entries))


def news(found: Sitemap, now: str) -> tuple[Entry, ...]:
    """Choose what is news among a sitemap's entries, newest first.

    Of a news sitemap all, at most a thousand; of a plain one those that were changed in the last days, since it lists
    a whole archive and says nothing of when a page was first published.
    """
    dated = sorted(found.entries, key=lambda e: order_key(e.published or e.modified), reverse=True)
    if found.is_news:
        return tuple(sorted(dated, key=lambda e: not (e.published or e.modified))[:MAX_NEWS])
    today = instant(now)
    if today is None:
        return ()
    since = today - timedelta(days=FRESH_DAYS)
    return tuple(e for e in dated if (at := instant(e.modified)) is not None and since <= at)[:MAX_NEWS]


def newest(children: Iterable[tuple[str, Moment | None]]) -> list[str]:
    """Choose the sitemaps of an index that are worth asking for: those named for news, then the last changed.

    Without times the last listed are taken to be the newest.
    """
    listed = [(url, when) for url, when in children]
    dated = sorted(listed, key=lambda c: order_key(c[1])) if all(when for _, when in listed) else listed
    dated.reverse()
    ranked = sorted(dated, key=lambda c: "news" not in c[0].rsplit("/", 1)[-1].lower())
    return [url for url, _ in ranked[:MAX_CHILDREN]]


def _root(data: bytes) -> _Element | None:
    from lxml import etree

    if not looks_like_sitemap(data) and b"\0" not in data[:8]:
        return None
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(tame(data), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if root is not None and _name(root) in ("urlset", "sitemapindex") else None


def _lines(data: bytes, address: str | None) -> Sitemap:
    lines = [line.strip() for line in to_text(data[:10_000_000]).splitlines() if line.strip()]
    entries = [Entry(url, source=address) for line in lines[:MAX_ENTRIES] if (url := clean.link(line))]
    if not lines or len(entries) < len(lines[:MAX_ENTRIES]):
        raise SourceError(f"{address or 'The document'} is no sitemap: neither XML nor a list of addresses.")
    return Sitemap(entries=tuple(entries))


def _entry(node: _Element, address: str | None) -> Entry | None:
    url = _address(node, address)
    if url is None:
        return None
    told = next(_each(node, "news"), None)
    title = _text(told, "title") if told is not None else None
    keywords = (_text(told, "keywords") or "") if told is not None else ""
    publication = next(_each(told, "publication"), None) if told is not None else None
    return Entry(
        url=url,
        title=clean.plain(title),
        published=moment(_text(told, "publication_date")) if told is not None else None,
        modified=moment(_text(node, "lastmod")),
        categories=tuple(word for part in keywords.split(",") if (word := clean.plain(part))),
        language=_text(publication, "language") if publication is not None else None,
        source=address,
    )


def _address(node: _Element, base: str | None) -> str | None:
    return clean.link(_text(node, "loc"), base)


def _each(node: _Element, name: str) -> Iterator[_Element]:
    return (child for child in node if _name(child) == name)


def _text(node: _Element, name: str) -> str | None:
    child = next(_each(node, name), None)
    text = "".join(child.itertext()).strip() if child is not None else ""
    return text or None


def _name(node: Any) -> str:
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""
