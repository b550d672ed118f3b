"""The query language and the words it looks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import UsageError
from dateline.store.search import terms
from dateline.store.search.query import And, Match, Not, Or, When, parse, wanted


def test_words_side_by_side_must_all_occur() -> None:
    assert parse("flood  dam") == And((Match(("flood",)), Match(("dam",))))


def test_and_binds_tighter_than_or() -> None:
    tree = parse("a b OR c AND NOT d")
    assert tree == Or((And((Match(("a",)), Match(("b",)))), And((Match(("c",)), Not(Match(("d",)))))))


def test_phrases_parentheses_and_fields() -> None:
    tree = parse('"burst  dam" (place:"Port Vell" OR place:orsk) -source:x.example after:2026-03')
    assert tree == And(
        (
            Match(("burst", "dam")),
            Or((Match(("port", "vell"), "place"), Match(("orsk",), "place"))),
            Not(Match(("x", "example"), "source")),
            When("after", "2026-03-01"),
        )
    )


def test_lower_case_operators_are_words() -> None:
    assert parse("sink or swim") == And((Match(("sink",)), Match(("or",)), Match(("swim",))))


def test_a_hyphenated_word_is_a_phrase_and_an_address_is_no_field() -> None:
    assert parse("cease-fire") == Match(("cease", "fire"))
    assert parse("https://x.example/a") == Match(("https", "x", "example", "a"))


@pytest.mark.parametrize(
    ("query", "character"),
    [
        ("", 1),
        ("flood AND", 10),
        ("(flood", 1),
        ("flood)", 6),
        ("a OR OR b", 6),
        ('say "burst dam', 5),
        ("colour:red", 1),
        ("a place:", 9),
        ("after:soon", 7),
        ("before:2026-02-31", 8),
        ("flood ... dam", 7),
        ("()", 2),
        ("NOT", 4),
    ],
)
def test_an_error_points_at_the_wrong_character(query: str, character: int) -> None:
    with pytest.raises(UsageError) as caught:
        parse(query)
    lines = str(caught.value).split("\n")
    assert f"at character {character}:" in lines[0]
    assert lines[2].index("^") == character + 1


@given(st.text(alphabet='ab"()-:* ANDORT“”éлم東\n', max_size=40))
def test_any_text_is_a_query_or_a_clear_error(text: str) -> None:
    try:
        wanted(parse(text))
    except UsageError as error:
        assert "^" in str(error)


def test_deep_nesting_is_refused_in_words() -> None:
    with pytest.raises(UsageError, match="levels"):
        parse("(" * 5000 + "a" + ")" * 5000)
    with pytest.raises(UsageError, match="levels"):
        parse("NOT " * 5000 + "a")


def test_terms_fold_accents_scripts_and_signs() -> None:
    assert terms.words("São Áoife’s") == ["sao", "aoife", "s"]
    assert terms.words("كِتَابٌ") == terms.words("كتاب")
    assert terms.words("مدرسة") == terms.words("مدرسه")
    assert terms.words("東京都") == ["東", "京", "都"]
    assert terms.words("Ёлка") == terms.words("елка")


@given(st.text(max_size=80))
def test_terms_stand_where_they_say(text: str) -> None:
    for term in terms.terms(text):
        assert 0 <= term.start < term.end <= len(text)
        assert term.text in "".join(terms.words(text[term.start : term.end]))


def test_a_passage_holds_the_wanted_words() -> None:
    text = "Nothing here. " * 40 + "The burst dam flooded Port Vell on Monday. " + "Nothing there. " * 40
    piece, marks = terms.passage(text, {"dam", "vell"})
    assert piece in text
    assert [piece[a:b] for a, b in marks] == ["dam", "Vell"]
    assert len(piece) <= terms.PASSAGE


@given(st.text(alphabet="ab \n", max_size=400), st.sets(st.sampled_from(["a", "b", "ab", "ba"])))
def test_marks_are_inside_the_passage(text: str, wanted_words: set[str]) -> None:
    piece, marks = terms.passage(text, wanted_words)
    assert piece in text
    for start, end in marks:
        assert piece[start:end] in wanted_words
