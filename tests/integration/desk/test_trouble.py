"""A full disk, a database that is restarted, a clock that is set back: nothing is lost, and one sentence says so."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from desk_helpers import NOW, everything, made, page, write_pages
from postgres import Server, missing
from sqlalchemy import event

from dateline.desk import Desk
from dateline.errors import StoreError
from dateline.model import SourceState

EARLIER = "2025-03-13T10:00:00Z"


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the state after an undisturbed pass."""
    folder = tmp_path_factory.mktemp("wanted")
    desk = made(folder / "desk", write_pages(folder / "pages"))
    found = everything(desk.reader, passes=False)
    desk.close()
    return found


def _limit(desk: Desk, pages: list[int]) -> None:
    """Let the file grow no further than so many pages, as on a full disk."""
    database = desk.store.database  # type: ignore[attr-defined]

    @event.listens_for(database.engine, "begin")
    def limit(connection: Any) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages[0]}")


def test_a_full_disk_undoes_the_step_and_the_next_pass_repeats_it(wanted: dict[str, bytes], tmp_path: Path) -> None:
    desk = Desk.init(tmp_path / "desk")
    desk.add(str(write_pages(tmp_path / "pages")))
    with desk.store.database.reading() as connection:  # type: ignore[attr-defined]
        size = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
    most = [size]
    _limit(desk, most)
    failed = 0
    for _try in range(99):
        try:
            desk.run_pass(now=NOW, jobs=1)
            break
        except StoreError as error:
            assert str(error).count(".") <= 3 and "desk/dateline.sqlite is full: make room and run again" in str(error)
            failed += 1
            most[0] += 1
    assert failed > 2
    desk.check()
    assert everything(desk.reader, passes=False) == wanted
    assert len(desk.reader.manifests()) == 1  # each try took up the pass that the first began
    desk.close()


@pytest.fixture
def own_server() -> Iterator[Server]:
    """Start a PostgreSQL that a test may restart."""
    if missing():
        pytest.skip(f"PostgreSQL is not installed: {missing()}")
    folder = Path(tempfile.mkdtemp(prefix="dlpg", dir="/tmp"))
    folder.chmod(0o755)
    server = Server(folder)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.postgres
def test_a_database_that_is_restarted_in_mid_pass_loses_nothing(
    own_server: Server, wanted: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "desk"
    Desk.init(folder).close()
    (folder / "dateline.toml").write_text(f'database = "{own_server.database()}"\n')
    desk = Desk.open(folder)
    desk.add(str(write_pages(tmp_path / "pages")))
    restarts, count = [120, 260, 400], [0]

    @event.listens_for(desk.store.database.engine, "before_cursor_execute")  # type: ignore[attr-defined]
    def restart(*_given: object) -> None:
        count[0] += 1
        if restarts and count[0] >= restarts[0]:
            restarts.pop(0)
            own_server.stop()
            own_server.start()

    said = []
    for _try in range(9):
        try:
            desk.run_pass(now=NOW, jobs=1)
            break
        except StoreError as error:
            said.append(str(error))
    assert said and all("cannot be reached or was restarted" in sentence for sentence in said) and not restarts
    desk.check()
    found = everything(desk.reader, passes=False)
    assert [name for name in wanted if name != "inside" and found[name] != wanted[name]] == []
    desk.close()


def test_a_clock_that_is_set_back_is_noted_and_nothing_waits_for_it(tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "pages")
    desk = made(tmp_path / "desk", folder)
    polled = SourceState("o9", "https://far.example/feed", "feed", last_success=NOW, next_poll="2026-03-13T11:00:00Z")
    desk.store.put_source(replace(polled, paused=True))
    (folder / "late.html").write_text(
        page("Bridge opens in Orsk", "The bridge was opened. " * 30, "2026-03-12T08:00:00Z")
    )

    def stop(phase: str, _done: int, _total: int | None) -> None:
        if phase == "group":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.run_pass(now=EARLIER, jobs=1, progress=stop)
    (begun,) = [m for m in desk.reader.manifests() if m.finished is None]
    assert begun.started == EARLIER and "before the last pass" in begun.notes[0]
    state = desk.reader.source("o9")
    assert state is not None and state.next_poll is None
    ended = desk.run_pass(now=EARLIER, jobs=1)
    assert ended.id == begun.id and ended.finished == EARLIER and ended.articles == 1  # taken up, not begun anew
    again = desk.run_pass(now=NOW, jobs=1)
    assert again.id != ended.id and again.articles == 0
    assert desk.reader.counts().articles == 4 and desk.reader.search("bridge")
    desk.close()
