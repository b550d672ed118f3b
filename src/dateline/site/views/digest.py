"""A day on one page: its main stories with what is known, and its events in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from dateline.model import EventFilter, Story
from dateline.site import links, words
from dateline.site.views import lists
from dateline.site.views.lists import StoryLine
from dateline.site.views.story import Sentence, quoted_sentences
from dateline.site.visit import Visit

STORIES = 12
SENTENCES = 3  # of each story
EVENTS = 2000  # looked at for the numbers


@dataclass(frozen=True, slots=True)
class DigestStory:
    """A story with what is known of it."""

    line: StoryLine
    sentences: tuple[Sentence, ...]
    coded: tuple[str, ...]  # events in nobody's words, where nothing may be quoted


@dataclass(frozen=True, slots=True)
class KindLine:
    """A type of event with its number on the day."""

    type: str
    name: str
    number: int
    href: str


@dataclass(frozen=True, slots=True)
class DayDigest:
    """All that a day's digest shows."""

    stories: tuple[DigestStory, ...]
    kinds: tuple[KindLine, ...]
    events: int


def chosen_stories(visit: Visit, day: date) -> list[Story]:
    """List the day's main stories that stand."""
    found = visit.reader.stories(order="front", day=day.isoformat(), limit=STORIES + 4)
    return [story for story in found if story.status != "withdrawn"][:STORIES]


def day_digest(visit: Visit, day: date) -> DayDigest:
    """Gather a day's digest."""
    stories = chosen_stories(visit, day)
    articles = visit.articles([quote.article for story in stories for quote in story.sentences[:SENTENCES]])
    quoted = [quoted_sentences(visit, story, articles)[:SENTENCES] for story in stories]
    lines = lists.story_lines(visit, stories)  # after the sentences: the words that may be quoted are for them
    chosen = EventFilter(after=day.isoformat(), before=day.isoformat())
    events = visit.reader.events(chosen, limit=EVENTS)
    kinds = Counter(event.type for event in events)
    return DayDigest(
        tuple(
            DigestStory(line, sentences, () if sentences else _coded(visit, story))
            for story, line, sentences in zip(stories, lines, quoted, strict=True)
        ),
        tuple(
            KindLine(
                kind, words.TYPES[kind].name if kind in words.TYPES else kind.title(), number,
                links.with_filter("/events", EventFilter(type=kind, after=chosen.after, before=chosen.before)),
            )
            for kind, number in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
        len(events),
    )  # fmt: skip


def _coded(visit: Visit, story: Story) -> tuple[str, ...]:
    events = [event for event in visit.events_of_story(story.id) if not event.historical]
    return tuple(f"{lists.event_title(lists.event_line(visit, event))}." for event in events[:SENTENCES])
