"""Where, when, how many and by what means: the spans that belong to one trigger of a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from dateline.events.syntax.tree import Tree
from dateline.lexicon.deeds.actions import noun_lemma
from dateline.lexicon.deeds.weapons import weapons as weapon_names
from dateline.model import CountSpan, EventDate, PlaceSpan, TimeSpan, Weapon

S = TypeVar("S", PlaceSpan, TimeSpan, CountSpan, Weapon)
_OLD = 30  # days before the report from which on what happened is its history, not its news


def owner(tree: Tree, token: int, triggers: Sequence[int]) -> int | None:
    """Find the trigger that a word belongs to: the nearest above it."""
    if token in triggers:
        return token
    for up in tree.above(token):
        if up in triggers:
            return up
    return None


def shared_out(tree: Tree, spans: Sequence[S], triggers: Sequence[int]) -> dict[int, list[S]]:
    """Give each span to the trigger it hangs on; under None (-1) those that hang on none."""
    out: dict[int, list[S]] = {}
    for span in spans:
        tokens = tree.tokens_of(span.start, span.end)
        if not tokens:
            continue
        head = top(tree, tokens)
        held = owner(tree, head, triggers)
        out.setdefault(-1 if held is None else held, []).append(span)
    return out


def top(tree: Tree, tokens: Sequence[int]) -> int:
    """Give the token of a span that the others hang on."""
    inside = set(tokens)
    for token in tokens:
        if tree.heads[token] not in inside or tree.heads[token] == token:
            return token
    return tokens[-1]


def weapons(tree: Tree, text: str) -> list[tuple[Weapon, str, int]]:
    """List the weapons a sentence names: the words, the mode they point to, and the token of the last word."""
    found: list[tuple[Weapon, str, int]] = []
    names = weapon_names()
    for i in range(len(tree)):
        for words, mode in names.get(noun_lemma(tree.lower[i]), ()):
            first = _back(tree, i, words[:-1])
            if first is None:
                continue
            start, end = tree.starts[first], tree.ends[i]
            if found and found[-1][0].end > start:
                found.pop()
            found.append((Weapon(text[start:end], start, end), mode, i))
            break
    return found


def _back(tree: Tree, i: int, words: Sequence[str]) -> int | None:
    j = first = i
    for word in reversed(words):
        j -= 1
        while j >= 0 and tree.lower[j] in ("-", "–"):
            j -= 1
        if j < 0 or (tree.lower[j] != word and noun_lemma(tree.lower[j]) != word):
            return None
        first = j
    return first


def event_date(span: TimeSpan) -> EventDate | None:
    """Make an event's date of a time span that names an interval."""
    if span.from_ is None and span.to is None:
        return None
    return EventDate(span.from_, span.to, span.grain, span.text, span.start, span.end)


def best_time(spans: Sequence[TimeSpan], near: Callable[[TimeSpan], int]) -> TimeSpan | None:
    """Choose the time that dates an event: a day before a month, the nearer before the farther."""
    usable = [s for s in spans if s.kind != "set" and (s.from_ or s.to)]
    if not usable:
        return None
    fine = {
        "minute": 0,
        "hour": 0,
        "day": 0,
        "week": 1,
        "month": 2,
        "quarter": 3,
        "season": 3,
        "year": 4,
        "decade": 6,
        "century": 7,
    }
    return min(usable, key=lambda s: (near(s), fine.get(s.grain or "year", 5)))


def published_day(published: str | None) -> date | None:
    if not published:
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def is_old(found: EventDate | None, published: str | None) -> bool:
    """Tell whether an event's date lies so far before the report that it is history."""
    day = published_day(published)
    if found is None or day is None or not (found.to or found.from_):
        return False
    try:
        last = date.fromisoformat((found.to or found.from_ or "")[:10])
    except ValueError:
        return False
    return last < day - timedelta(days=_OLD)


def is_future(found: EventDate | None, published: str | None) -> bool:
    """Tell whether an event's date begins after the report."""
    day = published_day(published)
    if found is None or day is None or not found.from_:
        return False
    try:
        return date.fromisoformat(found.from_[:10]) > day
    except ValueError:
        return False
