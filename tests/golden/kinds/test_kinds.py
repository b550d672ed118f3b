"""Pages of our own in ten layouts and twelve languages: their kind, and of articles the title, day, author and whole text."""

from __future__ import annotations

import pytest
from tests.golden.kinds.pages import contents, judged, written
from tests.golden.kinds.systems import LAYOUTS

from dateline.articles import read
from dateline.model import Article

ARTICLES = [told for told in contents() if told["kind"] in ("article", "opinion", "live")]
SIGNED = {"amp", "linked data", "microdata", "platform", "newspaper"}  # the layouts that show who wrote it


def test_kinds() -> None:
    made = judged()
    wrong = [(page.id, kind, seen) for page, kind, seen in made if seen != kind]
    assert len(made) >= 120
    assert len(wrong) <= 0.03 * len(made), wrong


@pytest.mark.parametrize("layout", LAYOUTS, ids=[layout.name for layout in LAYOUTS])
def test_articles_come_out_whole_and_bare_in_every_layout(layout: type) -> None:
    for told in ARTICLES:
        made = read(written(told, layout))
        assert isinstance(made, Article), (told["path"], made)
        assert made.title == told["title"]
        assert (made.published or "")[:10] == told.get("published", "")[:10], told["path"]
        signed = [told["byline"]] if told.get("byline") and layout.name in SIGNED else []
        assert list(made.byline) == signed, told["path"]
        assert made.language == told["language"]
        if told["kind"] == "live":
            shown = layout.name != "tables"  # there a post's time is no <time>
            assert [post.time for post in made.posts] == (
                [time.replace("+00:00", "Z") for time, _, _ in told["posts"]] if shown else []
            )
            assert all(text in made.text for _, _, text in told["posts"])
        else:
            assert made.text.split("\n\n") == told["paragraphs"], told["path"]
