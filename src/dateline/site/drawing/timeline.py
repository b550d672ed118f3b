"""Timelines: what happened, or was reported, each in a row with its lane on a shared axis of days.

The axis covers the days around the reports; what lies outside is pointed at from the edge, so that one deed of years
ago or one plan for next year does not press all news into a single pixel. Positions are per cent of the lane's width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateline.model import Event
from dateline.site import words
from dateline.site.views.lists import ArticleLine, EventLine
from dateline.text.moments import instant, local_day

_ROWS = 40  # rows of one drawing; the table beside it has them all
_TICKS = 5
_NEAR = timedelta(days=14)  # around the reports: what an axis covers at most
_SHARP = timedelta(days=7)  # an interval no longer than this says when something happened
_SLIVER = 2.5  # per cent: a shorter interval is drawn as a point


@dataclass(frozen=True, slots=True)
class Row:
    """One row: when, what, and where it stands on the lane."""

    date: str
    text: str
    href: str
    type: str | None
    x: float  # per cent: where the interval begins
    width: float  # 0 for a point
    open_left: bool  # it may have begun before
    open_right: bool
    off: str | None = None  # "before" or "after": it lies beyond the axis
    historical: bool = False
    copied: bool = False
    note: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """A day marked on the axis."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """A drawing of rows under one axis."""

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    left_out: int  # rows that did not fit, have no date, or say nothing but their type


def by_event_time(
    events: Sequence[Event], lines: Sequence[EventLine], now: datetime, reported: Sequence[str | None] = ()
) -> Timeline | None:
    """Draw events where they happened in time; None where no event has a date.

    `reported` are the moments of the reports, around which the axis lies. An event of which neither a party nor a
    place nor a number is known is left to the table.
    """
    dated = [(e, ln) for e, ln in zip(events, lines, strict=True) if e.date and (e.date.from_ or e.date.to)]
    told = [(e, ln) for e, ln in dated if ln.told] or dated
    if not told:
        return None
    first, last = _axis([_ends(e) for e, _ in told], [day for m in reported if (day := local_day(m))])
    rows = tuple(_row(line, *_ends(event), first, last) for event, line in told[:_ROWS])
    return Timeline(rows, _ticks(first, last, now), len(events) - len(rows))


def by_report_time(lines: Sequence[ArticleLine], now: datetime) -> Timeline | None:
    """Draw articles where they were published; None where none is dated."""
    dated = _dated(lines)
    if not dated:
        return None
    first, last = dated[0][0], dated[-1][0]
    room = max((last - first) * 0.02, timedelta(hours=1))
    first, last = first - room, last + room
    rows = tuple(
        Row(
            words.stamp(ln.published, now), ln.title, ln.href, None, _share(made, first, last), 0, False, False,
            copied=ln.role == "copy", outlet=ln.outlet,
        )
        for made, ln in dated[:_ROWS]
    )  # fmt: skip
    ticks = []
    for step in range(_TICKS):
        at = first + (last - first) * step / (_TICKS - 1)
        short = last - first < timedelta(days=2)
        label = f"{words.short_day(at.date(), now)} {at:%H:%M}" if short else words.short_day(at.date(), now)
        if step in (0, 2, 4):
            ticks.append(Tick(round(100 * step / (_TICKS - 1), 2), label, _anchor(step / (_TICKS - 1))))
    return Timeline(rows, tuple(ticks), len(lines) - len(rows))


def _dated(lines: Sequence[ArticleLine]) -> list[tuple[datetime, ArticleLine]]:
    found = [(made, line) for line in lines if (made := instant(line.published)) is not None and not line.withdrawn]
    return sorted(found, key=lambda pair: (pair[0], pair[1].id))


def _ends(event: Event) -> tuple[date | None, date | None]:
    when = event.date
    first, last = (local_day(when.from_), local_day(when.to)) if when else (None, None)
    return (last, first) if first and last and last < first else (first, last)


def _axis(spans: Sequence[tuple[date | None, date | None]], reported: Sequence[date]) -> tuple[date, date]:
    """Choose the days of the axis: those of what is sharply dated near the reports, with room at both ends."""
    every = [day for span in spans for day in span if day is not None]
    sharp = [day for first, last in spans if first and last and last - first <= _SHARP for day in (first, last)]
    sharp = sharp or every
    if reported:
        least, most = min(reported) - _NEAR, max(reported) + _NEAR
        sharp = [day for day in sharp if least <= day <= most] or [min(reported), max(reported)]
    first, last = min(sharp), max(sharp)
    room = max(1, (last - first).days // 10)
    return first - timedelta(days=room), last + timedelta(days=room)


def _row(line: EventLine, start: date | None, end: date | None, first: date, last: date) -> Row:
    """Place an interval on the axis; its days are whole, so that one day has a width too."""
    span = (last - first).days + 1
    left = max(0, ((start or first) - first).days)
    right = min(span, ((end or last) - first).days + 1)
    off = "before" if right <= 0 else "after" if left >= span else None
    x, width = left / span * 100, (right - left) / span * 100
    if off:
        x, width = (0.0, 0.0) if off == "before" else (100.0, 0.0)
    elif width < _SLIVER:
        x, width = x + width / 2, 0.0
    note = None if line.status == "asserted" else line.status
    return Row(
        line.date, line.short, line.href, line.type, round(x, 2), round(width, 2),
        not off and (start is None or start < first), not off and (end is None or end > last),
        off, line.historical, note=note,
    )  # fmt: skip


def _share(at: datetime, first: datetime, last: datetime) -> float:
    return round((at - first) / (last - first) * 100, 2)


def _ticks(first: date, last: date, now: datetime) -> tuple[Tick, ...]:
    span = (last - first).days + 1
    step = max(1, -(-span // _TICKS))
    return tuple(
        Tick(
            round((offset + 0.5) / span * 100, 2),
            words.short_day(first + timedelta(days=offset), now),
            _anchor((offset + 0.5) / span),
        )
        for offset in range(step // 2, span, step)
    )


def _anchor(share: float) -> str:
    return "start" if share < 0.06 else "end" if share > 0.94 else "middle"
