"""Figures: numbers that sources give for the same thing, followed through time.

Two counts are of the same thing where they count the same sort of thing and their sentences do not place it in
different places or years. As intervals they agree ("at least 19" and 23, "about 50" and 52), or the later one takes
the earlier one's place (updated), or two speakers stand against each other at the same time (disputed).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.model import Article, AttributionSpan, CountSpan, Figure, PlaceSpan, Reading, Relation, Tags
from dateline.text.ids import stable_id
from dateline.text.moments import instant, order_key
from dateline.text.sentences import sentences
from dateline.text.words import content_words

TOLLS = frozenset({"dead", "wounded", "missing", "held", "displaced", "arrested", "infected", "rescued"})
SAME_MOMENT_HOURS = 6.0  # two reports closer than this were written knowing the same
MAGNITUDE = 8.0  # numbers further apart than this are of different things
TOLL_RISE = 50.0  # a toll in its first days
ROUNDING = 0.05  # "about 50" and 52 agree
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_ROUND_QUALIFIERS = frozenset({"about", "dozens", "scores", "hundreds", "thousands", "several"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A count in its sentence."""

    article: str
    time: str | None
    count: CountSpan
    said_by: str | None
    words: frozenset[str]
    places: frozenset[str]
    years: frozenset[str]


def figures(
    story: str | None, articles: Sequence[Article], tags: Mapping[str, Tags], families: Mapping[str, str]
) -> tuple[Figure, ...]:
    """Gather the counts of a story's articles into figures of two or more readings; copies give none of their own."""
    counted: list[Counted] = []
    seen: set[str] = set()
    for article in sorted(articles, key=lambda a: (order_key(a.published), a.id)):
        family = families.get(article.id)
        if family is None or family not in seen:
            counted.extend(counts_of(article, tags.get(article.id, Tags())))
        if family is not None:
            seen.add(family)
    return tuple(_figure(story, group) for group in _groups(counted) if _is_worth(group))


def counts_of(article: Article, tags: Tags) -> list[Counted]:
    """Give an article's counts with the context that tells what they count."""
    found: list[Counted] = []
    spans = sentences(article.text) if tags.counts else []
    for count in tags.counts:
        if count.low is None and count.high is None:
            continue
        start, end = next(((s, e) for s, e in spans if s <= count.start < e), (count.start, count.end))
        found.append(
            Counted(
                article.id,
                article.published,
                count,
                _speaker(count, tags.attribution),
                frozenset(w for w in content_words(article.text[start:end], article.language) if not w[0].isdigit()),
                frozenset(p.name for p in tags.places if p.name and start <= p.start < end and _pins(p)),
                frozenset(_YEAR.findall(article.text[start:end])) - {(article.published or "")[:4], count.text},
            )
        )
    return found


def relation(one: Counted, other: Counted) -> Relation | None:
    """Tell how two counts stand to each other; None where they count different things."""
    if not _same_thing(one, other):
        return None
    if agree(one.count, other.count):
        return "agree"
    first, last = sorted((one, other), key=lambda c: (order_key(c.time), c.article, c.count.start))
    if _hours(first, last) < SAME_MOMENT_HOURS:
        return "disputed" if first.said_by != last.said_by else "updated"
    rises = _middle(last.count) >= _middle(first.count)
    if last.count.what in TOLLS and not rises and first.said_by != last.said_by and last.said_by is not None:
        return "disputed"
    return "updated"


def agree(one: CountSpan, other: CountSpan) -> bool:
    """Tell whether two intervals have a number in common, with room for rounding."""
    low1, high1 = _bounds(one)
    low2, high2 = _bounds(other)
    return max(low1, low2) <= min(high1, high2)


def _bounds(count: CountSpan) -> tuple[float, float]:
    low = float(count.low) if count.low is not None else float("-inf")
    high = float(count.high) if count.high is not None else float("inf")
    if count.qualifier in _ROUND_QUALIFIERS:
        low, high = low * (1 - ROUNDING), high * (1 + ROUNDING)
    return low, high


def _middle(count: CountSpan) -> float:
    low = count.low if count.low is not None else count.high
    return float(low if low is not None else 0)


def _same_thing(one: Counted, other: Counted) -> bool:
    if one.count.what != other.count.what or (one.article == other.article and one.count.start == other.count.start):
        return False
    if not _comparable(one.count, other.count):
        return False
    if one.years != other.years or (one.places and other.places and not one.places & other.places):
        return False
    shared = len(one.words & other.words) / max(1, min(len(one.words), len(other.words)))
    return shared >= (0.15 if one.count.what in TOLLS else 0.35)


def _comparable(one: CountSpan, other: CountSpan) -> bool:
    """Tell whether two numbers are of one magnitude: a toll may rise far, 146 and 20 million people are two things."""
    low, high = sorted((_middle(one), _middle(other)))
    return high <= max(low, 1.0) * (TOLL_RISE if one.what in TOLLS else MAGNITUDE)


def _groups(counted: Sequence[Counted]) -> list[list[Counted]]:
    groups: list[list[Counted]] = []
    for each in counted:
        home = next((group for group in groups if any(_same_thing(each, member) for member in group)), None)
        if home is None:
            groups.append([each])
        elif all(
            (m.article, m.said_by) != (each.article, each.said_by) or not agree(m.count, each.count) for m in home
        ):
            home.append(each)
    return groups


def _is_worth(group: Sequence[Counted]) -> bool:
    return len({(c.article, c.said_by) for c in group}) >= 2


def _figure(story: str | None, group: Sequence[Counted]) -> Figure:
    ordered = sorted(group, key=lambda c: (order_key(c.time), c.article, c.count.start))
    what, about = ordered[0].count.what, _about(ordered)
    found = {relation(a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 :]}
    kind: Relation = "disputed" if "disputed" in found else "updated" if "updated" in found else "agree"
    first = ordered[0]
    return Figure(
        stable_id("f", story or "", what, about or "", first.article, str(first.count.start)),
        story,
        what,
        about,
        kind,
        tuple(
            Reading(
                c.count.low,
                c.count.high,
                c.count.qualifier,
                c.said_by,
                c.article,
                c.count.start,
                c.count.end,
                c.time,
            )
            for c in ordered
        ),
    )


def _about(group: Sequence[Counted]) -> str | None:
    """Name the place that most of the sentences have, where there is one."""
    tally: dict[str, int] = {}
    for counted in group:
        for name in counted.places:
            tally[name] = tally.get(name, 0) + 1
    best = min(tally.items(), key=lambda item: (-item[1], item[0]), default=None)
    return best[0] if best else None


def _speaker(count: CountSpan, said: Sequence[AttributionSpan]) -> str | None:
    covering = [a for a in said if a.start <= count.start and count.end <= a.end and a.speaker is not None]
    nearest = min(covering, key=lambda a: a.end - a.start, default=None)
    if nearest is None or nearest.speaker is None:
        return None
    return nearest.speaker.name or nearest.speaker.text


def _pins(place: PlaceSpan) -> bool:
    return place.role == "literal" and place.precision != "country"


def _hours(first: Counted, last: Counted) -> float:
    one, other = instant(first.time), instant(last.time)
    if one is None or other is None:
        return 0.0
    return abs((other - one).total_seconds()) / 3600
