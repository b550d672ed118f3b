"""What rows were before, asked of every store."""

from __future__ import annotations

from dataclasses import replace

from store_records import article, event, mention, place, story

from dateline.events import reasons
from dateline.model import Correction, EventFilter, Gone, Headline, Link, Party, Quote
from dateline.store import Store

DAYS = [f"2026-03-0{n}T12:00:00Z" for n in range(1, 10)]


def _quoting(id: str, *members: str, text: str = "It burst.") -> object:
    made = story(id, *members, reports=len(members), seen=DAYS[0])
    return replace(
        made,
        headline=Headline(f"Head of {members[0]}", members[0]),
        sentences=(Quote(text, members[-1], 0, len(text)),),
    )


def _fill(store: Store) -> None:
    """Day 1: two articles, a story, an event. Day 3: both change. Day 5: the story ends in another."""
    store.at(DAYS[0])
    for id in ("a1", "a2"):
        store.put_article(article(id, published=DAYS[0]))
        store.put_link(Link(id, "s1", None, None))
        store.index(id)
    store.put_mentions("a1", [mention("m1", "a1"), mention("m2", "a1", at=9)])
    first = event(
        "e1", story="s1", articles=("a1",), mentions=("m1",), day="2026-03-01", places=(place("Orsk", "RUS"),)
    )
    store.put_story(_quoting("s1", "a1"), [first])  # type: ignore[arg-type]
    store.at(DAYS[2])
    store.put_article(article("a1", published=DAYS[0], text="Text of a1, mended."))
    store.put_mentions("a1", [mention("m2", "a1", at=9), mention("m3", "a1", at=20)])
    second = replace(first, articles=("a1", "a2"), places=(place("Suva", "FJI"),))
    store.put_story(_quoting("s1", "a1", "a2"), [second, event("e2", story="s1", articles=("a1",), mentions=("m3",))])  # type: ignore[arg-type]
    store.at(DAYS[4])
    store.put_story(
        story("s2", "a1", "a2", seen=DAYS[4]),
        [replace(second, story="s2"), event("e3", story="s2", articles=("a1",), mentions=("m3",))],
    )
    for id in ("a1", "a2"):
        store.put_link(Link(id, "s2", None, None))
    store.retire_story("s1", "s2")


def test_each_moment_is_as_it_was(store: Store) -> None:
    _fill(store)
    never, first, second, third = (store.asof(DAYS[n]) for n in (0, 1, 3, 5))
    early = store.asof("2026-02-01")
    assert early.article("a1") is None and list(early.each_story()) == [] and early.counts().articles == 0
    assert [a.text for a in never.each_article()] == ["Text of a1.", "Text of a2."]
    assert [a.text for a in second.each_article()] == ["Text of a1, mended.", "Text of a2."]
    assert [len(s.articles) for s in first.each_story()] == [1] and [len(s.articles) for s in second.each_story()] == [
        2
    ]
    assert [s.id for s in third.each_story()] == ["s2"] == [s.id for s in store.each_story()]
    assert [e.id for e in first.each_event()] == ["e1"] and [e.id for e in second.each_event()] == ["e1", "e2"]
    assert [(e.id, e.story) for e in third.each_event()] == [("e1", "s2"), ("e3", "s2")]
    assert [m.id for m in first.each_mention()] == ["m1", "m2"] == [m.id for m in first.mentions_of("a1")]
    assert [m.id for m in second.mentions_of("a1")] == ["m2", "m3"] and list(second.mentions(["m1", "m3"])) == ["m3"]
    assert (first.moved("s1"), third.moved("s1")) == (None, "s2")
    assert first.stories_of(["a1", "a2"]) == {"a1": "s1"} and second.story_of("a2") == "s1"
    assert third.stories_of(["a1", "a2"]) == {"a1": "s2", "a2": "s2"}
    counts = second.counts()
    assert (counts.articles, counts.stories, counts.events, counts.mentions) == (2, 1, 2, 2)
    assert [h.article for h in early.search("text")] == [] and len(second.search("text")) == 2
    assert second.asof(DAYS[1]).story("s1") == first.story("s1")


