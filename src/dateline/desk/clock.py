"""The clock of a pass: one reading, from which all its moments come."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

from dateline.errors import UsageError
from dateline.text.moments import instant, to_moment

VARIABLE = "DATELINE_NOW"


def read_clock(given: str | None = None) -> str:
    """Give the moment it is: `given`, else DATELINE_NOW, else the time of the machine in UTC.

    Raises UsageError where the given one is no moment.
    """
    named = given or os.environ.get(VARIABLE)
    if not named:
        return to_moment(datetime.now(UTC))
    made = instant(named)
    if made is None:
        raise UsageError(f"{VARIABLE}={named} is no moment: write 2026-03-01T08:00:00Z.")
    return to_moment(made)


def after(moment: str, *, hours: float) -> str:
    """Give the moment so many hours later."""
    return before(moment, hours=-hours)


def before(moment: str, *, hours: float) -> str:
    """Give the moment so many hours earlier; at the ends of the calendar the last there is."""
    made = instant(moment)
    if made is None:
        return moment
    try:
        return to_moment(made - timedelta(hours=hours))
    except OverflowError:  # past the end of the calendar
        return to_moment((datetime.min if hours > 0 else datetime.max).replace(tzinfo=UTC))
