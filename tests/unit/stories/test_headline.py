"""The headline of a story: a member's own title, the most central one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Article as A
from dateline.stories.digest.headline import choose_headline

TEXT = "The council of Orlen voted on Monday to close the harbour of Orlen for repairs until the autumn."
PLAIN = A("a1", None, "Orlen council votes to close harbour until autumn", TEXT)
NEAR = A("a2", None, "Council of Orlen votes to close the harbour for repairs", TEXT + " Ships will go to Kastra.")
VIEW = A("a3", None, "Opinion: Who needs a “harbour” anyway?", TEXT + " I never liked it.")


def test_the_central_title_is_taken_whole() -> None:
    made = choose_headline([VIEW, PLAIN, NEAR])
    assert made is not None and made.article in ("a1", "a2")
    assert made.text in (PLAIN.title, NEAR.title)


def test_a_story_without_titles_has_no_headline() -> None:
    assert choose_headline([A("a1", None, None, TEXT), A("a2", None, "  ", TEXT)]) is None
    assert choose_headline([]) is None


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
def test_a_headline_is_always_one_of_the_titles(titles: list[str]) -> None:
    made = choose_headline([A(f"a{at}", None, title, TEXT) for at, title in enumerate(titles)])
    assert made is None if not any(t.strip() for t in titles) else made is not None and made.text in titles
