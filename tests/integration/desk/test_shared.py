"""Several processes share one PostgreSQL desk, some of them are killed: it ends as if one had done it undisturbed."""

from __future__ import annotations

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
from postgres import Server

from dateline import sample
from dateline.desk import Desk
from dateline.errors import StoreError
from dateline.store.ports import Evicted
from dateline.store.sql.store import PostgresStore

pytestmark = pytest.mark.postgres

OUTLETS = ("prairiesignal.example", "proteadispatch.example", "fullwhistle.example")  # with two articles that change
KILLS = int(os.environ.get("DATELINE_KILLS", "20"))
RUN = "import sys\nfrom pathlib import Path\nfrom dateline.desk import Desk\nDesk.open(Path(sys.argv[1])).run_pass(jobs=1)"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give three outlets of the sample: about 20 pages."""
    folder = tmp_path_factory.mktemp("pages") / "pages"
    for outlet in OUTLETS:
        shutil.copytree(sample.PAGES / outlet, folder / outlet)
    return folder


def _desk(folder: Path, pages: Path, server: Server) -> Path:
    Desk.init(folder, sample=True).close()
    (folder / "dateline.toml").write_text(f'database = "{server.database()}"\nsample = true\n')
    desk = Desk.open(folder)
    desk.add(str(pages))
    desk.close()
    return folder


def _start(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder)], env={**os.environ, "DATELINE_NOW": NOW}, stderr=subprocess.PIPE
    )


def _result(folder: Path) -> dict[str, bytes]:
    desk = Desk.open(folder)
    desk.check()
    try:
        return everything(desk.reader, passes=False)
    finally:
        desk.close()


@pytest.fixture(scope="module")
def undisturbed(pages: Path, server: Server, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the state after one undisturbed pass of one process."""
    folder = _desk(tmp_path_factory.mktemp("undisturbed") / "desk", pages, server)
    desk = Desk.open(folder)
    made = desk.run_pass(now=NOW, jobs=1)
    assert (made.pages, made.articles > 15, made.inputs is not None, made.finished) == (made.pages, True, True, NOW)
    desk.close()
    return _result(folder)


def _differences(folder: Path, wanted: dict[str, bytes]) -> list[str]:
    state = _result(folder)
    return [name for name in wanted if state[name] != wanted[name]]


def test_the_exports_are_those_of_sqlite(pages: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    desk = Desk.init(tmp_path / "desk", sample=True)
    desk.add(str(pages))
    desk.run_pass(now=NOW, jobs=1)
    other = everything(desk.reader, passes=False)
    desk.close()
    assert [name for name in undisturbed if name != "inside" and undisturbed[name] != other[name]] == []


@pytest.mark.parametrize("count", [2, 3])
def test_several_processes_do_nothing_twice(
    count: int, pages: Path, server: Server, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    folder = _desk(tmp_path / "desk", pages, server)
    running = [_start(folder) for _n in range(count)]
    for process in running:
        _out, said = process.communicate(timeout=200)
        assert process.returncode == 0, said.decode()
    assert _differences(folder, undisturbed) == []


def test_processes_that_are_killed_lose_and_double_nothing(
    pages: Path, server: Server, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    dice = random.Random(20260314)
    kills = rounds = 0
    while kills < KILLS:
        rounds += 1
        folder = _desk(tmp_path / f"desk{rounds}", pages, server)
        running = [_start(folder), _start(folder)]
        ended = False
        while not ended:
            time.sleep(dice.uniform(0.3, 2.5))
            ended = any(process.poll() == 0 for process in running)
            if not ended and kills < KILLS:
                victim = dice.randrange(len(running))
                running[victim].send_signal(signal.SIGKILL)
                kills += running[victim].wait(30) == -signal.SIGKILL
                running[victim] = _start(folder)
        for process in running:
            _out, said = process.communicate(timeout=200)
            assert process.returncode == 0, said.decode()
        assert _differences(folder, undisturbed) == []


def test_a_worker_that_slept_too_long_can_write_nothing(server: Server) -> None:
    address = server.database()
    first, second = PostgresStore(address), PostgresStore(address)
    first.lease = 0.2
    first.add_jobs("build", ["s1", "s2", "s3"])
    with first.working(), second.working():
        assert first.claim("build", 2) == ["s1", "s2"] and second.claim("build", 9) == ["s3"]
        assert first.workers() == 2
        worker = first._worker
        assert worker is not None
        worker.stopped.set()  # as if the machine slept
        worker.thread.join()
        time.sleep(0.3)
        assert second.claim("build", 9) == ["s1", "s2"] and second.workers() == 1
        with pytest.raises(Evicted, match="took its work over"):
            first.jobs_done("build", ["s1"])
        assert second.left("build") == 3
    with first.working():
        assert first.claim("build", 9) == ["s1", "s2", "s3"]
    for store in (first, second):
        store.close()


def test_a_decision_waits_for_no_pass_and_a_pass_for_no_decision(server: Server) -> None:
    address = server.database()
    first, second = PostgresStore(address), PostgresStore(address)
    with first.working(), pytest.raises(StoreError, match="under way"), second.working(alone=True):
        pass
    with first.working(alone=True), pytest.raises(StoreError, match="under way"), second.working():
        pass
    with second.working(alone=True):
        assert second.workers() == 1
    for store in (first, second):
        store.close()
