"""Topics of stories: from feed categories and words, few and sure."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.lexicon.words.topics import by_category, name, slugs
from dateline.model import Article as A
from dateline.stories.topics import MOST, topics
from dateline.text.words import content_words


def test_there_are_seventeen_with_a_name_each() -> None:
    assert len(slugs()) == 17
    assert all(name(slug) for slug in slugs())


@pytest.mark.parametrize(
    ("title", "text", "topic"),
    [
        ("Kastra wins championship in overtime", "The striker scored twice before the referee ended the match.", "sport"),
        ("Orlen jewel thief sentenced", "The burglar was convicted of a heist by a jury in Orlen.", "crime-law-and-justice"),
        ("Quake flattens hillside homes", "Rescuers dug through rubble after the earthquake; aftershocks went on.",
         "disaster-accident-and-emergency-incident"),
        ("Orlen dockers on strike over wages", "The trade union called a walkout at the harbour.", "labour"),
        ("Measles vaccine reaches Varn", "Nurses gave the vaccination to children after an outbreak.", "health"),
        ("Bishop of Orlen retires", "The archbishop thanked the clergy of the diocese in the cathedral.", "religion"),
        ("Snowstorm closes Selm", "Forecasters expect a blizzard with heavy snowfall and a cold snap.", "weather"),
    ],
)  # fmt: skip
def test_words_tell_the_first_topic(title: str, text: str, topic: str) -> None:
    assert topics([A("a", None, title, text)])[0] == topic


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("A very patient bus", "The bus waited while the herd went under the road."),
        ("A strike of luck", "The old clock in the lane was found to be right twice a day."),
        ("", ""),
    ],
)
def test_none_is_given_where_unsure(title: str, text: str) -> None:
    assert topics([A("a", None, title, text)]) == ()


def test_no_term_of_the_lexicon_is_looser_than_it_is_written() -> None:
    """A term of two words must not shrink to one by its stop words: “on strike” is not “strike”."""
    data = tomllib.loads((files("dateline.lexicon") / "data" / "topics.toml").read_text(encoding="utf-8"))
    for entry in data.values():
        for term in f"{entry['sure']}, {entry['weak']}".split(", "):
            assert min(2, len(term.split())) <= len(content_words(term)) <= 3, term


def test_a_feed_that_files_everything_under_news_tells_nothing() -> None:
    assert by_category("News") == () and by_category("Sport") == ("sport",)


@given(st.permutations([A("a", None, "Election in Kastra", "Voters queue at polling stations.", categories=("Politics",)),
                        A("b", None, "Vote counted", "The ballot was quiet, the police said."),
                        A("c", None, "Kastra beats Orlen", "The striker scored in the cup final.")]))  # fmt: skip
@settings(max_examples=6)
def test_the_order_of_members_changes_nothing(members: list[A]) -> None:
    made = topics(members)
    assert made == topics(sorted(members, key=lambda a: a.id)) and len(made) <= MOST


@pytest.mark.parametrize(
    ("title", "text", "topic"),
    [
        ("Army drills for an ice storm", "Soldiers and troops carried a student out of a high school gym and across the"
         " school yard.", "education"),
        ("Shells hit the old town", "Artillery damaged a mosque, a temple and a cathedral; the army denied it.", "religion"),
        ("Two hurt in car bomb", "A car bomb went off by a hospital; the gunmen fled past a nursing home.", "health"),
    ],
)  # fmt: skip
def test_where_something_was_is_no_topic(title: str, text: str, topic: str) -> None:
    given = topics([A("a", None, title, text)])
    assert given
    assert topic not in given


def test_a_building_counts_beside_its_own_people_and_in_a_title() -> None:
    text = "The teacher and her pupils moved into the elementary school, whose classroom walls were painted."
    assert topics([A("a", None, "Orlen moves", text)])[0] == "education"
    assert "education" in topics(
        [A("a", None, "Schools of Orlen reopen", "The school and the college open on Monday.")]
    )
