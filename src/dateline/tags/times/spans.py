"""Readings of expressions made of units: last week, three days ago, the past two months, every year, now."""

# ruff: noqa: ARG001 - every reader takes the same three arguments

from __future__ import annotations

import re
from datetime import date

from dateline.tags.times import calendar as cal
from dateline.tags.times.lengths import amount, size
from dateline.tags.times.resolve import (
    Context,
    Reading,
    kinds,
    length,
    near_anchor,
    near_quarter,
    number,
    pick,
    shifted,
    tense,
    window,
)
from dateline.text.wordset import word_set


def relative(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “last week”, “this year”, “next month”, “earlier this year”, “the end of this week”, “that day”."""
    word = pick(ctx, first, last, "LXHh")
    unit_token = pick(ctx, first, last, "UQZ1")
    if word is None or unit_token is None:
        return None
    if unit_token.kind == "1":
        named = near_quarter(ctx, first)
        return Reading(named) if word.value == "last" and named and unit_token.lower == "period" else None
    unit = str(unit_token.value)
    if unit.startswith("T"):
        return None
    if word.kind == "X" and ctx.tokens[first].kind == "t" and near_anchor(ctx, first) and tense(ctx, first, last) < 0:
        return _anchored(ctx, "following", unit)  # “the next day, a third man died”
    if word.kind == "h" or word.value in ("previous", "following"):
        return _anchored(ctx, str(word.value), unit)
    if ctx.today is None:
        return Reading(_unknown(unit))
    if word.value == "past" or (unit.startswith(("10", "100")) and word.kind == "L"):
        value = amount(1, unit)
        return Reading(value, "duration", interval=window(ctx, unit, 1, -1))
    if word.kind == "X" and word.value == "coming":
        return Reading(amount(1, unit), "duration", interval=window(ctx, unit, 1, 1))
    way = {"L": -1, "X": 1, "H": 0}[word.kind]
    if word.value == "last" and word.lower == "latest":
        if unit != "Q":
            return None
        named = near_quarter(ctx, first)
        running = cal.quarter(ctx.today)
        return Reading(named if named and named < running else cal.quarter(cal.plus_months(ctx.today, -3)))
    if unit == "D":
        return Reading(cal.plus_days(ctx.today, way).isoformat())
    if unit == "10Y":
        return Reading(f"{ctx.today.year // 10 + way:03d}")
    if unit == "100Y":
        return Reading(f"{ctx.today.year // 100 + way:02d}")
    if unit == "Q":
        ctx.quarter, ctx.quartered = shifted(ctx.today, unit, way), last
    return Reading(shifted(ctx.today, unit, way))


def _anchored(ctx: Context, word: str, unit: str) -> Reading | None:
    """Read “the following day”, “the previous week”, “that year”, from the day last named."""
    base = ctx.anchor or ctx.today
    if base is None:
        return None
    if unit in ("10Y", "100Y"):
        return None
    way = {"previous": -1, "following": 1, "that": 0}[word]
    if way == 0 and ctx.anchor is None:
        return None
    return Reading(shifted(base, unit, way))


def _unknown(unit: str) -> str:
    """Give the value of a unit whose place in time is not known."""
    return {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX"}.get(unit, "XXXX")


def span(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “the past three months”, “the next few days”, “the first nine months”."""
    value = length(ctx, first, last)
    unit = pick(ctx, first, last, "uUQZ")
    word = pick(ctx, first, last, "LXvO")
    if value is None or unit is None or word is None:
        return None
    first = _start(ctx, first, last)
    if word.kind == "O":
        return Reading(value, "duration", first=first)
    count = number(pick(ctx, first, last, "NDF"))
    way = 1 if word.kind == "X" or word.value == "FUTURE_REF" else -1
    if word.value in ("previous", "following") and ctx.anchor is not None:
        return Reading(value, "duration", first=first)
    shown = window(ctx, str(unit.value), count, way) if count else None
    return Reading(value, "duration", first=first, interval=shown)


def vague(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “recent weeks”, “coming months”, “past years”."""
    unit = pick(ctx, first, last, "u")
    word = pick(ctx, first, last, "LXv")
    if unit is None or word is None:
        return None
    return Reading(amount("X", str(unit.value)), "duration")


def ago(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “two days ago”, “a year ago”, “several years ago”."""
    return _shift(ctx, first, last, ctx.today, -1)


def shift(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “a year earlier”, “two days later”, “three weeks from now”."""
    word = ctx.tokens[last]
    if word.value == "hence":
        return _shift(ctx, first, last, ctx.today, 1)
    if word.kind in "<>":
        return Reading(length(ctx, first, last - 1) or "PXX", "duration", last=last - 1)
    way = -1 if word.kind == "B" else 1
    return _shift(ctx, first, last, near_anchor(ctx, first) or ctx.today, way)


def _shift(ctx: Context, first: int, last: int, base: date | None, way: int) -> Reading | None:
    """Count units from a day; a vague count says only past or future."""
    unit_token = pick(ctx, first, last, "uUQZ")
    if unit_token is None:
        return None
    unit = str(unit_token.value)
    counted = pick(ctx, first, last, "NDYFa")
    count = counted.value if counted is not None else "X"
    if isinstance(count, str) or base is None:
        return Reading("PAST_REF" if way < 0 else "FUTURE_REF")
    if unit.startswith("T"):
        day = _hours(base, unit, float(count or 0), way)
        return Reading(day)
    named = near_quarter(ctx, first)
    if unit == "Y" and count == 1 and named:
        year, mark = named.split("-")
        return Reading(f"{int(year) + way:04d}-{mark}")
    if "q" in kinds(ctx, first, last) and unit == "Y":
        months = round((float(count or 0) + 0.5) * 12)
        return Reading(cal.month(cal.plus_months(base, way * months)))
    return Reading(shifted(base, unit, way * int(count or 0)))


def _hours(base: date, unit: str, count: float, way: int) -> str:
    """Give the day that some hours away fall on, where only the day of publication is known."""
    days = int(count / 24) if unit == "TH" else 0
    return cal.plus_days(base, way * days).isoformat()


def yearago(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “year-ago” and “year-earlier”, alone or before quarter and period."""
    found = kinds(ctx, first, last)
    unit = pick(ctx, first, last, "U")
    if unit is None or unit.value != "Y" or ctx.today is None:
        return None
    if "u" in found:
        tail = next(token for token in ctx.tokens[first : last + 1] if token.kind == "u")
        count = number(pick(ctx, first, last, "ND"))
        return Reading(amount(count or "X", str(tail.value)), "duration")
    ordinal = number(pick(ctx, first, last, "O"))
    if ordinal and ordinal <= 4:
        return Reading(f"{ctx.today.year - 1:04d}-Q{ordinal}")
    named = near_quarter(ctx, first)
    value = f"{int(named[:4]) - 1:04d}{named[4:]}" if named else f"{ctx.today.year - 1:04d}"
    bare = found[-1] in "AB" and found[0] in "ta"
    return Reading(value, first=first + 1 if bare else first)


def yearend(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “year-end”."""
    unit = pick(ctx, first, last, "U")
    if unit is None or unit.value != "Y" or (ctx.tokens[last].kind == "g" and ctx.tokens[last].value != "END"):
        return None
    since = first > 0 and ctx.tokens[first - 1].lower == "since"
    year = number(pick(ctx, first, last, "Y")) or (ctx.today.year - since if ctx.today else None)
    return Reading(f"{year:04d}-12-31" if year else "XXXX-12-31")


def fiscal(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “fiscal 1989”, “the fiscal year”, “last fiscal year”."""
    year = number(pick(ctx, first, last, "Y"))
    after = ctx.tokens[last + 1].lower if last + 1 < len(ctx.tokens) else ""
    if year is None and after in ("ended", "ending"):
        return Reading("P1Y", "duration")
    if year is None and ctx.today is not None:
        found = kinds(ctx, first, last)
        year = ctx.today.year + (-1 if "L" in found else 1 if "X" in found else 0)
    return Reading(f"{year:04d}" if year else "XXXX")


def edge(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “the end of 2020”, “early 2020”, “the end of the month”, “earlier in the year”."""
    year = number(pick(ctx, first, last, "Y"))
    if year is not None:
        return Reading(f"{year:04d}") if year >= 1400 else None
    word = pick(ctx, first, last, "LXHh")
    if word is not None:
        return relative(ctx, first, last)
    unit = pick(ctx, first, last, "UQZ")
    if unit is None or ctx.today is None or str(unit.value).startswith("T"):
        return None
    value = shifted(ctx.today, str(unit.value), 0)
    head = pick(ctx, first, last, "g")
    if head is not None and head.value == "END" and unit.value == "M":
        return Reading(str(cal.interval(value)[1]))
    return Reading(value)


def weekend(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “the weekend”, “last weekend”, “next weekend”."""
    if ctx.today is None:
        return Reading("XXXX-WXX-WE")
    found = kinds(ctx, first, last)
    monday = cal.plus_days(ctx.today, 1 - ctx.today.isoweekday())
    way = tense(ctx, first, last)
    if "X" in found:
        weeks = 1 if ctx.today.isoweekday() >= 6 else 0
        weeks = weeks or (1 if ctx.today.isoweekday() < 3 else 0) if False else max(weeks, 0)
    elif "L" in found or (way <= 0 and "H" not in found):
        weeks = -1 if ctx.today.isoweekday() < 6 else 0
    else:
        weeks = 0
    return Reading(f"{cal.week(cal.plus_days(monday, 7 * weeks))}-WE")


def age(ctx: Context, first: int, last: int) -> Reading | None:
    """Pass over ages (“45-year-old”): they are lengths of lives, not times of news."""
    return None


def duration(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “two years”, “five-day”, “more than four hours”."""
    value = length(ctx, first, last)
    if value is None:
        return None
    after = ctx.tokens[last + 1] if last + 1 < len(ctx.tokens) else None
    if after is not None and (after.kind == "!" or after.lower == "olds"):
        return None
    unit = pick(ctx, first, last, "uUQZ")
    if unit is not None and unit.value == "Q" and (ctx.tokens[last - 1].kind == "-" or (after and after.kind in "-o")):
        return None  # “three-quarters”, “a quarter of”
    first = _start(ctx, first, last)
    before = ctx.tokens[first - 1] if first else None
    if ctx.tokens[first].kind == "a" and pick(ctx, first, last, "U") and before is not None and _rate(ctx, first):
        return Reading(value, "set", first=first)
    return Reading(value, "duration", first=first)


def _start(ctx: Context, first: int, last: int) -> int:
    """Leave to others what stands before a length: “the two-week tour”, “over the years”, “under its two-year plan”."""
    found = kinds(ctx, first, last)
    at = re.search(r"[NDYF]-[UuQZ]", found)
    if at is not None and "t" in found[: at.start()]:
        return first + at.start()
    if ctx.tokens[first].lower not in ("over", "under"):
        return first
    led = first > 0 and ctx.tokens[first - 1].lower in ("for", "of", "after", "in", "just", "well")
    return first + 1 if found[1] in "tLX" or (found[1] in "FND" and not led) else first


def _rate(ctx: Context, first: int) -> bool:
    """Tell whether “a year” says how often: behind times, or behind an amount."""
    for token in ctx.tokens[max(0, first - 3) : first]:
        if token.kind in "x" or token.kind == "$":
            return True
    return ctx.tokens[first - 1].lower in ("million", "billion", "percent", "%", "dollars", "tons", "barrels")


def bare(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “weeks” alone (a vague duration) and “the quarter” (the one last named, or the last)."""
    token = ctx.tokens[last]
    if "u" in kinds(ctx, first, last):
        unit = pick(ctx, first, last, "u")
        if unit is None or unit.value in ("TS", "Q") or ctx.tokens[first].lower in ("his", "her", "their", "its"):
            return None
        return Reading(amount("X", str(unit.value)), "duration")
    if ctx.today is None or ctx.tokens[first].lower != "the":
        return None
    after = ctx.tokens[last + 1] if last + 1 < len(ctx.tokens) else None
    if after is not None and after.kind in "-o":
        return None
    if token.value == "Q":
        ended = pick(ctx, last + 1, min(last + 3, len(ctx.tokens) - 1), "M")
        if ended is not None and after is not None and after.lower == "ended":
            day = date(ctx.today.year - (int(ended.value or 1) > ctx.today.month), int(ended.value or 1), 1)
            ctx.quarter, ctx.quartered = cal.quarter(day), last
        return Reading(near_quarter(ctx, first) or cal.quarter(cal.plus_months(ctx.today, -3)))
    if token.value == "Y":
        ends = after is not None and after.lower in ("ended", "ending")  # “the year ended March 31” is no calendar year
        return Reading("P1Y", "duration") if ends else Reading(cal.year(ctx.today))
    return Reading(cal.week(ctx.today)) if token.value == "W" else None


def reference(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “now”, “recently”, “soon”."""
    return Reading(str(ctx.tokens[first].value))


def past(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “the past” where it is a noun."""
    after = ctx.tokens[last + 1] if last + 1 < len(ctx.tokens) else None
    if ctx.tokens[last].lower != "past" or (
        after is not None and after.lower.isalpha() and after.lower not in _AFTER_NOUN
    ):
        return None
    return Reading("PAST_REF")


def recent(ctx: Context, first: int, last: int) -> Reading | None:
    """Read the adjectives “recent”, “current”, “future”."""
    token = ctx.tokens[first]
    if token.lower not in ("recent", "current", "future"):
        return None
    return Reading({"recent": "PAST_REF", "current": "PRESENT_REF", "future": "FUTURE_REF"}[token.lower])


_AFTER_NOUN = word_set(
    """
    and as but for had has he in is it or she so than that they was we
    """
)


def often(ctx: Context, first: int, last: int) -> Reading | None:
    """Read sets: “every Tuesday”, “each year”, “Mondays”, “daily”, “twice a week”."""
    found = kinds(ctx, first, last)
    token = ctx.tokens[last]
    if found == "b":
        return Reading(str(token.value), "set")
    if "M" in found:
        return Reading(f"XXXX-{int(token.value or 0):02d}", "set")
    if "S" in found:
        return Reading(f"XXXX-{token.value}", "set")
    weekday = pick(ctx, first, last, "Ww")
    if weekday is not None:
        tail = f"T{token.value}" if token.kind in "pP" else ""
        return Reading(f"XXXX-WXX-{weekday.value}{tail}", "set")
    if token.kind in "pP":
        return Reading(f"XXXX-XX-XXT{token.value}", "set")
    if token.kind in "GV":
        return Reading("XXXX-WXX-WE", "set")
    if found[0] in "Nx" and re.fullmatch(r"[ND]?xaU", found):
        return Reading(amount(1, str(token.value)), "set", first=last - 1)
    if found == "xU":
        return None
    unit = pick(ctx, first, last, "uUQZ")
    if unit is None:
        return None
    count = number(pick(ctx, first, last, "NDO")) or 1
    step, _ = size(str(unit.value))
    return Reading(amount(count, str(unit.value)), "set") if step < 100 or count else None
