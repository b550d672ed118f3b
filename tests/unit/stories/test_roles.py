"""What each article of a story is: an update says something new, and later hours alone make none."""

from __future__ import annotations

from dataclasses import replace

from dateline.model import Article, ArticleRole, FamilyHead, Link, Publisher
from dateline.stories import build
from dateline.tags import tag

MONDAY, LATER, TUESDAY = "2026-03-02T08:00:00Z", "2026-03-02T19:00:00Z", "2026-03-03T09:00:00Z"
FIRST = "A bomb killed 12 people in the market of Orlen on Monday, the fire brigade said."


def report(id: str, text: str, published: str) -> Article:
    return Article(
        id, None, f"Bomb in Orlen {id}", text, published, publisher=Publisher(f"Outlet {id}", f"{id}.example")
    )


def told(*articles: Article, families: dict[str, FamilyHead] | None = None) -> dict[str, ArticleRole]:
    tags = {a.id: tag(a.text, a.published) for a in articles}
    links = {a.id: Link(a.id, "s1", 0.9, "a1") for a in articles if a.id != "a1"}
    return {m.id: m.role for m in build("s1", articles, tags, families or {}, links).articles}


def test_the_same_told_later_is_another_report() -> None:
    again = "Twelve people were killed when a bomb went off in the market of Orlen on Monday, officials said."
    assert told(report("a1", FIRST, MONDAY), report("a2", again, LATER), report("a3", again, TUESDAY)) == {
        "a1": "original",
        "a2": "independent",
        "a3": "independent",
    }


def test_a_higher_toll_is_an_update_and_its_echo_is_not() -> None:
    higher = "The number of people killed in Monday's blast at Orlen has risen to 19, the ministry said."
    roles = told(report("a1", FIRST, MONDAY), report("a2", higher, LATER), report("a3", higher, TUESDAY))
    assert (roles["a2"], roles["a3"]) == ("update", "independent")


def test_a_lower_toll_told_late_is_none() -> None:
    stale = "The blast killed seven people in the market of Orlen, the police said."
    assert told(report("a1", FIRST, MONDAY), report("a2", stale, TUESDAY))["a2"] == "independent"


def test_what_happened_on_a_later_day_is_an_update() -> None:
    court = "ORLEN, March 3 (ONA) — A court remanded two men over the market bomb on Tuesday."
    assert told(report("a1", FIRST, MONDAY), report("a2", court, TUESDAY))["a2"] == "update"


def test_a_dateline_and_a_coming_day_are_nothing_new() -> None:
    same = "ORLEN, March 3 (ONA) — The bomb in the market of Orlen was the first since 2019. A court sits on Friday."
    assert told(report("a1", FIRST, MONDAY), report("a2", same, TUESDAY))["a2"] == "independent"


def test_opinion_and_copies_are_what_they_are_whatever_they_say() -> None:
    court = "A court remanded two men over the market bomb on Tuesday."
    head = FamilyHead("c1", "a2", "the same text")
    roles = told(
        report("a1", FIRST, MONDAY),
        report("a2", court, TUESDAY),
        report("a3", court, TUESDAY),
        replace(report("a4", court, TUESDAY), kind="opinion"),
        families={"a2": head, "a3": head},
    )
    assert roles == {"a1": "original", "a2": "original", "a3": "copy", "a4": "opinion"}
