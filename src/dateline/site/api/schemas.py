"""What the API's records look like, for OpenAPI: the types of `model`, and where an answer differs from them."""

from __future__ import annotations

from dataclasses import MISSING, fields
from functools import cache
from typing import Any

import msgspec

from dateline import model
from dateline.codec import to_wire
from dateline.store.owner import Mark

_AT = "#/components/schemas/"
_NULL = {"type": "null"}
_RECORDS = (
    model.Story, model.Article, model.Event, model.Mention, model.Version, model.Correction, model.SourceState,
    model.Hit, model.DeskCounts, model.Happening, model.Family, Mark,
)  # fmt: skip
HIDDEN = ("etag", "last_modified", "mark", "next_poll", "interval")  # of a source: between the desk and its host
_PAGE = {"type": "string", "description": "The record's page on this site."}


def ref(name: str) -> dict[str, Any]:
    """Point at a schema by name."""
    return {"$ref": _AT + name}


def listed(name: str) -> dict[str, Any]:
    """Describe a page of a list."""
    return {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": ref(name)},
            "next": {"type": ["string", "null"], "description": "Cursor of what follows; null at the end."},
        },
        "required": ["items", "next"],
    }  # fmt: skip


@cache
def components() -> dict[str, Any]:
    """Make all schemas by name."""
    _, made = msgspec.json.schema_components(_RECORDS, ref_template=_AT + "{name}")
    for schema in made.values():
        if "properties" in schema:
            schema["properties"] = {("from" if k == "from_" else k): v for k, v in schema["properties"].items()}
            schema["required"] = list(schema["properties"])  # what is not known is null, never left out
        schema["additionalProperties"] = True  # fields may be added
    for name in ("Story", "Article", "Event"):
        made[name]["properties"]["page"] = _PAGE
        made[name]["required"] = [*made[name]["required"], "page"]
    article = made["Article"]
    article["description"] = "A report: its whole text for the owner alone, else an excerpt within its rights."
    article["properties"]["text"] = {"type": ["string", "null"]}
    article["properties"]["excerpt"] = {"type": ["string", "null"], "description": "What others may read of it."}
    article["properties"]["notice"] = {"anyOf": [ref("Said of it"), _NULL]}
    made["Version"]["properties"]["text"] = {"type": ["string", "null"]}
    made["Hit"]["properties"]["passage"] = {"type": ["string", "null"]}
    for name in HIDDEN:
        del made["SourceState"]["properties"][name]
    made["SourceState"]["required"] = list(made["SourceState"]["properties"])
    made["Said of it"] = _object(kind={"enum": ["correction", "withdrawal"]}, text={"type": ["string", "null"]})
    made["Tombstone"] = _object(
        id={"type": "string"}, page=_PAGE, withdrawn={"anyOf": [ref("Correction"), {"type": "boolean"}]}
    )
    made["ArticleOrTombstone"] = {"anyOf": [ref("Article"), ref("Tombstone")]}
    told = _object(words={"type": ["string", "null"], "description": "The sentence, as far as rights allow."})
    made["Told"] = {"allOf": [ref("Mention"), told]}
    made["EventTold"] = {"allOf": [ref("Event"), _object(told={"type": "array", "items": ref("Told")})]}
    made["StoryTold"] = {"allOf": [ref("Story"), _object(history={"type": "array", "items": ref("Happening")})]}
    made["Problem"] = _object(
        type={"type": "string"}, title={"type": "string"}, status={"type": "integer"}, detail={"type": "string"}
    )
    made["Problem"]["properties"]["position"] = {
        "type": "integer", "description": "Of a query that cannot be read: how many characters precede the wrong one.",
    }  # fmt: skip
    return {name.replace(" ", ""): _renamed(schema) for name, schema in sorted(made.items())}


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _renamed(value: Any) -> Any:
    """Take the spaces out of the names that schemas point at."""
    if isinstance(value, dict):
        return {k: v.replace(" ", "") if k == "$ref" else _renamed(v) for k, v in value.items()}
    return [_renamed(v) for v in value] if isinstance(value, list) else value


