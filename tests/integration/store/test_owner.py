"""The owner's marks and sessions, in every store."""

from __future__ import annotations

from dataclasses import replace

import store_records as records

from dateline.store import Store
from dateline.store.owner import Chosen, Mark, Session, owner_of


def _filled(store: Store) -> list[str]:
    made = [
        records.article("a1", published="2026-11-20T10:00:00Z", source="one.example"),
        records.article("a2", published="2026-11-21T10:00:00Z", source="one.example"),
        records.article("a3", published="2026-11-22T10:00:00Z", source="two.example"),
        replace(records.article("a4"), publisher=None),
    ]
    for article in made:
        store.put_article(article)
    return [article.id for article in made]


def test_marks_are_set_one_by_one_and_keep_the_other(store: Store) -> None:
    _filled(store)
    owner = owner_of(store)
    assert owner.marks(["a1", "a2"]) == {}
    owner.put_marks(["a1", "a2"], read=True)
    owner.put_marks(["a2", "a3"], starred=True)
    assert owner.marks(["a1", "a2", "a3", "a4"]) == {
        "a1": Mark(True, False), "a2": Mark(True, True), "a3": Mark(False, True),
    }  # fmt: skip
    owner.put_marks(["a2"], read=False)
    assert owner.marks(["a2"]) == {"a2": Mark(False, True)}


def test_lists_choose_by_mark_source_and_time_in_both_orders(store: Store) -> None:
    _filled(store)
    owner = owner_of(store)
    owner.put_marks(["a2"], read=True, starred=True)
    assert [id for id, _ in owner.listed(Chosen())] == ["a3", "a2", "a1", "a4"]
    assert [id for id, _ in owner.listed(Chosen(), oldest_first=True)] == ["a4", "a1", "a2", "a3"]
    assert [id for id, _ in owner.listed(Chosen(read=False))] == ["a3", "a1", "a4"]
    assert [id for id, _ in owner.listed(Chosen(starred=True))] == ["a2"]
    assert [id for id, _ in owner.listed(Chosen(source="one.example"), limit=1, offset=1)] == ["a1"]
    assert [id for id, _ in owner.listed(Chosen(source=""))] == ["a4"]
    noon = 1795348800  # 2026-11-22T12:00:00Z
    assert [id for id, _ in owner.listed(Chosen(since=noon - 86_400, until=noon))] == ["a3"]
    assert list(owner.article_ids()) == ["a1", "a2", "a3", "a4"]


def test_all_of_a_list_are_read_at_once_and_counted_by_outlet(store: Store) -> None:
    _filled(store)
    owner = owner_of(store)
    owner.put_marks(["a1"], starred=True)
    owner.read_all(Chosen(source="one.example"))
    assert owner.marks(["a1", "a2", "a3"]) == {"a1": Mark(True, True), "a2": Mark(True, False)}
    assert [(o.domain, o.articles, o.unread) for o in owner.outlets()] == [
        (None, 1, 1), ("one.example", 2, 0), ("two.example", 1, 1),
    ]  # fmt: skip
    owner.read_all(Chosen())
    assert [o.unread for o in owner.outlets()] == [0, 0, 0]


def test_sessions_come_and_go(store: Store) -> None:
    owner = owner_of(store)
    owner.open_session(Session("h1", "web", 100, 200), 100)
    assert owner.session("h1") == Session("h1", "web", 100, 200)
    owner.open_session(Session("h2", "reader", 300, 400), 300)  # the first has ended by now
    assert owner.session("h1") is None
    owner.close_session("h2")
    assert owner.session("h2") is None
    owner.open_session(Session("h3", "web", 300, 400), 300)
    owner.close_sessions()
    assert owner.session("h3") is None
