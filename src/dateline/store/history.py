"""What rows were before: kept at each change, and without the words of what was withdrawn since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Literal, Protocol

from dateline.model import Article, Event, Mention, Story

Kind = Literal["article", "story", "event", "mention"]
Record = Article | Story | Event | Mention
TYPES: dict[Kind, type[Article] | type[Story] | type[Event] | type[Mention]] = {
    "article": Article,
    "story": Story,
    "event": Event,
    "mention": Mention,
}


class Past(Protocol):
    """Answer what rows were at a moment (epoch)."""

    def since(self, kind: Kind, ids: Iterable[str]) -> dict[str, int]:
        """Give since when the rows of today are as they are."""

    def past(self, kind: Kind, ids: Iterable[str], when: int) -> dict[str, Record]:
        """Give rows that have changed or gone since, as they were at a moment."""

    def past_of(self, kind: Kind, owner: str, when: int) -> list[Record]:
        """Give such rows of a story (its events) or an article (its mentions), by id."""

    def each_past(self, kind: Kind, when: int) -> Iterator[Record]:
        """Go through all such rows in order of id."""

    def count_at(self, kind: Kind, when: int) -> int:
        """Count the rows that there were at a moment."""

    def went(self, kind: Kind, id: str) -> int | None:
        """Give when a row was taken away; None where it is there or never was."""


def owner(record: Record) -> str | None:
    """Name what a past row belongs to: an event's story, a mention's article."""
    if isinstance(record, Story):
        return record.id
    if isinstance(record, Event):
        return record.story
    return record.article if isinstance(record, Mention) else None


def without(record: Record, withdrawn: Collection[str]) -> Record | None:
    """Take the words of withdrawn articles out of a record; None where nothing is left of it."""
    if isinstance(record, Story):
        return _story_without(record, withdrawn)
    if isinstance(record, Event):
        return _event_without(record, withdrawn)
    article = record.article if isinstance(record, Mention) else record.id
    return None if article in withdrawn else record


def _story_without(story: Story, withdrawn: Collection[str]) -> Story:
    figures = (replace(f, readings=tuple(r for r in f.readings if r.article not in withdrawn)) for f in story.figures)
    return replace(
        story,
        headline=None if story.headline and story.headline.article in withdrawn else story.headline,
        sentences=tuple(s for s in story.sentences if s.article not in withdrawn),
        places=tuple(p for p in story.places if p.article not in withdrawn),
        figures=tuple(f for f in figures if f.readings),
    )


def _event_without(event: Event, withdrawn: Collection[str]) -> Event | None:
    if event.articles and all(article in withdrawn for article in event.articles):
        return None
    date = event.date
    if date is not None and date.article in withdrawn:
        date = replace(date, text=None, start=None, end=None)
    return replace(
        event,
        actors=tuple(p for p in event.actors if p.article not in withdrawn),
        recipients=tuple(p for p in event.recipients if p.article not in withdrawn),
        places=tuple(p for p in event.places if p.article not in withdrawn),
        weapons=tuple(w for w in event.weapons if w.article not in withdrawn),
        attributed_to=tuple(s for s in event.attributed_to if s.article not in withdrawn),
        date=date,
    )


def articles_of(record: Record) -> set[str]:
    """Name the articles whose words a record holds."""
    if isinstance(record, Story):
        return {member.id for member in record.articles}
    if isinstance(record, Event):
        return set(record.articles)
    return {record.article if isinstance(record, Mention) else record.id}


def successor(gone: Event, made: Iterable[Event]) -> str | None:
    """Name the event that tells of what a vanished one told: the one with most of its mentions."""
    shared = [(len(set(gone.mentions) & set(event.mentions)), event.id) for event in made]
    best = max(shared, key=lambda pair: (pair[0], pair[1]), default=(0, ""))
    return best[1] if best[0] else None
