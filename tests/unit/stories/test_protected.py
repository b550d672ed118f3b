"""Whom a digest does not name."""

from __future__ import annotations

import pytest

from dateline.model import Article
from dateline.stories.digest import digest
from dateline.stories.digest.protected import names_the_protected


@pytest.mark.parametrize(
    "text",
    [
        "Ola Brandt, 12, was pulled from the river on Monday.",
        "The body of 9-year-old Ola Brandt was found in the mill.",
        "Rescuers carried out a girl named Ola Brandt.",
        "A court found that the coach had raped his pupil Ola Brandt.",
        "Ola Brandt, a nurse, was sexually assaulted on her way home.",
        "Ola Brandt, who says she was raped by a guard, spoke in court.",
        "Rape survivor Ola Brandt spoke in court.",
    ],
)
def test_children_and_victims_of_sexual_violence_are_known(text: str) -> None:
    assert names_the_protected(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ola Brandt, 42, was pulled from the river on Monday.",
        "The 12-year-old was pulled from the river, the mayor, Ola Brandt, said.",
        "Two women were raped by Ola Brandt, the court found.",
        "Ola Brandt was accused of rape.",
        "The 15-year-old war in North Orlen has cost Ola Brandt her house.",
        "New Orlen, 12 km from the border, was shelled.",
        "Allegations of sexual assault against Ola Brandt were dropped.",
    ],
)
def test_others_may_be_named(text: str) -> None:
    assert not names_the_protected(text)


def test_a_digest_names_no_child() -> None:
    text = (
        "Ola Brandt, 12, was pulled from the river at Orlen on Monday by two fishermen. "
        "Two fishermen pulled a child from the river at Orlen on Monday, police said."
    )
    made = digest("s", [Article("a", None, "Fishermen pull child from river at Orlen", text)])
    assert [quote.text for quote in made.sentences] == [text[text.index("Two") :]]
