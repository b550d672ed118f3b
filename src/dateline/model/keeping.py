"""What a desk keeps beside articles, stories and events, and what its pages, lists and searches show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from dateline.model.articles import Publisher, Republisher
from dateline.model.values import Kind, Moment, Status


class CopyIndex(Protocol):
    """What the copies stage must know of the texts seen so far."""

    def candidates(self, hashes: Sequence[int]) -> Iterable[tuple[str, int]]:
        """Yield (article id, number of sampled shingles shared) for the stored texts that share any."""

    def sizes(self, ids: Iterable[str]) -> dict[str, int]:
        """Give the number of sampled shingles of each stored text."""

    def add(self, id: str, hashes: Sequence[int]) -> None:
        """Remember a text's sampled shingles."""


@dataclass(frozen=True, slots=True)
class Version:
    """One state of an article's text, in order of when it was seen."""

    article: str
    number: int  # from 1
    seen: Moment
    modified: Moment | None
    title: str | None
    text: str
    change: Literal["first", "edit", "correction", "withdrawal"] = "first"
    note: str | None = None  # the publisher's own words on the change


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction or withdrawal, for the public list."""

    article: str
    time: Moment
    change: Literal["edit", "correction", "withdrawal"]
    note: str | None
    by: Literal["publisher", "owner"] = "publisher"


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source that the desk follows, and how it fares."""

    id: str
    address: str  # a URL or an absolute path
    kind: Literal["feed", "site", "sitemap", "opml", "article", "path"]
    name: str | None = None
    topics: tuple[str, ...] = ()
    paused: bool = False
    added: Moment | None = None
    last_success: Moment | None = None
    next_poll: Moment | None = None
    interval: int | None = None  # seconds
    error: str | None = None  # in words
    errors_in_a_row: int = 0
    etag: str | None = None
    last_modified: str | None = None
    articles: int = 0
    copied: int = 0  # of these, copies of somebody else's text
    mark: str | None = None  # of a path: how far it was read, or what it was like when it was read through


@dataclass(frozen=True, slots=True)
class Subscription:
    """What the desk agreed with a WebSub hub, so that a source's news is pushed as it comes."""

    id: str  # names the callback address; nobody but the hub can know it
    source: str
    topic: str  # the address by which the hub knows the feed
    hub: str
    secret: str  # signs what the hub pushes
    wanted: bool = True  # False: the hub is still to be told to stop
    asked: Moment | None = None  # when the hub was asked last, to push or to stop
    failures: int = 0  # askings in a row that the hub refused or left unanswered
    verified: Moment | None = None  # when the hub asked back
    lease: int | None = None  # seconds that the hub granted
    expires: Moment | None = None
    pushed: Moment | None = None  # the latest push; None again where a poll found news that no push had brought
    error: str | None = None  # in words


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What `/events`, `/map` and `export events` show; None means any."""

    type: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-3 of a literal place
    admin1: str | None = None
    actor: str | None = None  # PLOVER code, or words of a name
    status: Status | None = None
    after: str | None = None  # local date
    before: str | None = None
    historical: bool | None = False
    story: str | None = None
    source: str | None = None  # publisher's domain
    box: tuple[float, float, float, float] | None = None  # west, south, east, north in degrees


@dataclass(frozen=True, slots=True)
class Hit:
    """One search result: an article, its story, and the passage that matched with its matched words."""

    article: str
    story: str | None
    title: str | None
    passage: str
    marks: tuple[tuple[int, int], ...]  # offsets into passage
    score: float


@dataclass(frozen=True, slots=True)
class Card:
    """What lists show of an article: all but its text; asked for by the hundred without reading a text."""

    id: str
    url: str | None
    title: str | None
    published: Moment | None
    language: str | None
    kind: Kind
    publisher: Publisher | None
    republisher: Republisher | None
    agency: tuple[str, ...]
    reserved: bool = False  # its publisher reserves text mining


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a story's history: merged, split, pinned, a digest sentence changed …"""

    story: str
    time: Moment
    what: str
    why: str
    by: Literal["machine", "owner"] = "machine"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a pass was made from: its inputs, and the versions of code and data."""

    id: str
    started: Moment
    finished: Moment | None
    pages: int
    articles: int
    rejected: int
    stories: int
    events: int
    code: str  # version of the program
    lexicon: str  # hash of all data lists and coefficients
    models: tuple[tuple[str, str], ...] = ()  # libraries and models that read, with their versions
    inputs: str | None = None  # sum of the fingerprints of the pages that were read, whatever their order
    notes: tuple[str, ...] = ()  # what the owner should know of it, in words


@dataclass(frozen=True, slots=True)
class Gone:
    """An id that no longer stands for anything of its own, and what it leads to."""

    id: str
    kind: Literal["story", "event"]
    time: Moment | None  # when it was taken away, where that is known
    into: str | None = None  # the story or event that tells of it now


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """How much a desk holds, for `stats` and the site's foot."""

    articles: int
    stories: int
    events: int
    mentions: int
    sources: int
    rejected: int
    families: int
    newest: Moment | None  # published time of the newest article
    oldest: Moment | None