STORY_EXAMPLE: dict[str, Any] = {
    "id": "s3b5kq2y7xwz4a", "headline": {"text": "Floods cut the road to Garissa", "article": "a7dk2mq5xw4zrt"},
    "sentences": [
        {"text": "The river burst its banks on Friday.", "article": "a7dk2mq5xw4zrt", "start": 0, "end": 36}
    ],
    "articles": [{"id": "a7dk2mq5xw4zrt", "role": "original"}, {"id": "aq2w5n6y3k7bcd", "role": "independent"}],
    "independent_reports": 2, "wires": [], "countries": ["KEN"], "first_seen": "2026-11-20T16:10:00+03:00",
    "last_seen": "2026-11-21T09:30:00+03:00", "status": "developing", "related": [], "places": [],
    "topics": ["disaster-accident-and-emergency-incident"], "figures": [], "revision": 3,
    "page": "/story/s3b5kq2y7xwz4a-floods-cut-the-road-to-garissa",
}  # fmt: skip
ARTICLE_EXAMPLE: dict[str, Any] = {
    "id": "a7dk2mq5xw4zrt", "url": "https://tanacourier.example/floods", "title": "Floods cut the road to Garissa",
    "text": None, "excerpt": "The river burst its banks on Friday, police said.",
    "published": "2026-11-20T16:10:00+03:00", "published_from": "jsonld", "modified": None, "language": "en",
    "kind": "article", "publisher": {"name": "The Tana Courier", "domain": "tanacourier.example", "country": "KEN"},
    "republisher": None, "agency": [], "byline": ["Peter Wafula"], "dateline": None,
    "images": [], "related": [], "rights": {"tdm": None, "signals": []}, "removed": [], "categories": [],
    "published_confidence": 0.98, "kind_confidence": 0.99, "notice": None, "fetched": "2026-11-20T13:20:00Z",
    "page": "/article/a7dk2mq5xw4zrt",
}  # fmt: skip
EVENT_EXAMPLE: dict[str, Any] = {
    "id": "e5n2k7yqx4wz3b", "story": "s3b5kq2y7xwz4a", "type": "AID", "mode": None, "cameo": "073",
    "contexts": ["disasters"],
    "actors": [{"text": "the army", "start": 12, "end": 20, "name": "Kenya", "code": "KEN", "sector": "MIL",
                "article": "a7dk2mq5xw4zrt"}],
    "recipients": [], "places": [], "counts": [], "weapons": [], "status": "asserted", "attributed_to": [],
    "date": {"from": "2026-11-20", "to": "2026-11-20", "grain": "day", "text": "on Friday", "start": 30, "end": 39,
             "article": "a7dk2mq5xw4zrt"},
    "historical": False, "mentions": ["m4k2y7qx5wz3bn"], "articles": ["a7dk2mq5xw4zrt"], "independent_reports": 1,
    "modes": [], "confidence": {"type": 0.8, "actors": 0.9, "recipients": None, "places": None, "date": 0.95,
                                "counts": None},
    "revision": 1, "page": "/event/e5n2k7yqx4wz3b",
}  # fmt: skip


def _whole(kind: type, example: dict[str, Any]) -> dict[str, Any]:
    """Add the fields that an example leaves out, as they are where nothing is known."""
    made = [f for f in fields(kind) if f.default is not MISSING]
    return {("from" if f.name == "from_" else f.name): to_wire(f.default) for f in made} | example


EXAMPLES: dict[str, Any] = {
    "Story": _whole(model.Story, STORY_EXAMPLE),
    "StoryTold": _whole(model.Story, STORY_EXAMPLE) | {"history": []},
    "ArticleOrTombstone": _whole(model.Article, ARTICLE_EXAMPLE),
    "Event": _whole(model.Event, EVENT_EXAMPLE),
    "EventTold": _whole(model.Event, EVENT_EXAMPLE) | {"told": []},
    "Hit": {
        "article": "a7dk2mq5xw4zrt", "story": "s3b5kq2y7xwz4a", "title": "Floods cut the road to Garissa",
        "passage": "The river burst its banks", "marks": [[4, 9]], "score": 3.2,
    },
    "Version": {
        "article": "a7dk2mq5xw4zrt", "number": 1, "seen": "2026-11-20T13:20:00Z", "modified": None,
        "title": "Floods cut the road", "text": None, "change": "first", "note": None,
    },
    "Correction": {
        "article": "a7dk2mq5xw4zrt", "time": "2026-11-21T08:00:00Z", "change": "correction",
        "note": "The number was wrong.", "by": "publisher",
    },
    "SourceState": {
        "id": "o2k7yqx4wz3bn5", "address": "https://tanacourier.example/feed.xml", "kind": "feed",
        "name": "The Tana Courier", "topics": [], "paused": False, "added": None,
        "last_success": "2026-11-21T08:00:00Z", "error": None, "errors_in_a_row": 0, "articles": 120, "copied": 14,
    },
    "DeskCounts": {
        "articles": 1200, "stories": 310, "events": 840, "mentions": 2100, "sources": 24, "rejected": 60,
        "families": 90, "newest": "2026-11-21T09:30:00+03:00", "oldest": "2026-01-02T10:00:00Z",
    },
}  # fmt: skip
