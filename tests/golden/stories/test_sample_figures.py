"""The sample desk's tolls, crowds and sums stand to each other as its answer sheet says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.articles import read
from dateline.model import Article, Figure, Page, Tags
from dateline.stories import figures
from dateline.tags import tag
from dateline.text.numbers import numbers

SAMPLE = Path(__file__).resolve().parents[3] / "src" / "dateline" / "sample"
ANSWERS: dict[str, Any] = json.loads((SAMPLE / "answers.json").read_text("utf-8"))
WHAT = {"houses destroyed": "homes"}
# Told without a count: an age in years, a ransom that is denied, and a toll whose later report is in Spanish.
UNCOUNTED = {("ice-core", "age of the ice in years"), ("gusau-hostages", "money"), ("piura-flood", "dead")}
WANTED = [
    (story["key"], figure) for story in ANSWERS["stories"] for figure in story["figures"]
    if (story["key"], figure["what"]) not in UNCOUNTED
]  # fmt: skip


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[Figure, ...]]:
    """The figures of each story of the sheet that has any."""
    wanted = {key for key, _ in WANTED}
    rows = {row["article"]: row for row in ANSWERS["articles"]}
    family = {c["article"]: row["original"] for row in ANSWERS["copies"] for c in row["copies"]}
    family |= {row["original"]: row["original"] for row in ANSWERS["copies"]}
    out = {}
    for story in ANSWERS["stories"]:
        if story["key"] in wanted:
            articles = [a for slug in story["articles"] if (a := _article(rows[slug])) is not None]
            out[story["key"]] = figures(story["key"], articles, {a.id: _tags(a) for a in articles}, family)
    return out


def _article(row: dict[str, Any]) -> Article | None:
    path = SAMPLE / "pages" / row["file"]
    page = Page(row["article"], row["url"], path.read_text("utf-8"), published=row["published"])
    made = read(page, keep=True)
    return made if isinstance(made, Article) else None


def _tags(article: Article) -> Tags:
    return tag(article.text, article.published, kinds=("places", "counts", "attribution"))


@pytest.mark.parametrize(("story", "wanted"), WANTED, ids=[f"{key}-{figure['what']}" for key, figure in WANTED])
def test_figures_are_as_the_sheet_says(
    found: dict[str, tuple[Figure, ...]], story: str, wanted: dict[str, Any]
) -> None:
    what = WHAT.get(wanted["what"], wanted["what"])
    values = {number.value for value in wanted["values"] for number in numbers(value)}

    def told(figure: Figure) -> set[float | int | None]:
        bounds = {bound for r in figure.readings for bound in (r.low, r.high)}
        return bounds | {r.low - 1 for r in figure.readings if r.qualifier == "more_than" and r.low is not None}

    best = max((f for f in found[story] if f.what == what), key=lambda f: len(told(f) & values), default=None)
    assert best is not None
    assert best.relation == wanted["relation"]
    assert len(told(best) & values) >= min(2, len(values))


def test_figures_of_no_story_call_a_dispute_or_an_update_that_is_none(found: dict[str, tuple[Figure, ...]]) -> None:
    """What the sheet does not list may agree; few others may be said to change."""
    listed = {(key, WHAT.get(figure["what"], figure["what"])) for key, figure in WANTED}
    others = [f for key, made in found.items() for f in made if (key, f.what) not in listed]
    assert sum(f.relation != "agree" for f in others) <= 3
