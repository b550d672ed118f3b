"""The event page: every field with how sure it is, and the sentences that say so with their words marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dateline.events import reasons, taken_in
from dateline.model import Article, Event, Mention, Party
from dateline.site import links, words
from dateline.site.views import lists
from dateline.site.views.entity import entity_link
from dateline.site.views.lists import ArticleLine, EventLine
from dateline.site.views.marks import Mark, Piece, line
from dateline.site.visit import Visit

_LOOKED_UP = 20  # mentions that came in of which it is asked whether they were an event of their own


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field, with the address of the words it stands on."""

    text: str
    note: str | None = None
    href: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of an event."""

    name: str
    values: tuple[Value, ...]
    confidence: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that tells the event."""

    pieces: list[Piece]
    before: bool
    after: bool
    href: str
    article: ArticleLine
    language: str | None
    status: str
    said_by: str | None
    marks: tuple[Mark, ...]
    copies: tuple[tuple[str, str], ...] = ()  # outlet and address of those that carry the same sentence


@dataclass(frozen=True, slots=True)
class CountLine:
    """One report of a count."""

    what: str
    adopted: str
    value: str
    said_by: str | None
    outlets: tuple[tuple[str, str], ...]  # the names, each with the address of its words


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """One state of an event: since when, and what made it."""

    number: int
    since: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventPage:
    """All that an event page shows."""

    line: EventLine
    title: str
    status: str
    fields: tuple[FieldLine, ...]
    evidence: tuple[Evidence, ...]
    counts: tuple[CountLine, ...]
    reports: tuple[ArticleLine, ...]
    story: str | None
    story_title: str | None
    revision: int
    revisions: tuple[RevisionLine, ...]


def event_page(visit: Visit, event: Event) -> EventPage:
    """Gather an event page."""
    mentions = visit.reader.mentions(event.mentions)
    articles = visit.articles([*event.articles, *(mention.article for mention in mentions.values())])
    story = visit.reader.story(event.story) if event.story else None
    heads = visit.articles([story.headline.article] if story and story.headline else [])
    row = lists.event_line(visit, event)
    standing = [mentions[id] for id in event.mentions if id in mentions and mentions[id].article in articles]
    return EventPage(
        line=row,
        title=lists.event_title(row),
        status=words.STATUSES[event.status],
        fields=_fields(visit, event, articles, standing),
        evidence=_folded([e for m in standing if (e := _evidence(visit, m, articles[m.article])) is not None]),
        counts=_counts(event, mentions, articles),
        reports=tuple(lists.article_lines(visit, [articles[id] for id in event.articles if id in articles])),
        story=links.story(story) if story else None,
        story_title=lists.headline_of(story, heads, visit)[0] if story else None,
        revision=event.revision,
        revisions=revision_lines(visit, event),
    )


def revision_lines(visit: Visit, event: Event) -> tuple[RevisionLine, ...]:
    """List an event's states as far as they are kept, newest first, each with what it changed of the one before."""
    if event.revision < 2:
        return ()
    states = visit.reader.states(event.id)
    cards = visit.cards([id for _, state in states for id in state.articles])
    outlets = {id: lists.outlet_name(card) for id, card in cards.items()}
    made = []
    for (_, before), (since, after) in pairwise(states):
        others = [last for id in taken_in(before, after)[:_LOOKED_UP] if (last := _until(visit, id, since))]
        made.append(RevisionLine(after.revision, since, reasons(before, after, outlets=outlets, others=others)))
    if states:
        since, first = states[0]
        told = "first told" if first.revision == 1 else "what it was before is not kept"
        made.insert(0, RevisionLine(first.revision, since, (told,)))
    return tuple(reversed(made))


def _until(visit: Visit, id: str, moment: str | None) -> Event | None:
    """Give an event as it was right before a moment, where there was one."""
    states = visit.reader.states(id)
    return next((e for since, e in reversed(states) if moment and (since is None or since < moment)), None)


def _at(article: str | None, start: int | None, end: int | None, articles: dict[str, Article]) -> str | None:
    return links.article(article, start, end) if article in articles and article is not None else None


