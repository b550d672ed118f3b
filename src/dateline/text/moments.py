"""Moments as strings: RFC 3339 with the source's own offset, or a plain date where only the day is known."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

_WRITTEN = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?")
_KEPT = 1 << 14  # moments read before: a page, or a pass, asks for the same ones again and again


def local_day(moment: str | None) -> date | None:
    """Give the local day of a moment at its own offset; None where it is absent or unreadable."""
    if not moment:
        return None
    try:
        return date.fromisoformat(moment[:10])
    except ValueError:
        return None


@lru_cache(_KEPT)
def instant(moment: str | None) -> datetime | None:
    """Give a moment as a UTC datetime (a plain date is its midnight UTC); None where it is absent or unreadable.

    >>> instant("9999-12-31T23:59:59-12:00") is None  # past the end of the calendar in UTC
    True
    """
    if not moment:
        return None
    try:
        made = datetime.fromisoformat(moment)
        return made.replace(tzinfo=UTC) if made.tzinfo is None else made.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def readable(moment: str | None) -> str | None:
    """Give what others wrote as a moment, as it stands where it is RFC 3339 or a plain date; None where it is none.

    Other forms of ISO 8601 are brought to it; without an offset they count as UTC. The first year and the last are what
    programs write where they know nothing (.NET and Go 0001-01-01, databases 9999-12-31).

    >>> readable("2026-03-04T10:00:00+01:00"), readable("2026-03-04 10:00"), readable("20260304"), readable("yesterday")
    ('2026-03-04T10:00:00+01:00', '2026-03-04T10:00:00Z', '2026-03-04', None)
    """
    made = instant(moment)
    if moment is None or made is None or not 1 < made.year < 9999:
        return None
    if _WRITTEN.fullmatch(moment):
        return moment
    try:
        return date.fromisoformat(moment).isoformat()
    except ValueError:
        return to_moment(datetime.fromisoformat(moment))


def is_day(moment: str) -> bool:
    """Tell whether only the day is known."""
    return len(moment) == 10


def to_moment(made: datetime) -> str:
    """Write a datetime as RFC 3339 in whole seconds; a naive one counts as UTC, which is written Z."""
    made = (made if made.tzinfo else made.replace(tzinfo=UTC)).replace(microsecond=0)
    return made.isoformat().replace("+00:00", "Z")


def order_key(moment: str | None) -> tuple[int, str]:
    """Give a key that sorts moments by instant, undated last."""
    made = instant(moment)
    return (1, "") if made is None else (0, made.isoformat())
