"""Let go of what the owner does not want to keep, and never of what an event or a digest cites."""

from __future__ import annotations

from dateline.config import KeepSettings
from dateline.desk.work import Work
from dateline.store import Store
from dateline.store.facets import NEVER, epoch
from dateline.store.retaining import KINDS, Purged

_DAY = 86_400
_LOOKED = "retain texts"  # up to which publication texts were looked at: what is cited is not looked at in each pass


def retain(work: Work) -> None:
    """Apply `[keep]` of the settings, a kind in each transaction."""
    apply(work.store, work.settings.keep, work.now)


def apply(
    store: Store, keep: KeepSettings, now: str, *, preview: bool = False, everything: bool = False
) -> list[Purged]:
    """Let go of what is older than `keep` says, or say what that would be; `everything`: look at old texts again."""
    found = []
    for what in KINDS:
        days: int | None = getattr(keep, what)
        if days is None:
            continue
        before = epoch(now) - days * _DAY
        since = NEVER if everything or preview or what != "texts" else int(store.remembered(_LOOKED) or NEVER)
        found.append(store.purge(what, before, since=since, preview=preview))
        if what == "texts" and not preview:
            store.remember(_LOOKED, str(before - 1))
    return found
