"""What SQLite alone must do: its file, its schema, several threads and processes."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
from store_records import article, event, mention, story

from dateline.config import Settings
from dateline.errors import ConfigError, StoreError
from dateline.model import EventFilter, FamilyHead, Rejected
from dateline.store import open_store
from dateline.store.sql.store import SqliteStore


def test_opening_again_finds_everything(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'deep' / 'desk.sqlite'}"
    first = open_store(Settings(tmp_path, address))
    first.put_article(article("a1"))
    first.index("a1")
    first.close()
    again = open_store(Settings(tmp_path, address))
    assert [hit.article for hit in again.search("title")] == ["a1"]
    again.close()


def test_a_newer_a_broken_and_an_unknown_database_are_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    SqliteStore(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer dateline"):
        SqliteStore(f"sqlite:///{path}")
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"This is no database. " * 100)
    with pytest.raises(StoreError, match=r"broken\.sqlite"):
        SqliteStore(f"sqlite:///{broken}")
    with pytest.raises(ConfigError, match="mysql"):
        open_store(Settings(tmp_path, "mysql://localhost/desk"))


def test_the_counts_are_those_of_the_tables(tmp_path: Path) -> None:
    store = SqliteStore(f"sqlite:///{tmp_path / 'desk.sqlite'}")
    for id in ("a1", "a2", "a1"):
        store.put_article(article(id))
        store.put_rejected(Rejected(id, "empty", "Nothing."), "2026-03-01")
        store.put_mentions(id, [mention(f"m{id}", id)])
        store.join_family(FamilyHead("c1", "a1", "copied"), ("a1", id))
    for _again in range(2):
        store.put_story(story("s1", "a1"), [event("e1", story="s1", articles=("a1",))])
        store.put_story(story("s2", "a2"), [event("e2", story="s2"), event("e1", story="s2")])
    store.drop_rejected("a2")
    store.retire_story("s1", "s2")
    names = ("article", "rejection", "mention", "family", "story", "event")
    with store.database.reading() as connection:
        real = {n: connection.exec_driver_sql(f'SELECT count(*) FROM "{n}"').scalar() for n in names}
    counts = store.counts()
    kept = (counts.articles, counts.rejected, counts.mentions, counts.families, counts.stories, counts.events)
    assert tuple(real.values()) == kept == (2, 1, 2, 1, 1, 2)
    store.close()


def test_readers_do_not_wait_for_a_writer_nor_see_half_of_it(tmp_path: Path) -> None:
    store = SqliteStore(f"sqlite:///{tmp_path / 'desk.sqlite'}")
    store.put_story(story("s1", "a1"), [])
    seen: list[tuple[int, int]] = []

    def look() -> None:
        seen.append((store.counts().stories, len(store.events(EventFilter()))))

    with store.transaction():
        store.put_story(story("s2", "a2"), [event("e1", story="s2")])
        thread = threading.Thread(target=look)
        thread.start()
        thread.join(5)
    look()
    assert seen == [(1, 0), (2, 1)]
    store.close()


def test_two_writers_take_turns(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'desk.sqlite'}"
    stores = [SqliteStore(address), SqliteStore(address)]

    def write(number: int) -> None:
        for n in range(60):
            with stores[number].transaction():
                stores[number].put_article(article(f"a{number}-{n}"))

    threads = [threading.Thread(target=write, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert stores[0].counts().articles == 120
    for store in stores:
        store.close()


def test_a_backup_is_one_state_also_while_the_desk_is_written_to(tmp_path: Path) -> None:
    store = SqliteStore(f"sqlite:///{tmp_path / 'desk.sqlite'}")
    for n in range(50):
        store.put_article(article(f"a{n}"))
        store.index(f"a{n}")
    target = tmp_path / "saved.sqlite"
    with store.transaction():
        store.put_article(article("b1"))
        thread = threading.Thread(target=store.backup, args=(target,))
        thread.start()
        thread.join(20)
    saved = SqliteStore(f"sqlite:///{target}")
    saved.check()
    store.check()
    assert saved.counts().articles == 50 and len(saved.search("text", limit=99)) == 50
    with pytest.raises(StoreError, match="exists already"):
        store.backup(target)
    with pytest.raises(StoreError, match="failed"):
        store.backup(tmp_path / "nowhere" / "saved.sqlite")
    saved.close()
    store.close()


def test_a_damaged_database_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    store = SqliteStore(f"sqlite:///{path}")
    with store.transaction():
        for n in range(400):
            store.put_article(article(f"a{n}", text="words " * 50))
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 9000] = b"x" * 9000
    path.write_bytes(data)
    again = SqliteStore(f"sqlite:///{path}")
    with pytest.raises(StoreError, match=r"desk\.sqlite"):
        again.check()
    again.close()


def test_joining_a_family_takes_no_more_steps_when_it_is_large(tmp_path: Path) -> None:
    store = SqliteStore(f"sqlite:///{tmp_path / 'desk.sqlite'}")
    steps: list[int] = []

    def join(*members: str) -> int:
        steps.clear()
        with store.transaction(), store.database.writing() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.set_progress_handler(lambda: steps.append(1), 1)  # called for each instruction of SQLite's machine
            assert store.family_heads(["a0"]).keys() <= {"a0"}
            store.join_family(FamilyHead("c1", "a0", "copied"), members)
            raw.set_progress_handler(None, 1)
        return len(steps)

    join("a0", "a1")
    small = join("a2")
    join(*(f"a{at}" for at in range(3, 3_000)))
    assert join("a9999") <= 1.2 * small
    family = store.family("a9999")
    assert family is not None and len(family.members) == 3_001 and family.members[:3] == ("a0", "a1", "a2")
    store.close()


def test_a_large_family_is_read_once_for_all_its_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = SqliteStore(f"sqlite:///{tmp_path / 'desk.sqlite'}")
    ids = [f"a{at:04d}" for at in range(3_000)]
    store.join_family(FamilyHead("c1", ids[0], "copied"), ids)
    store.join_family(FamilyHead("c2", "b1", "copied"), ["b1", "b2"])
    read = 0
    rows = store._rows

    def counted(*asked: Any) -> Any:
        nonlocal read
        found = list(rows(*asked))
        read += len(found)
        return found

    monkeypatch.setattr(store, "_rows", counted)
    found = store.families([*ids, "b2", "none"])
    assert list(found) == [*ids, "b2"] and found["a0007"].members == tuple(ids) and found["b2"].members == ("b1", "b2")
    assert len({id(family) for family in found.values()}) == 2, "one record for all members"
    assert read <= len(ids) + 2
