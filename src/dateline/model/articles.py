"""Articles: the text, who published, wrote or copied it, and what its page holds beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.model.values import Kind, Moment, PublishedFrom


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who put the article out."""

    name: str | None
    domain: str | None
    country: str | None = None  # ISO 3166-1 alpha-3


@dataclass(frozen=True, slots=True)
class Republisher:
    """Who copied it: an aggregator or reposter. Never counted as a source."""

    name: str | None
    domain: str | None


@dataclass(frozen=True, slots=True)
class Dateline:
    """The line of a report that says where (and when): “NIAMEY, March 3 (MNA) —”."""

    place: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture's address and words; the picture itself is not kept."""

    url: str | None
    caption: str | None
    credit: str | None


@dataclass(frozen=True, slots=True)
class RelatedItem:
    """A link to another article that the page shows, as the page shows it."""

    title: str
    summary: str | None
    url: str | None
    suspect: bool = False  # title and summary do not belong together
    why: str | None = None  # how that was seen


@dataclass(frozen=True, slots=True)
class RightsSignal:
    """One sign of what the publisher allows: its name, value and where it stood."""

    name: str  # "tdm-reservation", "robots", "max-snippet", …
    value: str
    where: str  # "meta", "header", "well-known"


@dataclass(frozen=True, slots=True)
class Rights:
    """What the publisher allows, and the signs it was read from."""

    tdm: Literal["allowed", "reserved"] | None = None
    signals: tuple[RightsSignal, ...] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """Furniture taken out of the body, with the reason."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a live blog: a stretch of the article's text, when it was posted, and the heading it begins with."""

    start: int
    end: int
    time: Moment | None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article's text that is in a language of its own."""

    start: int
    end: int
    language: str  # BCP 47


@dataclass(frozen=True, slots=True)
class Article:
    """The clean text of one page and all that is known of where it comes from."""

    id: str
    url: str | None
    title: str | None
    text: str  # paragraphs joined by a blank line
    published: Moment | None = None
    published_from: PublishedFrom | None = None
    modified: Moment | None = None
    language: str | None = None  # BCP 47
    kind: Kind = "article"
    publisher: Publisher | None = None
    republisher: Republisher | None = None
    agency: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    dateline: Dateline | None = None
    images: tuple[Image, ...] = ()
    related: tuple[RelatedItem, ...] = ()
    rights: Rights = Rights()
    removed: tuple[Removed, ...] = ()
    categories: tuple[str, ...] = ()
    published_confidence: float | None = None
    kind_confidence: float | None = None
    notice: Notice | None = None  # a correction or withdrawal that the page itself announces
    fetched: Moment | None = None
    posts: tuple[Post, ...] = ()  # of a live blog, in the order of the text
    languages: tuple[Passage, ...] = ()  # paragraphs that are surely in another language than `language`


@dataclass(frozen=True, slots=True)
class Notice:
    """A correction or withdrawal that an article announces, in its own words."""

    kind: Literal["correction", "withdrawal"]
    text: str


@dataclass(frozen=True, slots=True)
class FamilyHead:
    """A copy family without its members, of which there may be very many."""

    id: str
    original: str  # article id
    why: str


@dataclass(frozen=True, slots=True)
class Family:
    """The copies of one text: one independent report, however many carry it."""

    id: str
    original: str  # article id
    members: tuple[str, ...]  # article ids, in order of arrival
    why: str
