"""A past state of the desk, shown within the rights of today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from dateline.errors import UsageError
from dateline.model import Article, Card
from dateline.store.facets import card_of
from dateline.store.ports import Reader
from dateline.text.moments import instant


def read_moment(text: str) -> datetime:
    """Read `?asof=`; raises UsageError where it is no moment."""
    made = instant(text.strip()) if len(text) < 60 else None
    if made is None:
        raise UsageError(f"asof: {text[:40]!r} is no moment; write 2026-11-22 or 2026-11-22T14:00:00Z.")
    return made


def past(today: Reader, moment: str) -> Reader:
    """Give a Reader that answers as one would have at a moment, save for what its publishers allow since."""
    return cast("Reader", _Past(today, moment))


class _Past:
    """A store as it was, with the rights of each article as they are: a reservation applies backwards."""

    def __init__(self, today: Reader, moment: str) -> None:
        self._today = today
        self._then = today.asof(moment)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._then, name)

    def _within_rights(self, found: Iterable[Article]) -> list[Article]:
        held = list(found)
        now = self._today.articles([article.id for article in held])
        return [replace(article, rights=now[article.id].rights) for article in held if article.id in now]

    def article(self, id: str) -> Article | None:
        return self.articles([id]).get(id)

    def articles(self, ids: Iterable[str]) -> dict[str, Article]:
        return {article.id: article for article in self._within_rights(self._then.articles(ids).values())}

    def cards(self, ids: Iterable[str]) -> dict[str, Card]:
        return {id: card_of(article) for id, article in self.articles(ids).items()}

    def latest_cards(self, **asked: Any) -> list[Card]:
        return [card_of(article) for article in self.latest(**asked)]

    def latest(self, **asked: Any) -> list[Article]:
        return self._within_rights(self._then.latest(**asked))
