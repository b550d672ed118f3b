"""Dates and paragraphs as the sample's outlets print them."""

from __future__ import annotations

import math
from datetime import datetime

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS_AR = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]


def when(t: datetime, how: str) -> str:
    """A time as an outlet prints it; no locale is needed."""
    hour12 = t.hour % 12 or 12
    return how.format(
        iso=t.isoformat(),
        day=t.day,
        weekday=DAYS[t.weekday()],
        weekday_ar=DAYS_AR[t.weekday()],
        month=MONTHS[t.month - 1],
        mon=MONTHS[t.month - 1][:3],
        m=t.month,
        year=t.year,
        hour=f"{t.hour:02}",
        hour12=hour12,
        minute=f"{t.minute:02}",
        ampm="am" if t.hour < 12 else "pm",
        date=t.date().isoformat(),
        zone=t.strftime("%z"),
    )


def paragraphs(text: str) -> list[str]:
    return [" ".join(p.split()) for p in text.strip().split("\n\n") if p.strip()]


def part(paras: list[str], how: str) -> list[str]:
    share = {"halved": 0.5, "quartered": 0.25}.get(how)
    return paras if share is None else paras[: max(1, math.ceil(len(paras) * share))]


def edit(paras: list[str], edits: list[list[str]], where: str) -> list[str]:
    text = "\n\n".join(paras)
    for old, new in edits:
        if text.count(old) != 1:
            raise SystemExit(f"{where}: {old!r} stands {text.count(old)} times in the text, not once")
        text = text.replace(old, new)
    return paragraphs(text)
