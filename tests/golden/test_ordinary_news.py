"""What ordinary news tells (accidents, weather, sport, trade, everyday life) is no event, and what stands beside it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.events import code
from dateline.tags import tag

DAY = "2026-03-12"
LINES = (Path(__file__).parent / "events" / "ordinary.jsonl").read_text("utf-8").splitlines()
RECORDS = [json.loads(line) for line in LINES]


@pytest.mark.parametrize("record", RECORDS, ids=[r["text"][:50] for r in RECORDS])
def test_ordinary_news(record: dict[str, Any]) -> None:
    text = record["text"]
    mentions = code("a1", text, DAY, title=record["title"], tags=tag(text, DAY))
    assert [m.type for m in mentions] == record["events"]


def test_cause_told_in_another_sentence() -> None:
    """A harm without a doer takes its cause from the article's title or lead."""
    harm = "Seven people were killed and 20 houses were destroyed in the valley."
    quake = f"A strong earthquake shook the town of Herat before dawn.\n\n{harm}"
    attack = f"Gunmen stormed the town of Herat before dawn.\n\n{harm}"
    assert not code("a", quake, DAY, tags=tag(quake, DAY))
    assert {m.type for m in code("a", attack, DAY, tags=tag(attack, DAY))} == {"ASSAULT"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The rebels killed no one in Kaduna.", "negated"),
        ("None of the guards were shot by the rebels in Kaduna.", "negated"),
        ("No shots were fired at the crowd in Abuja.", "negated"),
        ("Kidnapping by bandits is common in Nigeria.", "habitual"),
    ],
)
def test_what_did_not_happen_or_always_does(text: str, status: str) -> None:
    mentions = code("a", text, DAY, tags=tag(text, DAY))
    assert [m.status for m in mentions] == [status]
    assert not any(p.text.lower() in ("one", "no one", "none", "nobody") for m in mentions for p in m.recipients)


def test_head_of_an_office_is_not_the_place_it_is_in() -> None:
    text = "The head of the harbour office in Durban denied on Thursday that he had resigned."
    mentions = code("a", text, DAY, tags=tag(text, DAY))
    assert [(m.type, m.status, [p.text for p in m.actors]) for m in mentions] == [
        ("RETREAT", "denied", ["head of the harbour office"])
    ]
