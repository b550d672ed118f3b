"""What is let go of and what never is, asked of every store."""

from __future__ import annotations

from dataclasses import replace

from store_records import article, event, mention, story, tags

from dateline.model import Headline, Link, Page, Quote, Rejected, Version
from dateline.store import Store
from dateline.store.facets import epoch

OLD, NEW, LIMIT = "2024-03-01T00:00:00Z", "2026-03-01T00:00:00Z", epoch("2026-01-01T00:00:00Z")


def _fill(store: Store) -> None:
    """Old articles: a1 is quoted, a2 tells an event, a3 heads what a story was, a4 is cited by nothing; a5 is new."""
    store.at(OLD)
    for id in ("a1", "a2", "a3", "a4", "a5"):
        when = NEW if id == "a5" else OLD
        store.put_article(article(id, published=when, text=f"Words of {id}."))
        store.put_version(Version(id, 1, OLD, None, None, f"Words of {id}, once."))
        store.put_version(Version(id, 2, when, None, None, f"Words of {id}."))
        store.put_tags(id, tags(actors=("Orsk militia",)))
        store.put_mentions(id, [mention(f"m{id}", id)])
        store.put_link(Link(id, "s1", None, None))
        store.index(id)
        page = Page(id, f"https://x.example/{id}", html=f"<p>{id}</p>")
        store.put_page(page)
    for waiting in store.waiting(9)[:4]:
        store.page_done(waiting.number)
    members = story("s1", "a1", "a2", "a3", "a4", "a5", seen=OLD)
    made = replace(members, sentences=(Quote("Words", "a1", 0, 5),))
    store.put_story(replace(made, headline=Headline("Title of a3", "a3")), [event("e1", story="s1", articles=("a2",))])
    store.at(NEW)
    store.put_story(made, [event("e1", story="s1", articles=("a2",))])
    store.put_rejected(Rejected("r1", "empty", "Nothing."), OLD)
    store.put_rejected(Rejected("r2", "empty", "Nothing."), NEW)


def _texts(store: Store) -> dict[str, str]:
    return {a.id: a.text for a in store.each_article()}


def test_a_text_that_an_event_or_a_digest_cites_is_never_let_go_of(store: Store) -> None:
    _fill(store)
    before, revision = _texts(store), store.story("s1")
    told = store.purge("texts", LIMIT, preview=True)
    assert (told.rows, told.cited, _texts(store)) == (1, 3, before) and told.bytes > 0
    assert store.purge("texts", LIMIT) == told
    assert _texts(store) == {**before, "a4": ""}
    gone = store.article("a4")
    assert gone is not None and gone.title == "Title of a4" and gone.publisher is not None
    assert store.story("s1") == revision and store.versions("a4") == [] and store.mentions_of("a4") == []
    assert store.tags("a4").actors == () and store.tags("a1").actors != () and len(store.versions("a1")) == 2
    assert sorted(h.article for h in store.search("words")) == ["a1", "a2", "a3", "a5"]
    assert [h.article for h in store.search("a4")] == ["a4"]
    assert store.asof(OLD).mentions_of("a4") == [] and store.counts().mentions == 4
    assert store.purge("texts", LIMIT).rows == 0
    assert store.purge("texts", LIMIT, since=LIMIT).cited == 0


def test_what_a_past_state_cites_stays_until_that_state_goes(store: Store) -> None:
    _fill(store)
    told = store.purge("history", epoch("2027-01-01"), preview=True)
    assert told.rows == 6 and store.asof(OLD).story("s1") != store.story("s1")
    assert store.purge("history", epoch("2027-01-01")) == told
    assert store.asof(OLD).story("s1") is None and [v.number for v in store.versions("a1")] == [2]
    assert store.purge("texts", LIMIT).rows == 2 and _texts(store)["a3"] == ""


def test_old_pages_leave_what_they_are_known_by(store: Store) -> None:
    _fill(store)
    told = store.purge("pages", LIMIT, preview=True)
    assert told.rows == 4 and store.page("a1") is not None
    assert store.purge("pages", LIMIT) == told and store.purge("pages", LIMIT).rows == 0
    assert store.page("a1") is None and store.page("a5") is not None
    assert not store.put_page(Page("a1", "https://x.example/a1", html="<p>a1</p>"))
    assert store.read_again() == 1 and [w.page.id for w in store.waiting(9)] == ["a5"]


def test_old_rejections_go(store: Store) -> None:
    _fill(store)
    assert store.purge("rejected", LIMIT, preview=True).rows == 1 == store.purge("rejected", LIMIT).rows
    assert [r.id for r in store.rejections()] == ["r2"] and store.counts().rejected == 1
