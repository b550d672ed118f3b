"""Linking under load: what one article may cost, and what hostile or careless input may not change."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest

from dateline import pipeline
from dateline.model import Article, Link, Rejected, Tags
from dateline.stories import Linker, link
from dateline.stories.linking import repair, window
from dateline.stories.linking.features import Matrix, compare
from dateline.stories.linking.sketch import sketch
from dateline.stories.linking.window import Window

RARE = "zorvan quilbeth marnock drelling ostrava fenwyck tamsin burlock hesper vintrel caddow ymbris".split()


def hostile(at: int, published: str | None) -> Article:
    """Give an article that shares every rare word with all others, and the title too."""
    return Article(f"h{at:04d}", None, " ".join(RARE[:6]), " ".join(RARE) + f". Item{at} Other{at}.", published)


def partition(links: Sequence[Link]) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for each in links:
        groups.setdefault(each.story, set()).add(each.id)
    return {frozenset(ids) for ids in groups.values()}


@pytest.mark.parametrize("dated", [True, False])
def test_the_work_for_one_article_has_an_upper_limit(monkeypatch: pytest.MonkeyPatch, dated: bool) -> None:
    scored: list[int] = []
    weighed: list[int] = []
    best = Window._best

    def counted(window_: Window, serial: int, others: Sequence[int]) -> Matrix:
        scored.append(len(others))
        return compare(window_, serial, others)

    def counted_best(self: Window, asked: Any, serials: Any, *rest: Any) -> list[int]:
        weighed.append(len(serials))
        return best(self, asked, serials, *rest)

    monkeypatch.setattr(link, "compare", counted)
    monkeypatch.setattr(Window, "_best", counted_best)
    monkeypatch.setattr(window, "POSTINGS", 40)
    linker = Linker()
    for at in range(400):
        linker.place(hostile(at, f"2026-05-01T{at // 60:02d}:{at % 60:02d}:00Z" if dated else None), Tags())
    assert max(scored) <= link.CANDIDATES + link.STORIES * link.MEMBERS
    assert max(weighed) <= window.QUERY_TERMS * window.POSTINGS
    # All share every posting: the four hundredth article costs what the two hundredth did.
    assert max(scored[300:]) <= max(scored[100:200])
    assert max(weighed[300:]) <= max(weighed[100:200]) <= window.POSTINGS + 2


def test_many_equal_texts_of_one_moment_are_one_story_in_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    placed: list[int] = []
    gather = link.gather

    def counted(articles: Sequence[int], *rest: Any) -> Any:
        placed.append(len(articles))
        return gather(articles, *rest)

    monkeypatch.setattr(link, "gather", counted)
    same = [
        Article(f"s{at:04d}", None, "Ferry sinks", "The ferry Silver Heron sank.", "2026-05-01") for at in range(300)
    ]
    links = Linker().place_all([(a, Tags(), None) for a in same])
    assert {each.story for each in links} == {"s0000"}
    assert [each.id for each in links] == [a.id for a in same]
    assert max(placed) == link.TOGETHER


def test_the_order_within_a_moment_changes_no_partition_in_lots_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link, "TOGETHER", 5)
    monkeypatch.setattr(window, "SPARE", 2)
    monkeypatch.setattr(link, "CANDIDATES", 4)
    words = "harbour strike ferry mayor Orlen Mirdal budget flood vote match Kastra court quake Tolpa talks".split()
    rng = random.Random(5)
    given = []
    for at in range(60):
        chosen = words[at % 5 * 3 : at % 5 * 3 + 3] * 2 + rng.sample(words, 2)
        given.append(Article(f"t{at:02d}", None, " ".join(chosen[:4]), " ".join(chosen) + ".", "2026-05-01"))
    expected = None
    for _ in range(4):
        links = Linker().place_all([(a, Tags(), None) for a in given])
        firsts: dict[str, str] = {}
        for each in links:  # named by the first in the order given, whichever lot it came in
            assert firsts.setdefault(each.story, each.id) == each.story
        assert expected in (None, partition(links))
        expected = partition(links)
        rng.shuffle(given)
    assert expected and 1 < len(expected) < 60


def test_the_candidates_of_equal_likeness_are_told_by_their_keys() -> None:
    def near(order: Sequence[int]) -> list[str]:
        made = Window(7 * 86_400.0)
        for at in order:
            article = Article(f"e{at:03d}", None, "Ferry sinks", "The ferry Silver Heron sank.", "2026-05-01")
            made.add(sketch(article, Tags(), None, at)[0])
        asked = made.serial_of["e000"]
        return [made.sketches[serial].id for serial in made.candidates(asked, 10)]

    order = list(range(100))
    expected = near(order)
    random.Random(1).shuffle(order)
    assert near(order) == expected


def test_texts_without_a_word_that_says_anything_stay_alone() -> None:
    linker = Linker()
    texts = ["the of and to in", "", "...", "the of and to in", " \n\n "]
    links = [linker.place(Article(f"n{at}", None, None, text, None), Tags()) for at, text in enumerate(texts)]
    assert [each.story for each in links] == [each.id for each in links]
    assert linker.settle() == {}


def test_an_article_that_comes_again_takes_no_story_that_others_are_left_in() -> None:
    linker = Linker()
    ferry = Article("a", None, "Ferry sinks", "The ferry Silver Heron sank on Lake Orlen.", "2026-05-01")
    dairy = Article("a", None, "Dairy strike", "Dairy workers in Kastra walked out over wages.", "2026-05-02")
    second = Article("b", None, ferry.title, ferry.text, "2026-05-01")
    stories = [linker.place(each, Tags()).story for each in (ferry, second, dairy)]
    assert stories[:2] == ["a", "a"] and stories[2] not in ("a", "b")


def test_an_id_given_twice_in_one_moment_is_placed_twice() -> None:
    ferry = Article("a", None, "Ferry sinks", "The ferry Silver Heron sank on Lake Orlen.", "2026-05-01")
    links = Linker().place_all([(ferry, Tags(), None)] * 3)
    assert [each.id for each in links] == ["a"] * 3


def test_one_giant_text_costs_what_its_beginning_does() -> None:
    long = Article("g", None, "Ferry sinks", "The ferry Silver Heron sank. " + "x" * 3_000_000, "2026-05-01")
    words = Article("w", None, "Ferry sinks", "The ferry Silver Heron sank. " + "wordy thing " * 200_000, "2026-05-01")
    made = [sketch(each, Tags(), None, 0)[0] for each in (long, words)]
    assert all(len(each.packed) < 60 for each in made)


def test_repair_finds_the_same_in_small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    def moved(block: int) -> dict[str, str]:
        monkeypatch.setattr(repair, "BLOCK", block)
        linker = Linker()
        for at, name in enumerate(("Heron", "Tern")):
            for turn in range(3):
                text = f"The ferry {name} of Port{name} sank near Isle{name}. Captain Ilse{name} was held."
                given = Article(f"{name}{turn}", None, f"Ferry {name} sinks", text, f"2026-05-0{1 + at}T0{turn}:00:00Z")
                linker.restore(given, Tags(), None, given.id)
        return linker.settle()

    assert moved(1) == moved(256) != {}


def grouped(*given: Article | Rejected) -> list[str]:
    return [each.story for each in pipeline.group_articles(given) if isinstance(each, Link)]


def test_one_moment_is_one_however_it_is_written_and_whatever_fails_within_it(monkeypatch: pytest.MonkeyPatch) -> None:
    lots: list[int] = []
    place_all = Linker.place_all

    def counted(self: Linker, items: Any) -> list[Link]:
        lots.append(len(items))
        return place_all(self, items)

    monkeypatch.setattr(Linker, "place_all", counted)
    first = Article("a", None, "Ferry sinks", "The ferry Silver Heron sank.", "2026-05-01T10:00:00Z")
    second = Article("b", None, "Ferry sinks", "The ferry Silver Heron sank.", "2026-05-01T12:00:00+02:00")
    unknown = Article("c", None, "Dairy", "Dairy workers walked out.", "yesterday")
    assert grouped(first, Rejected("x", "invalid", "No text."), second, unknown, unknown) == ["a", "a", "c", "c"]
    assert lots == [2, 1, 1]