def _folded(told: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Show a sentence once, with the outlets that carry it word for word."""
    kept: dict[str, Evidence] = {}
    for one in told:
        text = " ".join("".join(piece.text for piece in one.pieces).split())
        first = kept.setdefault(text, one)
        if first is not one:
            kept[text] = replace(first, copies=(*first.copies, (one.article.outlet, one.href)))
    return tuple(kept.values())


def _fields(
    visit: Visit, event: Event, articles: dict[str, Article], standing: Sequence[Mention]
) -> tuple[FieldLine, ...]:
    sure = event.confidence
    known = words.TYPES.get(event.type)
    says = [m for m in standing if m.type == event.type] or standing
    does = _deed(says[0], articles) if says else None
    type_ = [Value(event.type, known.about if known else None, does, "/about/codebook#" + event.type.lower())]
    modes = [
        Value(
            words.context(mode), None, next((_deed(m, articles) for m in standing if mode in (m.mode, *m.modes)), None)
        )
        for mode in dict.fromkeys(filter(None, (event.mode, *event.modes)))
    ]
    states = [m for m in standing if m.status == event.status] or standing
    status = Value(words.STATUSES[event.status], None, _whole(states[0], articles) if states else None)
    when = event.date
    day = (
        [Value(words.event_date(when, visit.now), when.text, _at(when.article, when.start, when.end, articles))]
        if when
        else []
    )
    made = [
        FieldLine("Type", tuple(type_), _sure(sure.type)),
        FieldLine("Mode", tuple(modes), None),
        FieldLine("Status", (status,), None),
        FieldLine("CAMEO", (Value(event.cameo),) if event.cameo else (), None),
        FieldLine("Contexts", tuple(Value(words.context(name)) for name in event.contexts), None),
        FieldLine("Actors", _parties(event.actors, articles), _sure(sure.actors)),
        FieldLine("Recipients", _parties(event.recipients, articles), _sure(sure.recipients)),
        FieldLine("Places", _places(event, articles), _sure(sure.places)),
        FieldLine("Date", tuple(day), _sure(sure.date)),
        FieldLine("Counts", _count_values(event, articles, standing), _sure(sure.counts)),
        FieldLine("Means", _means(event, articles), None),
        FieldLine("Said by", _speakers(event, articles), None),
    ]  # fmt: skip
    return tuple(made)


def _deed(mention: Mention, articles: dict[str, Article]) -> str | None:
    """Give the address of the words that name a deed."""
    return _at(mention.article, mention.trigger.start, mention.trigger.end, articles)


def _whole(mention: Mention, articles: dict[str, Article]) -> str | None:
    """Give the address of a mention's sentence."""
    return _at(mention.article, *mention.sentence, articles)


def _sure(value: float | None) -> str | None:
    return None if value is None else words.percent(value)


def _parties(parties: Sequence[Party], articles: dict[str, Article]) -> tuple[Value, ...]:
    made: list[Value] = []
    for party in parties:
        code = " ".join(filter(None, (party.code, party.sector)))
        note = ", ".join(filter(None, (code, f"“{party.text}”" if party.name and party.name != party.text else None)))
        made.append(
            Value(
                words.party(party.name, party.text),
                note or None,
                _at(party.article, party.start, party.end, articles),
                entity_link(party.name),
            )
        )
    return tuple(made)


def _places(event: Event, articles: dict[str, Article]) -> tuple[Value, ...]:
    return tuple(
        Value(
            lists.place_name(place),
            words.PRECISIONS.get(place.precision or ""),
            _at(place.article, place.start, place.end, articles),
            links.place(place.country, place.admin1) if place.country else None,
        )
        for place in event.places
    )


def _means(event: Event, articles: dict[str, Article]) -> tuple[Value, ...]:
    return tuple(Value(w.text, None, _at(w.article, w.start, w.end, articles)) for w in event.weapons)


def _speakers(event: Event, articles: dict[str, Article]) -> tuple[Value, ...]:
    named = {s.name or s.text: s for s in reversed(event.attributed_to)}
    said = [named[name] for name in dict.fromkeys(s.name or s.text for s in event.attributed_to)]
    return tuple(Value(s.name or s.text, s.verb, _at(s.article, s.start, s.end, articles)) for s in said)


def _count_values(event: Event, articles: dict[str, Article], standing: Sequence[Mention]) -> tuple[Value, ...]:
    known = {mention.id: mention for mention in standing}
    made = []
    for count in event.counts:
        same = (count.low, count.high)
        told = [r for r in count.reports if r.mention in known]
        first = next((r for r in told if (r.low, r.high) == same), told[0] if told else None)
        text = f"{words.interval(count.low, count.high, count.qualifier)} {words.what(count.what)}"
        made.append(Value(text, None, _whole(known[first.mention], articles) if first else None))
    return tuple(made)


def _evidence(visit: Visit, mention: Mention, article: Article) -> Evidence | None:
    """Quote a mention's sentence with its words marked, as far as rights allow."""
    start, end = mention.sentence
    shown = visit.budget.take(article, start, end, around=mention.trigger.start)
    if shown is None:
        return None
    marks = mention_marks(mention)
    said = "; ".join(dict.fromkeys(said.name or said.text for said in mention.attributed_to))
    return Evidence(
        pieces=line(shown.text, shown.start, marks),
        before=shown.before,
        after=shown.after,
        href=links.article(article.id, start, end),
        article=lists.article_line(visit, article),
        language=article.language,
        status=words.STATUSES[mention.status],
        said_by=said or None,
        marks=tuple(marks),
    )


def mention_marks(mention: Mention) -> list[Mark]:
    """Give the words of a mention that its fields stand on."""
    made = [Mark(mention.trigger.start, mention.trigger.end, "trigger", "what happened")]
    made += [Mark(p.start, p.end, "actor", "who did it") for p in mention.actors]
    made += [Mark(p.start, p.end, "recipient", "to whom") for p in mention.recipients]
    made += [Mark(p.start, p.end, "place", "where") for p in mention.places]
    made += [Mark(c.start, c.end, "count", "how many") for c in mention.counts]
    made += [Mark(w.start, w.end, "means", "with what") for w in mention.weapons]
    made += [Mark(s.start, s.end, "said", "who says so") for s in mention.attributed_to]
    if mention.date is not None and mention.date.start is not None and mention.date.end is not None:
        made.append(Mark(mention.date.start, mention.date.end, "date", "when"))
    return made


def _counts(event: Event, mentions: dict[str, Mention], articles: dict[str, Article]) -> tuple[CountLine, ...]:
    """List every value of each count with who gave it; outlets that carry the same are named together."""
    made: dict[tuple[str, str, str, str | None], list[tuple[str, str]]] = {}
    for count in event.counts:
        adopted = words.interval(count.low, count.high, count.qualifier)
        for report in count.reports:
            mention = mentions.get(report.mention)
            article = articles.get(mention.article) if mention else None
            if mention is None or article is None:
                continue
            value = words.interval(report.low, report.high, report.qualifier)
            outlets = made.setdefault((words.what(count.what), adopted, value, report.said_by), [])
            outlets.append((lists.outlet_name(article), links.article(article.id, *mention.sentence)))
    return tuple(CountLine(*given, tuple(dict.fromkeys(outlets))) for given, outlets in made.items())
