"""One text carried by very many: the work of each article has an upper limit, and processes change no answer."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

from dateline import pipeline
from dateline.articles import Copies, MemoryIndex
from dateline.articles import copies as room
from dateline.model import Article, FamilyHead, Rejected

TEXT = (
    "Rescue crews reached the flooded village of Marl late on Tuesday after two bridges gave way under the load. The "
    "mayor said at least 19 people were missing and that boats had been sent from three towns upstream. Engineers of "
    "the river board warned that the dam at Hest would hold for two more days at most."
)


def carried(count: int) -> list[Article]:
    return [Article(f"c{at:05d}", None, "Crews reach Marl", TEXT, "2026-03-04T10:00:00Z") for at in range(count)]


def test_the_work_for_one_article_does_not_grow_with_its_family(monkeypatch: pytest.MonkeyPatch) -> None:
    given = carried(2_000)
    known = {a.id: a for a in given}
    heads: dict[str, FamilyHead] = {}
    work: list[int] = []
    asked: list[str] = []
    compared: list[str] = []
    is_copy = room.is_copy

    def families(ids: Sequence[str]) -> dict[str, FamilyHead]:
        asked.extend(ids)
        return {id: heads[id] for id in ids if id in heads}

    def counted(one: str, other: str) -> bool:
        compared.append(other)
        return is_copy(one, other)

    monkeypatch.setattr(room, "is_copy", counted)
    finder = Copies(MemoryIndex(), known.get, families)
    for article in given:
        before = len(asked) + len(compared)
        placed = finder.place(article)
        heads.update(dict.fromkeys(placed.joined, placed.family or FamilyHead("", "", "")))
        work.append(len(asked) + len(compared) - before + len(placed.joined))
    assert max(work) <= 20, "16 families asked for, one text compared, two members at most"
    assert {head.id for head in heads.values()} == {placed.family.id if placed.family else None}
    assert len(heads) == len(given) and placed.family and placed.family.original == given[0].id


def test_a_fuller_text_that_comes_late_is_the_original_of_all() -> None:
    given = carried(3)
    longer = Article("d", None, None, TEXT + " " + "Nobody had slept, the ferryman told this paper. " * 8, None)
    answers = list(pipeline.find_copies([*given, longer]))
    assert {a["original"] for a in answers if isinstance(a, dict)} == {"d"}
    assert {a["why"] for a in answers if isinstance(a, dict)} == {"the fullest text"}


def test_texts_are_fingerprinted_in_processes_and_answered_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Article | Rejected] = [*carried(150), Article("e", None, None, "The quay was empty.")]
    given.insert(3, Rejected("bad", "invalid", "The record has no text."))
    one = list(pipeline.find_copies(given, jobs=1))
    here, sampled = os.getpid(), pipeline.sampled

    def elsewhere(text: str) -> list[int]:
        assert os.getpid() != here, "the text was fingerprinted in the process that asked"
        return sampled(text)

    monkeypatch.setattr(pipeline, "sampled", elsewhere)
    assert list(pipeline.find_copies(given, jobs=2)) == list(pipeline.find_copies(given, jobs=3)) == one
    assert [r.id if isinstance(r, Rejected) else r["id"] for r in one[2:5]] == ["c00002", "bad", "c00003"]


def test_a_text_that_cannot_be_fingerprinted_is_the_only_one_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    sampled = pipeline.sampled

    def fails(text: str) -> list[int]:
        if text == "broken":
            raise ValueError("broken")
        return sampled(text)

    monkeypatch.setattr(pipeline, "sampled", fails)
    answers = list(pipeline.find_copies([*carried(2), Article("x", None, None, "broken"), *carried(1)], jobs=1))
    assert [isinstance(a, Rejected) for a in answers] == [False, False, True, False]


def test_what_was_preferred_for_a_reason_keeps_it_when_another_copy_comes() -> None:
    cut = TEXT[: len(TEXT) * 2 // 3]
    texts = (cut, TEXT, TEXT)
    given = [Article(f"k{at}", None, None, text, f"2026-03-04T1{at}:00:00Z") for at, text in enumerate(texts)]
    answers = [a for a in pipeline.find_copies(given) if isinstance(a, dict)]
    assert {a["original"] for a in answers} == {"k1"}
    assert {a["why"] for a in answers} == {"the fullest text"}, "it was not the first to publish"
