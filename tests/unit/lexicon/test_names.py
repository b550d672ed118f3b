"""Spellings of one name have one key; words of a text keep their offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.lexicon import fingerprint
from dateline.lexicon.named.names import key, loose, tokens, without_article


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sana’a", "Sanaa"), ("St. Louis", "Saint Louis"), ("Port-au-Prince", "port au prince"), ("Kraków", "Krakow"),
     ("Łódź", "Lodz"), ("U.S.", "US"), ("Ta'izz", "Taizz")],
)  # fmt: skip
def test_spellings_share_a_key(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("al Hudaydah", "Hodeidah"), ("Qamishli", "Kamishly"), ("Falluja", "Al-Fallujah")]
)
def test_transliterations_share_a_loose_key(one, other):
    assert loose(key(one)) == loose(key(other))


def test_an_article_is_taken_off_only_before_a_name():
    assert without_article("al hasakah") == "hasakah"
    assert without_article("al") == "al"


@given(st.text(max_size=100))
def test_tokens_quote_their_text(text):
    for token in tokens(text):
        assert text[token.start : token.end] == token.text


def test_the_fingerprint_is_stable_and_depends_on_the_lists():
    assert fingerprint() == fingerprint()
    assert fingerprint("countries.tsv") != fingerprint("roles.toml")
