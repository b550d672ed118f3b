"""Records as the JSON twins give them: the wire form of `codec`, cut to what the visit's rights allow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dateline.codec import to_wire
from dateline.model import Article, Event, Hit, Mention, Story, Version
from dateline.site import links, rights
from dateline.site.visit import Visit


def article(visit: Visit, record: Article) -> dict[str, Any]:
    """Write an article; without its text, furniture and pictures save to the owner, and with an excerpt instead."""
    wire: dict[str, Any] = to_wire(record)
    wire["url"] = links.outside(record.url)
    wire["page"] = links.article(record.id)
    if record.id in visit.withdrawn:
        return tombstone(visit, record.id)
    if visit.budget.whole(record):
        return wire
    shown = visit.budget.take(record, 0, len(record.text))
    for name in ("removed", "related", "images"):
        wire[name] = []
    notice = wire.get("notice")
    if notice:
        wire["notice"] = {"kind": notice["kind"], "text": None}
    if rights.reserved(record) or visit.profile == "strict":
        wire["dateline"] = None
    return wire | {"text": None, "excerpt": shown.text if shown else None}


def tombstone(visit: Visit, id: str) -> dict[str, Any]:
    """Write what remains of a withdrawn article."""
    gone = visit.reader.withdrawn(id)
    return {"id": id, "page": links.article(id), "withdrawn": to_wire(gone) if gone else True}


def story(visit: Visit, record: Story) -> dict[str, Any]:
    """Write a story; digest sentences as far as rights allow."""
    wire: dict[str, Any] = to_wire(record)
    quoted = visit.articles([quote.article for quote in record.sentences])
    sentences = []
    for quote in record.sentences:
        source = quoted.get(quote.article)
        shown = visit.budget.take(source, quote.start, quote.end) if source else None
        if shown is not None:
            cut = {"text": shown.text, "start": shown.start, "end": shown.start + len(shown.text)}
            sentences.append({"article": quote.article, **cut})
    wire["sentences"] = sentences
    if record.headline is not None and record.headline.article in visit.withdrawn:
        wire["headline"] = None
    return wire | {"page": links.story(record)}


def event(record: Event) -> dict[str, Any]:
    """Write an event."""
    wire: dict[str, Any] = to_wire(record)
    return wire | {"page": links.event(record)}


def mention(visit: Visit, record: Mention, source: Article | None) -> dict[str, Any]:
    """Write a mention with the words of its sentence that may be shown."""
    wire: dict[str, Any] = to_wire(record)
    shown = visit.budget.take(source, *record.sentence, around=record.trigger.start) if source else None
    return wire | {"words": shown.text if shown else None}


def version(record: Version, *, whole: bool) -> dict[str, Any]:
    """Write a version, with its text for the owner alone."""
    wire: dict[str, Any] = to_wire(record)
    return wire if whole else wire | {"text": None}


def hits(visit: Visit, found: Sequence[Hit], sources: dict[str, Article]) -> list[dict[str, Any]]:
    """Write search results, their passages within the rights of their articles."""
    made = []
    for hit in found:
        if hit.article not in sources or not findable(visit, sources[hit.article]):
            continue
        passage, marks = hit_passage(visit, hit, sources[hit.article])
        wire: dict[str, Any] = to_wire(hit)
        made.append(wire | {"passage": passage, "marks": marks, "page": links.article(hit.article)})
    return made


def findable(visit: Visit, source: Article) -> bool:
    """Tell whether a search may show an article: one that its publisher keeps out of indexes, to the owner alone."""
    return visit.profile == "private" or rights.is_indexed(source)


def hit_passage(visit: Visit, hit: Hit, source: Article) -> tuple[str | None, list[tuple[int, int]]]:
    """Cut a result's passage to what may be shown of its article, keeping the first matched words in sight."""
    limit = rights.allowance(source, visit.profile, withdrawn=source.id in visit.withdrawn)
    if limit is None or len(hit.passage) <= limit:
        return hit.passage, list(hit.marks)
    if limit < rights.SHORTEST:
        return None, []
    first = hit.marks[0][0] if hit.marks else 0
    start = 0 if first < limit // 2 else hit.passage.find(" ", max(0, first - limit // 3)) + 1
    end = start + limit
    if end < len(hit.passage):
        space = hit.passage.rfind(" ", start, end)
        end = space if space > start else end
    kept = [(max(a, start) - start, min(b, end) - start) for a, b in hit.marks if a < end and b > start]
    return hit.passage[start:end], kept
