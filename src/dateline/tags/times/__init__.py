"""Time expressions of a text, with their TIMEX3 values and the intervals they name.

Rules over word classes find them (`grammar`), rules over the calendar and the tense of the clause read them (`days`,
`spans`). Values follow TIMEX3 (ISO-TimeML); the intervals are our own addition.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dateline.lexicon.words.timewords import time_words
from dateline.model import TimeSpan
from dateline.tags.times import calendar as cal
from dateline.tags.times import days, parts, spans
from dateline.tags.times.foreign import foreign, is_english
from dateline.tags.times.grammar import grammar
from dateline.tags.times.resolve import Context, Reading, Resolver
from dateline.tags.times.tokens import Token, tokens
from dateline.text.moments import local_day

_RESOLVERS: dict[str, Resolver] = {
    "iso": days.iso,
    "slash": days.slash,
    "range_": days.range_,
    "clock": parts.clock,
    "part": parts.part,
    "often": spans.often,
    "full": days.full,
    "overnight": parts.overnight,
    "holiday": parts.holiday,
    "weekday": days.day,
    "day": days.day,
    "quarter": days.quarter,
    "halfyear": days.halfyear,
    "decade": days.decade,
    "month": days.month,
    "season": days.season,
    "century": days.century,
    "yearend": spans.yearend,
    "ago": spans.ago,
    "yearago": spans.yearago,
    "shift": spans.shift,
    "fiscal": spans.fiscal,
    "edge": spans.edge,
    "span": spans.span,
    "vague": spans.vague,
    "relative": spans.relative,
    "weekend": spans.weekend,
    "age": spans.age,
    "length": spans.duration,
    "bare": spans.bare,
    "past": spans.past,
    "reference": spans.reference,
    "recent": spans.recent,
    "year": days.year,
}

_MONTHS = {word: int(number) for word, number in time_words("en").classes["month"].items()}
_DATELINE = re.compile(  # town in capitals, the country or state, the day, an agency in brackets, a dash
    r"\s*[A-ZÀ-Þ][A-ZÀ-Þ'’. -]{2,39}(?:,\s+[A-Z][\w'’. -]{0,29})?,\s+"
    rf"(?P<month>(?:{'|'.join(word.title() for word in sorted(_MONTHS, key=len, reverse=True))})\b\.?)"
    r"\s+(?P<day>\d{1,2})(?!\d)"
    r"(?:,?\s+\d{4})?(?:\s+\([^()\n]{1,40}\))?\s*(?:[-–—]|:)",
)
_WEEK = 7
_OLD_YEARS = 4  # years of long ago that make a text one that tells history …
_OLD_SHARE = 3  # … where they are so many times as many as the words that count from the day of writing


def times(text: str, published: str | None = None) -> tuple[TimeSpan, ...]:
    """Mark the time expressions of a text, in order of `start`.

    `published` is a moment (RFC 3339 or a date); its local day is what “today” and “last week” count from. Without it,
    relative expressions keep values with X and no interval.
    """
    found = tokens(text)
    today = local_day(published)
    if today is not None and not 1000 <= today.year <= 3000:
        today = None  # no day of publication: reckoning with it would only run off the calendar
    if today is not None:
        today = _written(text, today)
    classes = "".join(token.kind for token in found)
    ctx = Context(found, today, narrative=_tells_history(found, classes, today))
    out: list[TimeSpan] = []
    for match in grammar().finditer(classes):
        first, last = match.start(), match.end() - 1
        reading = _RESOLVERS[match.lastgroup or ""](ctx, first, last)
        if reading is None:
            continue
        first = first if reading.first is None else reading.first
        last = last if reading.last is None else reading.last
        out.append(_span(text, found[first].start, found[last].end, reading))
        _remember(ctx, reading, first, match.lastgroup or "")
        _remember_year(ctx, reading, first, "Y" in classes[first : last + 1])
    return tuple(out) if is_english(text) else _with_foreign(text, today, out)


def _tells_history(found: Sequence[Token], classes: str, today: date | None) -> bool:
    """Tell whether a text tells what is long past, as encyclopedias do: old years, hardly a “Tuesday” or “today”.

    There a date without its year belongs to the year told (the narrative style of Strötgen and Gertz, WikiWars, 2010).
    """
    if today is None:
        return True
    old = sum(token.kind == "Y" and isinstance(token.value, int) and token.value < today.year - 1 for token in found)
    return old >= _OLD_YEARS and old > _OLD_SHARE * sum(classes.count(kind) for kind in "WdAR")


def _written(text: str, published: date) -> date:
    """Give the day that a report says it was written: “NIAMEY, March 2 (Agency) —” opens one of the 3rd or later.

    Only a day of the week before publication counts; any other is no day of writing, and that of publication stands.
    """
    head = _DATELINE.match(text)
    if head is None:
        return published
    month, day = _MONTHS[head["month"].lower().rstrip(".")], int(head["day"])
    for year in (published.year, published.year - 1):
        try:
            made = date(year, month, day)
        except ValueError:
            continue
        if 0 <= (published - made).days <= _WEEK:
            return made
    return published


def _with_foreign(text: str, today: date | None, found: list[TimeSpan]) -> tuple[TimeSpan, ...]:
    """Add the dates of other languages; where both rules mark something, the longer span stays."""
    others = [_span(text, start, end, Reading(value)) for start, end, value in foreign(text, today)]
    out: list[TimeSpan] = []
    for span in sorted([*others, *found], key=lambda span: (span.start, -span.end)):
        if out and span.start < out[-1].end:
            if span.end - span.start > out[-1].end - out[-1].start:
                out[-1] = span
            continue
        out.append(span)
    return tuple(out)


def _span(text: str, start: int, end: int, reading: Reading) -> TimeSpan:
    """Make the record of a reading."""
    begin, stop, grain = reading.interval or cal.interval(reading.value)
    from_time, to_time = cal.clock_interval(reading.value) if reading.kind == "time" else (None, None)
    if from_time and reading.interval:  # a night that ends on another day
        to_time = f"{stop}T05:59"
    return TimeSpan(start, end, text[start:end], reading.value, reading.kind, begin, stop, from_time, to_time, grain)


def _remember(ctx: Context, reading: Reading, at: int, rule: str) -> None:
    """Keep the day that later expressions (“the following day”) count from."""
    if rule in ("ago", "shift", "yearago", "fiscal", "bare"):
        return  # themselves counted from another day
    if reading.kind in ("date", "time") and re.match(r"\d{4}-\d\d-\d\d", reading.value):
        ctx.anchor, ctx.anchored, ctx.exact = date.fromisoformat(reading.value[:10]), at, True
    elif reading.kind == "date" and re.fullmatch(r"\d{4}(-\d\d)?", reading.value):
        ctx.anchor, ctx.anchored, ctx.exact = date.fromisoformat(f"{reading.value}-01-01"[:10]), at, False


def _remember_year(ctx: Context, reading: Reading, at: int, named: bool) -> None:
    """Keep the date last told with its year; where history is told, the dates that follow from it too."""
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T/]|$)", reading.value)
    if match is None or reading.kind not in ("date", "time") or not (named or (ctx.narrative and match[2])):
        return
    if match[1] == "0000":
        return
    ctx.told = date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    ctx.told_at = at
    ctx.told_grain = "day" if match[3] else "month" if match[2] else "year"
