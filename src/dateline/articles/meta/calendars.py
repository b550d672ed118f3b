"""Dates of the Persian, Islamic and Hebrew calendars as Gregorian days."""

from __future__ import annotations

from datetime import date

# Julian day number of Gregorian ordinal 0, so that ordinal = JDN - this.
_ORDINAL = 1721425


def gregorian(calendar: str, year: int, month: int, day: int) -> date | None:
    """Give the Gregorian day of a date; None where there is no such day.

    `calendar` is gregorian, jalali, hijri or hebrew (its months counted from Nisan, as the Bible does).
    """
    try:
        if calendar == "gregorian":
            return date(year, month, day)
        if not (1 <= month <= 13 and 1 <= day <= 31):
            return None
        if calendar == "jalali":
            return date.fromordinal(_jalali(year, month, day))
        if calendar == "hijri":
            return date.fromordinal(_hijri(year, month, day))
        return date.fromordinal(_hebrew(year, month, day))
    except (ValueError, OverflowError):
        return None


def _jalali(year: int, month: int, day: int) -> int:
    """Count days by the 33-year cycle of leap years, which holds for the years 1244 to 1472 (1865 to 2094)."""
    whole, rest = divmod(year - 1, 33)
    leaps = whole * 8 + sum(leap <= rest for leap in (1, 5, 9, 13, 17, 22, 26, 30))
    before = (month - 1) * 31 if month <= 7 else (month - 1) * 30 + 6
    return 226894 + (year - 1) * 365 + leaps + before + day


def _hijri(year: int, month: int, day: int) -> int:
    """Count days by the civil tabular calendar: within a day or two of what was observed."""
    jdn = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 + 1948439
    return jdn - _ORDINAL


def _hebrew_leap(year: int) -> bool:
    return (7 * year + 1) % 19 < 7


def _hebrew_new_year(year: int) -> int:
    """Give the days from the calendar's epoch to the first of Tishri, with the four postponements."""

    def elapsed(of: int) -> int:
        months = (235 * of - 234) // 19
        parts = 12084 + 13753 * months
        days = months * 29 + parts // 25920
        return days + 1 if 3 * (days + 1) % 7 < 3 else days

    last, this, following = elapsed(year - 1), elapsed(year), elapsed(year + 1)
    if following - this == 356:
        return this + 2
    return this + 1 if this - last == 382 else this


def _hebrew_month_days(year: int, month: int) -> int:
    length = _hebrew_new_year(year + 1) - _hebrew_new_year(year)
    if month in (2, 4, 6, 10, 13) or (month == 12 and not _hebrew_leap(year)):
        return 29
    if month == 8 and length % 10 != 5:
        return 29
    return 29 if month == 9 and length % 10 == 3 else 30


def _hebrew(year: int, month: int, day: int) -> int:
    count = _hebrew_new_year(year) + day
    months = 13 if _hebrew_leap(year) else 12
    order = [*range(7, months + 1), *range(1, 7)]
    for earlier in order[: order.index(month)]:
        count += _hebrew_month_days(year, earlier)
    return count - 1373429 + 1  # the epoch, 7 October 3761 BCE (Julian), counted in proleptic Gregorian ordinals
