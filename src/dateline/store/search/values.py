"""What fields of a query may be given: days, language codes, and the things an article may have."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_BACK = re.compile(r"(\d{1,4})([dwmy])", re.ASCII | re.I)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.ASCII | re.I)
_MONTH = 30.4375  # days, on average

# By name what the index keeps of an article; both the thing and its plural are understood.
_THINGS = {
    "event": ("event", "events"),
    "figure": ("figure", "figures", "count", "counts"),
    "quote": ("quote", "quotes"),
    "place": ("place", "places"),
    "actor": ("actor", "actors"),
    "image": ("image", "images", "picture", "pictures"),
    "byline": ("byline", "bylines", "author"),
    "agency": ("agency", "agencies", "wire"),
    "copy": ("copy", "copies"),
    "correction": ("correction", "corrections"),
    "edit": ("edit", "edits", "versions"),
}
HAS = {name: thing for thing, names in _THINGS.items() for name in names}
HAS_SHOWN = tuple(names[1] if thing not in ("image", "byline", "agency") else thing for thing, names in _THINGS.items())


def day(text: str, today: date | None = None) -> str | None:
    """Give the first day that a value of `after:` and `before:` means; None where it is none.

    >>> day("2026-03"), day("7d", date(2026, 3, 10)), day("2026-02-30")
    ('2026-03-01', '2026-03-03', None)
    """
    now = today or datetime.now(UTC).date()
    word = text.casefold()
    if word in ("today", "yesterday"):
        return (now - timedelta(days=int(word == "yesterday"))).isoformat()
    back = _BACK.fullmatch(word)
    try:
        if back is not None:
            days = int(back[1]) * {"d": 1.0, "w": 7.0, "m": _MONTH, "y": 365.25}[back[2]]
            return (now - timedelta(days=round(days))).isoformat()
        found = _DAY.fullmatch(word)
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1)).isoformat() if found else None
    except (ValueError, OverflowError):
        return None


def is_language(text: str) -> bool:
    """Tell whether a text has the form of a BCP 47 tag."""
    return _LANGUAGE.fullmatch(text) is not None