def test_lists_and_filters_of_a_moment(store: Store) -> None:
    _fill(store)
    first, second = store.asof(DAYS[1]), store.asof(DAYS[3])
    assert [s.id for s in first.stories()] == ["s1"] and [s.id for s in first.stories(source="orskpost.example")] == [
        "s1"
    ]
    assert first.stories(topic="sport") == [] and first.stories(offset=1) == []
    assert [e.id for e in first.events(EventFilter(country="RUS"))] == ["e1"] and first.count_events(EventFilter()) == 1
    assert second.events(EventFilter(country="RUS")) == [] and len(second.events(EventFilter(country="FJI"))) == 1
    assert [e.id for e in second.events(EventFilter())] == ["e1", "e2"] and len(
        second.events(EventFilter(), limit=1)
    ) == 1
    assert [e.id for e in second.events_of(["a2"])] == ["e1"] and first.events_of(["a2"]) == []
    assert [a.text for a in first.latest()] == ["Text of a1.", "Text of a2."]
    assert [c.id for c in first.latest_cards(limit=1, offset=1)] == ["a2"] and first.latest(day="2026-02-01") == []
    assert list(first.cards(["a2", "a9"])) == ["a2"]


def test_what_was_taken_away_leads_to_what_tells_of_it_now(store: Store) -> None:
    _fill(store)
    assert list(store.gone()) == [
        Gone("e2", "event", DAYS[4], "e3"),
        Gone("s1", "story", DAYS[4], "s2"),
    ]
    store.at(DAYS[6])
    store.put_story(story("s2", "a1", seen=DAYS[4]), [event("e2", story="s2")])
    assert [g.id for g in store.gone()] == ["e1", "e3", "s1"]
    again = store.event("e2")
    assert again is not None and again.revision == 2  # its revisions go on


def test_the_states_of_an_event_come_in_order_and_lead_to_its_reasons(store: Store) -> None:
    _fill(store)
    states = store.states("e1")
    assert [since for since, _ in states] == [DAYS[0], DAYS[2], DAYS[4]]
    assert [e.revision for _, e in states] == [1, 2, 3] and states[-1][1] == store.event("e1")
    (_, first), (_, second), (_, third) = states
    assert reasons(first, second, outlets={"a2": "Suva Times"}) == (
        "a new report from Suva Times",
        "place now Suva, was Orsk",
    )
    assert reasons(second, third) == ("now in another story",)
    assert store.asof(DAYS[3]).states("e1") == states[:2] and store.states("e9") == []
    assert [(since, e.id) for since, e in store.states("e2")] == [(DAYS[2], "e2")]  # it is gone, its past is kept


def test_nothing_is_kept_twice_within_one_moment_nor_where_nothing_changed(store: Store) -> None:
    store.at(DAYS[0])
    for text in ("one", "two", "two"):
        store.put_article(article("a1", text=text))
    store.at(DAYS[1])
    store.put_article(article("a1", text="two"))
    found = store.asof(DAYS[0]).article("a1")
    assert found is not None and found.text == "two"
    assert store.asof("2026-02-28").article("a1") is None


def test_a_clock_that_was_set_back_loses_no_state(store: Store) -> None:
    store.at(DAYS[5])
    store.put_story(story("s1", "a1", reports=1), [])
    store.at(DAYS[1])
    store.put_story(story("s1", "a1", reports=2), [])
    store.at(DAYS[7])
    store.put_story(story("s1", "a1", reports=3), [])
    reports = [found.independent_reports if (found := store.asof(day).story("s1")) else None for day in DAYS]
    assert reports == [None, None, None, None, None, 2, 2, 3, 3]


def test_the_words_of_a_withdrawn_article_leave_the_past_too(store: Store) -> None:
    _fill(store)
    store.at(DAYS[7])
    named = event("e4", story="s2", articles=("a1", "a2"))
    spoken = tuple(Party("Ilse Marant", 0, 11, article=id) for id in ("a1", "a2"))
    store.put_story(_quoting("s2", "a2", "a1", text="Secret words."), [replace(named, actors=spoken)])  # type: ignore[arg-type]
    store.at(DAYS[8])
    with store.transaction():
        store.put_article(article("a1", title=None, text=""))
        store.put_correction(Correction("a1", DAYS[8], "withdrawal", "Retracted.", "owner"))
        store.drop_versions("a1")
        store.put_mentions("a1", ())
    store.put_story(story("s2", "a2"), [])
    for day in DAYS[:8]:
        then = store.asof(day)
        assert then.article("a1") is None and then.mentions_of("a1") == []
        for kept in then.each_story():
            assert all(q.article != "a1" for q in kept.sentences) and (
                not kept.headline or kept.headline.article != "a1"
            )
        for happened in then.each_event():
            assert all(party.article != "a1" for party in happened.actors)
    last = store.asof(DAYS[7]).story("s2")
    assert last is not None and last.headline is not None and last.sentences == ()
