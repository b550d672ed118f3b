"""Stories: every report of one happening, with its digest and figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.model.tags import PlaceSpan
from dateline.model.values import ArticleRole, Moment, Qualifier, Relation


@dataclass(frozen=True, slots=True)
class Link:
    """Why an article was put into a story: the nearest member and the value of each feature (0 to 1)."""

    id: str  # article
    story: str
    score: float | None  # probability of the best link; None for the first article of a story
    nearest: str | None  # the member it is closest to
    features: tuple[tuple[str, float], ...] = ()
    shared: tuple[str, ...] = ()  # words, names and places in common, for people to read


@dataclass(frozen=True, slots=True)
class Headline:
    """The title of the most central member of a story, never blended."""

    text: str
    article: str


@dataclass(frozen=True, slots=True)
class Quote:
    """One sentence of a digest: an exact quotation."""

    text: str
    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One source's value of a figure."""

    low: float | int | None
    high: float | int | None
    qualifier: Qualifier | None
    said_by: str | None
    article: str
    start: int
    end: int
    time: Moment | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that sources give for the same thing, followed through time."""

    id: str
    story: str | None
    what: str
    about: str | None
    relation: Relation
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What is known of a story: quotations only."""

    id: str
    headline: Headline | None
    sentences: tuple[Quote, ...]
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """An article's part in a story."""

    id: str
    role: ArticleRole


@dataclass(frozen=True, slots=True)
class RelatedStory:
    """Another story, with the reason in words."""

    id: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Story:
    """Every report of one happening."""

    id: str
    headline: Headline | None
    sentences: tuple[Quote, ...]
    articles: tuple[Member, ...]
    independent_reports: int  # copy families, not articles
    wires: tuple[str, ...] = ()  # agencies
    countries: tuple[str, ...] = ()  # of the publishers
    first_seen: Moment | None = None
    last_seen: Moment | None = None
    status: Literal["developing", "settled", "withdrawn"] = "developing"
    related: tuple[RelatedStory, ...] = ()
    places: tuple[PlaceSpan, ...] = ()  # each with its article
    topics: tuple[str, ...] = ()  # slugs of the top level of IPTC Media Topics
    figures: tuple[Figure, ...] = ()
    revision: int = 1
