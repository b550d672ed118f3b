"""Events: one happening however often it is told, copies counted once, history apart."""

from __future__ import annotations

from dateline.events import code, merge
from dateline.model import Event, Mention
from dateline.tags import tag

DAY = "2024-05-17"


def told(article: str, text: str) -> tuple[Mention, ...]:
    return code(article, text, DAY, tags=tag(text, DAY))


def merged(texts: dict[str, str], families: dict[str, str] | None = None) -> tuple[Event, ...]:
    mentions = [m for article, text in texts.items() for m in told(article, text)]
    return merge(mentions, story="s1", order=list(texts), families=families or {})


FIRST = "Kenyan jets bombed a rebel camp near Kismayo on Thursday, killing 8 fighters."
SECOND = "Kenyan warplanes bombed rebel camps near Kismayo on Thursday, killing 11 fighters, the army said."
OTHER = "Peru and Chile held talks in Lima on Monday."


def test_two_articles_tell_one_event() -> None:
    events = merged({"a1": FIRST, "a2": SECOND, "a3": OTHER})
    assert [e.type for e in events] == ["ASSAULT", "CONSULT"]
    first = events[0]
    assert first.articles == ("a1", "a2")
    assert first.independent_reports == 2
    dead = next(c for c in first.counts if c.what == "dead")
    assert [r.low for r in dead.reports] == [8, 11]
    assert dead.low == 11  # of two values with one report each, the newer


def test_copies_are_one_report() -> None:
    events = merged({"a1": FIRST, "a2": FIRST, "a3": SECOND}, {"a1": "f1", "a2": "f1"})
    assert events[0].independent_reports == 2
    dead = next(c for c in events[0].counts if c.what == "dead")
    assert dead.low == 11


def test_ids_follow_from_the_earliest_mention() -> None:
    alone = merged({"a1": FIRST})
    both = merged({"a1": FIRST, "a2": SECOND})
    assert alone[0].id == both[0].id


def test_history_stays_apart() -> None:
    text = FIRST + " In 2014 Kenyan jets bombed a rebel camp near Kismayo."
    events = merged({"a1": text})
    assert [e.historical for e in events] == [False, True]


def test_different_places_are_different_events() -> None:
    text = "Gunmen killed two guards in Kano on Monday. Gunmen killed five farmers in Lagos on Tuesday."
    assert len(merged({"a1": text})) == 2


def test_spans_name_their_article() -> None:
    for event in merged({"a1": FIRST, "a2": SECOND}):
        for span in (*event.actors, *event.recipients, *event.places):
            assert span.article in ("a1", "a2")


def test_an_event_is_only_alleged_where_its_doer_is_named_as_a_suspect_alone() -> None:
    text = "Gunmen killed five farmers near Kano on Monday. The farmers were killed by suspected Boko Haram fighters."
    (event,) = merged({"a1": text})
    assert event.status == "alleged"


def test_two_people_by_name_are_two_victims_in_one_article_and_one_told_twice_is_one() -> None:
    text = "Kenyan Judge Bernardo Kolar was murdered in Kismayo. Judge Kolar was investigating the murder of Kenyan "
    events = merged({"a1": f"{text}Colonel Walter Tesfa."})
    assert [_victims(e) for e in events if e.type == "ASSAULT"] == [["Kolar"], ["Tesfa"]]
    events = merged({"a1": f"{text}Judge Bernardo Kolar."})
    assert [_victims(e) for e in events if e.type == "ASSAULT"] == [["Kolar"]]


def _victims(event: Event) -> list[str]:
    return sorted({p.text.split()[-1] for p in event.recipients})


def test_a_country_is_no_second_place_beside_a_town_of_it() -> None:
    from dateline.events import code
    from dateline.tags import tag

    text = (
        "NAIROBI, March 3 (MNA) — Kenyan police arrested 47 people in Nairobi on Tuesday.\n\nPolice arrested 47 people."
    )
    mentions = code("a1", text, "2026-03-03", tags=tag(text, "2026-03-03"))
    events = merge(mentions, order=["a1"], families={})
    assert all({p.precision for p in e.places} in ({"city"}, {"country"}, set()) for e in events)
