"""Words by their first letters: what a passage goes through instead of every word of a text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import Passage
from dateline.store.search import document
from dateline.store.search.terms import Term, terms

_TEXT = st.text(st.sampled_from("abcABC12_ -’.éÉü½ǅK東京ب\u0301ﬁ\n"), max_size=40)
_LETTERS = st.text(st.sampled_from("abc1é京ب"), max_size=3)


@settings(deadline=None)  # the first text waits for patterns to be made
@given(_TEXT, _LETTERS)
def test_words_that_begin_with_a_letter_are_all_found_and_no_others_are_made_up(text: str, letters: str) -> None:
    every = terms(text)
    found = terms(text, letters)
    assert [term for term in every if term in found] == found
    assert {term for term in every if term.text[0] in letters} <= set(found)


def test_other_words_are_passed_over() -> None:
    found = terms("The ferry sank near the harbour of Zärtlich Bay", "hz")
    assert found == [Term("harbour", 24, 31), Term("zartlich", 35, 43)]


@settings(deadline=None)
@given(
    st.text(alphabet=st.sampled_from("aB3é’-_ \n東京ーกข้คё́عَلـ½ﬁИ"), max_size=60),
    st.sampled_from(["en", "ru", "ar", None]),
)
def test_a_text_in_one_language_is_indexed_as_word_by_word(text: str, language: str | None) -> None:
    """The short way gives what the long way gives, which a text with a stretch in another language goes."""
    far = (Passage(len(text) + 1, len(text) + 2, "fr"),)
    assert document._words(text, language) == document._words(text, language, far)
