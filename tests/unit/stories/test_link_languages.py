"""Linking where there is little lexicon: two attacks of one day told in the same words, in Arabic, Russian, Chinese …"""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import pytest

from dateline.model import Article, Tags
from dateline.stories import Linker
from dateline.stories.linking.sketch import sketch
from dateline.stories.linking.window import Window
from dateline.tags import tag

LINES = (Path(__file__).parent / "languages.tsv").read_text(encoding="utf-8").splitlines()
ROWS = list(csv.DictReader((line for line in LINES if not line.startswith("#")), delimiter="\t"))
LANGUAGES = tuple(dict.fromkeys(row["language"] for row in ROWS))


def told(*languages: str, across: bool = False) -> dict[str, str]:
    """Give the story that each report was put into, by its happening, hour and language."""
    rows = sorted((row for row in ROWS if row["language"] in languages), key=lambda row: int(row["hour"]))
    linker, story = Linker(across=across), {}
    for at, row in enumerate(rows):
        id = f"{row['happening']}@{row['hour']}@{row['language']}"
        moment = f"2026-03-05T{int(row['hour']):02}:{at % 60:02}:00Z"
        article = Article(id, None, row["title"], row["text"], moment, language=row["language"])
        tags = tag(article.text, moment, title=article.title, kinds=("places", "actors"))
        story[id] = linker.place(article, tags).story
    return story


@pytest.mark.parametrize("language", LANGUAGES)
def test_look_alikes_of_one_day_stay_apart(language: str) -> None:
    story = told(language)
    joined = [(a, b) for a, b in combinations(story, 2) if story[a] == story[b]]
    assert all(a.split("@")[0] == b.split("@")[0] for a, b in joined)


def test_reports_of_one_happening_join_in_most_languages() -> None:
    pairs, joined = 0, 0
    for language in LANGUAGES:
        story = told(language)
        for a, b in combinations(story, 2):
            if a.split("@")[0] == b.split("@")[0]:
                pairs, joined = pairs + 1, joined + (story[a] == story[b])
    assert pairs == 26
    assert joined >= 25


def test_places_join_reports_across_scripts_and_no_look_alikes() -> None:
    story = told(*LANGUAGES, across=True)
    pairs = [(a.split("@"), b.split("@")) for a, b in combinations(story, 2) if story[a] == story[b]]
    assert all(a[0] == b[0] for a, b in pairs)
    assert sum(a[2] != b[2] for a, b in pairs) >= 140


def test_what_is_rare_is_told_within_the_language() -> None:
    window = Window(86_400.0)
    for at in range(60):
        english = Article(f"e{at}", None, f"Report {at}", f"The mill number {at} burned.", None, language="en")
        window.add(sketch(english, Tags(), None, at)[0])
    russian = Article("r1", None, "Мельница", "Мельница сгорела, но никто не пострадал, сообщили пожарные.", None)
    plain = window.add(sketch(russian, Tags(), None, 60)[0])
    terms = window.sketches[plain].terms
    assert (window.rarity(terms, "ru") < window.rarity(terms)).all()
    common, rare = (
        sketch(Article(w, None, w, "", None, language="ru"), Tags(), None, 0)[0] for w in ("человек", "мельница")
    )
    numbers = [window.terms.numbered(made.packed) & ((1 << 22) - 1) for made in (common, rare)]
    assert window.rarity(numbers[0], "ru").max() < window.rarity(numbers[1], "ru").min()
