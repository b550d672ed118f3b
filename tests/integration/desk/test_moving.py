"""A desk moves to PostgreSQL and back, whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_helpers import NOW, everything, made, write_pages
from postgres import Server

from dateline.desk import Desk
from dateline.errors import ConfigError, StoreError, UsageError
from dateline.store.sql import moving
from dateline.store.sql.store import PostgresStore

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a desk with three pages."""
    folder = tmp_path_factory.mktemp("moved")
    made(folder / "desk", write_pages(folder / "pages")).close()
    return folder / "desk"


def _without_search(found: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in found.items() if name != "inside"}


def _at(folder: Path, address: str) -> Desk:
    folder.mkdir()
    (folder / "dateline.toml").write_text(f'database = "{address}"\n')
    return Desk.open(folder)


def test_a_desk_moves_to_postgresql_goes_on_there_and_comes_back(filled: Path, server: Server, tmp_path: Path) -> None:
    desk = Desk.open(filled)
    before = everything(desk.reader)
    address = server.database()
    seen: list[str] = []
    rows = desk.migrate_to(address, lambda what, _done, _total: seen.append(what))
    assert rows > 50 and {"article", "event", "words"} <= set(seen)
    assert desk.migrate_to(address) == rows  # what is there already is found whole
    desk.close()
    there = _at(tmp_path / "there", address)
    there.check()
    assert _without_search(everything(there.reader)) == _without_search(before)
    assert there.reader.search('"lower quay" midnight')
    again = there.run_pass(now=NOW, jobs=1)
    assert (again.articles, again.stories) == (0, 0)
    assert there.read_again() == 3 and there.run_pass(now=NOW, jobs=1).articles == 0
    there.backup(tmp_path / "saved.sqlite")
    with pytest.raises(StoreError, match="exists already"):
        there.backup(tmp_path / "saved.sqlite")
    there.close()
    Desk.restore(tmp_path / "back", tmp_path / "saved.sqlite")
    back = Desk.open(tmp_path / "back")
    back.check()
    assert _without_search(everything(back.reader)) == _without_search(before)
    back.close()
    other = server.database()
    _at(tmp_path / "other", other).close()
    Desk.restore(tmp_path / "other", tmp_path / "saved.sqlite")
    opened = Desk.open(tmp_path / "other")
    opened.check()
    assert _without_search(everything(opened.reader)) == _without_search(before)
    opened.close()
    with pytest.raises(UsageError, match="holds 3 articles"):
        Desk.restore(tmp_path / "other", tmp_path / "saved.sqlite")


def test_a_move_that_was_stopped_goes_on(
    filled: Path, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk.open(filled)
    address = server.database()
    monkeypatch.setattr(moving, "MANY", 2)
    copied = 0

    def stop(_what: str, _done: int, _total: int | None) -> None:
        nonlocal copied
        copied += 1
        if copied == 25:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.migrate_to(address, stop)
    target = PostgresStore(address)
    with target.database.writing() as connection:  # and what arrived was damaged
        connection.exec_driver_sql("UPDATE content SET data = 'x' WHERE n = (SELECT min(n) FROM content)")
    target.close()
    assert desk.migrate_to(address) > 50
    there = _at(tmp_path / "there", address)
    assert _without_search(everything(there.reader)) == _without_search(everything(desk.reader))
    there.close()
    desk.close()


def test_what_cannot_be_a_target_is_said(filled: Path, server: Server, tmp_path: Path) -> None:
    desk = Desk.open(filled)
    with pytest.raises(ConfigError, match="no address of PostgreSQL"):
        desk.migrate_to("sqlite:///other.sqlite")
    with pytest.raises(StoreError, match="createdb"):
        desk.migrate_to(server.address("nowhere"))
    with pytest.raises(StoreError, match="cannot be reached"):
        desk.migrate_to("postgresql://desk@/desk?host=/nowhere")
    address = server.database()
    other = made(tmp_path / "other", write_pages(tmp_path / "pages"))
    other.withdraw(next(other.reader.each_article()).id, "wrong")
    other.migrate_to(address)
    other.close()
    with pytest.raises(UsageError, match="another desk"):
        desk.migrate_to(address)
    desk.close()
