"""What each article of a story is to the others: the original, a copy, opinion, a report of its own, or an update.

An update says what no earlier report did: it revises a figure, or tells of a day on which the last of them was out.
Hours alone make none: who writes the same a day later is another report.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from dateline.model import Article, ArticleRole, FamilyHead, Figure, Link, Reading, Tags
from dateline.stories.figures import FALLING, TOLLS
from dateline.stories.linking.sketch import dateline_end
from dateline.text.moments import instant

LEAD = 700  # characters of a report behind its dateline, in which it says what is new
_DAYS = frozenset({"day", "hour", "minute"})


def roles(
    ordered: Sequence[Article],
    families: Mapping[str, FamilyHead],
    links: Mapping[str, Link],
    tags: Mapping[str, Tags],
    figures: Sequence[Figure],
) -> dict[str, ArticleRole]:
    """Give each article's role, by its id; `ordered` are a story's articles in order of publication."""
    found: dict[str, ArticleRole] = {}
    revising = _revising(figures)
    reports: list[Article] = []  # those before, that are of their own
    for article in ordered:
        role = _plain_role(article, ordered[0], families)
        if role == "independent" and _can_follow(article, reports, links):
            new = article.id in revising or _tells_later_day(article, tags.get(article.id, Tags()), reports)
            role = "update" if new else role
        if role not in ("copy", "opinion"):
            reports.append(article)
        found[article.id] = role
    return found


def _plain_role(article: Article, first: Article, families: Mapping[str, FamilyHead]) -> ArticleRole:
    if article.kind == "opinion":
        return "opinion"
    family = families.get(article.id)
    if article.republisher is not None or (family is not None and family.original != article.id):
        return "copy"
    return "original" if family is not None or article.id == first.id else "independent"


def _can_follow(article: Article, reports: Sequence[Article], links: Mapping[str, Link]) -> bool:
    link = links.get(article.id)
    return bool(reports and link and link.nearest and instant(article.published))


def _revising(figures: Sequence[Figure]) -> Collection[str]:
    """Give the articles that give a figure another value than all reports before them, a toll a higher one."""
    found: set[str] = set()
    for figure in figures:
        if figure.relation == "agree":
            continue
        before: list[Reading] = []
        for reading in figure.readings:
            if before and _revises(figure.what, reading, [r for r in before if r.article != reading.article]):
                found.add(reading.article)
            before.append(reading)
    return found


def _revises(what: str, reading: Reading, before: Sequence[Reading]) -> bool:
    if not before or any((r.low, r.high) == (reading.low, reading.high) or r.low == reading.low for r in before):
        return False
    if what in TOLLS and what not in FALLING:
        return reading.low is not None and all(r.low is None or reading.low > r.low for r in before)
    return True


def _tells_later_day(article: Article, tags: Tags, reports: Sequence[Article]) -> bool:
    """Tell whether a report's top names a day that is gone, or today, and on which no earlier report was out yet."""
    newest = max((report.published[:10] for report in reports if report.published), default=None)
    today = (article.published or "")[:10]
    if newest is None:
        return False
    begin = dateline_end(article.text)
    return any(
        begin <= span.start < begin + LEAD
        and span.kind in ("date", "time")
        and span.grain in _DAYS
        and span.from_ is not None
        and newest < span.from_ <= today
        for span in tags.times
    )
