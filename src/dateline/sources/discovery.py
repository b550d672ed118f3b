"""What a site's home page says of where its news is."""

from __future__ import annotations

import re

from dateline.sources import clean

_LINK = re.compile(r"<link\b[^>]*>", re.I)
_ATTRIBUTE = re.compile(r"""\b(rel|type|href|title)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.I)
_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_MINOR = re.compile(r"comment|kommentar|commentaire|oembed", re.I)


def feeds_of(html: str, base: str) -> list[str]:
    """List the feeds that a page names (`<link rel=alternate>`), those of comments last; `base` is its address."""
    found: dict[str, bool] = {}
    for tag in _LINK.findall(html[:500_000]):
        has = {m[0].lower(): m[1] or m[2] or m[3] for m in _ATTRIBUTE.findall(tag)}
        if "alternate" not in has.get("rel", "").lower() or has.get("type", "").lower() not in _TYPES:
            continue
        address = clean.link(has.get("href", "").replace("&amp;", "&"), base)
        if address:
            found.setdefault(address, bool(_MINOR.search(address + has.get("title", ""))))
    return sorted(found, key=lambda address: found[address])
