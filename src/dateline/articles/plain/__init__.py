"""A page saved as plain text → Article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dateline.articles import furniture, notices, passages
from dateline.articles.document import clean, squeeze
from dateline.articles.furniture import Stripped
from dateline.articles.meta import credit, when
from dateline.articles.plain import foot, head
from dateline.articles.plain.head import Head
from dateline.lexicon.outlets.reposters import outlet, reposter
from dateline.model import Article, Moment, Page, PublishedFrom, Publisher, Rejected, Republisher
from dateline.text.languages import language
from dateline.text.moments import readable
from dateline.text.urls import domain, host

MOST_CHARACTERS = 2_000_000
# A line's last word after which a sentence goes on.
_GOES_ON = re.compile(
    r"(?:,|\b(?:the|an?|of|to|in|on|at|by|for|with|from|and|or|but|as|than|that|which|who|is|are|was|were))$"
)


def read(page: Page) -> Article | Rejected:
    """Make the article of a page that was saved as plain text; a `Rejected` where it is empty or too large."""
    if len(page.text or "") > MOST_CHARACTERS:
        message = f"The page is larger than {MOST_CHARACTERS} characters and was not read."
        return Rejected(page.id, "too_large", message, url=page.url)
    around = Stripped()
    title, above = _title(page, _paragraphs(clean(page.text or "")), around)
    below = foot.read(above.kept, above.names, around)
    stripped = around.with_(furniture.strip(below.kept, own=domain(page.url), plain=True))
    by_name = below.outlet or above.outlet or _credited(above.names, stripped)
    signed = credit.sign(stripped.kept, site=by_name)
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
        publisher=publisher_of(page, stripped, by_name),
        republisher=republisher_of(page, stripped, by_name),
        agency=signed.agency,
        byline=signed.byline or tuple(above.byline) or tuple(below.byline),
        dateline=signed.dateline,
        images=tuple(stripped.images),
        related=tuple(stripped.related),
        removed=tuple(stripped.removed + signed.removed),
        categories=page.categories,
        notice=notices.notice(title, signed.kept),
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
    going_on = sum(b[:1].islower() or bool(_GOES_ON.search(a)) for a, b in pairwise(lines))
    wrapped = len(lines) > 1 and min(len(line) for line in lines[:-1]) > 45 and 2 * going_on >= len(lines) - 1
    if wrapped and not any(furniture.strip([line], plain=True).published for line in lines[1:3]):
        return " ".join(lines)
    return part


def _title(page: Page, paragraphs: list[str], out: Stripped) -> tuple[str | None, Head]:
    """Give the page's title and what is left: as it was sent, else a line over the text that is shaped as one."""
    if page.title:
        same = paragraphs and squeeze(paragraphs[0]) == squeeze(page.title)
        return page.title, Head(kept=paragraphs[1:] if same else paragraphs)
    read = head.read(paragraphs, out)
    if read:
        return read.title, read
    if len(paragraphs) >= 2:
        first, *rest = paragraphs[0].split("\n")
        words = first.split()
        if (
            3 <= len(words) <= 30
            and not re.search(r"[.:;,…]$", first)
            and not furniture.strip([first], plain=True).removed
        ):
            return first, Head(kept=([" ".join(rest)] if rest else []) + paragraphs[1:])
    return None, Head(kept=paragraphs)


def _published(page: Page, stripped: Stripped) -> tuple[Moment | None, PublishedFrom | None]:
    if page.published and page.published_from == "feed":
        return page.published, "feed"
    if stripped.published:
        return stripped.published[0].moment, "text"
    given = when.given(page.published)
    return (given, page.published_from) if given else (None, None)


def _credited(names: Sequence[str], stripped: Stripped) -> str | None:
    """Give the line of the head that a picture's credit names as well: the outlet (“Provided by Plains Tribune”)."""
    credits = [image.credit for image in stripped.images if image.credit]
    return next((name for name in names if len(name) > 5 and any(credit.endswith(name) for credit in credits)), None)


def publisher_of(page: Page, stripped: Stripped, by_name: str | None = None) -> Publisher | None:
    """Give who put the article out: the source that the page names, else its own site unless a reposter.

    `by_name` is the outlet that the page calls itself; it counts where neither a source nor an address says more.
    """
    for name in stripped.sources:
        known = outlet(name) or outlet(domain(name))
        if known:
            return Publisher(known.name, known.domains[0], known.country)
    if stripped.sources:
        return Publisher(stripped.sources[0], domain(stripped.sources[0]))
    own = domain(page.url)
    if own is not None and (reposter(own) or reposter(host(page.url))):
        return None
    known = outlet(own) or outlet(by_name)
    if known:
        return Publisher(known.name, own or known.domains[0], known.country)
    return Publisher(by_name, own) if (own or by_name) and not reposter(by_name) else None


def republisher_of(page: Page, stripped: Stripped, by_name: str | None = None) -> Republisher | None:
    """Give the aggregator or reposter that shows the article: by the page's address, or by the marks that it left.

    An outlet that names another source for its article (`by_name`, see `publisher_of`) reposts it.
    """
    own = domain(page.url)
    for name in (host(page.url), own, *stripped.marks, by_name):
        known = reposter(name)
        if known:
            return Republisher(known.name, known.domains[0])
    if stripped.marks:
        return Republisher(None, domain(stripped.marks[0]))
    if by_name and own is None and stripped.sources and not _same(by_name, stripped.sources[0]):
        known_outlet = outlet(by_name)
        return Republisher(known_outlet.name if known_outlet else by_name, None)
    return None


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one.casefold()) == re.sub(r"\W+", "", other.casefold())
