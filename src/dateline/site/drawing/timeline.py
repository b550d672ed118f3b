"""Timelines: intervals on an axis of days, in per cent, so that labels keep their size at any width."""

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
_LABEL = 54  # characters that fit on a phone


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its label and the interval it covers."""

    label: str
    href: str
    type: str | None
    x: float  # per cent
    width: float  # per cent; 0 for a point
    open_left: bool
    open_right: bool
    historical: bool = False


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
    left_out: int  # rows that did not fit, or have no date


def by_event_time(events: Sequence[Event], lines: Sequence[EventLine], now: datetime) -> Timeline | None:
    """Draw events where they happened in time; None where no event has a date."""
    dated = [(e, ln) for e, ln in zip(events, lines, strict=True) if e.date and (e.date.from_ or e.date.to)]
    if not dated:
        return None
    days = [day for e, _ in dated if not e.historical for day in _ends(e) if day is not None]
    days = days or [day for e, _ in dated for day in _ends(e) if day is not None]
    first, last = _axis(min(days), max(days))
    rows: list[Row] = []
    for event, line in dated[:_ROWS]:
        start, end = _ends(event)
        rows.append(_row(_label(line), line, start, end, first, last))
    return Timeline(tuple(rows), _ticks(first, last, now), len(events) - len(rows))


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
            f"{words.brief(ln.published, now)} · {ln.outlet}", ln.href, None, _share(made, first, last), 0, False, False
        )
        for made, ln in dated[:_ROWS]
    )
    ticks = []
    for step in range(_TICKS):
        at = first + (last - first) * step / (_TICKS - 1)
        short = last - first < timedelta(days=2)
        label = f"{words.short_day(at.date(), now)} {at:%H:%M}" if short else words.short_day(at.date(), now)
        if not short or step in (0, 2, 4):
            ticks.append(Tick(round(100 * step / (_TICKS - 1), 2), label, _anchor(step / (_TICKS - 1))))
    return Timeline(rows, tuple(ticks), len(lines) - len(rows))


def _dated(lines: Sequence[ArticleLine]) -> list[tuple[datetime, ArticleLine]]:
    found = [(made, line) for line in lines if (made := instant(line.published)) is not None and not line.withdrawn]
    return sorted(found, key=lambda pair: (pair[0], pair[1].id))


def _ends(event: Event) -> tuple[date | None, date | None]:
    when = event.date
    return (local_day(when.from_), local_day(when.to)) if when else (None, None)


def _axis(first: date, last: date) -> tuple[date, date]:
    """Give the axis room at both ends."""
    room = max(1, (last - first).days // 12)
    return first - timedelta(days=room), last + timedelta(days=room)


def _label(line: EventLine) -> str:
    who = " → ".join(part for part in (line.actors, line.recipients) if part) or line.place
    text = f"{line.date} · {line.name}: {who}"
    return text if len(text) <= _LABEL else text[: _LABEL - 2].rsplit(" ", 1)[0] + " …"


def _row(label: str, line: EventLine, start: date | None, end: date | None, first: date, last: date) -> Row:
    """Place an interval on the axis; its days are whole, so that one day has a width too."""
    span = (last - first).days + 1
    left = max(0, ((start or first) - first).days)
    right = min(span, ((end or last) - first).days + 1)
    x, width = left / span * 100, max(0.0, (right - left) / span * 100)
    before, after = start is None or start < first, end is None or end > last
    if right <= 0 or left >= span:  # history before the axis begins
        x, width = (0.0, 0.0) if right <= 0 else (100.0, 0.0)
    return Row(label, line.href, line.type, round(x, 2), round(width, 2), before, after, line.historical)


def _share(at: datetime, first: datetime, last: datetime) -> float:
    return round((at - first) / (last - first) * 100, 2)


def _ticks(first: date, last: date, now: datetime) -> tuple[Tick, ...]:
    span = (last - first).days + 1
    step = max(1, -(-span // _TICKS))
    return tuple(
        Tick(round((offset + 0.5) / span * 100, 2), words.short_day(first + timedelta(days=offset), now), "middle")
        for offset in range(step // 2, span, step)
    )


def _anchor(share: float) -> str:
    return "start" if share < 0.1 else "end" if share > 0.9 else "middle"
