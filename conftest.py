"""Every example in the documents runs: Python blocks as they are, console blocks through the real commands."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sybil import Document, Example, Region, Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

ROOT = Path(__file__).parent
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def consoles(document: Document) -> Iterator[Region]:
    """Find the console blocks of a Markdown document."""
    for match in _BLOCK.finditer(document.text):
        yield Region(match.start(), match.end(), match.group(1), run_console)


def run_console(example: Example) -> str | None:
    """Run each `$ command` of a block in the document's own folder; `...` in what it prints stands for anything."""
    home: Path = example.namespace["home"]
    for command, wanted in _commands(example.parsed):
        env = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "COLUMNS": "100"}
        done = subprocess.run(
            ["bash", "-c", command], cwd=home, env=env, capture_output=True, text=True, timeout=240, check=False
        )
        got = done.stdout + done.stderr
        if done.returncode not in (0, 2):
            return f"{command} ended with status {done.returncode}:\n{got}"
        if wanted.strip() and not doctest.OutputChecker().check_output(wanted, got, _FLAGS):
            return f"{command} printed\n{got}\nbut the document says\n{wanted}"
    return None


def _commands(block: str) -> Iterator[tuple[str, str]]:
    parts = re.split(r"^\$ ", block, flags=re.M)[1:]
    for part in parts:
        lines = part.split("\n")
        take = 1
        while lines[take - 1].endswith("\\"):
            take += 1
        yield "\n".join(lines[:take]), "\n".join(lines[take:])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give each document a folder of its own, with the project's `run` out of reach."""
    return tmp_path_factory.mktemp("doc")


def _setup(namespace: dict[str, Any]) -> None:
    namespace["ROOT"] = ROOT


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), consoles],
    patterns=["README.md", "docs/**/*.md", "docs/*.md"],
    fixtures=["home"],
    setup=_setup,
).pytest()
