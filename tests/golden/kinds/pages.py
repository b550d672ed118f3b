"""The kind set: what `contents.toml` says, each in three of ten layouts, so that each layout holds every kind."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.golden.kinds.layouts import HOST
from tests.golden.kinds.systems import LAYOUTS, render

from dateline.articles import read
from dateline.model import Kind, Page, Rejected

STEPS = (0, 3, 7)  # which layouts after a content's own


def pages() -> Iterator[tuple[Page, Kind, str]]:
    """Give every page with its kind and the name of its layout."""
    given = tomllib.loads(Path(__file__).with_name("contents.toml").read_text(encoding="utf-8"))
    for number, told in enumerate(given["page"]):
        for step in STEPS:
            layout = (number + step) % len(LAYOUTS)
            html = render(layout, told, given["around"][told["language"]])
            name = LAYOUTS[layout].name
            yield Page(f"{told['path']} in {name}", url=HOST + told["path"], html=html), told["kind"], name


def judged() -> list[tuple[Page, Kind, Kind]]:
    """Give every page with its kind and the kind that reading it gives."""
    made = []
    for page, kind, _ in pages():
        answer = read(page)
        seen = answer.kind if answer.kind else "other"  # what is empty or unreadable is no article
        made.append((page, kind, seen if isinstance(answer, Rejected) or answer.text else "other"))
    return made
