"""Figures on a story page: range, currency, newest value, and the order of time."""

from __future__ import annotations

import pytest

from dateline.model import Article, Figure, Publisher, Qualifier, Reading, Relation
from dateline.site.views.figures import FigureLine, figure_line

TEXTS = {
    "a1": "The loan of about $1.5 million was paid.",
    "a2": "It cost 2 million shillings.",
    "a3": "Twelve died.",
}
ARTICLES = {
    id: Article(id, None, None, text, "2026-03-02T08:00:00Z", publisher=Publisher(f"Bee {id}", f"{id}.example"))
    for id, text in TEXTS.items()
}


def reading(
    article: str, words: str, low: float | None, high: float | None, qualifier: Qualifier = "exactly"
) -> Reading:
    start = TEXTS[article].index(words)
    return Reading(low, high, qualifier, "the bank", article, start, start + len(words), None)


def line(what: str, relation: Relation, *readings: Reading) -> FigureLine:
    return figure_line(Figure("f1", "s1", what, None, relation, readings), ARTICLES)


@pytest.mark.parametrize(
    ("made", "what", "range_"),
    [
        (line("money", "agree", reading("a1", "about $1.5 million", 1_500_000, 1_500_000, "about")), "", "about $1.5 million"),
        (line("money", "agree", reading("a1", "about $1.5 million", 900_000, None, "more_than")), "", "more than $900,000"),
        (line("money", "agree", reading("a2", "2 million shillings", 2_000_000, 2_000_000)), "", "2 million shillings"),
        (line("dead", "updated", reading("a3", "Twelve", 12, 12), reading("a3", "Twelve", 23, None, "at_least")), "dead", "at least 23, up from 12"),
        (line("missing", "updated", reading("a3", "Twelve", 31, 31), reading("a3", "Twelve", 7, 7)), "missing", "7, down from 31"),
        (line("dead", "disputed", reading("a3", "Twelve", 8, 8), reading("a3", "Twelve", 34, 34)), "dead", "8–34"),
        (line("dead", "agree"), "dead", "not known"),
    ],
)  # fmt: skip
def test_a_figure_reads_as_it_was_said(made: FigureLine, what: str, range_: str) -> None:
    assert (made.what, made.range) == (what, range_)


def test_readings_stay_in_their_order_with_speaker_outlet_and_time() -> None:
    made = line("dead", "updated", reading("a3", "Twelve", 19, 19), reading("a3", "Twelve", 9, 9))
    assert [r.value for r in made.readings] == ["19", "9"]
    first = made.readings[0]
    assert (first.said_by, first.outlet, first.time) == ("the bank", "Bee a3", "2026-03-02T08:00:00Z")
    assert first.href.startswith("/")
