"""Lines of lists: a story with its numbers, an article in the river, an event in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from dateline.model import Article, Card, Event, EventCount, PlaceSpan, Quote, Story
from dateline.site import links, rights, words
from dateline.site.views.sameness import Same, SameAll
from dateline.site.visit import FeedItem, Visit
from dateline.text.moments import local_day

MORE = 8  # outlets named under a story before “and 3 more”
_LINES = 1024  # of each kind made once
_FEW = 200  # events of one page whose rows are kept together
_ENDS = tuple('.!?…”"’»)]')  # of a quotation that ends as its sentence does
_GOES_ON = tuple(",; —–")
NO_PLACE = "place not known"
LOOKED_AT = 14  # members of a story that a list looks at: its numbers come with the story


A = TypeVar("A", Article, Card)


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet's name as a link out to its report."""

    name: str
    out: str | None
    page: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story in a list."""

    id: str
    href: str
    headline: str
    direction: str | None
    language: str | None
    outlet: Outlet | None
    line: str | None  # its first digest sentence, as far as rights allow
    line_href: str | None
    line_language: str | None
    numbers: tuple[str, ...]
    more: tuple[Outlet, ...]
    hidden: int  # further outlets not named
    kicker: str | None
    kicker_href: str | None
    topic: str | None
    topic_href: str | None
    updated: str | None
    alone: bool  # one independent report: not corroborated
    status: str


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article in a list."""

    id: str
    href: str
    out: str | None
    title: str
    direction: str | None
    language: str | None
    outlet: str
    outlet_href: str | None
    published: str | None
    story: str | None
    role: str | None = None
    withdrawn: bool = False
    reserved: bool = False


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in a table."""

    id: str
    href: str
    type: str
    name: str
    mode: str | None
    actors: str
    recipients: str
    place: str
    place_href: str | None
    date: str
    order: str
    counts: str
    status: str
    said_by: str
    historical: bool
    reports: int
    marker: int | None = None  # its number on the map beside it

    @property
    def told(self) -> bool:
        """Tell whether more than its type and day is known: a party, a place or a number."""
        return bool(self.actors or self.recipients or self.counts or self.place != NO_PLACE)

    @property
    def short(self) -> str:
        """Write what happened in a few words, without its day."""
        who = " → ".join(part for part in (self.actors, self.recipients) if part)
        about = who or (self.place if self.place != NO_PLACE else "")
        text = f"{self.name}: {about}" if about else self.name
        return f"{text} ({self.counts})" if self.counts else text


def outlet_name(article: Article | Card) -> str:
    """Name who put an article out; its address's host, or its id, where nobody is named."""
    publisher = article.publisher
    return (publisher.name or publisher.domain if publisher else None) or "unnamed source"


def title_of(article: Article | Card) -> str:
    """Give the title, or say that there is none."""
    return article.title or "Untitled report"


def outlet(article: Article | Card) -> Outlet:
    """Make the outlet's link of an article."""
    return Outlet(outlet_name(article), links.outside(article.url), links.article(article.id), article.language)


def story_lines(visit: Visit, stories: Sequence[Story]) -> list[StoryLine]:
    """Make the lines of a list of stories; only the articles that are quoted are read whole."""
    members = [_members(story)[:LOOKED_AT] for story in stories]
    wanted = [story.headline.article for story in stories if story.headline] + [id for ids in members for id in ids]
    cards = visit.cards(wanted)
    quoted = visit.quoted([quote.article for story in stories for quote in story.sentences[:1]])
    return [_story_line(visit, story, ids, cards, quoted) for story, ids in zip(stories, members, strict=True)]


_ORDER = {"original": 0, "independent": 0, "update": 1, "opinion": 2, "copy": 3}


def _members(story: Story) -> list[str]:
    """List a story's articles, own reports before copies."""
    return [member.id for member in sorted(story.articles, key=lambda member: _ORDER[member.role])]


def headline_of(story: Story, articles: Mapping[str, A], visit: Visit) -> tuple[str, A | None]:
    """Give a story's headline and its article; a withdrawn headline gives way to the first standing member's."""
    if story.headline is not None and story.headline.article not in visit.withdrawn:
        return story.headline.text, articles.get(story.headline.article)
    for id in _members(story):
        if id in articles:
            return title_of(articles[id]), articles[id]
    return "Withdrawn", None


