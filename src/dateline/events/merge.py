"""Mentions to events: what happened, once, however many sentences and articles tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from dateline.events.alike import party as party_alike
from dateline.events.alike import span, support
from dateline.model import (
    Confidence,
    CountReport,
    Event,
    EventCount,
    EventDate,
    Mention,
    Party,
    PlaceSpan,
    Said,
    Status,
    Weapon,
)
from dateline.text.ids import stable_id

_NEEDED = 2.5  # what must speak for two mentions of one article being one event
_NEEDED_ACROSS = 3.0  # … of two articles
_RANK: tuple[Status, ...] = (
    "asserted",
    "alleged",
    "denied",
    "planned",
    "desired",
    "hypothetical",
    "negated",
    "habitual",
)
T = TypeVar("T", Party, PlaceSpan, Weapon, Said)


@dataclass(slots=True)
class _Group:
    mentions: list[Mention]


def merge(
    mentions: Sequence[Mention], *, story: str | None = None, order: Sequence[str], families: Mapping[str, str]
) -> tuple[Event, ...]:
    """Bring together the mentions that tell one happening, first within each article, then across them.

    `order` lists the article ids in the order of time; `families` maps an article to its copy family (an article
    without one is its own). Mentions join where type, parties, interval and places go together and enough speaks for
    it; counts keep every report with its speaker. History stays apart from news. Ids follow from the earliest
    mention. Events come in the order of their first mention.
    """
    place = {article: n for n, article in enumerate(order)}
    ordered = sorted(mentions, key=lambda m: (place.get(m.article, len(place)), m.article, m.trigger.start, m.id))
    groups: list[_Group] = []
    for article in dict.fromkeys(m.article for m in ordered):
        for group in _within([m for m in ordered if m.article == article]):
            _add(groups, group)
    return tuple(_event(g.mentions, story, place, families) for g in groups)


def _within(mentions: Sequence[Mention]) -> list[_Group]:
    groups: list[_Group] = []
    for mention in mentions:
        best: tuple[float, _Group] | None = None
        for group in groups:
            score = _fit(group, [mention], same_article=True)
            if score is not None and score >= _NEEDED and (best is None or score > best[0]):
                best = (score, group)
        if best is None:
            groups.append(_Group([mention]))
        else:
            best[1].mentions.append(mention)
    return groups


def _add(groups: list[_Group], new: _Group) -> None:
    best: tuple[float, _Group] | None = None
    for group in groups:
        if group.mentions[0].article == new.mentions[0].article:
            continue
        score = _fit(group, new.mentions, same_article=False)
        if score is not None and score >= _NEEDED_ACROSS and (best is None or score > best[0]):
            best = (score, group)
    if best is None:
        groups.append(new)
    else:
        best[1].mentions.extend(new.mentions)


def _fit(group: _Group, others: Sequence[Mention], *, same_article: bool) -> float | None:
    """Give the best support between two sets of mentions; None where any pair contradicts."""
    best: float | None = None
    for one in group.mentions:
        for other in others:
            if one.article == other.article and one.sentence == other.sentence:
                return None
            score = support(one, other, same_article=same_article)
            if score is None:
                return None
            best = score if best is None else max(best, score)
    return best


# ---- what is adopted


def _event(
    mentions: Sequence[Mention], story: str | None, place: Mapping[str, int], families: Mapping[str, str]
) -> Event:
    first = mentions[0]
    best = max(
        mentions,
        key=lambda m: (m.status == "asserted", len(m.actors) + len(m.recipients) + len(m.places), -mentions.index(m)),
    )
    articles = tuple(dict.fromkeys(m.article for m in mentions))
    modes = tuple(dict.fromkeys(mode for m in [best, *mentions] for mode in m.modes))
    return Event(
        stable_id("e", first.id),
        story,
        first.type,
        modes[0] if modes else None,
        best.cameo or first.cameo,
        tuple(dict.fromkeys(c for m in mentions for c in m.contexts)),
        _parties(mentions, "actors"),
        _parties(mentions, "recipients"),
        _places(mentions),
        _date(mentions),
        _counts(mentions, place, families),
        _spans(replace(w, article=m.article) for m in mentions for w in m.weapons),
        _status(mentions),
        _spans(replace(s, article=m.article) for m in mentions for s in m.attributed_to),
        all(m.historical for m in mentions),
        tuple(m.id for m in mentions),
        articles,
        len({families.get(a, a) for a in articles}),
        modes,
        _confidence(mentions),
    )


def _status(mentions: Sequence[Mention]) -> Status:
    # A deed is only as sure as what names its doer; “gunmen” or “a group” names nobody.
    named = {m.status for m in mentions if any(p.code or p.name for p in m.actors)}
    statuses = named or {m.status for m in mentions if m.actors} or {m.status for m in mentions}
    return next(s for s in _RANK if s in statuses)


def _parties(mentions: Sequence[Mention], side: str) -> tuple[Party, ...]:
    found: list[Party] = []
    for mention in mentions:
        for party in getattr(mention, side):
            here = replace(party, article=mention.article)
            twin = next((n for n, p in enumerate(found) if party_alike(p, here) >= 0.8), None)
            if twin is None:
                if any(p.code is None and here.code is None and p.sector == here.sector for p in found):
                    continue
                found.append(here)
            elif found[twin].code is None and here.code is not None:
                found[twin] = here
    return tuple(found)


def _places(mentions: Sequence[Mention]) -> tuple[PlaceSpan, ...]:
    found: dict[tuple[object, ...], PlaceSpan] = {}
    for mention in mentions:
        for place in mention.places:
            key = (place.geonames_id or place.name or place.text, place.country)
            found.setdefault(key, replace(place, article=mention.article))
    finer = {place.country for place in found.values() if place.precision != "country"}
    return tuple(p for p in found.values() if p.precision != "country" or p.country not in finer or p.country is None)


def _date(mentions: Sequence[Mention]) -> EventDate | None:
    """Adopt the narrowest date that a text tells; one that only the day of publication gives stands back."""
    dated = [replace(m.date, article=m.article) for m in mentions if m.date is not None]
    told = [d for d in dated if d.text is not None] or dated
    best: EventDate | None = None
    width = 0
    for one in told:
        days = span(one)
        if days is None:
            continue
        length = (days[1] - days[0]).days
        if best is None or length < width:
            best, width = one, length
    return best


def _counts(
    mentions: Sequence[Mention], place: Mapping[str, int], families: Mapping[str, str]
) -> tuple[EventCount, ...]:
    found: dict[str, list[tuple[Mention, CountReport]]] = {}
    for mention in mentions:
        said = mention.attributed_to[0] if mention.attributed_to else None
        for count in mention.counts:
            report = CountReport(
                count.low, count.high, count.qualifier, (said.name or said.text) if said else None, mention.id
            )
            found.setdefault(count.what, []).append((mention, report))
    out = []
    for what, reports in found.items():
        backing: dict[tuple[object, object], set[str]] = {}
        for mention, report in reports:
            backing.setdefault((report.low, report.high), set()).add(families.get(mention.article, mention.article))
        chosen = max(
            reports,
            key=lambda r: (len(backing[(r[1].low, r[1].high)]), place.get(r[0].article, 0), r[1].low or 0),
        )[1]
        out.append(EventCount(what, chosen.low, chosen.high, chosen.qualifier, tuple(r for _, r in reports)))
    return tuple(out)


def _spans(items: Iterable[T]) -> tuple[T, ...]:
    found: dict[tuple[object, ...], T] = {}
    for item in items:
        found.setdefault((item.article, item.start, item.end), item)
    return tuple(found.values())


def _confidence(mentions: Sequence[Mention]) -> Confidence:
    def best(name: str) -> float | None:
        values = [v for m in mentions if (v := getattr(m.confidence, name)) is not None]
        return max(values) if values else None

    return Confidence(*(best(name) for name in ("type", "actors", "recipients", "places", "date", "counts")))
