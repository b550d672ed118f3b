"""What every store must do, asked of each of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from store_records import article, event, mention, place, story, tags

from dateline.model import (
    Article,
    Correction,
    Entry,
    EventFilter,
    Family,
    FamilyHead,
    Happening,
    Link,
    Manifest,
    Page,
    Rejected,
    SourceState,
    Subscription,
    Tags,
    Version,
)
from dateline.store import Store


def test_what_is_done_is_nobodys_to_claim_before_that_is_committed(store: Store) -> None:
    """Who claims is often another thread, which sees the marks until they are taken away for good."""
    store.add_jobs("build", ["s1", "s2"])
    store.put_page(Page("p", text="A page.", fetched=None))
    (waiting,) = store.claim_waiting(5)
    assert store.claim("build", 1) == ["s1"]
    with ThreadPoolExecutor(1) as other, store.transaction():
        store.jobs_done("build", ["s1"])
        store.page_done(waiting.number)
        assert other.submit(store.claim, "build", 5).result() == ["s2"]
        assert other.submit(store.claim_waiting, 5).result() == []
    assert store.claim("build", 5) == []
    store.add_jobs("build", ["s1"])
    assert store.claim("build", 5) == ["s1"]  # marked anew, it is to be done anew


def test_an_empty_store_answers_everything(store: Store) -> None:
    assert store.counts().articles == 0 and store.counts().newest is None
    assert store.article("a") is None and store.articles(["a"]) == {}
    assert store.latest() == [] and list(store.each_article()) == [] and list(store.each_story()) == []
    assert store.tags("a") == Tags() and store.versions("a") == [] and store.withdrawn("a") is None
    assert store.family("a") is None and store.link("a") is None and store.story_of("a") is None
    assert store.story("s") is None and store.moved("s") is None and store.stories() == []
    assert store.history("s") == [] and store.event("e") is None and store.events(EventFilter()) == []
    assert store.count_events(EventFilter()) == 0 and store.mentions(["m"]) == {} and store.mentions_of("a") == []
    assert store.events_of(["a"]) == [] and store.search("word") == [] and store.sources() == []
    assert store.corrections() == [] and store.rejections() == [] and store.manifests() == []
    assert store.waiting(5) == [] and store.jobs("tag") == [] and list(store.window(None)) == []


def test_articles_come_back_as_they_were_and_newest_first(store: Store) -> None:
    made = [
        article("a1", published="2026-03-01T10:00:00+02:00", language="es", text="Línea “uno”\n\n東京 \U0001f30a"),
        article("a2", published="2026-03-01T09:00:00Z", source="other.example"),
        article("a3", published="2026-03-02"),
        article("a4"),
    ]
    for one in made:
        store.put_article(one)
    assert [store.article(one.id) for one in made] == made
    assert [a.id for a in store.latest()] == ["a3", "a2", "a1", "a4"]
    assert [a.id for a in store.latest(limit=1, offset=1)] == ["a2"]
    assert [a.id for a in store.latest(day="2026-03-01")] == ["a2", "a1"]
    assert [a.id for a in store.latest(source="other.example")] == ["a2"]
    assert [a.id for a in store.each_article()] == ["a1", "a2", "a3", "a4"]
    assert list(store.articles(["a3", "nowhere", "a1", "a3"])) == ["a3", "a1"]
    counts = store.counts()
    assert (counts.articles, counts.newest, counts.oldest) == (4, "2026-03-02", "2026-03-01T10:00:00+02:00")


def test_an_article_written_again_is_one_article(store: Store) -> None:
    store.put_article(article("a1", published="2026-03-01"))
    store.put_article(article("a1", published="2026-03-05", title="New"))
    assert store.counts().articles == 1 and [a.title for a in store.latest(day="2026-03-05")] == ["New"]
    assert store.latest(day="2026-03-01") == []


def test_more_articles_than_one_statement_holds(store: Store) -> None:
    with store.transaction():
        for n in range(1203):
            store.put_article(article(f"a{n:04}", published="2026-03-01"))
    assert [a.id for a in store.each_article()] == [f"a{n:04}" for n in range(1203)]
    assert len(store.articles(f"a{n:04}" for n in range(1203))) == 1203


def test_versions_corrections_and_withdrawals(store: Store) -> None:
    first = Version("a1", 1, "2026-03-01T00:00:00Z", None, "T", "one")
    second = Version("a1", 2, "2026-03-02T00:00:00Z", None, "T", "two", "correction", "We got it wrong.")
    for version in (second, first, second):
        store.put_version(version)
    assert store.versions("a1") == [first, second]
    correction = Correction("a1", "2026-03-02T00:00:00Z", "correction", "We got it wrong.")
    withdrawal = Correction("a1", "2026-03-03T00:00:00Z", "withdrawal", "Retracted.")
    for one in (withdrawal, correction, correction):
        store.put_correction(one)
    assert store.corrections() == [withdrawal, correction] and store.corrections(limit=1) == [withdrawal]
    assert store.withdrawn("a1") == withdrawal and store.withdrawn("a2") is None
    owner = Correction("a1", "2026-03-04T00:00:00Z", "withdrawal", "By the owner.", "owner")
    store.put_correction(owner)
    assert store.withdrawn("a1") == owner
    store.drop_versions("a1")
    assert store.versions("a1") == []


def test_rejections_come_and_go(store: Store) -> None:
    old = Rejected("a1", "empty", "Nothing in it.", "other", 0.5, "https://x.example/")
    new = Rejected("a2", "not_article", "An index.")
    store.put_rejected(old, "2026-03-01T00:00:00Z")
    store.put_rejected(new, "2026-03-02T00:00:00Z")
    store.put_rejected(new, "2026-03-02T00:00:00Z")
    assert store.rejections() == [new, old] and store.counts().rejected == 2
    store.drop_rejected("a1")
    store.drop_rejected("a1")
    assert store.rejections() == [new] and store.counts().rejected == 1


def test_families_and_the_index_of_copies(store: Store) -> None:
    store.join_family(FamilyHead("c1", "a1", "copied whole"), ("a1", "a3"))
    store.join_family(FamilyHead("c1", "a1", "copied whole"), ("a1", "a3", "a2"))
    assert store.family("a2") == store.family("a1") == Family("c1", "a1", ("a1", "a3", "a2"), "copied whole")
    assert store.family("a4") is None and store.counts().families == 1
    index = store.copy_index()
    top = (1 << 64) - 1
    index.add("a1", [1, 2, top])
    index.add("a2", [2, top, top])
    index.add("a2", [2, 5, top])
    assert dict(index.candidates([top, 2, 9])) == {"a1": 2, "a2": 2}
    assert index.sizes(["a1", "a2", "a9"]) == {"a1": 3, "a2": 3}


def test_links_and_the_window_by_publication(store: Store) -> None:
    for id, day in (("a1", "2026-03-05"), ("a2", "2026-03-01"), ("a3", None)):
        store.put_article(article(id, published=day))
    store.put_tags("a2", tags(actors=("Orsk militia",)))
    store.join_family(FamilyHead("c1", "a1", "copied"), ("a1", "a2"))
    first = Link("a2", "s2", None, None)
    second = Link("a1", "s2", 0.9, "a2", (("words", 0.5), ("days", 1.0)), ("dam",))
    for link in (first, second, Link("a3", "s3", None, None)):
        store.put_link(link)
    assert store.link("a1") == second and store.story_of("a1") == "s2"
    assert store.stories_of(["a3", "a1", "x"]) == {"a3": "s3", "a1": "s2"}
    assert store.members("s2") == ["a2", "a1"]
    placed = [(a.id, family, of) for a, _tags, family, of in store.window(None)]
    assert placed == [("a2", "c1", "s2"), ("a1", "c1", "s2"), ("a3", None, "s3")]
    assert [t.actors[0].name for _a, t, _f, _s in store.window(None) if t.actors] == ["Orsk militia"]
    assert [a.id for a, *_rest in store.window("2026-03-02")] == ["a1", "a3"]
    store.put_link(replace(second, story="s9"))
    assert store.recent_stories(None, 9) == {"s2": "a2", "s3": "a3", "s9": "a1"}
    assert store.recent_stories(None, 1) == {"s9": "a1"} == store.recent_stories("2026-03-04", 9)
    assert store.members("s9") == ["a1"] and [a.id for a, *_rest in store.window(None)] == ["a2", "a1", "a3"]
    store.put_article(article("a1", published="2026-03-05", title="Edited"))
    assert store.story_of("a1") == "s9"


def test_stories_by_rank_by_time_and_by_facet(store: Store) -> None:
    for id, day, source in (("a1", "2026-03-01", "x.example"), ("a2", "2026-03-03", "y.example"), ("a3", None, "z")):
        store.put_article(article(id, published=day, source=source))
    old = story("s1", "a1", reports=9, seen="2026-03-01", topics=("disaster", "politics"))
    new = story("s2", "a2", reports=2, seen="2026-03-03", topics=("disaster",), places=(place("Orsk", "RUS", 1, 2),))
    undated = story("s3", "a3", reports=50)
    for one in (undated, new, old):
        store.put_story(one, [])
    # Nine reports two days old weigh as much as 2¼ of today.
    assert [s.id for s in store.stories()] == ["s1", "s2", "s3"]
    assert [s.id for s in store.stories(order="latest")] == ["s2", "s1", "s3"]
    assert [s.id for s in store.stories(limit=1, offset=1)] == ["s2"]
    assert [s.id for s in store.stories(topic="disaster", order="latest")] == ["s2", "s1"]
    assert [s.id for s in store.stories(topic="disaster", country="RUS")] == ["s2"]
    assert [s.id for s in store.stories(day="2026-03-01")] == ["s1"]
    assert [s.id for s in store.stories(source="z")] == ["s3"] and store.stories(source="z", topic="disaster") == []
    assert [s.id for s in store.each_story()] == ["s1", "s2", "s3"]
    store.put_story(replace(old, topics=("politics",)), [])
    assert [s.id for s in store.stories(topic="disaster")] == ["s2"]


def test_revisions_count_changes_of_content_only(store: Store) -> None:
    store.put_article(article("a1"))
    made, happened = story("s1", "a1"), event("e1", story="s1", articles=("a1",), day="2026-03-01")
    store.put_story(made, [happened])
    store.put_story(replace(made, revision=7), [replace(happened, revision=7)])
    assert store.story("s1") == made and store.event("e1") == happened
    store.put_story(replace(made, independent_reports=2), [replace(happened, independent_reports=2)])
    assert store.story("s1") == replace(made, independent_reports=2, revision=2)
    assert store.event("e1") == replace(happened, independent_reports=2, revision=2)


def test_events_follow_their_story(store: Store) -> None:
    store.put_article(article("a1"))
    store.put_story(story("s1", "a1"), [event(e, story="s1", articles=("a1",)) for e in ("e1", "e2")])
    store.put_story(story("s1", "a1"), [event("e2", story="s1", articles=("a1",))])
    assert [e.id for e in store.events(EventFilter())] == ["e2"] and store.counts().events == 1
    assert [e.id for e in store.events_of(["a1"])] == ["e2"]
    store.put_story(story("s5", "a1"), [event("e2", story="s5", articles=("a1",))])
    moved = store.event("e2")
    assert moved is not None and (moved.story, moved.revision) == ("s5", 2)
    store.retire_story("s5", "s1")
    store.retire_story("s1", "s0")
    assert store.counts().events == 0 and store.counts().stories == 0
    assert store.moved("s5") == "s0" and store.moved("s1") == "s0" and store.moved("s0") is None


def test_events_pass_filters(store: Store) -> None:
    for id, source in (("a1", "x.example"), ("a2", "y.example")):
        store.put_article(article(id, source=source))
    orsk = place("Orsk", "RUS", 51.2, 58.5, admin1="Orenburg")
    fiji = place("Suva", "FJI", -18.1, 178.4)
    metonym = replace(place("Moscow", "RUS"), role="metonym")
    made = [
        event("e1", day="2026-03-01", places=(orsk,), actor="Orsk militia", code="RUS", articles=("a1",), story="s1"),
        event("e2", day="2026-03-02", last="2026-03-09", type="PROTEST", articles=("a2",), places=(fiji,), story="s1"),
        event("e3", actor="Militia", status="denied", articles=("a1", "a2"), places=(metonym,), story="s1"),
        event("e4", day="2020-01-01", historical=True, articles=("a1",), places=(orsk,), story="s1"),
    ]
    store.put_story(story("s1", "a1", "a2"), made)

    def ids(**given: object) -> list[str]:
        wanted = EventFilter(**given)  # type: ignore[arg-type]
        found = [e.id for e in store.events(wanted)]
        assert store.count_events(wanted) == len(found)
        return found

    assert ids() == ["e2", "e1", "e3"]
    assert ids(historical=None) == ["e2", "e1", "e4", "e3"] and ids(historical=True) == ["e4"]
    assert ids(country="RUS") == ["e1"] and ids(country="RUS", historical=None) == ["e1", "e4"]
    assert ids(admin1="Orenburg") == ["e1"] and ids(admin1="Orenburg", country="FJI") == []
    assert ids(actor="RUS") == ["e1"] and ids(actor="orsk MILITIA") == ["e1"] and ids(actor="militia") == ["e1", "e3"]
    assert ids(actor="militia orsk") == [] and ids(actor="mil") == [] and ids(actor="") == []
    assert ids(type="PROTEST") == ["e2"] and ids(status="denied") == ["e3"] and ids(story="s2") == []
    assert ids(after="2026-03-02") == ["e2"] and ids(before="2026-03-01") == ["e1"]
    assert ids(after="2026-03-05", before="2026-03-06") == ["e2"]
    assert ids(source="x.example") == ["e1", "e3"] and ids(source="x.example", actor="orsk") == ["e1"]
    assert ids(box=(50, 50, 60, 60)) == ["e1"] and ids(box=(170, -20, -170, 0)) == ["e2"]
    assert [e.id for e in store.events(EventFilter(), limit=1, offset=1)] == ["e1"]
    assert [e.id for e in store.events(EventFilter(), limit=None, offset=1)] == ["e1", "e3"]
    assert [e.id for e in store.events_of(["a2"])] == ["e2", "e3"]


def test_mentions_in_the_order_of_their_sentences(store: Store) -> None:
    store.put_mentions("a1", [mention("m2", "a1", at=40), mention("m1", "a1", at=3)])
    store.put_mentions("a2", [mention("m3", "a2")])
    store.put_mentions("a1", [mention("m2", "a1", at=40), mention("m0", "a1", at=3)])
    assert [m.id for m in store.mentions_of("a1")] == ["m0", "m2"] and store.counts().mentions == 3
    assert list(store.mentions(["m3", "m1", "m0"])) == ["m3", "m0"]


def test_history_newest_first_and_once(store: Store) -> None:
    lines = [Happening("s1", f"2026-03-0{n}T00:00:00Z", "merged", "the same flood") for n in (1, 3, 2)]
    lines.append(Happening("s1", "2026-03-03T00:00:00Z", "pinned", "asked for", "owner"))
    for line in [*lines, *lines]:
        store.put_happening(line)
    assert store.history("s1") == [lines[3], lines[1], lines[2], lines[0]] and store.history("s2") == []


def test_sources_by_name_and_passes_newest_first(store: Store) -> None:
    one = SourceState("o1", "https://x.example/feed", "feed", "zeta", topics=("a", "b"))
    two = SourceState("o2", "/alpha", "path")
    for state in (one, two, replace(one, name="Beta")):
        store.put_source(state)
    assert [s.name for s in store.sources()] == [None, "Beta"]
    store.drop_source("o2")
    assert store.sources() == [replace(one, name="Beta")] and store.counts().sources == 1
    first = Manifest("p1", "2026-03-01T00:00:00Z", None, 1, 1, 0, 1, 0, "0.1", "x")
    second = replace(first, id="p2", started="2026-03-02T00:00:00Z")
    for manifest in (first, second, replace(first, finished="2026-03-01T00:01:00Z")):
        store.put_manifest(manifest)
    assert store.manifests() == [second, replace(first, finished="2026-03-01T00:01:00Z")]
    assert store.manifests(limit=1) == [second]


def test_subscriptions_by_source_then_id(store: Store) -> None:
    one = Subscription("zq", "o2", "https://x.example/feed", "https://hub.example/", "s1")
    two = replace(one, id="aq")
    three = replace(one, id="mq", source="o1")
    for subscription in (one, two, three, replace(one, verified="2026-03-01T00:00:00Z", lease=600)):
        store.put_subscription(subscription)
    assert [s.id for s in store.subscriptions()] == ["mq", "aq", "zq"]
    assert store.subscription("zq") == replace(one, verified="2026-03-01T00:00:00Z", lease=600)
    store.drop_subscription("aq")
    assert [s.id for s in store.subscriptions()] == ["mq", "zq"] and store.subscription("aq") is None


def test_a_page_waits_once_for_each_content(store: Store) -> None:
    page = Page("a1", "https://x.example/1", html="<p>one</p>", fetched="2026-03-01T00:00:00Z", headers=(("age", "1"),))
    assert store.put_page(page)
    assert not store.put_page(replace(page, fetched="2026-03-02T00:00:00Z", headers=(("age", "2"),)))
    changed = replace(page, html="<p>two</p>")
    assert store.put_page(changed) and not store.put_page(page)
    ready = Article("a2", None, "T", "Read already.")
    assert store.put_page(ready)
    queue = store.waiting(10)
    assert [w.page for w in queue] == [page, changed, ready] and store.waiting(1) == queue[:1]
    assert store.waiting(9, queue[0].number) == queue[1:] and store.count_waiting() == 3
    assert store.page("a1") == changed and store.page("a9") is None
    for waiting in queue:
        store.page_done(waiting.number)
    assert store.waiting(10) == []
    assert not store.put_page(changed, live=True)
    assert store.put_page(page, live=True) and store.page("a1") == page
    assert [w.page.id for w in store.waiting(10)] == ["a1"]
    assert store.read_again() == 2
    assert [w.page for w in store.waiting(10)] == [page, ready]


def test_feed_entries_are_news_once(store: Store) -> None:
    entry = Entry("https://x.example/1?utm_source=feed", "Dam bursts", source="o1")
    id = store.put_entry(entry)
    assert id is not None and store.entry(id) == entry and store.entry("a9") is None
    assert store.put_entry(replace(entry, source="o2")) is None
    changed = replace(entry, title="Dam holds")
    assert store.put_entry(changed) == id and store.entry(id) == changed


def test_pages_are_looked_at_again_when_their_time_has_come(store: Store) -> None:
    ids = [store.put_entry(Entry(f"https://x.example/{n}")) or "" for n in range(3)]
    start = "2026-03-01T00:00:00Z"
    store.put_look(ids[0], start, start, "2026-03-01T06:00:00Z")
    store.put_look(ids[1], start, start, "2026-03-01T01:00:00Z")
    store.put_look(ids[2], start, start, None)
    assert store.looks_due("2026-03-01T07:00:00Z", 9) == [(ids[1], start), (ids[0], start)]
    assert store.looks_due("2026-03-01T07:00:00Z", 1) == [(ids[1], start)]
    store.put_look(ids[1], start, "2026-03-01T01:30:00Z", "2026-03-01T06:30:00Z")
    assert store.looks_due("2026-03-01T06:00:00Z", 9) == [(ids[0], start)]


def test_the_origin_of_an_article_stays(store: Store) -> None:
    store.put_article(article("a1"), origin="o1")
    store.put_article(article("a1", title="Edited"))
    assert store.origin("a1") == "o1" and store.origin("a2") is None


def test_stories_that_went_quiet(store: Store) -> None:
    store.put_story(story("s1", "a1", seen="2026-03-01"), [])
    store.put_story(story("s2", "a2", seen="2026-03-03"), [])
    store.put_story(story("s3", "a3", seen="2026-03-01", status="settled"), [])
    store.put_story(story("s4", "a4"), [])
    assert store.stale_stories("2026-03-02") == ["s1", "s4"]


def test_jobs_by_publication_then_id(store: Store) -> None:
    for id, day in (("a1", "2026-03-05"), ("a2", "2026-03-01"), ("a3", None), ("a4", "2026-03-01")):
        store.put_article(article(id, published=day))
    store.add_jobs("tag", ["a3", "a1", "a4", "a2", "a1"])
    store.add_jobs("build", ["s2", "s1"])
    assert store.jobs("tag") == ["a2", "a4", "a1", "a3"] and store.jobs("tag", 2) == ["a2", "a4"]
    store.jobs_done("tag", ["a2", "a9"])
    assert store.jobs("tag") == ["a4", "a1", "a3"] and store.jobs("build") == ["s1", "s2"]


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    store.put_article(article("a1"))
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.put_article(article("a2"))
        with store.transaction():
            store.index("a2")
            store.put_link(Link("a2", "s1", None, None))
        store.add_jobs("tag", ["a2"])
        assert store.article("a2") is not None
        raise ZeroDivisionError
    assert store.article("a2") is None and store.jobs("tag") == [] and store.search("a2") == []
    assert store.counts().articles == 1 and store.link("a2") is None
