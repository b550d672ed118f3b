"""Let go of what the owner does not want to keep, and never of what an event or a digest cites."""

from __future__ import annotations

from dateline.desk.work import Work


def retain(work: Work) -> None:
    """Apply `[keep]` of the settings."""
    del work
