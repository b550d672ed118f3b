"""Every noun of the house, frozen.

Read this file first: the stages are functions between these types, the store keeps them, the site shows them, and
``codec`` writes them as JSON with the field names used here (``from_`` is written ``from``, ``from_time`` stays).

Conventions:

* Offsets count Unicode code points in the text of the article they belong to; the end is exclusive, and
  ``text[start:end]`` equals the quoted text.
* A moment is a string: RFC 3339 with the source's own offset, or a plain ``YYYY-MM-DD`` where only the day is known.
* What is not known is ``None`` (one thing) or ``()`` (several); nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Moment = str
Kind = Literal["article", "live", "opinion", "gallery", "index", "other"]
PublishedFrom = Literal["jsonld", "meta", "time", "feed", "url", "text", "given"]
Grain = Literal["minute", "hour", "day", "week", "month", "quarter", "season", "year", "decade", "century"]
Status = Literal["asserted", "alleged", "denied", "negated", "hypothetical", "planned", "desired", "habitual"]
Precision = Literal["site", "city", "near", "admin1", "country", "offshore", "region"]
PlaceRole = Literal["literal", "demonym", "metonym"]
Qualifier = Literal[
    "exactly",
    "at_least",
    "more_than",
    "about",
    "up_to",
    "less_than",
    "dozens",
    "scores",
    "hundreds",
    "thousands",
    "several",
    "range",
]
Relation = Literal["agree", "updated", "disputed"]
ArticleRole = Literal["original", "copy", "independent", "update", "opinion"]


# ---- what comes in


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


# ---- articles


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
class Family:
    """The copies of one text: one independent report, however many carry it."""

    id: str
    original: str  # article id
    members: tuple[str, ...]  # article ids, in order of arrival
    why: str


# ---- tags


@dataclass(frozen=True, slots=True)
class Words:
    """A quoted stretch of an article's text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time expression with its TIMEX3 value and the interval it names."""

    start: int
    end: int
    text: str
    value: str
    kind: Literal["date", "time", "duration", "set"]
    from_: str | None = None  # local date, YYYY-MM-DD
    to: str | None = None  # local date, inclusive
    from_time: str | None = None  # local date and time, for grains under a day
    to_time: str | None = None
    grain: Grain | None = None


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A toponym, resolved where it could be."""

    start: int
    end: int
    text: str
    role: PlaceRole
    name: str | None = None  # the gazetteer's name
    geonames_id: int | None = None
    country: str | None = None  # ISO 3166-1 alpha-3
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Precision | None = None
    confidence: float | None = None
    article: str | None = None  # set where the span stands outside its article (in events)


@dataclass(frozen=True, slots=True)
class ActorSpan:
    """Words that name a party, with its PLOVER code and sector."""

    start: int
    end: int
    text: str
    name: str | None = None  # the lexicon's name
    code: str | None = None  # country (ISO 3166-1 alpha-3) or one of IGO UNO EUR NGO ISM IMG MNC
    sector: str | None = None  # GOV MIL REB …
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class CountSpan:
    """A number of something: an interval, so that “at least 19” and “23” do not contradict each other."""

    start: int
    end: int
    text: str
    what: str  # dead wounded missing held displaced attacks protesters troops drones missiles aircraft vessels money …
    low: float | int | None
    high: float | int | None
    qualifier: Qualifier | None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is quoted: the words, and the name they stand for where it is known."""

    text: str
    start: int
    end: int
    name: str | None = None


@dataclass(frozen=True, slots=True)
class AttributionSpan:
    """Words that somebody is reported to have said; the span is what is said."""

    start: int
    end: int
    text: str
    speaker: Speaker | None
    verb: Words | None


@dataclass(frozen=True, slots=True)
class Tags:
    """All tags of one text, each list in order of `start`."""

    times: tuple[TimeSpan, ...] = ()
    places: tuple[PlaceSpan, ...] = ()
    actors: tuple[ActorSpan, ...] = ()
    counts: tuple[CountSpan, ...] = ()
    attribution: tuple[AttributionSpan, ...] = ()


# ---- stories


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


# ---- events


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or recipient as the text has it."""

    text: str
    start: int
    end: int
    name: str | None = None
    code: str | None = None
    sector: str | None = None
    article: str | None = None  # set in events


@dataclass(frozen=True, slots=True)
class EventDate:
    """When it happened; either end may be open. `text` and offsets are None where the dateline gives the day."""

    from_: str | None
    to: str | None
    grain: Grain | None
    text: str | None = None
    start: int | None = None
    end: int | None = None
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Who says so, and with which verb."""

    name: str | None
    text: str
    start: int
    end: int
    verb: str | None
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Weapon:
    """Means used, as the text has them."""

    text: str
    start: int
    end: int
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure each field is, 0 to 1; None where there is nothing to be sure of."""

    type: float | None = None
    actors: float | None = None
    recipients: float | None = None
    places: float | None = None
    date: float | None = None
    counts: float | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """What one sentence says that happened."""

    id: str
    article: str
    sentence: tuple[int, int]
    trigger: Words
    type: str  # PLOVER
    mode: str | None = None
    modes: tuple[str, ...] = ()
    cameo: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    places: tuple[PlaceSpan, ...] = ()
    date: EventDate | None = None
    counts: tuple[CountSpan, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    status: Status = "asserted"
    historical: bool = False
    attributed_to: tuple[Said, ...] = ()
    confidence: Confidence = Confidence()


@dataclass(frozen=True, slots=True)
class CountReport:
    """One mention's value of an event's count."""

    low: float | int | None
    high: float | int | None
    qualifier: Qualifier | None
    said_by: str | None
    mention: str


@dataclass(frozen=True, slots=True)
class EventCount:
    """A count of an event: the adopted interval and every report of it."""

    what: str
    low: float | int | None
    high: float | int | None
    qualifier: Qualifier | None
    reports: tuple[CountReport, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, once, however many sentences and articles tell it."""

    id: str
    story: str | None
    type: str
    mode: str | None
    cameo: str | None
    contexts: tuple[str, ...]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    places: tuple[PlaceSpan, ...]
    date: EventDate | None
    counts: tuple[EventCount, ...]
    weapons: tuple[Weapon, ...]
    status: Status
    attributed_to: tuple[Said, ...]
    historical: bool
    mentions: tuple[str, ...]  # mention ids
    articles: tuple[str, ...]  # article ids
    independent_reports: int
    modes: tuple[str, ...] = ()
    confidence: Confidence = Confidence()
    revision: int = 1


# ---- what stages ask


class CopyIndex(Protocol):
    """What the copies stage must know of the texts seen so far."""

    def candidates(self, hashes: Sequence[int]) -> Iterable[tuple[str, int]]:
        """Yield (article id, number of sampled shingles shared) for the stored texts that share any."""

    def sizes(self, ids: Iterable[str]) -> dict[str, int]:
        """Give the number of sampled shingles of each stored text."""

    def add(self, id: str, hashes: Sequence[int]) -> None:
        """Remember a text's sampled shingles."""


# ---- what the store keeps


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
