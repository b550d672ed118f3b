"""Who signs an article: JSON-LD, metadata, the line under the headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from dateline.articles.document import UNSPACED, Document, is_elsewhere, label_of, squeeze, tells
from dateline.articles.meta import when
from dateline.articles.meta.names import people
from dateline.articles.meta.titles import site_name

_METAS = (
    "author byl parsely-author dc.creator dcterms.creator article:author_name cxenseparse:author dcsext.author "
    "sailthru.author article:author og:article:author citation_author article_author byline news_authors"
).split()
_MARKED = re.compile(
    r"(?:^|\s)by(?:$|\s)|(?:^|[\s_-])(?:author|byline|by-line|writer|contributor)(?:s|name|names|link)?(?:$|[\s_-])|byline|author-?name",
    re.IGNORECASE,
)
_marks_author = tells(_MARKED)


def byline(document: Document) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give (people, agencies) that sign the article, in their order; both empty where the page names none."""
    site = site_name(document)
    wires: list[str] = []
    sources = (_json_authors(document), _meta_authors(document), _visible(document))
    for source in sources:
        names: list[str] = []
        for text in source:
            found, agencies = people(text, site=site)
            names += [name for name in found if name not in names]
            wires += agencies
            if source is sources[2] and (found or agencies):
                break
        if names:
            return tuple(_distinct(names)), tuple(dict.fromkeys(wires))
    return (), tuple(dict.fromkeys(wires))


def _distinct(names: list[str]) -> list[str]:
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(re.sub(r"\W+", "", name.casefold()), name)
    return list(seen.values())


def _json_authors(document: Document) -> list[str]:
    return list(_named((document.main or {}).get("author"))) or list(_named((document.main or {}).get("creator")))


def _named(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if not value.startswith("http"):
            yield squeeze(value)
    elif isinstance(value, list):
        for inner in value[:20]:
            yield from _named(inner)
    elif isinstance(value, dict):
        kind = value.get("@type")
        kinds = kind if isinstance(kind, list) else [kind]
        if "Organization" not in kinds and "NewsMediaOrganization" not in kinds:
            yield from _named(value.get("name"))
        else:
            from dateline.lexicon.outlets.agencies import agency

            name = value.get("name")
            if isinstance(name, str) and agency(name):
                yield name


def _meta_authors(document: Document) -> Iterable[str]:
    for name in _METAS:
        found = [value for value in document.metas.get(name, ()) if not value.startswith("http") and " " in value]
        found = [value for value in found if not value.startswith("(")]
        if found:
            return found[:6]
    return ()


def _visible(document: Document) -> Iterator[str]:
    """Give the texts of the page's elements that are marked as its byline, those that say so best first."""
    marked: list[tuple[int, int, str]] = []
    heading = -1
    for number, element in enumerate(document.tree.iter(*_BYLINE_TAGS)):
        if element.tag == "h1":
            heading = number
            continue
        rank = _rank(element, 0 <= heading < number <= heading + 25)
        if rank is None:
            continue
        text = squeeze(" | ".join(part for part in element.itertext() if part.strip()))
        if 3 < len(text) <= 140 and not _is_elsewhere(element):
            marked.append((rank, number, text))
        if len(marked) > 60:
            break
    for _, _, text in sorted(marked):
        yield text


_PROSE = 100  # characters from which what follows is text and no further line under the headline
_BYLINE_TAGS = ("h1", "a", "address", "div", "li", "p", "span", "strong")
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|writers?|by|people|persons?|staff|profiles?|reporters?|journalists?|"
    r"contributors?|autor(?:es)?|auteurs?|autoren)/[^/]"
)
_SAYS_BY = re.compile(r"\s*by[\s:]+[A-ZÀ-Þ]", re.IGNORECASE)


def _rank(element: Any, near: bool) -> int | None:
    """Rank an element as byline: 0 marked by rel or itemprop, 1 by its class, 2 by where it leads, 3 by its words."""
    if "author" in (element.get("rel") or "") or "author" in (element.get("itemprop") or ""):
        return 0
    label, test = label_of(element), element.get("data-testid")
    if (label and _marks_author(label)) or (test and _marks_author(test)):
        return 1
    if not near:
        return None
    if element.tag == "a":
        return 2 if _AUTHOR_PAGE.search(element.get("href") or "") else None
    if element.tag in ("p", "span", "div") and (_is_signed_line(element) or _is_lone_line(element)):
        return 4
    if not element.text or len(element) > 4:
        return None
    return 3 if _SAYS_BY.match(squeeze("".join(element.itertext()))[:60]) else None


def _is_lone_line(element: Any) -> bool:
    """Tell whether a line of two to four words stands between the headline and the first paragraph, beside both."""
    text = element.text or ""
    if UNSPACED.search(text):
        return False
    if len(element) or not 5 <= len(text) <= 60 or not 2 <= len(text.split()) <= 4:
        return False
    above, below = element.getparent(), element.getnext()
    if above is None or above.find("h1") is None or below is None or below.tag not in ("p", "div"):
        return False
    return len(below.text_content()) > _PROSE


def _is_signed_line(element: Any) -> bool:
    """Tell whether a short line under the headline bears names beside a date: in it, or in the line that holds it."""
    if len(element) > 4:
        return False
    line = squeeze(" ".join(element.itertext()))
    if not 5 <= len(line) <= 120 or UNSPACED.search(line):
        return False
    holder = element.getparent()
    around = squeeze(" ".join(holder.itertext())) if holder is not None and len(holder) < 8 else ""
    return bool(when.find(line) or (len(around) <= 200 and when.find(around)))


def _is_elsewhere(element: Any) -> bool:
    for depth, above in enumerate(element.iterancestors()):
        if depth > 5:
            break
        if above.tag in ("aside", "footer", "nav") or is_elsewhere(label_of(above)):
            return True
    return False
