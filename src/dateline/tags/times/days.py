"""Readings of expressions that name a day, a month or a longer part of the calendar."""

# ruff: noqa: ARG001 - every reader takes the same three arguments

from __future__ import annotations

import re
from datetime import date

from dateline.tags.times.resolve import (
    Context,
    Reading,
    day_value,
    full_date,
    kinds,
    month_year,
    near_quarter,
    number,
    pick,
    relative_year,
    tense,
    year_told,
)
from dateline.text.wordset import word_set


def iso(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “2023-10-27” or “2023-10-27 16:30”."""
    text = ctx.tokens[first].lower.replace(" ", "t")
    day, _, clock = text.partition("t")
    try:
        date.fromisoformat(day)
    except ValueError:
        return None
    return Reading(f"{day}T{clock}", "time") if clock else Reading(day)


def slash(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “27/10/2023” and “10/27/23”; None where day and month cannot be told apart."""
    one, two, year = (int(part) for part in re.split(r"[/.]", ctx.tokens[first].lower))
    if year < 100:
        year += 2000 if year < 70 else 1900
    if "." in ctx.tokens[first].lower or one > 12:
        day, month = one, two
    elif two > 12 or one == two:
        day, month = two, one
    else:
        return None
    try:
        return Reading(date(year, month, day).isoformat())
    except ValueError:
        return None


def range_(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “March 3-5” and “30 March - 2 April”, as an ISO interval."""
    days = [token for token in ctx.tokens[first : last + 1] if token.kind == "D"]
    months = [token for token in ctx.tokens[first : last + 1] if token.kind == "M"]
    year = pick(ctx, first, last, "Y")
    ends = []
    for day, month in zip(days, [months[0], months[-1]], strict=True):
        made = full_date(Context([month, day, *([year] if year else [])], ctx.today), 0, 2 if year else 1)
        if made is None:
            return None
        ends.append(made)
    return Reading("/".join(ends)) if ends[0] < ends[1] else None


def full(ctx: Context, first: int, last: int) -> Reading | None:
    """Read a date with month and day, with or without year and weekday."""
    value = full_date(ctx, first, last)
    if value is None:
        return None
    if ctx.tokens[first].kind == "t" and ctx.tokens[first + 1].kind == "M":
        first += 1  # “the Nov. 1 vote”
    return Reading(value, first=first)


def day(ctx: Context, first: int, last: int) -> Reading | None:
    """Read a weekday or today, yesterday, tomorrow; “tonight” is a time."""
    value = day_value(ctx, first, last)
    if value is None:
        return None
    if pick(ctx, first, last, "d") is not None and ctx.tokens[last].lower == "tonight":
        return Reading(f"{value}TNI", "time")
    return Reading(value)


def month(ctx: Context, first: int, last: int) -> Reading | None:
    """Read a month, with or without its year: “March”, “last March”, “mid-March”, “March of this year”."""
    number_ = number(pick(ctx, first, last, "M"))
    if number_ is None:
        return None
    found = kinds(ctx, first, last)
    year = number(pick(ctx, first, last, "Y"))
    if year is None and not re.search("[LXH]", found):
        year = year_told(ctx, number_, 28, first)
    if year is None and ctx.today is not None:
        here = ctx.today
        if re.search("[LXHt][UQZ]", found):
            year = relative_year(ctx, first, last)
        elif "L" in found:
            year = here.year if number_ < here.month else here.year - 1
        elif "X" in found:
            year = here.year if number_ > here.month else here.year + 1
        elif "H" in found:
            year = here.year
        else:
            year = month_year(ctx, number_, first, last)
    return Reading(f"{year:04d}-{number_:02d}" if year else f"XXXX-{number_:02d}")


def season(ctx: Context, first: int, last: int) -> Reading | None:
    """Read a season; bare “fall” and “spring” are seldom seasons and need a word beside them."""
    word = pick(ctx, first, last, "S")
    found = kinds(ctx, first, last)
    if word is None:
        return None
    if found in ("S", "mS", "BS", "CS") and not _after_in(ctx, first, word.lower):
        return None
    if found == "tS" and word.lower in ("fall", "spring"):
        return None
    year = number(pick(ctx, first, last, "Y"))
    month_ = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[str(word.value)]
    if year is None and not re.search("[LXH]", found):
        year = year_told(ctx, month_, 28, first)
    if year is None and ctx.today is not None:
        here = ctx.today
        if re.search("[LXHt][UQZ]", found):
            year = relative_year(ctx, first, last)
        elif "L" in found:
            year = here.year if month_ + 2 < here.month else here.year - 1
        elif "X" in found:
            year = here.year if month_ > here.month else here.year + 1
        elif "H" in found or tense(ctx, first, last) > 0:
            year = here.year
        else:
            year = here.year if month_ <= here.month else here.year - 1
    return Reading(f"{year:04d}-{word.value}" if year else f"XXXX-{word.value}")


def _after_in(ctx: Context, first: int, word: str) -> bool:
    """Tell whether a bare season stands behind “in”, or is one that names nothing else."""
    before = ctx.tokens[first - 1].lower if first else ""
    if word in ("fall", "spring"):
        return before in ("in", "since", "until")
    return True


def decade(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “the 1990s”, “the early '80s”, “the nineties”."""
    token = pick(ctx, first, last, "E")
    tens = number(token)
    if token is None or tens is None:
        return None
    if token.lower[0].isalpha():
        if first == last:
            return None
        return Reading(f"19{tens}")
    if tens >= 1000:
        return Reading(str(tens // 10))
    if len(token.lower.strip("'’s")) == 2 and first == last and token.lower[0].isdigit():
        return None  # “in their 30s”
    before = ctx.tokens[first - 1].lower if first else ""
    if before in ("his", "her", "their", "my", "our", "your") or ctx.tokens[first].lower in ("his", "her", "their"):
        return None
    return Reading(f"20{tens // 10}" if tens == 0 else f"19{tens // 10}")


def century(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “the 20th century” (19)."""
    ordinal = number(pick(ctx, first, last, "O"))
    return Reading(f"{ordinal - 1:02d}") if ordinal and ordinal <= 30 else None


def quarter(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “the third quarter”, “this year's third quarter”, “the fiscal first quarter of 2020”."""
    ordinal = number(pick(ctx, first, last, "O"))
    found = kinds(ctx, first, last)
    year = number(pick(ctx, first, last, "Y"))
    if ordinal is None and year is not None:  # “the 1988 quarter”, “the 1988 period”
        named = near_quarter(ctx, first)
        return Reading(f"{year:04d}{named[4:]}" if named else f"{year:04d}")
    if ordinal is None or ordinal > 4:
        return None
    if year is None and ctx.today is not None:
        now = (ctx.today.month + 2) // 3
        if re.search("[LXH]f?U", found):
            year = relative_year(ctx, first, last)
        else:
            # Reports speak of the last quarter of that number, or of the running and coming ones of this year.
            past = ctx.today.year if ordinal <= now else ctx.today.year - 1
            year = ctx.today.year if ordinal <= now or tense(ctx, first, last) > 0 or ordinal - now == 1 else past
    value = f"{year:04d}-Q{ordinal}" if year else f"XXXX-Q{ordinal}"
    if year:
        ctx.quarter, ctx.quartered = value, last
    return Reading(value, first=_bare_start(ctx, first, last, "O"))


def _bare_start(ctx: Context, first: int, last: int, head: str) -> int:
    """Leave the article before a hyphened attribute (“the third-quarter loss”) to its noun."""
    found = kinds(ctx, first, last)
    if ctx.tokens[first].kind == "t" and ctx.tokens[first].lower != "the":
        return first + 1  # “its fourth quarter”
    at = found.find(head + "-")
    return first + at if at > 0 and found[:at] in ("t", "h", "H", "a") else first


def halfyear(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “the first half of 2020”, “the second half of last year”."""
    found = kinds(ctx, first, last)
    ordinal = 2 if "L" in found.split("q")[0] else number(pick(ctx, first, last, "O"))
    if "E" in found:
        return decade(ctx, first, last)
    inner = kinds(ctx, first, last).index("q") + first
    year = number(pick(ctx, first, last, "Y")) or relative_year(ctx, inner, last)
    if ordinal not in (1, 2):
        return None
    return Reading(f"{year:04d}-H{ordinal}" if year else f"XXXX-H{ordinal}")


def year(ctx: Context, first: int, last: int) -> Reading | None:
    """Read a bare year where nothing beside it makes it a number of something."""
    value = number(pick(ctx, first, last, "YN"))
    if first < last:  # “the year 2000”
        named = ctx.tokens[first + 1].value == "Y" and value is not None and 1000 <= value <= 2199
        return Reading(f"{value:04d}") if named else None
    if value is None or not 1400 <= value <= 2199:
        return None
    before = ctx.tokens[first - 1] if first else None
    after = ctx.tokens[last + 1] if last + 1 < len(ctx.tokens) else None
    if before is not None and ((before.kind in "$-~#/" and before.lower != "around") or before.lower in _NO_YEAR_AFTER):
        return None
    if after is not None:
        if after.kind in "%uU+/" or after.lower in _NO_YEAR_BEFORE:
            return None
        plural = after.kind == "." and after.lower.isalpha() and after.lower.endswith(("s", "people", "men"))
        led = before is not None and (
            before.kind in "itfo" or before.lower in ("since", "by", "until", "from", "during")
        )
        if plural and not after.capital and not led:
            return None
    return Reading(f"{value:04d}")


_NO_YEAR_AFTER = word_set(
    """
    no flight room highway route boeing some than only model c$ € £ ¥ .
    """
)
_NO_YEAR_BEFORE = frozenset(
    [
        "percent",
        "per",
        "people",
        "men",
        "women",
        "troops",
        "soldiers",
        "points",
        "dollars",
        "euros",
        "km",
        "miles",
        "feet",
        "meters",
    ]
)
