"""Scores the events of an invented page against its gold answers, by the rules that the seed page is scored by.

A gold event names accepted types, triggers, alternatives of actors and recipients (each a list of codes or words that must all be
there; [] asks for none), places of which one must be there, a window of days, counts [what, low, high] (0 for an open high), status
and whether it is history. What it does not name is not asked for. A `never` rule is broken by an event that fits all it names.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.articles import read
from dateline.events import code, merge
from dateline.model import Article, Event, EventDate, Mention, Page, Party, Rejected
from dateline.tags import tag

PAGES = Path(__file__).parent / "pages"
_ASKED = ("actors", "recipients", "places", "date", "counts", "status")


@dataclass(frozen=True, slots=True)
class Told:
    """An event with the words that triggered it and the sentences it stands in."""

    event: Event
    triggers: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """What a page comes to: `wrong` lists gold events that are missed or wrong in some field, `broken` the rules."""

    asked: int
    wrong: tuple[str, ...]
    broken: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def complete(self) -> int:
        return self.asked - len(self.wrong)


def pages(*, held: bool) -> list[Path]:
    return [p for p in sorted(PAGES.glob("*.toml")) if tomllib.loads(p.read_text("utf-8")).get("held", False) == held]


def score(path: Path) -> Score:
    gold = tomllib.loads(path.read_text("utf-8"))
    told = [t for text, day in _texts(gold["page"]) for t in _told(text, day)]
    wrong, used = [], set()
    for wanted in gold["events"]:
        best = min(
            ((_wrong(wanted, t), n) for n, t in enumerate(told) if n not in used and _is(wanted, t)),
            key=lambda pair: (len(pair[0]), pair[1]),
            default=None,
        )
        if best is None:
            wrong.append(f"{wanted['name']}: missed")
            continue
        used.add(best[1])
        if best[0]:
            wrong.append(f"{wanted['name']}: {' '.join(best[0])}")
    broken = [rule["why"] for rule in gold.get("never", ()) if any(_breaks(rule, t) for t in told)]
    extra = [
        f"{t.event.type} {t.triggers[0]}"
        for n, t in enumerate(told)
        if n not in used and t.event.status == "asserted" and not t.event.historical
    ]
    return Score(len(gold["events"]), tuple(wrong), tuple(broken), tuple(extra))


def _texts(page: str) -> list[tuple[str, str | None]]:
    article = read(Page(id="page", text=page))
    if isinstance(article, Rejected):
        raise AssertionError(article.message)
    assert isinstance(article, Article)
    related = [(f"{r.title}\n\n{r.summary or ''}", article.published) for r in article.related]
    return [(article.text, article.published), *related]


def _told(text: str, day: str | None) -> list[Told]:
    mentions = code("a", text, day, tags=tag(text, day))
    by_id: dict[str, Mention] = {m.id: m for m in mentions}
    return [
        Told(
            event,
            tuple(by_id[m].trigger.text.lower() for m in event.mentions),
            tuple(text[slice(*by_id[m].sentence)] for m in event.mentions),
        )
        for event in merge(mentions, order=["a"], families={})
    ]


def _is(wanted: dict[str, Any], told: Told) -> bool:
    return told.event.type in wanted["type"] and _triggered(wanted["triggers"], told)


def _triggered(words: Sequence[str], told: Told) -> bool:
    pairs = [(w.lower(), t) for w in words for t in told.triggers]
    return any(re.search(rf"\b{re.escape(a)}\b", b) or re.search(rf"\b{re.escape(b)}\b", a) for a, b in pairs)


def _wrong(wanted: dict[str, Any], told: Told) -> list[str]:
    event = told.event
    right = {
        "actors": "actors" not in wanted or _side(wanted["actors"], event.actors),
        "recipients": "recipients" not in wanted or _side(wanted["recipients"], event.recipients),
        "places": "places" not in wanted or any(p.name in wanted["places"] for p in event.places),
        "date": _dated(wanted, event.date),
        "counts": all(_counted(need, event) for need in wanted.get("counts", ())),
        "status": event.status in wanted["status"] and event.historical == wanted.get("historical", False),
    }
    return [field for field in _ASKED if not right[field]]


def _side(alternatives: Iterable[Sequence[str]], parties: Sequence[Party]) -> bool:
    return any(
        all(any(_fits(need, p) for p in parties) for need in one) and (bool(one) or not parties) for one in alternatives
    )


def _fits(need: str, party: Party) -> bool:
    return need == party.code or need.lower() in f"{party.text} {party.name or ''}".lower()


def _dated(wanted: dict[str, Any], found: EventDate | None) -> bool:
    """The day told must lie in the window; where no beginning is asked for, it may be open."""
    if "to" not in wanted:
        return True
    if found is None or not found.to or not (found.from_ or "from" not in wanted):
        return False
    low = wanted.get("from", "0000")
    return (found.from_ or low) >= low and found.to <= wanted["to"]


def _counted(need: Sequence[Any], event: Event) -> bool:
    what, low, high = need
    return any(c.what == what and (c.low or 0) == low and (not high or c.high == high) for c in event.counts)


def _breaks(rule: dict[str, Any], told: Told) -> bool:
    event = told.event
    tests = {
        "type": lambda v: event.type in v,
        "status": lambda v: event.status in v,
        "triggers": lambda v: _triggered(v, told),
        "actors": lambda v: any(p.code in v for p in event.actors),
        "counts": lambda v: any([c.what, c.low] in v for c in event.counts),
        "sentences": lambda v: any(w in s for w in v for s in told.sentences),
        "from": lambda v: event.date is not None and event.date.from_ == v,
    }
    return all(tests[name](value) for name, value in rule.items() if name != "why")
