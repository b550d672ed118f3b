"""The sample desk's reports gather as its answer sheet says, and its look-alikes stay apart."""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations, groupby
from pathlib import Path
from typing import Any, Literal

import pytest

from dateline.articles import read
from dateline.model import Article, Page, Tags
from dateline.pipeline import linker
from dateline.stories import Linker
from dateline.stories.linking.encoder import installed
from dateline.tags import tag
from dateline.text.moments import order_key

SAMPLE = Path(__file__).resolve().parents[3] / "src" / "dateline" / "sample"


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    return json.loads((SAMPLE / "answers.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def given(answers: dict[str, Any]) -> list[list[tuple[Article, Tags, str | None]]]:
    """The articles of the sheet with their tags and families, those of one moment together."""
    made: list[Article] = []
    for row in answers["articles"]:
        path = SAMPLE / "pages" / row["file"]
        if not path.is_file():
            continue
        page = Page(row["article"], row["url"], path.read_text("utf-8"), published=row["published"])
        article = read(page, keep=True)
        if isinstance(article, Article):
            made.append(article)
    made.sort(key=lambda a: (order_key(a.published), a.id))
    family = {c["article"]: row["original"] for row in answers["copies"] for c in row["copies"]}
    family |= {row["original"]: row["original"] for row in answers["copies"]}
    return [
        [(a, tag(a.text, a.published, kinds=("actors", "places")), family.get(a.id)) for a in held]
        for _, held in groupby(made, key=lambda a: order_key(a.published))
    ]


def gathered(linker: Linker, given: list[list[tuple[Article, Tags, str | None]]]) -> dict[str, str]:
    """Give the story of each article; repair after each moment, as the desk does after each pass."""
    story = {}
    for items in given:
        placed = linker.place_all(items)
        story.update({link.id: link.story for link in placed})
        story.update(linker.settle(stories={link.story for link in placed}))
    return story


@pytest.fixture(scope="module")
def placed(given: list[list[tuple[Article, Tags, str | None]]]) -> dict[str, str]:
    """The story of each article of the sheet."""
    return gathered(Linker(), given)


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def test_stories_gather_as_the_sheet_says(answers: dict[str, Any], placed: dict[str, str]) -> None:
    gold = {a: s["key"] for s in answers["stories"] for a in s["articles"] if a in placed}
    language = {a["article"]: a["language"] for a in answers["articles"]}
    # Stories in another language are linked by an optional extra alone.
    english = {a: key for a, key in gold.items() if language[a] == "en"}
    both = Counter((placed[a], key) for a, key in english.items())
    right = sum(map(_pairs, both.values()))
    joined = sum(map(_pairs, Counter(placed[a] for a in english).values()))
    belong = sum(map(_pairs, Counter(english.values()).values()))
    assert right / joined >= 0.9, f"{joined - right} pairs are wrongly together"
    assert right / belong >= 0.8, f"{belong - right} of {belong} pairs are apart"


def test_look_alikes_stay_apart(answers: dict[str, Any], placed: dict[str, str]) -> None:
    of = {s["key"]: [a for a in s["articles"] if a in placed] for s in answers["stories"]}
    mixed = [
        (s["key"], other)
        for s in answers["stories"]
        for other in s["apart_from"]
        if {placed[a] for a in of[s["key"]]} & {placed[a] for a in of.get(other, ())}
    ]
    assert mixed == []


@pytest.mark.parametrize(
    ("asked", "least"),
    [
        ("off", 0),
        ("names", 14),
        pytest.param("encoder", 28, marks=pytest.mark.skipif(not installed(), reason="needs the extra 'languages'")),
    ],
)
def test_languages_are_joined_only_as_asked_and_never_wrongly(
    answers: dict[str, Any],
    given: list[list[tuple[Article, Tags, str | None]]],
    asked: Literal["off", "names", "encoder"],
    least: int,
) -> None:
    """Of 48 pairs of a Spanish or Arabic report and an English one of its story, so many are found."""
    story = gathered(linker(asked), given)
    gold = {a: s["key"] for s in answers["stories"] for a in s["articles"] if a in story}
    language = {a["article"]: a["language"] for a in answers["articles"]}
    joined = [
        gold[one] == gold[other]
        for one, other in combinations(gold, 2)
        if language[one] != language[other] and story[one] == story[other]
    ]
    assert all(joined) and len(joined) >= least
    assert asked != "off" or joined == []
