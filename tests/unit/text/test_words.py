"""Words, folding, stems and stop words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.text.words import content_words, fold, words


@given(st.text(max_size=200))
def test_every_word_quotes_its_text(text: str) -> None:
    for word in words(text):
        assert text[word.start : word.end] == word.text
        assert word.text.strip()


def test_figures_and_short_forms_are_one_word_each() -> None:
    assert [w.text for w in words("U.S. exports rose 1,200, or 2.5%.")] == [
        "U.S",
        "exports",
        "rose",
        "1,200",
        "or",
        "2.5",
    ]


def test_folding_takes_case_accents_and_quotes_away() -> None:
    assert fold("ÉCOLE d’Été") == fold("ecole D'ete")


def test_endings_meet_and_stop_words_go() -> None:
    assert content_words("The protests in the cities") == content_words("protest, city")


def test_stop_words_are_those_of_the_language() -> None:
    assert content_words("los rebeldes del norte", "es") == content_words("rebeldes norte", "es")
    assert "der" in content_words("der Minister", "en")
    assert "der" not in content_words("der Minister", "de-AT")


def test_scripts_without_spaces_give_pairs_of_characters() -> None:
    assert content_words("地震発生") == ["地震", "震発", "発生"]
