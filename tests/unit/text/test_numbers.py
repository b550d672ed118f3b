"""Numbers in figures and words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.numbers import numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2,500 more and 900", [2500, 900]),
        ("$1.5 billion and £5m", [1_500_000_000, 5_000_000]),
        ("a hundred thirty million", [130_000_000]),
        ("twenty-three of one hundred and five", [23, 105]),
        ("two thousand four hundred", [2400]),
        ("nineteen ninety-six", [19, 96]),
        ("one two", [1, 2]),
        ("version 1.2.3, 10:45 and 3/4", []),
        ("5 m long", [5]),
        ("hundreds of thousand", []),
        ("10\u202f000 francs", [10_000]),
        ("Three million", [3_000_000]),
        ("someone alone", []),
    ],
)
def test_values(text: str, values: list[float]) -> None:
    assert [number.value for number in numbers(text)] == values


_PIECES = [*"0123456789,. -$mbk", "one ", "hundred", "million ", "and "]


@given(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
def test_numbers_stand_in_order_and_inside(text: str) -> None:
    at = 0
    for number in numbers(text):
        assert at <= number.start < number.end <= len(text)
        at = number.end


@pytest.mark.parametrize("unit", ["1", "1,", "1,000", "one ", "one-", "hundred ", "a ", "1.", "million and "])
def test_hostile_texts_take_time_in_proportion(unit: str) -> None:
    begun = time.process_time()
    numbers((unit * 300_000)[:300_000])
    assert time.process_time() - begun < 4
