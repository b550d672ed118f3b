"""Figures on a story page: everybody's value with who said it and when, and the range they span."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.model import Article, Figure, Reading
from dateline.site import links, words
from dateline.site.views import lists

_SIGN = re.compile(r"[$€£¥₹₽₦₺₩₪]")
_NUMBER = re.compile(r"(?<![\d.,])\d")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_SCALES = frozenset({"million", "billion", "trillion", "thousand", "hundred", "m", "mn", "bn", "tn", "k", "b"})


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One source's value of a figure."""

    value: str
    said_by: str | None
    outlet: str
    time: str | None
    href: str


@dataclass(frozen=True, slots=True)
class Account:
    """One of the values that differ, with all who give it."""

    value: str
    readings: tuple[ReadingLine, ...]


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure: its range, and everybody's value in order of time."""

    id: str
    what: str
    about: str | None
    range: str
    relation: str
    readings: tuple[ReadingLine, ...]
    state: str  # agree, updated or disputed

    @property
    def value(self) -> str:
        """Give the newest value, or the range, without what it was before."""
        return self.range.partition(", ")[0] if self.state == "updated" and ", " in self.range else self.range

    @property
    def before(self) -> str:
        """Say what it has come from: “up from 12”; nothing where it has not changed."""
        return self.range.partition(", ")[2] if self.state == "updated" else ""

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Gather who gives which value, in the order in which the values were first given."""
        gathered: dict[str, list[ReadingLine]] = {}
        for reading in self.readings:
            gathered.setdefault(reading.value, []).append(reading)
        return tuple(Account(value, tuple(lines)) for value, lines in gathered.items())


def figure_line(figure: Figure, articles: Mapping[str, Article]) -> FigureLine:
    """Write a figure; its readings stay in the order it has them in, which is that of time."""
    readings = [r for r in figure.readings if r.article in articles]
    whole = [_as_sum(r) for r in readings] if figure.what == "money" else readings
    unit = _unit(figure, readings, articles)
    return FigureLine(
        id=figure.id,
        what="" if unit else words.what(figure.what),
        about=figure.about,
        range=_in_unit(_latest(whole) if figure.relation == "updated" else _range(whole), unit),
        relation=words.RELATIONS[figure.relation],
        state=figure.relation,
        readings=tuple(
            ReadingLine(
                value=_in_unit(words.interval(w.low, w.high, w.qualifier), unit),
                said_by=r.said_by,
                outlet=lists.outlet_name(articles[r.article]),
                time=r.time or articles[r.article].published,
                href=links.article(r.article, r.start, r.end),
            )
            for r, w in zip(readings, whole, strict=True)
        ),
    )


def _as_sum(reading: Reading) -> Reading:
    """Give a sum as `words.interval` writes counts: “more than 12” begins at 13 where things are counted."""
    if reading.qualifier == "more_than" and reading.low is not None:
        return replace(reading, low=reading.low + 1)
    if reading.qualifier == "less_than" and reading.high is not None:
        return replace(reading, high=reading.high - 1)
    return reading


def _latest(readings: Sequence[Reading]) -> str:
    """Write the newest value, and where it has come from: “at least 23, up from 12”."""
    if not readings:
        return "not known"
    first, last = readings[0], readings[-1]
    old, new = (words.interval(r.low, r.high, r.qualifier) for r in (first, last))
    if old == new or _size(first) == _size(last):
        return new
    return f"{new}, {'up' if _size(last) > _size(first) else 'down'} from {old}"


def _range(readings: Sequence[Reading]) -> str:
    """Write the range that the readings span; one value where they are the same."""
    known = [r for r in readings if r.low is not None or r.high is not None]
    if not known:
        return "not known"
    ordered = sorted(known, key=lambda r: (_size(r), r.low is None))
    first, last = ordered[0], ordered[-1]
    low, high = (words.interval(r.low, r.high, r.qualifier) for r in (first, last))
    if low == high:
        return low
    if first.low is not None and last.high is not None and last.low is not None:
        return words.interval(first.low, last.high) if first.qualifier != "more_than" else f"{low} to {high}"
    return f"{low} to {high}"


def _size(reading: Reading) -> float:
    return next((value for value in (reading.low, reading.high) if value is not None), 0.0)


def _unit(figure: Figure, readings: Sequence[Reading], articles: Mapping[str, Article]) -> str | None:
    """Give the currency of a sum as its first reading has it: a sign, or a word behind the number."""
    if figure.what != "money" or not readings:
        return None
    first = readings[0]
    told = articles[first.article].text[first.start : first.end]
    sign = _SIGN.search(told)
    word = _LAST_WORD.search(told)
    if sign:
        return sign.group()
    return word.group() if word and word.group().lower() not in _SCALES else None


def _in_unit(value: str, unit: str | None) -> str:
    """Write a value in its currency: "$1.4 million", "1.4 million euros"."""
    if unit is None:
        return value
    return _NUMBER.sub(lambda found: unit + found.group(), value) if _SIGN.match(unit) else f"{value} {unit}"
