"""A chart of events over time: bars a day, week or month, in per cent of its width."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.model import Event, SourceState
from dateline.site import words
from dateline.text.moments import local_day

_BARS = 62  # more would be thinner than a finger or a mouse can point at
_MONTHLY = 31 * 36
_TICKS = 4  # labels under the axis, less one


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its interval, its number, and where it stands, in per cent."""

    first: str
    last: str
    label: str
    number: int
    x: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A label under the axis."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of one grain."""

    grain: str
    bars: tuple[Bar, ...]
    most: int
    undated: int
    outside: int  # dated, but before or after what is drawn
    first: str
    last: str
    joins: tuple[Join, ...]  # where a rise may come from more sources, not from more events

    @property
    def ticks(self) -> list[Tick]:
        """Give the labels under the axis: the first and last bar's, and some between."""
        last = len(self.bars) - 1
        chosen = sorted({round(last * step / _TICKS) for step in range(_TICKS + 1)}) if last > _TICKS else [0, last]
        return [
            Tick(100.0, self.bars[at].label, "end") if at == last and at
            else Tick(self.bars[at].x, self.bars[at].label, "start" if at == 0 else "middle")
            for at in chosen
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Join:
    """A moment from which the desk read further sources."""

    x: float
    label: str


def over_time(events: Sequence[Event], today: date | None = None, sources: Sequence[SourceState] = ()) -> Chart | None:
    """Count events by the day they began on; None where none is dated.

    Where most lie in the two months before `today`, those months are drawn, so that one plan for next year does not
    press all news into a single bar.
    """
    days = [local_day(event.date.from_ or event.date.to) for event in events if event.date]
    dated = [day for day in days if day is not None]
    if not dated:
        return None
    drawn = _near(dated, today)
    grain, steps = _steps(min(drawn), max(drawn))
    counted = Counter(_begin(day, grain) for day in drawn)
    bars = _bars(grain, steps, counted)
    return Chart(
        grain,
        bars,
        max(counted.values()),
        len(events) - len(dated),
        len(dated) - len(drawn),
        bars[0].label,
        bars[-1].label,
        _joins(sources, steps),
    )


def _near(days: list[date], today: date | None) -> list[date]:
    """Keep the days of the last two months where most are of them, else all."""
    if today is None:
        return days
    near = [day for day in days if timedelta(0) <= today - day < timedelta(days=_BARS)]
    return near if len(near) >= len(days) * 0.6 else days


def _steps(first: date, last: date) -> tuple[str, list[date]]:
    """Choose what one bar stands for, and give the first day of each."""
    span = (last - first).days + 1
    grain = "day" if span <= _BARS else "week" if span <= _BARS * 7 else "month" if span <= _MONTHLY else "year"
    steps = [_begin(first, grain)]
    while (after := _next(steps[-1], grain)) <= last:
        steps.append(after)
    return grain, steps


def _bars(grain: str, steps: Sequence[date], counted: Counter[date]) -> tuple[Bar, ...]:
    """Draw a bar for each step, the longest as high as the chart."""
    most, width = max(counted.values()), 100 / len(steps)
    return tuple(
        Bar(
            first=step.isoformat(),
            last=(_next(step, grain) - timedelta(days=1)).isoformat(),
            label=_label(step, grain),
            number=counted[step],
            x=round(index * width, 3),
            width=round(width * 0.86, 3),
            height=round(100 * counted[step] / most, 2),
        )
        for index, step in enumerate(steps)
    )


def _joins(sources: Sequence[SourceState], steps: Sequence[date]) -> tuple[Join, ...]:
    """Mark the bars in which sources were added: a longer bar after them may be theirs."""
    added = Counter(
        max(at for at, step in enumerate(steps) if step <= day)
        for source in sources
        if (day := local_day(source.added)) is not None and steps[0] < day
    )
    return tuple(
        Join(
            round(100 * at / len(steps), 3),
            f"{words.plural(number, 'source')} added {words.short_day(steps[at])}",
        )
        for at, number in sorted(added.items())
    )


def _begin(day: date, grain: str) -> date:
    if grain == "week":
        return day - timedelta(days=day.weekday())
    if grain == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if grain == "year" else day


def _next(day: date, grain: str) -> date:
    if grain == "month":
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    if grain == "year":
        return day.replace(year=day.year + 1)
    return day + timedelta(days=7 if grain == "week" else 1)


def _label(day: date, grain: str) -> str:
    if grain == "year":
        return str(day.year)
    if grain == "month":
        return words.day_name(day).partition(" ")[2]
    return ("week of " if grain == "week" else "") + words.short_day(day)
