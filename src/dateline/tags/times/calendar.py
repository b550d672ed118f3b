"""TIMEX3 values of days, weeks and other grains, and the interval that a value names."""

from __future__ import annotations

import calendar
import re
from datetime import date

from dateline.model import Grain

Interval = tuple[str | None, str | None, Grain | None]
NOTHING: Interval = (None, None, None)
_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
_PARTS = {"MO": ("06:00", "11:59"), "AF": ("12:00", "17:59"), "EV": ("18:00", "21:59"), "NI": ("20:00", "23:59")}
GRAINS: dict[str, Grain] = {
    "TS": "minute",
    "TM": "minute",
    "TH": "hour",
    "D": "day",
    "W": "week",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
}
FIRST, LAST = date(1, 1, 8), date(9999, 12, 20)


def plus_days(day: date, days: int) -> date:
    """Add days, stopping at the ends of the calendar."""
    number = min(max(day.toordinal() + days, FIRST.toordinal()), LAST.toordinal())
    return date.fromordinal(number)


def plus_months(day: date, months: int) -> date:
    """Add months, keeping the day where the month has it and stopping at the ends of the calendar."""
    number = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 - 1)
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def week(day: date) -> str:
    """Write a day's ISO week."""
    year, number, _ = day.isocalendar()
    return f"{year:04d}-W{number:02d}"


def month(day: date) -> str:
    """Write a day's month."""
    return f"{day.year:04d}-{day.month:02d}"


def quarter(day: date) -> str:
    """Write a day's quarter."""
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"


def year(day: date) -> str:
    """Write a day's year."""
    return f"{day.year:04d}"


def interval(value: str) -> Interval:
    """Give the first and the last day that a value names, and its grain; nothing where it names no interval."""
    if "X" in value:
        return NOTHING
    try:
        return _interval(value)
    except ValueError:  # no such day
        return NOTHING


def _interval(value: str) -> Interval:
    """Read a value. Raise ValueError for a day that the calendar does not have."""
    if match := re.fullmatch(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)", value):
        return date.fromisoformat(match[1]).isoformat(), date.fromisoformat(match[2]).isoformat(), "day"
    if match := re.fullmatch(r"(\d{4}-\d\d-\d\d)(T.*)?", value):
        day = date.fromisoformat(match[1]).isoformat()
        return day, day, _grain(match[2] or "")
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        first = plus_days(monday, 5) if match[3] else monday
        return first.isoformat(), plus_days(monday, 6).isoformat(), "day" if match[3] else "week"
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return *_months(int(match[1]), int(match[2]), 1), "month"
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        return *_months(int(match[1]), 3 * int(match[2]) - 2, 3), "quarter"
    if match := re.fullmatch(r"(\d{4})-H([12])", value):
        return *_months(int(match[1]), 6 * int(match[2]) - 5, 6), "season"
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return *_months(int(match[1]), _SEASONS[match[2]][0], 3), "season"
    if re.fullmatch(r"\d{2,4}", value):
        width = 10 ** (4 - len(value))
        first_year = max(1, int(value) * width)
        grain: Grain = {4: "year", 3: "decade", 2: "century"}[len(value)]  # type: ignore[assignment]
        return f"{first_year:04d}-01-01", f"{int(value) * width + width - 1:04d}-12-31", grain
    return NOTHING


def _grain(clock: str) -> Grain:
    """Give the grain of the part of a value behind its day."""
    if not clock:
        return "day"
    return "minute" if re.fullmatch(r"T\d\d:\d\d", clock) else "hour"


def _months(year_: int, first: int, count: int) -> tuple[str, str]:
    """Give the first and the last day of some months."""
    years, last = divmod(first + count - 2, 12)
    end = date(year_ + years, last + 1, calendar.monthrange(year_ + years, last + 1)[1])
    return date(year_, first, 1).isoformat(), end.isoformat()


def clock_interval(value: str) -> tuple[str | None, str | None]:
    """Give the first and last minute that a value with a time of day names, as local times without an offset."""
    day, mark, clock = value.partition("T")
    if not mark or "X" in value or not day:
        return None, None
    if clock in _PARTS:
        first, last = _PARTS[clock]
        return f"{day}T{first}", f"{day}T{last}"
    if re.fullmatch(r"\d\d:\d\d", clock):
        return f"{day}T{clock}", f"{day}T{clock}"
    if re.fullmatch(r"\d\d", clock):
        return f"{day}T{clock}:00", f"{day}T{clock}:59"
    return None, None
