"""The commonest dates of Spanish, French, German, Portuguese and Arabic texts: full dates, weekdays, yesterday."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from dateline.lexicon.words.months import months
from dateline.lexicon.words.timewords import time_words
from dateline.tags.times import calendar as cal
from dateline.tags.times.resolve import weekday_date
from dateline.text.wordset import word_set

_LANGUAGES = ("es", "fr", "de", "pt", "ar")
_ENGLISH = word_set("the of and to in that was for said with on he is")
_SAMPLE = 3000  # characters that tell whether a text is English
_FUTURE_COST = 1.5  # a date without its year lies rather behind than ahead


def is_english(text: str) -> bool:
    """Tell whether a text's first words are English enough for English rules alone."""
    words = re.findall(r"[^\W\d_]+", text[:_SAMPLE].lower())
    return not words or sum(word in _ENGLISH for word in words) >= 0.05 * len(words)


@cache
def _pattern() -> re.Pattern[str]:
    """Make the pattern of a full date, a month with its year, a weekday, or a day counted from today."""
    month = "|".join(sorted((re.escape(name) for name in _months()), key=len, reverse=True))
    other = "|".join(sorted((re.escape(word) for word in (*_table("weekday"), *_table("day"))), key=len, reverse=True))
    link = r"(?:[ \u00a0]+(?:de|del|do|of))?[ \u00a0]+"
    return re.compile(
        rf"(?<![\w./])(?:(?P<day>[0-3]?\d)(?:\.|er|º|°)?{link})?(?P<month>{month})\.?(?:{link}(?P<year>\d{{4}}))?(?!\w)"
        rf"|(?<!\w)(?P<word>{other})(?!\w)",
        re.IGNORECASE,
    )


@cache
def _months() -> dict[str, int]:
    """Give the months of the common calendar, by name."""
    return {name: number for name, (calendar, number) in months().items() if calendar == "gregorian" and len(name) > 2}


@cache
def _table(name: str) -> dict[str, int]:
    """Join one class of words of all languages."""
    return {w: int(v) for language in _LANGUAGES for w, v in time_words(language).classes.get(name, {}).items()}


def foreign(text: str, today: date | None) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, TIMEX3 value) of the dates of a text that is not English."""
    for match in _pattern().finditer(text):
        value = _word(match["word"].lower(), today) if match["word"] else _date(match, today)
        if value:
            yield match.start(), match.end(), value


def _word(word: str, today: date | None) -> str | None:
    """Read a weekday (the last one) or a day counted from today."""
    weekdays = _table("weekday")
    if today is None:
        return f"XXXX-WXX-{weekdays[word]}" if word in weekdays else None
    if word in weekdays:
        return weekday_date(today, weekdays[word], -1).isoformat()
    return cal.plus_days(today, _table("day")[word]).isoformat()


def _date(match: re.Match[str], today: date | None) -> str | None:
    """Read a date with its month; one without day and year is too easily another word."""
    month = _months()[match["month"].lower()]
    day = int(match["day"]) if match["day"] else None
    year = int(match["year"]) if match["year"] else None
    if day is None:
        return f"{year:04d}-{month:02d}" if year else None
    if year is None and today is None:
        return f"XXXX-{month:02d}-{day:02d}" if 1 <= day <= 31 else None
    years = [year] if year is not None else [today.year - 1, today.year, today.year + 1] if today else []
    best: tuple[float, str] | None = None
    for option in years:
        try:
            made = date(option, month, day)
        except ValueError:
            continue
        gap = (made - today).days if today else 0
        cost = -gap if gap < 0 else gap * _FUTURE_COST
        if best is None or cost < best[0]:
            best = (cost, made.isoformat())
    return best[1] if best else None
