"""The query language and the words it looks for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import QueryError
from dateline.model import Passage
from dateline.store.search import passages, stems, terms, values
from dateline.store.search.nodes import And, Has, Match, Node, Not, Or, When, Word, leaves, with_stems
from dateline.store.search.query import parse
from dateline.text import stems as text_stems


def word(text: str) -> Word:
    """Give the node of a word written as it is folded."""
    return Word(text, text)


def test_words_side_by_side_must_all_occur() -> None:
    assert parse("flood  dam") == And((word("flood"), word("dam")))


def test_and_binds_tighter_than_or() -> None:
    tree = parse("a b OR c AND NOT d")
    assert tree == Or((And((word("a"), word("b"))), And((word("c"), Not(word("d"))))))


def test_phrases_brackets_and_fields() -> None:
    tree = parse('"burst  dam" (place:"Port Vell" OR place:orsk*) -source:x.example after:2026-03')
    assert tree == And(
        (
            Match(("burst", "dam")),
            Or((Match(("port", "vell"), "place"), Match(("orsk",), "place", True))),
            Not(Match(("x", "example"), "source")),
            When("after", "2026-03-01"),
        )
    )


def test_a_field_may_have_several_values() -> None:
    assert parse("place:(orsk OR “Port Vell” -vell)") == parse('(place:orsk OR place:"Port Vell" -place:vell)')
    assert parse("has:(copies OR edits)") == Or((Has("copy"), Has("edit")))


def test_a_minus_takes_away_words_phrases_fields_and_groups() -> None:
    for minus, plain in (("-dam", "dam"), ('-"a b"', '"a b"'), ("-(a b)", "(a b)"), ("-place:orsk", "place:orsk")):
        assert parse(f"x {minus}") == And((word("x"), Not(parse(plain)))) == parse(f"x NOT {plain}")


def test_lower_case_operators_are_words() -> None:
    assert parse("sink or swim") == And((word("sink"), word("or"), word("swim")))


def test_a_hyphenated_word_is_a_phrase_and_an_address_is_no_field() -> None:
    assert parse("cease-fire") == Match(("cease", "fire"))
    assert parse("https://x.example/a") == Match(("https", "x", "example", "a"))


def test_what_is_only_joined_in_writing_is_taken_off() -> None:
    assert parse("Kenya’s") == Word("kenya", "Kenya")
    assert parse("l'Élysée") == Word("elysee", "Élysée")
    assert parse('"Kenya’s"') == Match(("kenya", "s"))


def test_pairs_of_characters_stand_for_scripts_without_spaces() -> None:
    assert parse("東京都") == Match(("東京", "京都"))
    assert parse("川") == Match(("川",), None, True)
    assert parse('"川 tower"') == Match(("川", "tower"))


def test_things_an_article_may_have() -> None:
    assert parse("has:figures") == parse("has:figure") == Match(("figure",), "has")
    assert parse("has:copies") == Has("copy")
    for name in values.HAS_SHOWN:
        assert parse(f"has:{name}") == parse(f"HAS:{name.upper()}")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026", "2026-01-01"), ("2026-03", "2026-03-01"), ("2026-3-5", "2026-03-05"), ("today", "2026-03-10"),
        ("Yesterday", "2026-03-09"), ("7d", "2026-03-03"), ("2w", "2026-02-24"), ("1m", "2026-02-08"),
        ("1y", "2025-03-10"), ("9999y", None), ("0000", None), ("2026-13", None), ("3h", None), ("٣d", None),
    ],
)  # fmt: skip
def test_days(text: str, day: str | None) -> None:
    assert values.day(text, date(2026, 3, 10)) == day


@pytest.mark.parametrize(
    ("query", "character", "reason"),
    [
        ("", 1, "empty"),
        ("flood AND", 10, "missing at the end"),
        ("(flood", 1, "not closed"),
        ("flood)", 6, "closes nothing"),
        ("a OR OR b", 6, "before OR"),
        ('say "burst dam', 5, "not closed"),
        ("say » dam", 5, "opens nothing"),
        ("colour:red", 1, "no field"),
        ("souce:x", 1, "did you mean source:?"),
        ("a place:", 9, "right after"),
        ("place: orsk", 7, "right after"),
        ("place:(orsk type:aid)", 13, "within the brackets of place:"),
        ("after:soon", 7, "is no day"),
        ("before:2026-02-31", 8, "is no day"),
        ("lang:english", 6, "language code"),
        ("has:wings", 5, "events figures"),
        ("flood ... dam", 7, "no word here"),
        ("flood - dam", 7, "right before"),
        ("fl*od", 3, "only at the end"),
        ('"burst* dam"', 7, "only at the end"),
        ("f*", 1, "at least two"),
        ("()", 2, "before this )"),
        ("NOT", 4, "missing"),
        ("x " * 201, 401, "at most"),
    ],
)
def test_an_error_is_one_sentence_and_tells_the_wrong_character(query: str, character: int, reason: str) -> None:
    with pytest.raises(QueryError, match=f"at character {character}:") as caught:
        parse(query)
    assert caught.value.position == character - 1 and reason in str(caught.value)
    assert "\n" not in str(caught.value) and str(caught.value).endswith(".")


@given(st.text(alphabet='ab"()-*:’s ANDORT“”éлم東\n', max_size=40))
def test_any_text_is_a_query_or_an_error_within_it(text: str) -> None:
    try:
        list(leaves(parse(text)))
    except QueryError as error:
        assert 0 <= error.position <= len(text)


def test_deep_nesting_is_refused_in_words() -> None:
    with pytest.raises(QueryError, match="levels"):
        parse("(" * 60 + "a" + ")" * 60)
    with pytest.raises(QueryError, match="levels"):
        parse("NOT " * 60 + "a")


def test_terms_fold_accents_scripts_and_signs() -> None:
    assert terms.words("São Áoife’s ﬁre") == ["sao", "aoife", "s", "fire"]
    assert terms.words("كِتَابٌ") == terms.words("كتاب") and terms.words("أحـــمد") == terms.words("احمد")
    assert terms.words("مدرسة") == terms.words("مدرسه") and terms.words("٢٠٢٦") == ["2026"]
    assert terms.words("Ёлка") == terms.words("елка") and terms.words("йод") != terms.words("иод")
    assert terms.words("дождя́") == terms.words("дождя")  # a stress mark, as dictionaries print it
    assert terms.words("東京都 2020") == ["東京", "京都", "都", "2020"]
    assert terms.words("ｶﾞｽ") == terms.words("ガス") != terms.words("カス")
    assert terms.words("दिल्ली") == ["दिल्ली"]


def test_stems_are_told_apart_by_language_and_script() -> None:
    assert stems.stem("Floods", "en") == stems.stem("flooding", "en") == "flood~en"
    assert stems.stem("inundaciones", "es") == stems.stem("inundación", "es")
    assert stems.stem("наводнениями", "ru") == stems.stem("наводнение", "ru")
    assert stems.stem("السد", "ar") == stems.stem("سد", "ar")
    assert stems.stem("поплаве", "sr") == stems.stem("poplava", "sr")
    assert stems.stem("наводнение", "en") is None and stems.stem("flood", "ru") is None
    assert stems.stemmed("pt-BR") == "pt" and stems.stemmed("ja") is None and stems.stemmed(None) is None


def test_every_stemmer_that_is_named_is_there() -> None:
    for language, (_algorithm, scripts) in text_stems._ALGORITHMS.items():
        letter = next(chr(start) for start, name in text_stems._SCRIPTS if name == scripts[0])
        start = next(c for n in range(200) if (c := chr(ord(letter) + n)).isalpha() and c.lower() == c)
        assert stems.stem(start * 3, language), language


_LETTERS = {"el": "αάεζηικλμνοπρστυφωώς", "ru": "абвгдеёийклмнопрстуфыьюя"}


@given(st.sampled_from(sorted(stems._ENDINGS_ALONE)), st.data())
def test_stems_of_languages_with_endings_alone_begin_like_their_words(language: str, data: st.DataObject) -> None:
    letters = _LETTERS.get(language, "abcdefghijklmnopqrstuvwyzäéèïöüåæøœñçßığ")
    word = data.draw(st.text(alphabet=letters, min_size=1, max_size=12))
    made = stems.stem(word, language)
    assert made is None or made[0] == terms.fold(word)[0]


@given(st.text(max_size=80))
def test_terms_stand_where_they_say(text: str) -> None:
    for term in terms.terms(text):
        assert 0 <= term.start < term.end <= len(text)
        assert term.text in terms.words(text[term.start : term.end])
        assert not any((c.isascii() and not c.isalnum()) or c.isspace() for c in term.text)


def _shown(text: str, query: str, languages: tuple[str, ...] = ("en",)) -> tuple[str, tuple[tuple[int, int], ...]]:
    return passages.passage(text, with_stems(parse(query), languages), languages[0] if languages else None)


def test_a_passage_holds_the_wanted_words() -> None:
    text = "Nothing here. " * 40 + "The burst dam flooded Port Vell on Monday. " + "Nothing there. " * 40
    piece, marks = _shown(text, "dams vell")
    assert piece in text
    assert [piece[a:b] for a, b in marks] == ["dam", "Vell"]
    assert len(piece) <= passages.SIZE


def test_a_passage_knows_the_languages_of_paragraphs() -> None:
    text = "Inundaciones.\n\nThe houses."
    node = with_stems(parse("inundación house"), ("en", "es"))
    assert passages.passage(text, node, "es", (Passage(15, 26, "en"),))[1] == ((0, 12), (19, 25))


_ODD = st.text(alphabet="ab東京ก้ด\u0301é \n한글ﾞｶ", max_size=500)
_QUERIES = st.lists(
    st.sampled_from(["a", "ab", '"a b"', "東京", "東", "ก", "ab*", "é", "한", "NOT b"]), min_size=1, max_size=3
)


@given(_ODD, _QUERIES)
def test_marks_are_inside_the_passage_and_whole_characters(text: str, queries: list[str]) -> None:
    piece, marks = _shown(text, " ".join(queries))
    assert piece in text and len(piece) <= passages.SIZE + 40
    last = 0
    for start, end in marks:
        assert last <= start < end <= len(piece)
        assert end == len(piece) or not terms._SILENT.match(piece[end])
        last = end


def test_the_same_tree_whatever_the_quotation_marks() -> None:
    asked: list[Node] = [parse(f"{a}burst dam{b}") for a, b in ('""', "“”", "„“", "«»")]
    assert set(asked) == {Match(("burst", "dam"))}
