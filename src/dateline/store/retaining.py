"""What the owner does not want to keep for ever, and what is kept all the same because something cites it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from dateline.model import Article, Story

Kept = Literal["pages", "texts", "rejected", "history"]
KINDS: tuple[Kept, ...] = ("pages", "texts", "rejected", "history")


@dataclass(frozen=True, slots=True)
class Purged:
    """How much was let go of, or would be."""

    what: Kept
    rows: int
    bytes: int
    cited: int = 0  # old enough, and kept because an event or a digest cites it


def cited_by(story: Story) -> set[str]:
    """Name the articles whose words a story shows."""
    found = {quote.article for quote in story.sentences} | {p.article for p in story.places if p.article}
    found |= {reading.article for figure in story.figures for reading in figure.readings}
    return found | ({story.headline.article} if story.headline else set())


def stub(article: Article) -> Article:
    """Leave of an article what lists show of it."""
    return replace(article, text="", images=(), related=(), removed=(), notice=None)
