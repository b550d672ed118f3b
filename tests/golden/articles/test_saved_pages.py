"""Pages saved or copied as plain text, invented: what is read off them, field by field."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from dateline.articles import read
from dateline.model import Article, Page

PAGES = sorted((Path(__file__).parent / "pages").glob("*.toml"))


def _wrong(path: Path) -> list[str]:
    gold = tomllib.loads(path.read_text(encoding="utf-8"))
    made = read(Page(path.stem, text=gold["page"]))
    assert isinstance(made, Article)
    paragraphs = made.text.split("\n\n")
    got: dict[str, Any] = {
        "title": made.title,
        "published": made.published,
        "modified": made.modified,
        "agency": list(made.agency),
        "dateline": made.dateline and made.dateline.place,
        "byline": list(made.byline),
        "publisher": made.publisher and made.publisher.name,
        "republisher": made.republisher and made.republisher.name,
        "republisher_domain": made.republisher and made.republisher.domain,
        "paragraphs": len(paragraphs),
        "related": [[item.title, item.summary or ""] for item in made.related],
    }
    asked = {name: value for name, value in gold.items() if name in got}
    wrong = [f"{path.stem}.{name}: {got[name]!r}, not {value!r}" for name, value in asked.items() if got[name] != value]
    if not made.text.startswith(gold["first"]):
        wrong.append(f"{path.stem}.first: {made.text[:60]!r}")
    if not made.text.endswith(gold["last"]):
        wrong.append(f"{path.stem}.last: {made.text[-60:]!r}")
    return wrong


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_fields_of_saved_pages_are_read(path: Path) -> None:
    assert not _wrong(path)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_word_of_a_page_is_lost(path: Path) -> None:
    page = tomllib.loads(path.read_text(encoding="utf-8"))["page"]
    made = read(Page(path.stem, text=page))
    assert isinstance(made, Article)
    told = " ".join((made.title or "", made.text, *(taken.text for taken in made.removed)))
    assert not Counter(re.findall(r"\w+", page)) - Counter(re.findall(r"\w+", told))


def test_what_stands_beside_a_date_is_not_lost() -> None:
    page = (
        "Ledger | 18 May 2025 special late evening edition\nFerry of Orlen back at work\n\n"
        "The ferry of Orlen went back to work on Monday after nine weeks in the dock, its crew said."
    )
    made = read(Page("p", text=page))
    assert isinstance(made, Article)
    told = " ".join((made.title or "", made.text, *(taken.text for taken in made.removed)))
    assert not Counter(re.findall(r"\w+", page)) - Counter(re.findall(r"\w+", told))
    assert (made.title, made.published) == ("Ferry of Orlen back at work", "2025-05-18")
