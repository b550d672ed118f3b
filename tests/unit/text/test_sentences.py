"""Sentences: where they end, where they do not, and that nothing hostile makes them slow."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["He met U.S. President Ola Brandt.", "The U.S.", "The army left."],
        ["Mr. Smith met Gen. J. K. Rowe on Oct. 3 at 4.30 p.m. on Monday.", "No. 5 was hit."],
        ["NIAMEY, March 3 (MNA) — Two men died.", "One said: “No.”", "He left."],
        ["“Why?” Sara Holm asked.", "“Stop!” he cried.", "Nobody moved."],
        ['He said "it is over."', "Then he left."],
        ["The war had cost $1.5 billion by 2014.", "It went on."],
        ["We waited...", "Nobody came […] That was all."],
        ["He left at 5 a.m. Tuesday.", "She left at 5 a.m.", "The train was late."],
        ["WASHINGTON, D.C. (MNA) — He went.", "(Reporting by Ola Brandt.)"],
        ["Am 3. März kam er.", "Er ging."],
        ["قال الرجل؟", "نعم.", "هذا جيد۔"],
        ["वह आया।", "वह गया।"],
        ["¿Quién fue?", "Nadie lo sabe.", "“Nada”, dijo."],
        ["Visit www.example.org today.", "It is free."],
    ],
)
def test_sentences_of_ordinary_text(parts: list[str]) -> None:
    assert cut(" ".join(parts)) == parts


def test_full_width_stops_need_no_space() -> None:
    assert cut("他来了。他走了！") == ["他来了。", "他走了！"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("he said in a statement.", "“These raids must end,” he added."),
        ("one official said.", "Last week a ship was hit."),
        ("“We will go,” she said.", '"That is all."'),
        ("he said: “We will go.”", "The others stayed."),
    ],
)
def test_glued_sentences_are_told_apart(left: str, right: str) -> None:
    assert cut(left + right) == [left, right]


def test_a_blank_line_always_ends_a_sentence() -> None:
    assert cut("A headline without a stop\n\nThe text, broken\nover two lines, goes on") == [
        "A headline without a stop",
        "The text, broken\nover two lines, goes on",
    ]


@given(st.text(st.sampled_from(list("aA1.!?… \n\"'“”‘’()«»。؟-")) | st.characters(), max_size=200))
def test_sentences_cover_all_but_white_space_in_order(text: str) -> None:
    at = 0
    for start, end in sentences(text):
        assert not text[at:start].strip()
        assert start < end and text[start:end].strip() == text[start:end]
        assert "\n\n" not in text[start:end]
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "unit", ["a", ".", ". ", '."', "A.", "a.B", "\n", " ", "?! ", "3. März ", '"Why?" A ', "U.S. ", "\U0001f600"]
)
def test_hostile_texts_take_time_in_proportion(unit: str) -> None:
    text = (unit * 500_000)[:500_000]
    begun = time.process_time()
    sentences(text)
    assert time.process_time() - begun < 4
