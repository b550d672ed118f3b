"""What many tests share: the sample desk, made once for a whole run, and the measuring data where it is."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from dateline.desk import Desk

ROOT = Path(__file__).parent.parent
BENCH = ROOT.parent / "shared" / "bench"


@pytest.fixture(scope="session")
def bench_data() -> Path:
    """Give the folder of the measuring data; tests that use it skip where it is absent."""
    if not BENCH.exists():
        pytest.skip("the measuring data (../shared/bench) is not here")
    return BENCH


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the sample desk once, for all processes of a run, and give its folder; tests must not change it."""
    from dateline.cli.serve import make_sample

    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "sample-desk"
    with (shared / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "sample.done").exists():
            make_sample(folder)
            (shared / "sample.done").touch()
    return folder


@pytest.fixture
def sample_desk(sample_folder: Path) -> Iterator[Desk]:
    """Open the sample desk for reading."""
    from dateline.desk import Desk

    desk = Desk.open(sample_folder)
    yield desk
    desk.close()


@pytest.fixture
def own_sample(sample_folder: Path, tmp_path: Path) -> Path:
    """Give a copy of the sample desk that a test may change."""
    return Path(shutil.copytree(sample_folder, tmp_path / "desk"))


def require_tool(name: str, found: bool, how: str) -> None:
    """Skip with a clear line where a tool is missing; fail instead where the run was told to install all of them."""
    if found:
        return
    line = f"{name} is not installed: {how}"
    if os.environ.get("DATELINE_REQUIRE_TOOLS") == "1":
        pytest.fail(line)
    pytest.skip(line)
