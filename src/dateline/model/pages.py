"""What comes in: pages, what feeds say of them, and what could not be served."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.model.articles import RightsSignal
from dateline.model.values import Kind, Moment, PublishedFrom


@dataclass(frozen=True, slots=True)
class Page:
    """A document as it was fetched or found, before anything is made of it."""

    id: str
    url: str | None = None
    html: str | None = None  # the decoded page; exactly one of html and text is given
    text: str | None = None  # a page saved as plain text
    fetched: Moment | None = None
    published: Moment | None = None  # what the sender of the page says, not what the page says
    published_from: PublishedFrom = "given"  # "feed" where `published` came from a feed entry
    source: str | None = None  # the address or path of the source that brought it
    title: str | None = None  # as the feed gave it
    summary: str | None = None  # as the feed gave it, sanitised
    categories: tuple[str, ...] = ()  # as the feed gave them
    headers: tuple[tuple[str, str], ...] = ()  # response headers, names in lower case
    signals: tuple[RightsSignal, ...] = ()  # what the host says of rights beside the page (`where` is "well-known")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed or sitemap says of one article; its page is still to be fetched."""

    url: str
    title: str | None = None
    summary: str | None = None  # sanitised, plain text
    content: str | None = None  # the full text where the feed carries it, sanitised HTML
    published: Moment | None = None
    modified: Moment | None = None
    author: str | None = None
    categories: tuple[str, ...] = ()
    language: str | None = None
    source: str | None = None  # the address of the feed


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that could not be served, with the reason: a value that is carried along, never a stop."""

    id: str
    code: str  # "not_article", "empty", "unreadable", …
    message: str  # one sentence a user understands
    kind: Kind | None = None
    confidence: float | None = None
    url: str | None = None
