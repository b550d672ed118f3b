"""Articles as items: their numbers, and what a reader shows of them."""

from __future__ import annotations

import hashlib
import re
import threading
import time
from datetime import UTC, datetime
from html import escape
from typing import Any
from xml.etree import ElementTree as ET

from dateline.model import Article
from dateline.site import links, words
from dateline.site.feeds import clean
from dateline.site.views import lists
from dateline.store.facets import NEVER, epoch, source_of
from dateline.store.owner import Mark, Owner
from dateline.text.moments import to_moment

TAG = "tag:google.com,2005:reader/item/"
STATE = "user/-/state/com.google/"
UNNAMED = "-"  # the outlet of articles whose publisher is not known
_SCHEME = "http://www.google.com/reader/"
_ATOM = "http://www.w3.org/2005/Atom"
_AGAIN = 5.0  # seconds before ids are looked through once more for a number that is not known


def number(article: str) -> int:
    """Give an article's number: 63 bits of its id's hash, since clients keep numbers of 64 bits with a sign."""
    return int.from_bytes(hashlib.sha256(article.encode("utf-8", "surrogatepass")).digest()[:8]) >> 1


class Numbers:
    """Find the article of a number again."""

    def __init__(self, kept: Owner) -> None:
        """Keep the store; nothing is looked through yet."""
        self._kept = kept
        self._known: dict[int, str] = {}
        self._looked = float("-inf")
        self._lock = threading.Lock()

    def article(self, item: str) -> str | None:
        """Give the article of an item's id in any of its three forms: tagged, hexadecimal, decimal with a sign."""
        values = _values(item)
        if not values:
            return None
        with self._lock:
            if not any(value in self._known for value in values) and time.monotonic() - self._looked > _AGAIN:
                self._known = {number(id): id for id in self._kept.article_ids()}
                self._looked = time.monotonic()
            return next((self._known[value] for value in values if value in self._known), None)


def _values(item: str) -> list[int]:
    """Read an item's id; 16 digits without a tag may be meant either way."""
    text = item.removeprefix(TAG)
    decimal = [int(text)] if text == item and re.fullmatch("-?[0-9]{1,20}", text, re.ASCII) else []
    tagged = [int(text, 16)] if re.fullmatch("[0-9a-f]{16}", text) else []
    return decimal + tagged


def feed_of(article: Article) -> str:
    """Give the id of the subscription that an article belongs to."""
    return "feed/" + (source_of(article) or UNNAMED)


def states(mark: Mark) -> list[str]:
    """List the states of an item."""
    made = [STATE + "reading-list", STATE + ("read" if mark.read else "kept-unread")]
    return [*made, STATE + "starred"] if mark.starred else made


def content(article: Article, story: str | None, base: str) -> str:
    """Write what a reader shows of an article: its paragraphs, the link out, and its place at the desk."""
    paragraphs = [f"<p>{escape(part)}</p>" for part in article.text.split("\n\n") if part.strip()]
    out = links.outside(article.url)
    foot = [f'<a href="{escape(out)}">{escape(lists.outlet_name(article))}</a>'] if out else []
    if article.agency:
        foot.append(escape("by " + ", ".join(article.agency)))
    if article.republisher is not None and article.republisher.name:
        foot.append(escape(f"republished by {article.republisher.name}"))
    foot.append(f'<a href="{escape(base + links.article(article.id))}">versions and copies</a>')
    if story:
        foot.append(f'<a href="{escape(base)}/story/{links.part(story)}">all reports of this story</a>')
    return "".join(paragraphs) + f"<p>{' · '.join(foot)}</p>"


def wire(article: Article, mark: Mark, story: str | None, base: str) -> dict[str, Any]:
    """Write an item as JSON."""
    when = _seconds(article)
    where = links.outside(article.url) or base + links.article(article.id)
    direction = words.direction(article.language) or "ltr"
    made: dict[str, Any] = {
        "id": f"{TAG}{number(article.id):016x}",
        "crawlTimeMsec": str(when * 1000), "timestampUsec": str(when * 1_000_000),
        "published": when, "updated": when,
        "title": lists.title_of(article),
        "canonical": [{"href": where}], "alternate": [{"href": where, "type": "text/html"}],
        "summary": {"direction": direction, "content": content(article, story, base)},
        "categories": states(mark),
        "origin": {
            "streamId": feed_of(article), "title": lists.outlet_name(article),
            "htmlUrl": base + links.source(source_of(article) or UNNAMED),
        },
    }  # fmt: skip
    return made | ({"author": ", ".join(article.byline)} if article.byline else {})


def _moment(seconds: int) -> str:
    return to_moment(datetime.fromtimestamp(seconds, UTC))


def _seconds(article: Article) -> int:
    found = epoch(article.published)
    return max(0, found) if found != NEVER else 0


def atom(title: str, stream: str, items: list[tuple[Article, Mark, str | None]], base: str) -> bytes:
    """Write a stream as an Atom feed, with the states of each item as categories."""
    root = ET.Element("feed", xmlns=_ATOM)
    _add(root, "id", f"{_SCHEME}{stream}")
    _add(root, "title", title)
    _add(root, "updated", _moment(max((_seconds(article) for article, _, _ in items), default=0)))
    for article, mark, story in items:
        entry = ET.SubElement(root, "entry")
        _add(entry, "id", f"{TAG}{number(article.id):016x}")
        _add(entry, "title", lists.title_of(article), type="text")
        for name in ("published", "updated"):
            _add(entry, name, _moment(_seconds(article)))
        where = links.outside(article.url) or base + links.article(article.id)
        _add(entry, "link", None, rel="alternate", type="text/html", href=where)
        _add(_add(entry, "author", None), "name", ", ".join(article.byline) or lists.outlet_name(article))
        for state in states(mark):
            _add(entry, "category", None, term=state, scheme=_SCHEME, label=state.rpartition("/")[2])
        _add(entry, "content", content(article, story, base), type="html")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode").encode()


def _add(parent: ET.Element, name: str, text: str | None, **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, name, {key: clean(value) for key, value in attributes.items()})
    made.text = clean(text) if text is not None else None
    return made
