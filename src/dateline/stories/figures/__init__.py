"""Figures: numbers that sources give for the same thing, followed through time.

Counts of one thing make a row (`same`). As intervals they agree ("at least 19" and 23, "about 50" and 48), or the later
one takes the earlier one's place (updated), or they are disputed (`relations`). docs/reference/figures.md says what
counts as one thing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.model import Article, Figure, Reading, Relation, Tags
from dateline.stories.figures.counted import TOLLS, Counted, counts_of
from dateline.stories.figures.intervals import agree, middle
from dateline.stories.figures.relations import FALLING, grows, relation, reported
from dateline.stories.figures.same import Comparison, rows
from dateline.stories.figures.speakers import speakers_differ
from dateline.text.ids import stable_id
from dateline.text.moments import order_key
from dateline.text.words import fold

__all__ = ["FALLING", "TOLLS", "Comparison", "Counted", "agree", "counts_of", "figures", "relation", "rows"]

FEW = 3  # fewer people than this, of whom nothing is said, are no figure


def figures(
    story: str | None, articles: Sequence[Article], tags: Mapping[str, Tags], families: Mapping[str, str]
) -> tuple[Figure, ...]:
    """Gather the counts of a story's articles into figures of two or more readings.

    Copies and opinion give none of their own, and what one publisher alone repeats is none.

    Tolls come first, then what most reports give.
    """
    counted: list[Counted] = []
    seen: set[str] = set()
    for article in sorted(articles, key=lambda a: (order_key(a.published), a.id)):
        family = families.get(article.id)
        if article.kind != "opinion" and (family is None or family not in seen):
            counted.extend(counts_of(article, tags.get(article.id, Tags())))
        if family is not None:
            seen.add(family)
    outlet = {a.id: (a.publisher.domain or a.publisher.name) if a.publisher else None for a in articles}
    told = [readings for row in rows(Comparison(counted)) if _is_worth(readings := _readings(row), outlet)]
    told = [row for row in told if not any(_echoes(row, other) for other in told if other is not row)]
    told.sort(key=lambda row: (row[0].count.what not in TOLLS, -len({c.article for c in row})))
    return tuple(_figure(story, row) for row in told)


def _readings(row: Sequence[Counted]) -> list[Counted]:
    """Give a row in order of time, without what is said again.

    A report that tells earlier states of a toll beside its own (“the ministry had put it at 12”) has them before its
    own, and only those that no earlier report gave.
    """
    kept: list[Counted] = []
    for each in _in_time(row):
        same = [k for k in kept if agree(k.count, each.count)]
        again = any(k.article == each.article and not speakers_differ(k, each) for k in same)
        if not again and not (_is_past(each, row) and same):
            kept.append(each)
    return kept


def _in_time(row: Sequence[Counted]) -> list[Counted]:
    """Order counts by the time of their reports, the earlier states that a report tells before its own."""
    return sorted(row, key=lambda c: (reported(c), c.article, not _is_past(c, row), c.count.start))


def _is_past(each: Counted, row: Sequence[Counted]) -> bool:
    """Tell whether a count is an earlier state of a toll that its own report tells higher before it."""
    if each.count.what not in TOLLS:
        return False
    return any(
        c.article == each.article
        and c.count.start < each.count.start
        and not agree(c.count, each.count)
        and not speakers_differ(c, each)
        for c in row
    )


def _is_worth(row: Sequence[Counted], outlet: Mapping[str, str | None]) -> bool:
    """Tell whether two or more give a number, and it is more than a word like “both” would say."""
    if row[0].count.what in TOLLS and any("other" in c.cues for c in row):
        return False  # “four more bodies”: what came on top, not the toll
    alike = all(agree(row[0].count, c.count) for c in row)
    if (
        alike
        and len({(outlet[c.article] or c.article, c.said_by if outlet[c.article] is None else None) for c in row}) < 2
    ):
        return len({c.said_by for c in row if c.said_by}) > 1
    return row[0].count.what in TOLLS or any(middle(c.count) >= FEW for c in row)


def _echoes(row: Sequence[Counted], other: Sequence[Counted]) -> bool:
    """Tell whether a row only tells again earlier states of another row's toll, each in a report of that row."""
    if row[0].count.what != other[0].count.what or row[0].count.what not in TOLLS or len(row) >= len(other):
        return False
    reports = {c.article for c in other}
    return all(
        c.article in reports and not c.first and not c.years and any(agree(c.count, o.count) for o in other)
        for c in row
    )


def _figure(story: str | None, row: Sequence[Counted]) -> Figure:
    what, about, first = row[0].count.what, _about(row), row[0]
    kind = _relation(row)
    return Figure(
        stable_id("f", story or "", what, about or "", first.article, str(first.count.start)),
        story,
        what,
        about,
        kind,
        tuple(
            Reading(
                c.count.low,
                c.count.high,
                c.count.qualifier,
                c.said_by,
                c.article,
                c.count.start,
                c.count.end,
                c.time,
            )
            for c in row
        ),
    )


def _relation(row: Sequence[Counted]) -> Relation:
    """Tell how all readings of a row stand to each other.

    A running toll whose later reports know of more is updated, though “at least 3” does not contradict “at least 7”.
    """
    found = {relation(a, b) for i, a in enumerate(row) for b in row[i + 1 :]}
    if "disputed" in found:
        return "disputed"
    return (
        "updated"
        if "updated" in found or any(grows(a, b) for i, a in enumerate(row) for b in row[i + 1 :])
        else "agree"
    )


def _about(row: Sequence[Counted]) -> str | None:
    """Name the noun counted, the place and the past year that at least two, and half of the sentences have."""
    what = row[0].count.what
    nouns = [[c.noun] if c.noun and what != "money" and fold(c.noun) != what else [] for c in row]
    named = [_most(nouns), _most([sorted(c.places) for c in row]), _most([sorted(c.years) for c in row])]
    return ", ".join(name for name in named if name) or None


def _most(given: Sequence[Sequence[str]]) -> str | None:
    tally: dict[str, int] = {}
    for names in given:
        for name in names:
            tally[name] = tally.get(name, 0) + 1
    best = min(tally.items(), key=lambda item: (-item[1], item[0]), default=None)
    return best[0] if best and best[1] >= 2 and 2 * best[1] >= len(given) else None
