"""Debian's PostgreSQL, started for the tests: a cluster of its own, on a socket, as a user that is not root."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

BIN = sorted(
    Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name) if p.parent.name.isdigit() else 0
)
_FAST = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=64MB", "max_connections=60"]


class Server:
    """A running server and the databases made in it."""

    def __init__(self, folder: Path, *more: str) -> None:
        self.folder, self.count, self.options = folder, 0, (*_FAST, *more)
        self.template = ""
        self.process: subprocess.Popen[bytes] | None = None
        owner = "nobody" if os.geteuid() == 0 else None
        self.user = {"user": owner, "group": "nogroup", "extra_groups": []} if owner else {}
        self.kept = (folder / "data").exists()  # it holds what an earlier run made
        if self.kept:
            return
        if owner:
            shutil.chown(folder, owner, "nogroup")
        self._run(
            "initdb", "-D", str(folder / "data"), "-U", "desk", "-A", "trust", "-N", "--locale=C.UTF-8", "-E", "UTF8"
        )

    def _run(self, program: str, *given: str) -> None:
        done = subprocess.run(
            [BIN[-1] / program, *given], cwd="/", capture_output=True, text=True, check=False, **self.user
        )
        assert done.returncode == 0, done.stderr

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = [part for option in self.options for part in ("-c", option)]
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            [BIN[-1] / "postgres", "-D", self.folder / "data", "-k", self.folder, "-h", "", *options],
            cwd="/", stdout=log, stderr=log, **self.user,
        )  # fmt: skip
        log.close()
        for _try in range(200):
            ready = [BIN[-1] / "pg_isready", "-q", "-h", self.folder, "-U", "desk"]
            if subprocess.run(ready, cwd="/", check=False).returncode == 0:
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text())

    def stop(self) -> None:
        """Stop the server at once; those who are connected are cut off."""
        if self.process is not None:
            self.process.send_signal(2)  # SIGINT: fast shutdown
            self.process.wait(60)
            self.process = None

    def database(self, *, bare: bool = False) -> str:
        """Make an empty database with the newest schema (or with none) and give its address."""
        self.count += 1
        name = f"desk{self.count}"
        if bare:
            self._make(name)
            return self.address(name)
        if not self.template:
            from dateline.store.sql.store import PostgresStore

            self._make("made")
            PostgresStore(self.address("made")).close()
            self.template = "made"
        self._make(name, "-T", self.template)
        return self.address(name)

    def named(self, name: str) -> str:
        """Give the address of a database that stays, made where there is none."""
        listed = [
            "psql",
            "-h",
            str(self.folder),
            "-U",
            "desk",
            "-d",
            "postgres",
            "-Atc",
            "SELECT datname FROM pg_database",
        ]
        have = subprocess.run([BIN[-1] / listed[0], *listed[1:]], cwd="/", capture_output=True, text=True, check=True)
        if name not in have.stdout.split():
            self._make(name)
        return self.address(name)

    def _make(self, name: str, *given: str) -> None:
        if self.kept:
            self._run("dropdb", "--if-exists", "-h", str(self.folder), "-U", "desk", name)
        self._run("createdb", "-h", str(self.folder), "-U", "desk", *given, name)

    def address(self, name: str) -> str:
        """Give the address of a database by its name."""
        return f"postgresql://desk@/{name}?host={self.folder}"


def missing() -> str | None:
    """Say what is missing for a server to be started, None where nothing is."""
    return None if BIN else "apt-get install postgresql, or ./run test --install"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Start PostgreSQL for a run of tests; skip where it is not installed."""
    how = missing()
    if how:
        line = f"PostgreSQL is not installed: {how}"
        if os.environ.get("DATELINE_REQUIRE_TOOLS") == "1":
            pytest.fail(line)
        pytest.skip(line)
    folder = Path(tempfile.mkdtemp(prefix="dlpg", dir="/tmp"))  # a socket's path must be short
    folder.chmod(0o755)
    made = Server(folder)
    made.start()
    yield made
    made.stop()
    shutil.rmtree(folder, ignore_errors=True)
