"""The headline of an article, without the site's and the section's name."""

from __future__ import annotations

import html
import re
from typing import Any

from dateline.articles.document import Document, squeeze
from dateline.text.urls import domain

_BAR = re.compile(r"\s+[|–—•·»:-]+\s+|\s*[|»]\s*")
_LONGEST = 300


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def site_name(document: Document) -> str | None:
    """Give the name of the site as the page gives it (og:site_name, else the JSON-LD publisher)."""
    name = document.meta("og:site_name", "application-name", "apple-mobile-web-app-title", "al:ios:app_name")
    if name:
        return name
    return _stated_publisher(document) or _beside_headline(document)


def _beside_headline(document: Document) -> str | None:
    """Give what the window's title says besides the headline: `The Copper Gate :: Goat uncovers Roman floor`."""
    window = squeeze(document.tree.findtext(".//title"))
    for heading in document.tree.iter("h1", "h2"):
        words = squeeze(heading.text_content())
        if len(words.split()) >= 3 and words in window:
            rest = re.sub(r"^[\W_]+|[\W_]+$", "", window.replace(words, " ", 1))
            return rest if 0 < len(rest.split()) <= 5 else None
    return None


def _stated_publisher(document: Document) -> str | None:
    publisher = (document.main or {}).get("publisher")
    publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    given = publisher.get("name") if isinstance(publisher, dict) else publisher
    return squeeze(given) or None if isinstance(given, str) else None


def _declared(document: Document) -> list[str]:
    """Give the titles that the page's metadata state, best first."""
    headline = (document.main or {}).get("headline")
    found = [headline if isinstance(headline, str) else None, document.meta("og:title", "twitter:title", "dc.title")]
    found += [document.meta("sailthru.title", "parsely-title", "cxenseparse:title"), document.tree.findtext(".//title")]
    return [squeeze(html.unescape(text)) for text in found if text and squeeze(text)]


def title(document: Document) -> str | None:
    """Give the headline that readers see: the first-level heading that the page's own metadata agree with.

    Where no such heading is, the metadata's title, the site's and the section's name taken off; None without any.
    """
    site = site_name(document)
    declared = _declared(document)
    headings = [squeeze(h.text_content()) for h in document.tree.iter("h1") if not _leads_home(h)]
    headings = [h for h in headings if 2 < len(h) <= _LONGEST]
    headings = headings or _lower_heading(document, declared)
    if not headings and len(declared) <= 1:
        headings = [squeeze(h.text_content()) for h in document.tree.iter("h2")][:1]
    best = max(headings, key=lambda h: (_agreement(h, declared), -headings.index(h)), default=None)
    if best and (_agreement(best, declared) >= 0.35 or (not declared and best)):
        return _whole(_bare(best, site, declared), declared)
    for text in declared:
        if best and len(best.split()) >= 3 and _names_site(text, site, document):
            return _bare(best, site, declared)  # the site's name and slogan, the same on all its pages
        if not site or _key(text) != _key(site):
            return _bare(text, site, declared)
    return _bare(best, site, declared) if best else document.page.title


def _names_site(text: str, site: str | None, document: Document) -> bool:
    """Tell whether a title begins with the site's name, by itself or before a bar."""
    first = _key(_BAR.split(text, maxsplit=1)[0])
    own = (domain(document.url) or "").split(".")[0]
    return bool(first) and first in (_key(site or ""), _key(own))


def _leads_home(heading: Any) -> bool:
    """Tell whether a heading is a link to the front page: then it is the site's name."""
    link = heading.find(".//a")
    address = (link.get("href") or "").strip() if link is not None else ""
    return bool(re.fullmatch(r"/|(?:https?:)?//[^/]+/?", address)) and squeeze(link.text_content()) == squeeze(
        heading.text_content()
    )


def _lower_heading(document: Document, declared: list[str]) -> list[str]:
    """Give the first heading of a lower level that a declared title ends or begins with, as on blog hosts."""
    keys = [_key(text) for text in declared]
    for heading in document.tree.iter("h2", "h3"):
        words = squeeze(heading.text_content())
        key = _key(words)
        if len(key) > 8 and len(words) <= _LONGEST and any(k.endswith(key) or k.startswith(key) for k in keys):
            return [words]
    return []


def _agreement(heading: str, declared: list[str]) -> float:
    words = set(re.findall(r"\w+", heading.casefold()))
    shares = []
    for text in declared:
        other = set(re.findall(r"\w+", text.casefold()))
        if words and other:
            shares.append(len(words & other) / min(max(len(words), 3), max(len(other), 3)))
    return max(shares, default=0.0)


def _bare(text: str, site: str | None, declared: list[str]) -> str:
    """Take the site's and the section's name off either end: a part set off by a bar that the other titles lack."""
    for _ in range(3):
        bars = list(_BAR.finditer(text))
        if not bars:
            return text
        last, first = bars[-1], bars[0]
        tail, head = text[last.end() :], text[: first.start()]
        if _is_label(tail, text[: last.start()], site, declared, last.group()):
            text = text[: last.start()].strip()
        elif _is_label(head, text[first.end() :], site, declared, first.group()):
            text = text[first.end() :].strip()
        else:
            return text
    return text


def _is_label(part: str, rest: str, site: str | None, declared: list[str], bar: str) -> bool:
    if not part.strip() or len(rest.split()) < 3:
        return False
    if site and (_key(part) == _key(site) or (len(_key(part)) > 3 and _key(part) in _key(site))):
        return True
    if site and len(_key(site)) > 3 and _key(site) in _key(part) and len(part.split()) <= len(site.split()) + 3:
        return True
    if any(_key(other) == _key(rest) for other in declared):
        return True
    return "|" in bar and len(part.split()) <= 3 and len(rest.split()) >= 4


def _whole(text: str, declared: list[str]) -> str:
    """Prefer the declared spelling where the heading is the same words in capitals."""
    if text.upper() == text and len(text) > 12:
        for other in declared:
            if _key(other) == _key(text) and other.upper() != other:
                return other
    return text
