"""Why an event was revised, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.events import reasons, taken_in
from dateline.model import Confidence, CountReport, Event, EventCount, EventDate, Party, PlaceSpan, Said
from dateline.text.ids import stable_id


def count(low: int | None, high: int | None, *mentions: str, what: str = "dead") -> EventCount:
    return EventCount(what, low, high, None, tuple(CountReport(low, high, None, None, m) for m in mentions))


TOWN = PlaceSpan(9, 13, "Bria", "literal", name="Bria", country="CAF", precision="city", article="a1")
LAND = replace(TOWN, text="the country", name="Central African Republic", precision="country")
FIRST = Event(
    "e1", "s1", "ASSAULT", "firearms", "190", (), (Party("gunmen", 0, 6, article="a1"),), (), (LAND,),
    EventDate(None, "2024-05-17", "day"), (count(12, 12, "m1"),), (), "asserted", (), False, ("m1",), ("a1",), 1,
)  # fmt: skip


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (FIRST, ()),
        (replace(FIRST, revision=4), ()),
        (replace(FIRST, counts=(count(12, 15, "m1"),)), ("toll of dead now 12–15, was 12",)),
        (replace(FIRST, counts=(count(12, None, "m1"),)), ("toll of dead now at least 12, was 12",)),
        (replace(FIRST, counts=()), ("toll of dead now not known, was 12",)),
        (
            replace(FIRST, counts=(*FIRST.counts, count(2, 2, "m1", what="held"))),
            ("number of held now 2, was not known",),
        ),
        (replace(FIRST, status="alleged"), ("status now alleged, was asserted",)),
        (replace(FIRST, places=(TOWN,)), ("place now more precise: Bria, was Central African Republic",)),
        (
            replace(FIRST, date=EventDate("2024-05-11", "2024-05-11", "day", "11 May", 3, 9)),
            ("date now more exact: 2024-05-11, was until 2024-05-17",),
        ),
        (replace(FIRST, actors=()), ("actors now not known, was gunmen",)),
        (replace(FIRST, attributed_to=(Said("Ana Ruiz", "Ruiz", 4, 8, "said"),)), ("said by now Ana Ruiz, was not known",)),
        (replace(FIRST, historical=True), ("now told as history",)),
        (replace(FIRST, story="s2"), ("now in another story",)),
        (replace(FIRST, mentions=("m1", "m2")), ("one sentence more tells of it",)),
        (replace(FIRST, confidence=Confidence(type=0.5)), ("how sure each field is was worked out anew",)),
        (replace(FIRST, cameo="180"), ("the same words were read anew",)),
    ],
)  # fmt: skip
def test_each_change_has_its_words(after: Event, told: tuple[str, ...]) -> None:
    assert reasons(FIRST, after) == told


def test_a_new_report_is_named_with_what_it_changed() -> None:
    after = replace(
        FIRST, articles=("a1", "a2"), mentions=("m1", "m2"), independent_reports=2, counts=(count(12, 12, "m1", "m2"),)
    )
    assert reasons(FIRST, after, outlets={"a1": "Bria Post", "a2": "Bangui Echo"}) == (
        "a new report from Bangui Echo",
        "independent reports now 2, was 1",
        "toll of dead told again: 12",
    )
    assert reasons(after, FIRST)[0] == "a report no longer counted"  # whose outlet nobody may name


def test_an_event_that_was_taken_in_is_named() -> None:
    other = replace(FIRST, id=stable_id("e", "m2"), mentions=("m2",), articles=("a2",))
    after = replace(FIRST, mentions=("m1", "m2"), articles=("a1", "a2"))
    assert taken_in(FIRST, after) == (other.id,)
    assert reasons(FIRST, after, others=[other, FIRST])[0] == f"merged with event {other.id}"
    assert not any("merged" in line for line in reasons(FIRST, after, others=[replace(other, mentions=("m9",))]))
