"""How many matches of a query are put in order."""

from __future__ import annotations

import pytest

from dateline.store.search.query import parse
from dateline.store.search.ranking import CANDIDATES, SIDE_BY_SIDE, ranked_at_most


@pytest.mark.parametrize("query", ["flood", "flood OR dam", 'flood NOT "broken dam"', "source:harbour-times flood"])
def test_words_are_ranked_among_many(query: str) -> None:
    assert ranked_at_most(parse(query)) == CANDIDATES


@pytest.mark.parametrize("query", ['"broken dam"', 'flood OR "broken dam"', "東京都"])
def test_phrases_are_ranked_among_fewer(query: str) -> None:
    assert ranked_at_most(parse(query)) == SIDE_BY_SIDE
