"""Words by their first letters: what a passage goes through instead of every word of a text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

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
