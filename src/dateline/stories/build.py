"""A story put together from its articles: headline, digest, roles, counts of sources, places, topics and figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Literal

from dateline.model import Article, FamilyHead, Link, Member, PlaceSpan, Story, Tags
from dateline.stories.digest import digest, in_order
from dateline.stories.roles import roles
from dateline.stories.topics import topics
from dateline.text.moments import instant, order_key

StoryStatus = Literal["developing", "settled", "withdrawn"]
DEVELOPING_HOURS = 36  # a story whose newest article is older than this is settled
PLACES = 12


def build(
    story_id: str,
    articles: Sequence[Article],
    tags: Mapping[str, Tags],
    families: Mapping[str, FamilyHead],
    links: Mapping[str, Link],
    *,
    withdrawn: Collection[str] = (),
    now: str | None = None,
) -> Story:
    """Put a story together; `families` and `links` are by article id, `now` is the clock of the pass.

    Withdrawn articles stay members but are neither quoted nor counted. Without `now` a story counts as developing.
    """
    ordered = in_order(articles)
    standing = [a for a in ordered if a.id not in withdrawn]
    family_of = {a.id: families[a.id].id for a in ordered if a.id in families}
    made = digest(story_id, standing, families=family_of, tags=tags)
    role = roles(ordered, families, links, tags, made.figures)
    seen = [a.published for a in ordered if a.published]
    return Story(
        story_id,
        made.headline,
        made.sentences,
        tuple(Member(a.id, role[a.id]) for a in ordered),
        _independent(standing, families),
        tuple(sorted({name for a in standing for name in a.agency})),
        tuple(sorted({a.publisher.country for a in standing if a.publisher and a.publisher.country})),
        min(seen, key=order_key, default=None),
        max(seen, key=order_key, default=None),
        _status(ordered, standing, now),
        (),
        _places(standing, tags, family_of),
        topics(standing),
        made.figures,
    )


def _independent(standing: Sequence[Article], families: Mapping[str, FamilyHead]) -> int:
    """Count the copy families and the articles of their own; what someone else put out again is no report.

    A republisher's copy whose original is not at hand counts only where nothing else stands, all of them once.
    """
    copies = {a.id for a in standing if a.republisher is not None}
    originals = {families[a.id].id if a.id in families else a.id for a in standing if a.id not in copies}
    held = {families[a.id].id for a in standing if a.id in copies and a.id in families}
    return len(originals | held) or min(1, len(standing))


def _status(ordered: Sequence[Article], standing: Sequence[Article], now: str | None) -> StoryStatus:
    if ordered and not standing:
        return "withdrawn"
    clock = instant(now)
    newest = max((made for a in standing if (made := instant(a.published))), default=None)
    if clock is None or newest is None:
        return "developing" if clock is None else "settled"
    return "developing" if clock - newest <= timedelta(hours=DEVELOPING_HOURS) else "settled"


def _places(
    standing: Sequence[Article], tags: Mapping[str, Tags], family_of: Mapping[str, str]
) -> tuple[PlaceSpan, ...]:
    """Give the literal places, those that most independent reports name first, each with where it stands first."""
    first: dict[object, PlaceSpan] = {}
    sources: dict[object, set[str]] = {}
    for article in standing:
        for span in tags.get(article.id, Tags()).places:
            if span.role != "literal" or span.name is None:
                continue
            key = span.geonames_id or span.name
            if key not in first:
                first[key] = _in_article(span, article.id)
            sources.setdefault(key, set()).add(family_of.get(article.id, article.id))
    ranked = sorted(first, key=lambda key: (-len(sources[key]), list(first).index(key)))
    return tuple(first[key] for key in ranked[:PLACES])


def _in_article(span: PlaceSpan, article: str) -> PlaceSpan:
    return replace(span, article=article)
