"""Every store tells its states apart, or says that it cannot."""

from __future__ import annotations

import pytest

from dateline.model import Article
from dateline.store import Store
from dateline.store.changes import changes_of


def put(store: Store, id: str) -> None:
    store.put_article(Article(id, None, "Ferry stops", "The ferry to Little Skerry stopped on Sunday."))


def test_each_commit_is_a_change_and_nothing_else_is(store: Store) -> None:
    changes = changes_of(store)
    if changes is None:
        assert type(store).__name__ == "MemoryStore"
        return
    first = changes.now()
    assert changes.now() == first and store.article("a1") is None and changes.now() == first
    put(store, "a1")
    second = changes.now()
    assert second != first and changes.now() == second
    store.put_article(Article("a1", None, "Ferry runs", "The ferry to Little Skerry runs again."))
    assert changes.now() not in (first, second)


def test_what_is_not_committed_is_no_change_to_what_is_read(store: Store) -> None:
    changes = changes_of(store)
    if changes is None:
        return
    seen = []
    with pytest.raises(RuntimeError), store.transaction():
        put(store, "a2")
        seen.append(changes.now())
        raise RuntimeError
    before = changes.now()
    with store.transaction():
        put(store, "a3")
    assert changes.now() not in (before, *seen)
