"""A page saved as plain text → Article."""

from __future__ import annotations

import re

from dateline.articles import furniture, passages
from dateline.articles.document import clean, squeeze
from dateline.articles.furniture import Stripped
from dateline.articles.meta import credit, when
from dateline.lexicon.outlets.reposters import outlet, reposter
from dateline.model import Article, Moment, Page, PublishedFrom, Publisher, Rejected, Republisher
from dateline.text.languages import language
from dateline.text.moments import readable
from dateline.text.urls import domain, host

MOST_CHARACTERS = 2_000_000


def read(page: Page) -> Article | Rejected:
    """Make the article of a page that was saved as plain text; a `Rejected` where it is empty or too large."""
    if len(page.text or "") > MOST_CHARACTERS:
        message = f"The page is larger than {MOST_CHARACTERS} characters and was not read."
        return Rejected(page.id, "too_large", message, url=page.url)
    paragraphs = _paragraphs(clean(page.text or ""))
    title, paragraphs = _title(page, paragraphs)
    stripped = furniture.strip(paragraphs, own=domain(page.url), plain=True)
    signed = credit.sign(stripped.kept)
    body = "\n\n".join(signed.kept)
    if not re.search(r"\w", body):
        return Rejected(page.id, "empty", "The page holds no text that could be read.", url=page.url)
    published, published_from = _published(page, stripped)
    spoken = language(body)
    return Article(
        id=page.id,
        url=page.url,
        title=title,
        text=body,
        published=published,
        published_from=published_from,
        modified=stripped.modified[0].moment if stripped.modified else None,
        language=spoken,
        publisher=publisher_of(page, stripped),
        republisher=republisher_of(page, stripped),
        agency=signed.agency,
        byline=signed.byline,
        dateline=signed.dateline,
        images=tuple(stripped.images),
        related=tuple(stripped.related),
        removed=tuple(stripped.removed + signed.removed),
        categories=page.categories,
        published_confidence=None if published is None else 0.9,
        fetched=readable(page.fetched),
        languages=passages.foreign(signed.kept, spoken),
    )


def _paragraphs(text: str) -> list[str]:
    """Cut a text at blank lines; without any, at every line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    parts = re.split(r"\n[^\S\n]*\n\s*", text)
    if len(parts) == 1 and text.count("\n") >= 3:
        parts = text.split("\n")
    lined = ("\n".join(squeeze(line) for line in part.split("\n") if line.strip()) for part in parts)
    return [part for part in (_joined(part) for part in lined) if part]


def _joined(part: str) -> str:
    """Join the lines of a paragraph that was wrapped (they go on in small letters); keep those of a list."""
    lines = part.split("\n")
    going_on = sum(line[:1].islower() for line in lines[1:])
    wrapped = len(lines) > 1 and min(len(line) for line in lines[:-1]) > 45 and 2 * going_on >= len(lines) - 1
    if wrapped and not any(furniture.strip([line], plain=True).published for line in lines[1:3]):
        return " ".join(lines)
    return part


def _title(page: Page, paragraphs: list[str]) -> tuple[str | None, list[str]]:
    """Give the page's title: as it was sent, else a first line that is shaped as one."""
    if page.title:
        return page.title, paragraphs[1:] if paragraphs and squeeze(paragraphs[0]) == squeeze(
            page.title
        ) else paragraphs
    headed = _headed(paragraphs)
    if headed:
        return headed
    if len(paragraphs) >= 2:
        first, *rest = paragraphs[0].split("\n")
        words = first.split()
        if (
            3 <= len(words) <= 30
            and not re.search(r"[.:;,…]$", first)
            and not furniture.strip([first], plain=True).removed
        ):
            return first, ([" ".join(rest)] if rest else []) + paragraphs[1:]
    return None, paragraphs


def _headed(paragraphs: list[str]) -> tuple[str, list[str]] | None:
    """Find the headline over a date label (“date 2026-03-04 …”), the page's own head and menu above it left out."""
    lines = [(n, line) for n, paragraph in enumerate(paragraphs[:6]) for line in paragraph.split("\n")]
    for at, (number, line) in enumerate(lines[1:10], 1):
        headline = lines[at - 1][1]
        dated = furniture.strip([line], plain=True).published
        if dated and 3 <= len(headline.split()) <= 30 and not re.search(r"[.;,]$", headline):
            rest = [other for n, other in lines[at:] if n == number]
            return headline, [*rest, *paragraphs[number + 1 :]]
        if dated:
            return None
    return None


def _published(page: Page, stripped: Stripped) -> tuple[Moment | None, PublishedFrom | None]:
    if page.published and page.published_from == "feed":
        return page.published, "feed"
    if stripped.published:
        return stripped.published[0].moment, "text"
    given = when.given(page.published)
    return (given, page.published_from) if given else (None, None)


def publisher_of(page: Page, stripped: Stripped) -> Publisher | None:
    """Give who put the article out: the source that the page names, else its own site unless a reposter."""
    for name in stripped.sources:
        known = outlet(name) or outlet(domain(name))
        if known:
            return Publisher(known.name, known.domains[0], known.country)
    if stripped.sources:
        return Publisher(stripped.sources[0], domain(stripped.sources[0]))
    own = domain(page.url)
    if own is None or reposter(own) or reposter(host(page.url)):
        return None
    known = outlet(own)
    return Publisher(known.name, own, known.country) if known else Publisher(None, own)


def republisher_of(page: Page, stripped: Stripped) -> Republisher | None:
    """Give the aggregator or reposter that shows the article: by the page's address, or by the marks that it left."""
    own = domain(page.url)
    for name in (host(page.url), own, *stripped.marks):
        known = reposter(name)
        if known:
            return Republisher(known.name, known.domains[0])
    if stripped.marks:
        return Republisher(None, domain(stripped.marks[0]))
    return None
