"""A real Chromium before two served desks: one in every state, and the sample desk after its pass."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "unit" / "site"))

import site_desk  # noqa: E402  the desk in every state lives beside the unit tests

from dateline.site import make_app  # noqa: E402

MODULES = Path(os.environ.get("DATELINE_NPM") or ROOT / ".venv" / "npm") / "node_modules"


def _need(found: bool, what: str) -> None:
    """Skip with a line that says what is missing; with DATELINE_REQUIRE_TOOLS=1 that is a failure."""
    if found:
        return
    line = f"{what} is missing: ./run test --install gets it"
    if os.environ.get("DATELINE_REQUIRE_TOOLS") == "1":
        pytest.fail(line)
    pytest.skip(line)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = shutil.which("chromium")
    _need(path is not None, "Chromium")
    return path or ""


@pytest.fixture(scope="session")
def axe() -> str:
    path = MODULES / "axe-core" / "axe.min.js"
    _need(path.is_file(), "axe-core")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def vnu() -> list[str]:
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    _need(jar.is_file(), "vnu-jar")
    _need(shutil.which("java") is not None, "a Java runtime")
    return ["java", "-Xmx512m", "-jar", str(jar)]


def _serve(app: Starlette) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 30
    while not server.started and time.monotonic() < end:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def states() -> Iterator[str]:
    """Serve the desk in every state."""
    yield from _serve(make_app(site_desk.store(), site_desk.settings(sample=True), clock=site_desk.NOW))


@pytest.fixture(scope="session")
def sample(sample_folder: Path) -> Iterator[str]:
    """Serve the sample desk."""
    from dateline import config
    from dateline.store import open_store

    settings = config.load(sample_folder)
    store = open_store(settings)
    yield from _serve(make_app(store, replace(settings, sample=True)))
    store.close()
