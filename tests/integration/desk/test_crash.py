"""A pass that is killed at any moment and started again ends where one that was not killed ends."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from desk_helpers import NOW, everything
from sqlalchemy import event

from dateline import sample
from dateline.desk import Desk
from dateline.store.sql.engine import Database

OUTLETS = ("prairiesignal.example", "proteadispatch.example", "fullwhistle.example")  # with two articles that change
KILLS = int(os.environ.get("DATELINE_KILLS", "20"))  # 200 for the figure in docs/reference/keeping.md


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give three outlets of the sample: about 20 pages."""
    folder = tmp_path_factory.mktemp("pages") / "pages"
    for outlet in OUTLETS:
        shutil.copytree(sample.PAGES / outlet, folder / outlet)
    return folder


def _desk(folder: Path, pages: Path) -> None:
    desk = Desk.init(folder, sample=True)
    desk.add(str(pages))
    desk.close()


def _result(folder: Path) -> dict[str, bytes]:
    desk = Desk.open(folder)
    desk.check()
    try:
        return everything(desk.reader)
    finally:
        desk.close()


def _count_statements(desk: Desk, end: int | None = None) -> list[int]:
    """Count the statements sent to the database; the process kills itself at the one numbered `end`."""
    count = [0]
    database = desk.store.database  # type: ignore[attr-defined]
    assert isinstance(database, Database)

    @event.listens_for(database.engine, "before_cursor_execute")
    def step(*_given: object) -> None:
        count[0] += 1
        if count[0] == end:
            os.kill(os.getpid(), signal.SIGKILL)

    @event.listens_for(database.engine, "commit")
    def commit(_connection: object) -> None:
        step()

    return count


def _pass(folder: Path, end: int) -> None:
    desk = Desk.open(folder)
    _count_statements(desk, end)
    desk.run_pass(now=NOW, jobs=1)
    desk.close()


@pytest.fixture(scope="module")
def undisturbed(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], int]:
    """Give the state after an undisturbed pass, and how many statements it took."""
    folder = tmp_path_factory.mktemp("undisturbed") / "desk"
    _desk(folder, pages)
    desk = Desk.open(folder)
    count = _count_statements(desk)
    desk.run_pass(now=NOW, jobs=1)
    desk.close()
    return _result(folder), count[0]


def test_twenty_kills_at_random_moments(pages: Path, undisturbed: tuple[dict[str, bytes], int], tmp_path: Path) -> None:
    wanted, statements = undisturbed
    assert len(wanted["articles.jsonl"].splitlines()) >= 15 and statements > 200
    dice = random.Random(20260313)
    fork = multiprocessing.get_context("fork")
    kills = rounds = 0
    while kills < KILLS:
        rounds += 1
        folder = tmp_path / f"desk{rounds}"
        _desk(folder, pages)
        ended = None
        while ended != 0:
            # A moment within the next half of a pass: what was done before a kill is not done again, so that the
            # kills of a round spread over all phases; one beyond what is left lets the pass end.
            process = fork.Process(target=_pass, args=(folder, dice.randrange(1, statements // 2)))
            process.start()
            process.join(120)
            ended = process.exitcode
            assert ended in (0, -signal.SIGKILL)
            kills += ended != 0
        state = _result(folder)
        assert [name for name in wanted if state[name] != wanted[name]] == []


def test_kills_at_the_last_moments_of_a_pass(
    pages: Path, undisturbed: tuple[dict[str, bytes], int], tmp_path: Path
) -> None:
    wanted, statements = undisturbed
    fork = multiprocessing.get_context("fork")
    _desk(tmp_path / "desk", pages)
    for end in (*range(statements - 12, statements + 1, 4), 10**9):
        folder = tmp_path / f"desk{end}"
        shutil.copytree(tmp_path / "desk", folder)
        process = fork.Process(target=_pass, args=(folder, end))
        process.start()
        process.join(120)
        if process.exitcode != 0:
            process = fork.Process(target=_pass, args=(folder, 10**9))
            process.start()
            process.join(120)
        state = _result(folder)
        assert [name for name in wanted if state[name] != wanted[name]] == []


def test_a_command_killed_from_outside_with_its_workers(
    pages: Path, undisturbed: tuple[dict[str, bytes], int], tmp_path: Path
) -> None:
    wanted, _statements = undisturbed
    folder = tmp_path / "desk"
    _desk(folder, pages)
    script = (
        f"from pathlib import Path\nfrom dateline.desk import Desk\nDesk.open(Path({str(folder)!r})).run_pass(jobs=2)"
    )
    environment = {**os.environ, "DATELINE_NOW": NOW}
    for seconds in (0.5, 1.0, 1.5, 3.0):
        process = subprocess.Popen([sys.executable, "-c", script], env=environment, start_new_session=True)
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)
        if _has_ended(folder):  # before its kill, on a quick machine: another pass would be one too many
            break
    else:
        subprocess.run([sys.executable, "-c", script], env=environment, check=True, timeout=200)
    state = _result(folder)
    assert [name for name in wanted if state[name] != wanted[name]] == []


def _has_ended(folder: Path) -> bool:
    desk = Desk.open(folder)
    try:
        return any(manifest.finished for manifest in desk.reader.manifests())
    finally:
        desk.close()
