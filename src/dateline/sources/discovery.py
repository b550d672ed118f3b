"""What a site's home page says of where its news is: feeds, sitemaps, and at last the links to its articles."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin, urlsplit

from dateline.model import Entry
from dateline.sources import clean
from dateline.text.urls import canonical, domain

FEED_PATHS = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml")  # where site programs put a feed unasked
SITEMAP_PATHS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml")
MAX_LINKS = 60  # articles on a home page; the rest are menus
_MAX_CHARS = 2_000_000
_LINK = re.compile(r"<link\b[^>]{0,4000}>", re.I)
_META = re.compile(r"<meta\b[^>]{0,4000}>", re.I)
_ANCHOR = re.compile(r"<a\b([^>]{0,4000})>((?:(?!</?a\b).){0,4000})", re.I | re.S)
_ATTRIBUTE = re.compile(r"""\b([a-z:-]{2,20})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.I)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_MINOR = re.compile(r"comment|kommentar|commentaire|oembed", re.I)
_DATED = re.compile(r"/(?:19|20)\d\d(?:/|-)?[01]?\d(?:/|-)")
_NUMBERED = re.compile(r"\d{5,}")
_MENU = re.compile(
    r"/(?:tag|tags|topic|topics|category|categories|section|author|authors|about|contact|privacy|terms|login|register|"
    r"subscribe|newsletter|advertis\w*|search|account|help|faq|jobs|careers|cookie\w*|impressum|rss|feed)(?:/|$|\.)",
    re.I,
)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|zip|xml|css|js|json|ics|docx?|xlsx?)$", re.I)
_ARTICLE_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(?:News|Reportage|Analysis|Opinion|Review)?(?:News)?Article"')


def feeds_of(page: str, base: str) -> list[str]:
    """List the feeds that a page names (`<link rel=alternate>`), those of comments last; `base` is its address."""
    found: dict[str, bool] = {}
    for tag in _LINK.findall(page[:_MAX_CHARS]):
        has = _attributes(tag)
        if "alternate" not in has.get("rel", "").lower() or has.get("type", "").lower() not in _FEED_TYPES:
            continue
        address = clean.link(has.get("href"), base)
        if address:
            found.setdefault(address, bool(_MINOR.search(address + has.get("title", ""))))
    return sorted(found, key=lambda address: found[address])


def sitemaps_of(page: str, base: str) -> list[str]:
    """List the sitemaps that a page names (`<link rel=sitemap>`)."""
    tags = [_attributes(tag) for tag in _LINK.findall(page[:_MAX_CHARS])]
    named = [clean.link(has.get("href"), base) for has in tags if "sitemap" in has.get("rel", "").lower().split()]
    return [address for address in dict.fromkeys(named) if address]


def best_sitemaps(addresses: list[str]) -> list[str]:
    """Order sitemaps so that those named for news come first and those of pictures, videos and the like never."""
    kept = [a for a in dict.fromkeys(addresses) if not re.search(r"image|video|author|tag|categor", a, re.I)]
    return sorted(kept, key=lambda a: "news" not in urlsplit(a).path.lower())


def guesses(address: str, paths: tuple[str, ...]) -> list[str]:
    """Give the addresses on a site where something lies by custom."""
    return [urljoin(address, path) for path in paths]


def is_article(page: str) -> bool:
    """Tell whether a page says of itself that it is one article (Open Graph or schema.org), not a list of them."""
    for tag in _META.findall(page[:_MAX_CHARS]):
        has = _attributes(tag)
        if (has.get("property") or has.get("name", "")).lower() == "og:type":
            return has.get("content", "").strip().lower() == "article"
    return bool(_ARTICLE_TYPE.search(page[:_MAX_CHARS]))


def article_links(page: str, base: str) -> tuple[Entry, ...]:
    """List the articles that a home page links to, in its order, with the words of the link as title.

    An article's address lies on the same registered domain, deeper than a section's, and has a date, a number or a
    title of several words in it; menus, files and tags are left out.
    """
    own, home = domain(base), canonical(base)
    found: dict[str, Entry] = {}
    for attributes, inner in _ANCHOR.findall(page[:_MAX_CHARS]):
        address = clean.link(_attributes(attributes).get("href"), base)
        if address is None or domain(address) != own or not _is_article_address(address):
            continue
        key = canonical(address)
        title = clean.plain(inner)
        if key != home and (key not in found or (found[key].title is None and title)):
            found[key] = Entry(url=key, title=title)
    return tuple(found.values())[:MAX_LINKS]


def _is_article_address(address: str) -> bool:
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    if not path or _MENU.search(parts.path) or _FILE.search(path):
        return False
    last = path.rsplit("/", 1)[-1]
    words = [word for word in re.split(r"[-_]", re.sub(r"\.\w{2,5}$", "", last)) if word.isalpha()]
    return bool(_DATED.search(path + "/") and len(last) > 4) or bool(_NUMBERED.search(last)) or len(words) >= 4


def _attributes(tag: str) -> dict[str, str]:
    out: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(tag):
        out.setdefault(name.lower(), html.unescape(next((v for v in values if v), "")))
    return out
