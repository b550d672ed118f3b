"""How often what the event coder holds sure is right: each field of each mention, judged by answers given by hand.

PLOVER gold standard sentences judge types and the codes of parties; MUC-4 reports judge parties, places, dates and the
numbers of dead and wounded of the mentions that tell an incident of the key. Every other document (odd numbers) fitted
the weights (tools/fit_events.py); what is printed is of the others.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from dateline.codec import to_wire
from dateline.events import confidence, merge
from dateline.events.coding import drafts, mentions
from dateline.events.drafts import Draft
from dateline.model import Mention
from dateline.tags import tag

FIELDS = ("type", "actors", "recipients", "places", "date", "counts")


@dataclass(frozen=True, slots=True)
class Judged:
    """One field of one mention: what speaks for it, how sure it was said to be, and whether it was right."""

    document: int
    field: str
    features: dict[str, float]
    sure: float
    right: bool


def plover(path: Path, wanted: Callable[[int], bool]) -> Iterator[Judged]:
    """Judge types and, where the type is right, the codes of parties of the gold standard sentences."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if not wanted(number):
            continue
        record = json.loads(line)
        for draft, mention in _coded(record):
            right = mention.type == record["gold"]["type"]
            yield _judged(number, "type", draft, mention, right)
            for side in ("actors", "recipients") if right else ():
                codes = {c for p in record["gold"][side] for c in (p["code_ok"] or [p["code"]]) if c}
                if getattr(mention, side) and codes:
                    found = {p.code for p in getattr(mention, side)}
                    yield _judged(number, side, draft, mention, bool(found & codes))


def muc(path: Path, scorer: Path, wanted: Callable[[int], bool]) -> Iterator[Judged]:
    """Judge the mentions of every event that the scorer lays beside an incident of the key."""
    judge = _module(scorer)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if not wanted(number):
            continue
        record = json.loads(line)
        told = {m.id: (d, m) for d, m in _coded(record)}
        events = [to_wire(e) for e in merge([m for _, m in told.values()], order=[record["id"]], families={})]
        events = [e for e in events if judge.candidate(e)]
        pairs = judge.assign([[judge.weigh(t, e) for e in events] for t in record["gold"]])
        for i, j in pairs:
            for mention in events[j]["mentions"]:
                yield from _incident(judge, number, record["gold"][i], *told[mention])


def _incident(judge: Any, number: int, key: Any, draft: Draft, mention: Mention) -> Iterator[Judged]:
    wire = to_wire(mention)
    named = {"actors": judge.perpetrators(key), "recipients": key["targets"] + key["victims"]}
    for side, fillers in named.items():
        if wire[side] and any(f["names"] for f in fillers):
            yield _judged(number, side, draft, mention, bool(judge.matched(fillers, wire[side])))
    if wire["places"] and key["place"]:
        yield _judged(number, "places", draft, mention, judge.place_right(key, wire, False))
    asked, given, right = judge.dates(key, wire)
    if asked and given:
        yield _judged(number, "date", draft, mention, right)
    told = [(judge.counted(wire, what), key["numbers"][what]) for what in ("dead", "wounded")]
    known = [judge.number_right(value, got) for got, value in told if got and value is not None]
    if known:
        yield _judged(number, "counts", draft, mention, all(known))


def _coded(record: dict[str, Any]) -> Iterator[tuple[Draft, Mention]]:
    text, day = record["text"], record.get("published")
    made = drafts(text, day, title=None, tags=tag(text, day))
    yield from zip(made, mentions(record["id"], text, made), strict=True)


def _judged(number: int, field: str, draft: Draft, mention: Mention, right: bool) -> Judged:
    made = {
        "type": lambda: confidence.features(draft),
        "actors": lambda: confidence.side(draft, "actors"),
        "recipients": lambda: confidence.side(draft, "recipients"),
        "places": lambda: confidence.places(draft),
        "date": lambda: confidence.date(draft),
        "counts": lambda: confidence.counts(draft),
    }[field]()
    return Judged(number, field, made, getattr(mention.confidence, field), bool(right))


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def table(judged: Iterable[Judged], out: Callable[[str], None]) -> float:
    """Print, for each field, how often each step of confidence was right; give the mean gap, weighted by mentions."""
    rows = list(judged)
    gaps, total = 0.0, 0
    for field in FIELDS:
        mine = [r for r in rows if r.field == field]
        for low, here in _steps(mine):
            right = sum(r.right for r in here) / len(here)
            said = sum(r.sure for r in here) / len(here)
            out(
                f"confidence of {field:10} {low:.1f} to {low + 0.2:.1f}: {len(here):5} mentions,"
                f" said {said:.2f}, right {right:.2f}"
            )
            gaps, total = gaps + abs(right - said) * len(here), total + len(here)
    return gaps / total if total else 0.0


def _steps(rows: Sequence[Judged]) -> Iterator[tuple[float, list[Judged]]]:
    for step in range(5):
        here = [r for r in rows if min(int(r.sure * 5), 4) == step]
        if here:
            yield step / 5, here
