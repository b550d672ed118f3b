"""How two counts of one thing stand to each other: they agree, one takes the other's place, or they are disputed."""

from __future__ import annotations

from dateline.model import Relation
from dateline.stories.figures.counted import TOLLS, Counted
from dateline.stories.figures.intervals import agree, bounds, is_vague, middle
from dateline.stories.figures.speakers import speakers_differ
from dateline.text.moments import instant, is_day, order_key

RUNNING = TOLLS | {"votes", "seats"}  # while they are counted
FALLING = frozenset({"missing", "held", "displaced"})  # what also falls as news comes in
SAME_MOMENT_HOURS = 6.0  # two reports closer than this were written knowing the same
FIXED_HOURS = 48.0  # what does not run (a price, a crowd) is told anew this much later where it has changed


def relation(one: Counted, other: Counted) -> Relation:
    """Tell how two counts of the same thing stand to each other; docs/reference/figures.md says what each means."""
    if ("denied" in one.cues) != ("denied" in other.cues):
        return "disputed"
    if agree(one.count, other.count):
        return "agree"
    first, last = sorted((one, other), key=when)
    speakers = speakers_differ(first, last)
    if "earlier" in first.cues or "earlier" in last.cues or "from" in first.cues or "from" in last.cues:
        return "updated"
    hours = hours_apart(first, last)
    runs = first.count.what in RUNNING and "period" not in first.cues | last.cues
    if first.article == last.article:
        return "disputed" if speakers or not runs else "updated"
    if not runs:
        return "updated" if hours is not None and hours > FIXED_HOURS else "disputed"
    if hours is None:
        return "updated"
    if hours < SAME_MOMENT_HOURS:
        return "disputed" if speakers else "updated"
    falls = middle(last.count) < middle(first.count) and first.count.what not in FALLING
    return "disputed" if falls and speakers else "updated"


def grows(one: Counted, other: Counted) -> bool:
    """Tell whether the later of two reports knows a higher toll: its lower bound is another, and both have a time."""
    first, last = sorted((one, other), key=when)
    hours = hours_apart(first, last)
    if (
        hours is None
        or hours <= 0.0
        or first.count.what not in TOLLS
        or first.count.low is None
        or last.count.low is None
    ):
        return False
    return (
        float(last.count.low) > bounds(first.count)[0]
        and not is_vague(first.count)
        and not is_vague(last.count)
        and not _rounded(first, last)
    )


def _rounded(first: Counted, last: Counted) -> bool:
    """Tell whether both have an upper bound and agree: then one is the other rounded."""
    return None not in (first.count.high, last.count.high) and agree(first.count, last.count)


def reported(counted: Counted) -> tuple[int, str]:
    """Give the key that sorts by the time of a report: what is known by its day alone comes at that day's end.

    At its beginning it would seem to know before the day's first reports what none of them had yet.
    """
    time = counted.time
    return order_key(f"{time}T23:59:59Z" if time and is_day(time) else time)


def when(counted: Counted) -> tuple[tuple[int, str], str, int]:
    """Give the key that sorts counts by the time of their reports."""
    return reported(counted), counted.article, counted.count.start


def hours_apart(first: Counted, last: Counted) -> float | None:
    """Give the hours between two reports; None where a time is not known, or only the day that both share."""
    one, other = instant(first.time), instant(last.time)
    if one is None or other is None or first.time is None or last.time is None:
        return None
    if (is_day(first.time) or is_day(last.time)) and first.time[:10] == last.time[:10]:
        return None
    return abs((other - one).total_seconds()) / 3600
