"""Matched expressions → TIMEX3 values and intervals, by the day of publication, the tense and what was named before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateline.tags.times import calendar as cal
from dateline.tags.times.lengths import duration, size
from dateline.tags.times.tense import direction, ended
from dateline.tags.times.tokens import Token

Kind = Literal["date", "time", "duration", "set"]


@dataclass(slots=True)
class Reading:
    """What an expression means, in tokens `first` to `last`; `interval` where the value alone names none."""

    value: str
    kind: Kind = "date"
    first: int | None = None
    last: int | None = None
    interval: cal.Interval | None = None


@dataclass(slots=True)
class Context:
    """What the resolver knows of the text it is in."""

    tokens: Sequence[Token]
    today: date | None
    anchor: date | None = None  # the day last named
    anchored: int = -1000  # the token it stood at
    exact: bool = False  # the anchor is a day, not the first of a month or year
    told: date | None = None  # the first day of the date last named with its year
    told_at: int = -1000  # the token it stood at
    told_grain: str = "day"
    narrative: bool = False  # the text tells history: dates without a year are of the year told
    quarter: str | None = None  # the quarter last named
    quartered: int = -1000  # the token it stood at


Resolver = Callable[[Context, int, int], Reading | None]


# How far a date without its year may lie from the report: distances count as much more in the direction that the tense
# of its clause speaks against. A date is seldom named without its year when it is more than some months away.
_DAY_WEIGHTS = {-1: (1.0, 3.0), 0: (1.0, 1.5), 1: (3.0, 1.0)}
_MONTH_WEIGHTS = {-1: (1.0, 4.0), 0: (1.0, 1.5), 1: (8.0, 1.0)}
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NEAR = 80  # words over which “a year earlier” still counts from a day or quarter named before
_SAME_DAY = 40  # words over which “in the morning”, told in the past, is of the day named before


def near_quarter(ctx: Context, first: int) -> str | None:
    """Give the quarter that a report of results speaks of at a token, if one was named shortly before."""
    return ctx.quarter if first - ctx.quartered <= 2 * _NEAR else None


def near_anchor(ctx: Context, first: int) -> date | None:
    """Give the day last named, if that was shortly before a token."""
    return ctx.anchor if first - ctx.anchored <= _NEAR else None


def day_told(ctx: Context, first: int, last: int) -> date | None:
    """Give the day of a time of day that stands alone: the one named just before where the past is told, else today."""
    anchor = ctx.anchor if ctx.exact and first - ctx.anchored <= _SAME_DAY else None
    if ctx.today is None or anchor is None or anchor >= ctx.today:
        return ctx.today
    return anchor if tense(ctx, first, last) < 0 else ctx.today


def tense(ctx: Context, first: int, last: int) -> int:
    """Tell whether the clause around tokens `first` to `last` speaks of past (-1) or future (1)."""
    return direction(ctx.tokens, first, last)


def kinds(ctx: Context, first: int, last: int) -> str:
    """Give the classes of tokens `first` to `last`, both included."""
    return "".join(token.kind for token in ctx.tokens[first : last + 1])


def pick(ctx: Context, first: int, last: int, wanted: str) -> Token | None:
    """Give the first token of a class among those of an expression."""
    for token in ctx.tokens[first : last + 1]:
        if token.kind in wanted:
            return token
    return None


def number(token: Token | None) -> int | None:
    """Give a token's value where it is a whole number."""
    return token.value if token is not None and isinstance(token.value, int) else None


def weekday_date(today: date, weekday: int, way: int) -> date:
    """Give the weekday nearest to a day: the last one (that day included), or the next one where `way` is 1."""
    back = (today.isoweekday() - weekday) % 7
    return cal.plus_days(today, (-back) % 7 if way > 0 else -back)


def relative_year(ctx: Context, first: int, last: int) -> int | None:
    """Give the year that “last year”, “this year”, “next year” inside an expression names."""
    if ctx.today is None:
        return None
    for token in ctx.tokens[first : last + 1]:
        if token.kind in "LXH":
            return ctx.today.year + {"L": -1, "X": 1, "H": 0}[token.kind]
    return ctx.today.year


def year_told(ctx: Context, month: int, day: int, first: int) -> int | None:
    """Give the year of a month (and day) by the date told before it with its year, where it counts from that one.

    So it does in a text that tells history, and within one sentence: “began on 15 March 2011, and by 25 April …”.
    What is told goes on rather than back, so a gap backwards counts double.
    """
    told = ctx.told
    if told is None or (ctx.today is not None and told.year >= ctx.today.year):
        return None
    close = ctx.told_grain == "day" and not any(token.kind in ";|" for token in ctx.tokens[ctx.told_at : first])
    if not (ctx.narrative or close):
        return None
    if ctx.told_grain == "year":
        return told.year
    best, least = told.year, float("inf")
    for year in (told.year - 1, told.year, told.year + 1):
        if not 1 <= year <= 9999:
            continue
        gap = (date(year, month, min(day, 28)) - told).days
        cost = -2.0 * gap if gap < 0 else float(gap)
        if cost < least:
            best, least = year, cost
    return best


def month_year(ctx: Context, month: int, first: int, last: int) -> int | None:
    """Give the year of a month named without one: the last such month, or the next where the clause says “will”."""
    if (told := year_told(ctx, month, 28, first)) is not None:
        return told
    if ctx.today is None:
        return None
    here = ctx.today
    back, ahead = (here.month - month) % 12, (month - here.month) % 12
    past, future = _MONTH_WEIGHTS[tense(ctx, first, last)]
    if back * past <= ahead * future or not back:
        return here.year if month <= here.month else here.year - 1
    return here.year if month >= here.month else here.year + 1


