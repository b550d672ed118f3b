"""Times: spans, TIMEX3 values and intervals of our own sentences."""

from __future__ import annotations

import pytest

from dateline.tags.times import times

FRIDAY = "2023-10-27"


def one(text: str, published: str | None = FRIDAY) -> tuple[str, str, str | None, str | None]:
    (span,) = times(text, published)
    assert text[span.start : span.end] == span.text
    return span.text, span.value, span.from_, span.to


@pytest.mark.parametrize(
    ("text", "words", "value", "first", "last"),
    [
        ("They met on Oct 17.", "Oct 17", "2023-10-17", "2023-10-17", "2023-10-17"),
        ("The camp was hit in March.", "March", "2023-03", "2023-03-01", "2023-03-31"),
        ("It was hit three times in the past week.", "the past week", "P1W", "2023-10-21", "2023-10-27"),
        ("Last week a ship sank.", "Last week", "2023-W42", "2023-10-16", "2023-10-22"),
        ("He said Wednesday that all was well.", "Wednesday", "2023-10-25", "2023-10-25", "2023-10-25"),
        ("The court will meet on Monday.", "Monday", "2023-10-30", "2023-10-30", "2023-10-30"),
        ("The vote will be held in March.", "March", "2024-03", "2024-03-01", "2024-03-31"),
        ("It seized the town in 2014.", "2014", "2014", "2014-01-01", "2014-12-31"),
        ("It shut at the end of the 1980s.", "the 1980s", "198", "1980-01-01", "1989-12-31"),
        ("They left two days ago.", "two days ago", "2023-10-25", "2023-10-25", "2023-10-25"),
        ("It lasted 45 minutes.", "45 minutes", "PT45M", None, None),
        (
            "It was built in the third quarter of 1989.",
            "the third quarter of 1989",
            "1989-Q3",
            "1989-07-01",
            "1989-09-30",
        ),
    ],
)
def test_values_and_intervals(text: str, words: str, value: str, first: str | None, last: str | None) -> None:
    assert one(text) == (words, value, first, last)


def test_time_of_day_with_its_day() -> None:
    (span,) = times("The raid began at roughly 4.30am local time today near the river.", FRIDAY)
    assert (span.value, span.kind, span.grain) == ("2023-10-27T04:30", "time", "minute")
    assert (span.from_time, span.from_) == ("2023-10-27T04:30", "2023-10-27")


def test_today_is_the_day_at_the_sources_own_offset() -> None:
    (span,) = times("It began today.", "2024-03-01T23:30:00-05:00")
    assert span.value == "2024-03-01"


def test_without_publication_nothing_relative_is_guessed() -> None:
    (span,) = times("He came on Friday.", None)
    assert (span.value, span.from_, span.grain) == ("XXXX-WXX-5", None, None)
