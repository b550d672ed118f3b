"""When a source is asked next: in its own rhythm, spread over time, ever less often while it fails."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from zlib import crc32

from dateline.model import Entry, SourceState
from dateline.text.moments import instant, to_moment

SHORTEST, LONGEST = 300, 86_400  # seconds between two polls: 5 minutes to 1 day
FIRST = 1_800
CALM = 6 * 3_600  # seconds between two polls while a hub pushes
LOOKS = (3_600, 6 * 3_600, 86_400, 7 * 86_400)  # seconds after the first, when an article is looked at again
_SLOWER = 1.25  # the growth of the interval each time nothing is new: a night's silence costs an hour in the morning
_MAX_AGE = re.compile(r"(?:^|[,\s])(?:s-maxage|max-age)\s*=\s*\"?(\d{1,10})", re.I)


def is_due(state: SourceState, now: str) -> bool:
    """Tell whether a source is to be polled at the moment `now`."""
    if state.paused or (state.kind == "article" and state.last_success is not None):
        return False
    at, then = instant(now), instant(state.next_poll)
    return then is None or at is None or then <= at


def succeeded(state: SourceState, now: str, *, rhythm: int | None, at_least: int = 0) -> SourceState:
    """Plan the poll after a good one.

    `rhythm` is the mean time between recent entries in seconds, None where nothing is new; a source is asked twice in
    it. `at_least` is the time for which the publisher says that its answer stays good.
    """
    before = state.interval or FIRST
    interval = rhythm // 2 if rhythm is not None else int(before * _SLOWER)
    interval = max(SHORTEST, min(max(interval, at_least), LONGEST))
    return replace(
        state,
        last_success=now,
        interval=interval,
        next_poll=_in_its_slot(state.id, now, interval),
        error=None,
        errors_in_a_row=0,
    )


def calmed(state: SourceState, now: str) -> SourceState:
    """Plan the poll of a feed whose hub pushes its news: a push that was lost costs a few hours at most."""
    return replace(state, next_poll=_in_its_slot(state.id, now, max(CALM, state.interval or 0)))


def failed(state: SourceState, why: str, now: str, *, at_least: float = 0) -> SourceState:
    """Back off, twice as long each time up to a day, and never for good."""
    errors = state.errors_in_a_row + 1
    pause = min(SHORTEST * 2 ** min(errors - 1, 12), LONGEST)
    pause = int(pause * (0.75 + 0.25 * _part(f"{state.id} {errors}")))  # at most a day, and never all at once
    pause = max(SHORTEST, pause, min(int(at_least), LONGEST))
    return replace(state, error=why, errors_in_a_row=errors, next_poll=later(now, pause))


def postponed(state: SourceState, why: str, now: str, seconds: float) -> SourceState:
    """Come back when the host wants it: a host that asks for a pause has not failed."""
    pause = max(60, min(int(seconds) + 1, LONGEST))
    return replace(state, error=why, next_poll=later(now, pause))


def ended(state: SourceState, why: str, now: str) -> SourceState:
    """Pause a source that the publisher has taken down for good (410); the owner can resume it."""
    return replace(
        state,
        error=f"{why} The publisher has taken it down for good (410): resume it with 'dateline source resume'.",
        errors_in_a_row=state.errors_in_a_row + 1,
        paused=True,
        next_poll=later(now, LONGEST),
    )


def rhythm_of(entries: Iterable[Entry], now: str) -> int | None:
    """Give the mean seconds between the entries of the last day, or of the last week where that day brought none.

    None where neither brought any.
    """
    today = instant(now)
    if today is None:
        return None
    times = [t for entry in entries if (t := instant(entry.published)) is not None]
    for days in (1, 7):
        count = sum(1 for t in times if timedelta(0) <= today - t <= timedelta(days=days))
        if count:
            return days * 86_400 // count
    return None


def good_for(headers: Mapping[str, str], ttl: int | None, now: str) -> int:
    """Give the seconds for which an answer stays good: by Cache-Control, else Expires; or by the feed's own `ttl`.

    `ttl` is in seconds. Never more than a day.
    """
    said = ttl or 0
    control = headers.get("cache-control", "")
    found = _MAX_AGE.search(control)
    if found:
        said = max(said, int(found.group(1)) - _whole(headers.get("age")))
    elif "no-" not in control and headers.get("expires"):
        said = max(said, _until(headers["expires"], headers.get("date"), now))
    return max(0, min(said, LONGEST))


def next_look(first: str, last: str | None) -> str | None:
    """Say when an article is to be looked at again: 1 h, 6 h, 1 d and 7 d after it was first seen.

    `last` is the latest look so far (the first, where None). Gives None once the last of them is past.
    """
    seen, looked = instant(first), instant(last or first)
    if seen is None or looked is None:
        return None
    for seconds in LOOKS:
        at = seen + timedelta(seconds=seconds)
        if at > looked:
            return to_moment(at)
    return None


def recheck_due(first: str, last: str | None, now: str) -> bool:
    """Tell whether an article, first seen and last looked at then, is to be looked at again at the moment `now`."""
    at, today = instant(next_look(first, last)), instant(now)
    return at is not None and today is not None and at <= today


def later(now: str, seconds: int) -> str:
    """Give the moment so many seconds after `now`."""
    return to_moment((instant(now) or datetime.now(UTC)) + timedelta(seconds=seconds))


def _in_its_slot(id: str, now: str, interval: int) -> str:
    """Give the source's own second in each interval, which its id names.

    Sources of one interval are thus spread evenly over it, whenever they were added: the next poll comes after half to
    one and a half intervals, and after exactly one from then on.
    """
    start = int((instant(now) or datetime.now(UTC)).timestamp())
    slot = int(_part(id) * interval)
    earliest = start + interval // 2
    at = earliest + (slot - earliest) % interval
    return later(now, max(SHORTEST, min(at - start, LONGEST)))


def _part(text: str) -> float:
    """Give a number from 0 to 1 that a text stands for: jitter that a second run repeats."""
    return crc32(text.encode("utf-8", "replace")) / 0x1_0000_0000


def _whole(value: str | None) -> int:
    return int(value) if value and value.strip().isdecimal() and len(value) < 11 else 0


def _until(expires: str, date: str | None, now: str) -> int:
    try:
        end = parsedate_to_datetime(expires)
        start = parsedate_to_datetime(date) if date else instant(now)
        return int((end - start).total_seconds()) if start else 0
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0