def day_year(ctx: Context, month: int, day: int, first: int, last: int) -> int | None:
    """Give the year of a day of a month named without one."""
    if (told := year_told(ctx, month, day, first)) is not None:
        return told
    if ctx.today is None:
        return None
    here = ctx.today
    past, future = _DAY_WEIGHTS[tense(ctx, first, last)]
    best, least = here.year, float("inf")
    over = ended(ctx.tokens, first)
    for year in (here.year - 1, here.year, here.year + 1):
        gap = (date(year, month, 28 if (month, day) == (2, 29) else day) - here).days
        cost = -gap * past if gap < 0 else gap * future
        if cost < least and not (over and gap > 0):
            best, least = year, cost
    return best


def full_date(ctx: Context, first: int, last: int) -> str | None:
    """Read a date with month and day; None where the calendar has no such day."""
    month = number(pick(ctx, first, last, "M"))
    day = number(pick(ctx, first, last, "D")) or number(pick(ctx, first, last, "O"))
    year = number(pick(ctx, first, last, "Y"))
    if month is None or day is None or not 1 <= day <= _LENGTHS[month - 1]:
        return None
    if year is None:
        year = day_year(ctx, month, day, first, last)
    if year is None:
        return f"XXXX-{month:02d}-{day:02d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def day_value(ctx: Context, first: int, last: int) -> str | None:
    """Read the part of an expression that names a day: a full date, a weekday, or today, yesterday, tomorrow."""
    found = kinds(ctx, first, last)
    if "M" in found:
        return full_date(ctx, first, last)
    if "W" in found:
        weekday = number(pick(ctx, first, last, "W")) or 1
        if ctx.today is None:
            return f"XXXX-WXX-{weekday}"
        return _weekday(ctx, weekday, found, first, last).isoformat()
    offset = number(pick(ctx, first, last, "d"))
    if offset is None:
        return None
    return cal.plus_days(ctx.today, offset).isoformat() if ctx.today else "XXXX-XX-XX"


def _weekday(ctx: Context, weekday: int, found: str, first: int, last: int) -> date:
    """Resolve a weekday with what stands beside it: “last”, “next”, “this”, “of last week”, or the tense."""
    today = ctx.today
    assert today is not None
    if "U" in found or ("W" in found[:-1] and found[-1] in "LX"):
        monday = cal.plus_days(today, 1 - today.isoweekday())
        shift = -7 if "L" in found else 7 if "X" in found else 0
        return cal.plus_days(monday, shift + weekday - 1)
    if "L" in found:
        word = pick(ctx, first, last, "L")
        base = ctx.anchor if word is not None and word.value == "previous" and ctx.anchor else today
        return cal.plus_days(weekday_date(cal.plus_days(base, -1), weekday, -1), 0)
    if "X" in found:
        return weekday_date(cal.plus_days(today, 1), weekday, 1)
    way = tense(ctx, first, last)
    if "H" in found:
        return weekday_date(today, weekday, -1 if way < 0 else 1)
    return weekday_date(today, weekday, way)


def shifted(base: date, unit: str, count: int) -> str:
    """Give the value of the day, week, month … `count` units from a day."""
    step, base_unit = size(unit)
    count *= step
    if base_unit == "D":
        return cal.plus_days(base, count).isoformat()
    if base_unit == "W":
        return cal.week(cal.plus_days(base, 7 * count))
    if base_unit == "M":
        return cal.month(cal.plus_months(base, count))
    if base_unit == "Q":
        return cal.quarter(cal.plus_months(base, 3 * count))
    if base_unit == "Y":
        moved = cal.plus_months(base, 12 * count)
        return f"{moved.year:04d}"
    return base.isoformat()


def window(ctx: Context, unit: str, count: int, way: int) -> cal.Interval:
    """Give the days that “the past `count` units” (way -1) or “the next” (way 1) cover, ending or beginning today."""
    if ctx.today is None:
        return cal.NOTHING
    step, base_unit = size(unit)
    count *= step
    today = ctx.today
    if base_unit.startswith("T"):
        hours = count if base_unit == "TH" else 0
        days = hours // 24
        first = cal.plus_days(today, -max(days, 1) if hours else 0)
        other = cal.plus_days(today, max(days, 1) if hours else 0)
    elif base_unit in ("D", "W"):
        days = count * (7 if base_unit == "W" else 1)
        first, other = cal.plus_days(today, 1 - days), cal.plus_days(today, days)
    else:
        months = count * {"M": 1, "Q": 3, "Y": 12}[base_unit]
        first = cal.plus_days(cal.plus_months(today, -months), 1)
        other = cal.plus_months(today, months)
    grain = cal.GRAINS.get(base_unit, "day")
    if way < 0:
        return first.isoformat(), today.isoformat(), grain
    return today.isoformat(), other.isoformat(), grain


def length(ctx: Context, first: int, last: int) -> str | None:
    """Give the TIMEX3 duration that an expression states."""
    return duration(ctx.tokens[first : last + 1])


def clock_value(token: Token) -> str | None:
    """Read a clock token (“4.30am”, “16:00”, “9 p.m.”) or noon as HH:MM."""
    if token.kind == "k":
        return str(token.value)
    text = token.lower.replace(" ", "").replace("hrs", "")
    if text[-1:] == "." and text[:-1][-1:].isalpha():
        text = text[:-1]
    half = "p" if "p" in text else "a" if "a" in text else ""
    digits = text.replace("p.m", "").replace("a.m", "").replace("pm", "").replace("am", "")
    hour_text, _, minute_text = digits.replace(".", ":").partition(":")
    hour, minute = int(hour_text), int(minute_text or 0)
    if half and hour > 12:
        half = ""
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour == 24:
        hour = 0
    return f"{hour:02d}:{minute:02d}"
