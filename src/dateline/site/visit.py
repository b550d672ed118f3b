"""One visit: what a handler may ask, and what it gives back."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from dateline.config import Settings
from dateline.model import Article, Card, Event, EventFilter
from dateline.site.rights import Budget, Profile
from dateline.store.owner import Owner
from dateline.store.ports import Reader
from dateline.text.moments import instant, to_moment

MANY = 100_000  # corrections looked through for withdrawals


class NotFound(Exception):
    """Say in one sentence what is not there."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry of a feed."""

    id: str
    title: str
    link: str  # a path of this site
    updated: str | None
    summary: str | None = None
    outlet: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What a handler gives: a template with its values, and the records of the twins."""

    template: str
    title: str
    values: dict[str, Any]
    records: Callable[[], Any]  # gives the JSON twin, with rights applied anew
    feed: tuple[FeedItem, ...] | None = None
    status: int = 200
    canonical: str | None = None  # an address outside, or a path of this site
    noindex: bool = False
    twins: bool = True  # it has records behind it
    section: str = ""  # the entry of the navigation that is current


@dataclass(frozen=True, slots=True)
class Keeper:
    """What the owner may do on a visit: marks, and the token that the forms of the page carry."""

    kept: Owner
    token: str
    logged_in: bool  # by a password, so that there is something to log out of


@dataclass(slots=True)
class Visit:
    """The store, the clock, the rights and the query of one request."""

    reader: Reader
    settings: Settings
    profile: Profile
    now: datetime
    path: str  # without its form
    query: dict[str, str]
    owner: Keeper | None = None
    asof: str | None = None  # the moment whose state is shown; None: now
    today: Reader | None = None  # where `reader` tells of the past: the store as it is
    static: bool = False  # for a copy that has no server behind it
    gone: frozenset[str] | None = None  # what was withdrawn, where that is known already
    form: str = ""  # of the answer: "" for HTML, else one of `links.FORMS`
    budget: Budget = field(init=False)
    withdrawn: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Look up what was withdrawn: nothing of it may be shown, whatever else still refers to it."""
        self.withdrawn = withdrawn(self.today or self.reader) if self.gone is None else self.gone
        self.budget = Budget(self.profile, self.withdrawn)

    def articles(self, ids: list[str]) -> dict[str, Article]:
        """Fetch articles that may be shown; those withdrawn are left out."""
        return self.reader.articles([id for id in dict.fromkeys(ids) if id not in self.withdrawn])

    def cards(self, ids: list[str]) -> dict[str, Card]:
        """Fetch what lists show of articles, without their texts; those withdrawn are left out."""
        return self.reader.cards([id for id in dict.fromkeys(ids) if id not in self.withdrawn])

    def quoted(self, ids: list[str]) -> dict[str, Article]:
        """Fetch the articles of which words may be shown at all."""
        return {} if self.profile == "strict" else self.articles(ids)

    def events_of_story(self, story: str) -> list[Event]:
        """List a story's events in order of time, history told in passing last."""
        found = self.reader.events(EventFilter(story=story, historical=None), limit=500)
        return sorted(found, key=event_order)


def withdrawn(reader: Reader) -> frozenset[str]:
    """Look up what was withdrawn."""
    return frozenset(c.article for c in reader.corrections(limit=MANY) if c.change == "withdrawal")


def event_order(event: Event) -> tuple[bool, str, str]:
    """Give the key that sorts events by time, undated last, history after today's news."""
    when = event.date
    return (event.historical, (when and (when.from_ or when.to)) or "9999", event.id)


def site_clock(reader: Reader, settings: Settings, given: str | None) -> datetime:
    """Tell what time it is: as given, as DATELINE_NOW says, the sample's newest article, else the clock on the wall."""
    for moment in (given, os.environ.get("DATELINE_NOW"), reader.counts().newest if settings.sample else None):
        made = instant(moment)
        if made is not None:
            return made
    return datetime.now(UTC)


def shown_now(now: datetime) -> str:
    """Write the clock as a moment."""
    return to_moment(now)
