"""Events and the mentions they are made of."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.model.tags import CountSpan, PlaceSpan, Words
from dateline.model.values import Grain, Qualifier, Status


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
