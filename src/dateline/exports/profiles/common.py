"""What the profiles share: what a row may ask of the desk, and small readings of an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateline.exports.tables import Row
from dateline.model import Card, Event, Mention, Party, PlaceSpan
from dateline.store import Reader


class Sources:
    """The articles behind events, asked for a record at a time and without their texts."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def cards(self, ids: Iterable[str]) -> list[Card]:
        """Give what is known of articles, by publication, undated ones last."""
        found: Mapping[str, Card] = self.reader.cards(ids)
        return sorted(found.values(), key=lambda card: (card.published is None, card.published or "", card.id))

    def mentions(self, event: Event) -> list[Mention]:
        """Give the mentions of an event that are known, in its order."""
        found = self.reader.mentions(event.mentions)
        return [found[id] for id in event.mentions if id in found]

    def toponyms(self, event: Event) -> tuple[PlaceSpan, ...]:
        """Give the places of the event's story."""
        story = self.reader.story(event.story) if event.story else None
        return story.places if story else ()


@dataclass(frozen=True, slots=True)
class Profile:
    """One table: its columns, each with the type of its cells, and the rows that a record gives."""

    columns: dict[str, type]
    rows: Callable[[Any, Sources], Iterator[Row]]


def names(cards: Iterable[Card]) -> str | None:
    """Join the publishers of articles, each once."""
    return joined(card.publisher.name or card.publisher.domain for card in cards if card.publisher)


def joined(values: Iterable[str | None], mark: str = "; ") -> str | None:
    """Join several values in one cell, each once, in order; None where there is none."""
    return mark.join(dict.fromkeys(value.replace(mark.strip(), ",") for value in values if value)) or None


def called(party: Party) -> str:
    """Give a party's name in the lexicon, else its words in the text."""
    return party.name or party.text


def scene(event: Event) -> PlaceSpan | None:
    """Give the most precise literal place of an event: a town before its province, that before its country."""
    order = {"site": 0, "city": 1, "near": 2, "offshore": 3, "admin1": 4, "region": 5, "country": 6}
    literal = [place for place in event.places if place.role == "literal"]
    return min(literal, key=lambda place: order.get(place.precision or "country", 6), default=None)


def days(event: Event) -> tuple[date | None, date | None]:
    """Give the first and the last day of an event, as far as they are known."""
    if event.date is None:
        return None, None
    first, last = event.date.from_, event.date.to
    return (date.fromisoformat(first) if first else None), (date.fromisoformat(last) if last else None)


def iso_day(event: Event) -> str | None:
    """Give the day that stands for an event in tables with one date: its first, else its last."""
    first, last = days(event)
    day = first or last
    return day.isoformat() if day else None
