"""Spans of a text: times, places, actors, counts, and words that somebody said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.model.values import Grain, PlaceRole, Precision, Qualifier


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