def _story_line(
    visit: Visit, story: Story, members: list[str], cards: Mapping[str, Card], quoted: Mapping[str, Article]
) -> StoryLine:
    text, chief = headline_of(story, cards, visit)
    first = first_sentence(visit, story.sentences, quoted)
    return _line_of(Same(story), text, Same(chief), first, SameAll(cards[id] for id in members if id in cards))


@lru_cache(_LINES)
def _line_of(
    of: Same[Story],
    text: str,
    headed: Same[Card | None],
    first: tuple[str, str, str | None] | None,
    members: SameAll[Card],
) -> StoryLine:
    story, chief = of.it, headed.it
    named: dict[str, Outlet] = {}
    own = outlet_name(chief) if chief else None
    for member in members.them:
        if (name := outlet_name(member)) != own and name not in named:
            named[name] = outlet(member)
    kicker, kicker_href = place_of(story.places)
    topic = story.topics[0] if story.topics else None
    more = tuple(named.values())
    return StoryLine(
        id=story.id,
        href=links.story(story),
        headline=text,
        direction=words.direction(chief.language) if chief else None,
        language=chief.language if chief else None,
        outlet=outlet(chief) if chief else None,
        line=first[0] if first else None,
        line_href=first[1] if first else None,
        line_language=first[2] if first else None,
        numbers=story_numbers(story),
        more=more[:MORE],
        hidden=max(0, len(more) - MORE),
        kicker=kicker,
        kicker_href=kicker_href,
        topic=words.topic(topic) if topic else None,
        topic_href=f"/topic/{links.part(topic)}" if topic else None,
        updated=story.last_seen,
        alone=story.independent_reports <= 1,
        status=story.status,
    )


def first_sentence(
    visit: Visit, sentences: Sequence[Quote], articles: Mapping[str, Article]
) -> tuple[str, str, str | None] | None:
    """Give the first digest sentence that may be shown, the address of its evidence, and its language."""
    for quote in sentences[:1]:
        article = articles.get(quote.article)
        shown = visit.budget.take(article, quote.start, quote.end) if article else None
        if shown is not None and article is not None:
            return (
                quotation(shown, article, quote),
                links.article(quote.article, quote.start, quote.end),
                article.language,
            )
    return None


def quotation(shown: rights.Shown, article: Article, quote: Quote) -> str:
    """Write a quotation in one line, with a mark behind it where its sentence goes on."""
    text = cut(shown)
    goes_on = not shown.after and text[-1:] not in _ENDS and article.text[quote.end : quote.end + 1] in _GOES_ON
    return text + " …" if goes_on else text


def cut(shown: rights.Shown) -> str:
    """Write a shown stretch in one line, with marks where something was cut off."""
    text = " ".join(shown.text.split())
    return ("… " if shown.before else "") + text + (" …" if shown.after else "")


def story_numbers(story: Story) -> tuple[str, ...]:
    """Write “23 articles · 9 independent · 3 agencies · 4 countries”, leaving out what is none."""
    made = [words.plural(len(story.articles), "article"), f"{story.independent_reports} independent"]
    if story.wires:
        made.append(words.plural(len(story.wires), "agency", "agencies"))
    if story.countries:
        made.append(words.plural(len(story.countries), "country", "countries"))
    return tuple(made)


def place_of(places: Sequence[PlaceSpan]) -> tuple[str | None, str | None]:
    """Name the first place of a story or event that has a country, with its address."""
    for place in places:
        name = place.name or place.text
        if place.country and words.is_country(place.country):
            return place_name(place), links.place(place.country)
        if name:
            return name, None
    return None, None


def place_name(place: PlaceSpan) -> str:
    """Write a place with its country where that is another name."""
    name, state = place.name or place.text, words.country(place.country)
    if place.precision == "near" and not name.lower().startswith("near"):
        name = f"near {name}"
    return name if not state or state in name or place.precision == "country" else f"{name}, {state}"


def article_lines(visit: Visit, articles: Sequence[Article | Card]) -> list[ArticleLine]:
    """Make the lines of a list of articles."""
    stories = visit.reader.stories_of([article.id for article in articles])
    return [article_line(visit, article, story=stories.get(article.id)) for article in articles]


def article_line(
    visit: Visit, article: Article | Card, *, story: str | None = None, role: str | None = None
) -> ArticleLine:
    """Make the line of one article; nothing of a withdrawn one but that it was withdrawn."""
    return _article_line(Same(article), article.id in visit.withdrawn, story, role)


