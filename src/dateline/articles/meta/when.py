"""Dates as pages write them, in many languages and four calendars → moments."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

from dateline.articles.meta.calendars import gregorian
from dateline.lexicon.words.months import months
from dateline.model import Moment
from dateline.text.moments import readable, to_moment

FIRST_YEAR = 1985  # no news page is older than the web; archives of printed papers give their dates as metadata

# Zone abbreviations with their offset in minutes; of those that mean several zones only BST is listed, as British;
# the others give the day alone.
_ZONE_NAMES = (
    "utc=0 gmt=0 z=0 wet=0 bst=60 cet=60 mez=60 cest=120 mesz=120 eet=120 eest=180 msk=180 trt=180 gst=240 "
    "pkt=300 wib=420 ict=420 myt=480 sgt=480 hkt=480 awst=480 jst=540 kst=540 aest=600 aedt=660 nzst=720 "
    "nzdt=780 est=-300 edt=-240 cdt=-300 mdt=-360 mst=-420 pdt=-420 pst=-480 brt=-180 art=-180 sast=120 "
    "cat=120 eat=180 wat=60"
)
_ZONES = {name: int(minutes) for name, minutes in (pair.split("=") for pair in _ZONE_NAMES.split())}

_AMBIGUOUS = frozenset("ist cst ast amt sst".split())

_ISO = re.compile(
    r"(?<![\d/.-])(?P<y>1[0-9]{3}|20[0-9]{2})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d])"
    r"(?:(?:T|\s{1,2}|,\s|"
    r"\s-\s)(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s?(?P<ap>[ap]\.?m\b\.?)?\s?(?P<zone>Z\b|"
    r"[+-]\d{2}:?\d{2}|[A-Z]{2,4}\b)?)?"
)
_CJK = re.compile(
    r"(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일](?:\s?(?P<time>\d{1,2}:\d{2}))?"
)
_VIETNAMESE = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})(?:,|\s+năm)?\s+(?P<y>\d{4})(?!\d)", re.IGNORECASE
)
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<y>(?:19|20)\d{2}|1[34]\d{2})(?![\d])"
)
_TIME_AFTER = re.compile(
    r"(?:\s*(?:,|at|um|à|a las|às|alle|om|kl\.?|klo|o|об|в|на|saat|pukul|الساعة|ساعت|בשעה|—|–|-|\||·|•|@)?\s*){1,2}"
    r"(?P<time>\d{1,2}[:.h]\d{2}(?::\d{2})?)\s?(?:Uhr|hrs|h|ч\.?)?\s?(?P<ap>[ap]\.?m\b\.?|ص|"
    r"م)?\s?\(?(?P<zone>UTC[+-]\d{1,2}|GMT[+-]\d{1,2}|[A-Z]{2,4}\b|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class When:
    """A date found in a text."""

    moment: Moment
    start: int
    end: int


def _plain_digits(text: str) -> str:
    """Write the digits of every script as 0–9, one for one, so that offsets stay."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.digit(c)) if not c.isascii() and c.isdigit() and unicodedata.digit(c, None) is not None else c
        for c in text
    )


@cache
def _named() -> re.Pattern[str]:
    names = sorted(months(), key=lambda name: (-len(name), name))
    month = "(?P<{0}>" + "|".join(map(re.escape, names)) + r")\b\.?"
    day = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.|-?го|\.)?"
    of = r"(?:,?\s*(?:de|del|do|di|of|von|d['’]|من|ماه|ב)?\s*)"
    year = r"(?P<{0}>\d{{4}})(?!\d)"
    day_first = (
        r"(?<![\d:])"
        + day.format("d1")
        + of
        + "(?:de |d['’]|ב)?"
        + month.format("m1")
        + r"(?:,?\s*(?:de|del|of|the|ל)?\s*)"
        + year.format("y1")
    )
    month_first = r"(?<![^\W\d_])" + month.format("m2") + r"\s*" + day.format("d2") + r"(?:,|،)?\s*" + year.format("y2")
    return re.compile(f"(?:{day_first}|{month_first})", re.IGNORECASE)


def find(text: str, *, month_first: bool | None = None, newest: date | None = None) -> list[When]:
    """Give every full date of a text (day, month and year) in order, with its time and zone where they follow.

    `month_first` reads 3/4/2023 as March (None: such a date counts only where both readings are one day or one is
    impossible). Dates before 1985 or after `newest` are left out.
    """
    plain = _plain_digits(text)
    found: list[When] = []
    for match in _ISO.finditer(plain):
        calendar = "gregorian" if int(match["y"]) >= FIRST_YEAR else "jalali" if match["y"] < "1420" else "hijri"
        _put(found, plain, match, calendar, int(match["y"]), int(match["m"]), int(match["d"]), newest)
    for match in (*_CJK.finditer(plain), *_VIETNAMESE.finditer(plain)):
        _put(found, plain, match, "gregorian", int(match["y"]), int(match["m"]), int(match["d"]), newest)
    for match in _NUMERIC.finditer(plain):
        pair = _day_and_month(int(match["a"]), int(match["b"]), match["s"], month_first)
        if pair:
            _put(found, plain, match, "gregorian", int(match["y"]), pair[1], pair[0], newest)
    if re.search(r"\d{4}", plain):
        for match in _named().finditer(plain):
            name = (match["m1"] or match["m2"]).casefold()
            calendar, month = months().get(name) or months().get(unicodedata.normalize("NFC", name), ("gregorian", 0))
            day, year = int(match["d1"] or match["d2"]), int(match["y1"] or match["y2"])
            if calendar == "gregorian" and 2400 < year < 2700:
                year -= 543  # the Buddhist era of Thai news
            _put(found, plain, match, calendar, year, month, day, newest)
    found.sort(key=lambda when: (when.start, -when.end))
    kept: list[When] = []
    for when in found:
        if not kept or when.start >= kept[-1].end:
            kept.append(when)
    return kept


