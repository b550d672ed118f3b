"""The kind set: what `contents.toml` says, each in three of ten layouts, so that each layout holds every kind."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tests.golden.kinds.layouts import HOST, Layout, Told
from tests.golden.kinds.systems import LAYOUTS

from dateline.articles import read
from dateline.model import Kind, Page, Rejected

STEPS = (0, 3, 7)  # which layouts after a content's own


@cache
def _given() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("contents.toml").read_text(encoding="utf-8"))


def contents() -> list[Told]:
    """Give what the pages hold, one table each."""
    made: list[Told] = _given()["page"]
    return made


def written(told: Told, layout: type[Layout]) -> Page:
    """Write a page in a layout."""
    html = layout(told, _given()["around"][told["language"]]).page()
    return Page(f"{told['path']} in {layout.name}", url=HOST + told["path"], html=html)


def pages() -> Iterator[tuple[Page, Kind, str]]:
    """Give every page with its kind and the name of its layout."""
    for number, told in enumerate(contents()):
        for step in STEPS:
            layout = LAYOUTS[(number + step) % len(LAYOUTS)]
            yield written(told, layout), told["kind"], layout.name


def judged() -> list[tuple[Page, Kind, Kind]]:
    """Give every page with its kind and the kind that reading it gives."""
    made = []
    for page, kind, _ in pages():
        answer = read(page)
        seen = answer.kind if answer.kind else "other"  # what is empty or unreadable is no article
        made.append((page, kind, seen if isinstance(answer, Rejected) or answer.text else "other"))
    return made