@lru_cache(_LINES)
def _article_line(of: Same[Article | Card], gone: bool, story: str | None, role: str | None) -> ArticleLine:
    article = of.it
    domain = article.publisher.domain if article.publisher else None
    return ArticleLine(
        id=article.id,
        href=links.article(article.id),
        out=None if gone else links.outside(article.url),
        title="Withdrawn report" if gone else title_of(article),
        direction=None if gone else words.direction(article.language),
        language=None if gone else article.language,
        outlet=outlet_name(article),
        outlet_href=links.source(domain) if domain else None,
        published=article.published,
        story=f"/story/{links.part(story)}" if story else None,
        role=role,
        withdrawn=gone,
        reserved=article.reserved if isinstance(article, Card) else rights.reserved(article),
    )


def event_lines(visit: Visit, events: Sequence[Event]) -> list[EventLine]:
    """Make the rows of a table of events."""
    made = _event_lines if len(events) <= _FEW else _event_lines.__wrapped__  # what holds many records is not kept
    return list(made(SameAll(events), _midnight(visit)))


@lru_cache(64)
def _event_lines(of: SameAll[Event], today: datetime) -> tuple[EventLine, ...]:
    return tuple(_event_line(Same(event), today, None) for event in of.them)


def event_line(visit: Visit, event: Event, marker: int | None = None) -> EventLine:
    """Make an event's row."""
    return _event_line(Same(event), _midnight(visit), marker)


def _midnight(visit: Visit) -> datetime:
    return visit.now.replace(hour=0, minute=0, second=0, microsecond=0)


@lru_cache(_LINES)
def _event_line(of: Same[Event], today: datetime, marker: int | None) -> EventLine:
    event = of.it
    place, href = place_of(event.places)
    mode = event.mode or (event.modes[0] if event.modes else None)
    when = event.date
    return EventLine(
        id=event.id,
        href=links.event(event),
        type=event.type,
        name=words.TYPES[event.type].name if event.type in words.TYPES else event.type.title(),
        mode=words.context(mode) if mode else None,
        actors="; ".join(dict.fromkeys(words.party(p.name, p.text) for p in event.actors)),
        recipients="; ".join(dict.fromkeys(words.party(p.name, p.text) for p in event.recipients)),
        place=place or NO_PLACE,
        place_href=href,
        date=words.event_date(when, today),
        order=str(local_day((when.from_ or when.to) if when else None) or "9999"),
        counts=counts_of(event.counts),
        status=event.status,
        said_by="; ".join(dict.fromkeys(words.party(said.name, said.text) for said in event.attributed_to)),
        historical=event.historical,
        reports=event.independent_reports,
        marker=marker,
    )


def counts_of(counts: Sequence[EventCount]) -> str:
    """Write an event's counts in one line."""
    return ", ".join(f"{words.interval(c.low, c.high, c.qualifier)} {words.what(c.what)}" for c in counts)


def event_title(line: EventLine) -> str:
    """Write an event from its coded fields alone, in no outlet's words."""
    parts = [line.name + (f" ({line.mode})" if line.mode else "")]
    if line.actors:
        parts.append(f"by {line.actors}")
    if line.recipients:
        parts.append(f"toward {line.recipients}")
    if line.place != NO_PLACE:
        parts.append(line.place if line.place.startswith("near ") else f"in {line.place}")
    text = " ".join(parts) + f", {line.date}"
    return f"{text}: {line.counts}" if line.counts else text


def story_items(lines: Sequence[StoryLine]) -> tuple[FeedItem, ...]:
    """Make the entries of a feed of stories."""
    return tuple(_story_item(Same(line)) for line in lines)


@lru_cache(_LINES)
def _story_item(of: Same[StoryLine]) -> FeedItem:
    line = of.it
    return FeedItem(
        id=line.id,
        title=line.headline,
        link=line.href,
        updated=line.updated,
        summary=" ".join(filter(None, (line.line, "(" + " · ".join(line.numbers) + ")"))),
        outlet=line.outlet.name if line.outlet else None,
        language=line.language,
    )


def article_items(lines: Sequence[ArticleLine]) -> tuple[FeedItem, ...]:
    """Make the entries of a feed of articles."""
    return tuple(
        FeedItem(line.id, line.title, line.href, line.published, outlet=line.outlet, language=line.language)
        for line in lines
    )


def event_items(lines: Sequence[EventLine], dates: Sequence[str | None]) -> tuple[FeedItem, ...]:
    """Make the entries of a feed of events."""
    return tuple(
        FeedItem(line.id, event_title(line), line.href, date, summary=words.STATUSES.get(line.status))
        for line, date in zip(lines, dates, strict=True)
    )