def _day_and_month(a: int, b: int, separator: str, month_first: bool | None) -> tuple[int, int] | None:
    if a > 12 >= b:
        return a, b
    if b > 12 >= a:
        return b, a
    if a == b:
        return a, b
    if separator == "." and max(a, b) <= 12:
        return a, b  # with dots the day comes first wherever they are used
    if month_first is None or max(a, b) > 12:
        return None
    return (b, a) if month_first else (a, b)


def _put(
    found: list[When],
    text: str,
    match: re.Match[str],
    calendar: str,
    year: int,
    month: int,
    day: int,
    newest: date | None,
) -> None:
    made = gregorian(calendar, year, month, day)
    if made is None or made.year < FIRST_YEAR or (newest is not None and made > newest):
        return
    groups = match.groupdict()
    end = match.end()
    clock, ap, zone = groups.get("time"), groups.get("ap"), groups.get("zone")
    if not clock:
        after = _TIME_AFTER.match(text, end)
        if after:
            clock, ap, zone = after["time"], after["ap"], after["zone"]
            end = after.end()
    moment = _with_clock(made, clock, ap, zone) if clock else None
    if moment and (zone or "").lower() in _AMBIGUOUS:
        found.append(When(made.isoformat(), match.start(), end))  # hours apart, by who writes it: the day is sure
    elif moment is None:
        found.append(When(made.isoformat(), match.start(), match.end()))
    else:
        found.append(When(moment, match.start(), end))


def _with_clock(day: date, clock: str, ap: str | None, zone: str | None) -> Moment | None:
    parts = [int(part) for part in re.split(r"[:.,h]", clock.lower())[:3] if part]
    hour, minute, second = ([*parts, 0, 0])[:3]
    mark = (ap or "").lower()[:1]
    if mark in ("p", "م") and hour < 12:
        hour += 12
    elif mark in ("a", "ص") and hour == 12:
        hour = 0
    try:
        naive = datetime(day.year, day.month, day.day, hour, minute, second)
    except ValueError:
        return None
    return to_moment(naive.replace(tzinfo=_offset(zone)))


def _offset(zone: str | None) -> timezone:
    if not zone:
        return UTC
    text = zone.strip().lower()
    match = re.fullmatch(r"(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?", text)
    if match:
        minutes = (int(match[2]) * 60 + int(match[3] or 0)) * (-1 if match[1] == "-" else 1)
    else:
        minutes = _ZONES.get(text) or 0
    return timezone(timedelta(minutes=minutes)) if minutes and abs(minutes) < 24 * 60 else UTC


def moment_of(value: str | None, *, month_first: bool | None = None) -> Moment | None:
    """Read a metadata value (ISO 8601, RFC 2822, Unix time, a date in words) as a moment; None if it is no date."""
    text = (value or "").strip()
    if not text or len(text) > 120:
        return None
    if re.fullmatch(r"1\d{9}(\d{3})?", text):
        return to_moment(datetime.fromtimestamp(int(text[:10]), UTC))
    if re.fullmatch(r"(19|20)\d{6}(T?\d{4,6}Z?)?", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:8]}" + (
            f"T{text[-6:-4]}:{text[-4:-2]}" if re.fullmatch(r"\d{14}", text) else ""
        )
    made = _iso(text)
    if made:
        return made
    found = find(text, month_first=month_first)
    return found[0].moment if found else None


def given(value: str | None) -> Moment | None:
    """Read a moment that was given with a page: as it stands where it is one, else as metadata write it."""
    return readable(value) or moment_of(value)


def _iso(text: str) -> Moment | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}", text):
        return None
    if len(text) == 10:
        try:
            made = date.fromisoformat(text)
        except ValueError:
            return None
        return text if made.year >= FIRST_YEAR else None
    repaired = re.sub(r"(\d)\s+([+-]\d{2}:?\d{2}|Z)$", r"\1\2", text.replace(" ", "T", 1) if text[10] == " " else text)
    repaired = re.sub(r"([+-]\d{2})$", r"\g<1>:00", repaired) if "T" in repaired else repaired
    try:
        moment = datetime.fromisoformat(repaired)
    except ValueError:
        return None
    if moment.year < FIRST_YEAR:
        return None
    return to_moment(moment)
