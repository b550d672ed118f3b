"""Our own sentences with the events they tell: type, mode, who to whom, where, when, how many, status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.events import code
from dateline.model import Mention
from dateline.tags import tag

RECORDS = [
    json.loads(line) for line in (Path(__file__).parent / "events" / "sentences.jsonl").read_text("utf-8").splitlines()
]
DAY = "2024-05-17"


@pytest.mark.parametrize("record", RECORDS, ids=[r["text"][:40] for r in RECORDS])
def test_sentence(record: dict[str, Any]) -> None:
    mentions = code("a1", record["text"], DAY, tags=tag(record["text"], DAY))
    assert len(mentions) == len(record["events"])
    for mention, wanted in zip(mentions, record["events"], strict=True):
        assert _seen(mention, wanted) == wanted


def _seen(mention: Mention, wanted: dict[str, Any]) -> dict[str, Any]:
    date = mention.date
    every = {
        "type": mention.type,
        "mode": mention.mode,
        "actors": [p.code for p in mention.actors],
        "recipients": [p.code for p in mention.recipients],
        "places": [p.name for p in mention.places],
        "from": date.from_ if date else None,
        "to": date.to if date else None,
        "counts": [[c.what, c.low, c.high] for c in mention.counts],
        "status": mention.status,
    }
    return {name: every[name] for name in wanted}
