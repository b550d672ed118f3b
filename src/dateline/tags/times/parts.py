"""Readings of expressions that name a time of day, a night, or a day that falls on one date every year."""

from __future__ import annotations

import re
from datetime import date

from dateline.tags.times import calendar as cal
from dateline.tags.times.resolve import (
    Context,
    Reading,
    clock_value,
    day_told,
    day_value,
    day_year,
    kinds,
    near_anchor,
    number,
    pick,
    relative_year,
    tense,
)
from dateline.text.wordset import word_set

# What “overnight” makes a length or a manner and no time: “an overnight stay”, “an overnight success”.
_NO_NIGHT = word_set(
    """
    stay stays success sensation sensations bag train trains bus buses flight flights ferry delivery millionaire
    accommodation lodging lending rate rates loan loans index funds repo money trip trips journey celebrity
    """
)


def clock(ctx: Context, first: int, last: int) -> Reading | None:
    """Read a time of day with or without its day; the day is else the one last named, or that of publication."""
    token = pick(ctx, first, last, "Kk")
    if token is not None:
        made = clock_value(token)
    else:
        hour = number(pick(ctx, first, last, "ND"))
        made = f"{hour:02d}:00" if hour is not None and hour <= 24 else None
    if made is None:
        return None
    if re.search("[MWd]", kinds(ctx, first, last)):
        named = day_value(ctx, first, last)
    else:
        told = day_told(ctx, first, last)
        named = told.isoformat() if told else None
    return Reading(f"{named or 'XXXX-XX-XX'}T{made}", "time")


def part(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “Tuesday night”, “this morning”, “last night”, “the morning of 3 March”."""
    word = pick(ctx, first, last, "P")
    found = kinds(ctx, first, last)
    if word is None:
        return None
    shift = -1 if "L" in found and not re.search("[MWd]", found) else 0
    if re.search("[MWd]", found):
        named = day_value(ctx, first, last)
    elif ctx.today is None:
        named = None
    elif re.search("t[LX]P", found) or (re.search("[LX]", found) and _counts_from_text(ctx, first, last)):
        if (
            base := near_anchor(ctx, first)
        ) is None or not ctx.exact:  # “the previous night”: of a day that is not told
            return None
        named = cal.plus_days(base, -1 if "L" in found else 1).isoformat()
    elif "h" in found and ctx.anchor is not None:
        named = ctx.anchor.isoformat()
    elif not re.search("[LXH]", found):
        named = (day_told(ctx, first, last) or ctx.today).isoformat()  # “in the morning”
    else:
        named = cal.plus_days(ctx.today, 1 if "X" in found else shift).isoformat()
    return Reading(f"{named or 'XXXX-XX-XX'}T{word.value}", "time")


def _counts_from_text(ctx: Context, first: int, last: int) -> bool:
    """Tell whether “previous” or “following” stands there, which count from a day of the text."""
    word = pick(ctx, first, last, "LX")
    return word is not None and word.value in ("previous", "following")


def overnight(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “overnight”, “overnight into Wednesday”, “overnight on Tuesday”: a night, with the two days it joins."""
    after = ctx.tokens[last + 1].lower if last + 1 < len(ctx.tokens) else ""
    if first == last and after in _NO_NIGHT:
        return None
    found = kinds(ctx, first, last)
    if ctx.today is None:
        return Reading("XXXX-XX-XXTNI", "time")
    if first == last:
        base = day_told(ctx, first, last) or ctx.today
        begin = base if tense(ctx, first, last) > 0 else cal.plus_days(base, -1)
    else:
        ends = found.lstrip("n2i,") if found[0] == "n" else found[:-1]
        at = first + found.index(ends)
        named = day_value(ctx, at, at + len(ends) - 1)
        if named is None or "X" in named:
            return None
        day = date.fromisoformat(named)
        begin = cal.plus_days(day, -1) if "2" in found or day == ctx.today else day
    end = cal.plus_days(begin, 1)
    return Reading(f"{begin.isoformat()}TNI", "time", interval=(begin.isoformat(), end.isoformat(), "hour"))


def holiday(ctx: Context, first: int, last: int) -> Reading | None:
    """Read “Christmas Day”, “New Year's Eve 2021”, “last Halloween”: the near one, by the tense of its clause."""
    word = pick(ctx, first, last, "l")
    if word is None:
        return None
    month, day = (int(part) for part in str(word.value).split("-"))
    year = number(pick(ctx, first, last, "Y"))
    found = kinds(ctx, first, last)
    if year is None and ctx.today is not None:
        here = (ctx.today.month, ctx.today.day)
        if "U" in found:
            year = relative_year(ctx, first, last)
        elif "L" in found:
            year = ctx.today.year - (here <= (month, day))
        elif "X" in found:
            year = ctx.today.year + (here >= (month, day))
        elif way := tense(ctx, first, last):
            year = ctx.today.year - (here < (month, day)) if way < 0 else ctx.today.year + (here > (month, day))
        else:
            year = day_year(ctx, month, day, first, last)
    return Reading(f"{year:04d}-{month:02d}-{day:02d}" if year else f"XXXX-{month:02d}-{day:02d}")
