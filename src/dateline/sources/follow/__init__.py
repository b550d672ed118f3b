"""Follow sources over HTTP: poll what is due, find what is new, fetch its pages.

The desk keeps the state. Both functions hand over each result as it comes, so that it can be kept at once:
`poll` gives `Polled` (a source's new state and its entries), `fetch` gives a `Page` or a `Rejected` for each entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from dateline.config import FetchSettings
from dateline.errors import FetchError
from dateline.model import Entry, Page, Rejected, SourceState
from dateline.sources.follow.crew import HANDS
from dateline.sources.follow.pages import Unchanged, fetch_page
from dateline.sources.follow.polling import Polled, poll_source, read_pushed
from dateline.sources.follow.raw import RawPages
from dateline.sources.follow.running import WAITING, run
from dateline.sources.follow.schedule import LONGEST, SHORTEST, calmed, is_due, later, next_look, recheck_due
from dateline.sources.http import Client

__all__ = [
    "LONGEST",
    "SHORTEST",
    "Fetched",
    "Polled",
    "RawPages",
    "Unchanged",
    "calmed",
    "fetch",
    "is_due",
    "later",
    "next_look",
    "poll",
    "read_pushed",
    "recheck_due",
]

Fetched = Page | Rejected | FetchError


def poll(
    states: Sequence[SourceState],
    settings: FetchSettings,
    deliver: Callable[[Polled], None],
    *,
    now: str,
    gap: float | None = None,
    memory: Path | None = None,
    hands: int = HANDS,
    waiting: float = WAITING,
) -> None:
    """Poll sources, many hosts at once and each host politely; `deliver` is called for each in the order of arrival.

    `gap` is the pause between two requests to one origin in seconds; `memory` is a file that keeps what was learnt of
    hosts (robots.txt, pauses they asked for) from one call to the next. What a host's gate does not let through within
    `waiting` seconds comes back as it was, still due.
    """

    async def one(client: Client, state: SourceState) -> None:
        deliver(await poll_source(client, state, now))

    # Sources that failed come last, so that hosts that hang hold up none that answer.
    ranked = sorted(states, key=lambda state: state.errors_in_a_row > 0)
    run(settings, ranked, lambda state: state.address, one, gap=gap, memory=memory, hands=hands, waiting=waiting)


def fetch(
    entries: Iterable[Entry],
    settings: FetchSettings,
    deliver: Callable[[Entry, Page | Rejected | FetchError], None],
    *,
    now: str,
    gap: float | None = None,
    memory: Path | None = None,
    hands: int = HANDS,
    waiting: float = WAITING,
    raw: RawPages | None = None,
    known: Mapping[str, Page] | None = None,
    unchanged: Callable[[Entry], None] | None = None,
) -> None:
    """Fetch the pages of entries; a FetchError is handed over where it is worth trying again later, `unasked` where
    the page was not asked for because its host's turn did not come within `waiting` seconds.

    `raw` keeps each answer as it came. `known` gives, by address, the page that is there already: it is asked for
    conditionally, and where it has not changed, `unchanged` is called in place of `deliver`.
    """
    pages = known or {}

    async def one(client: Client, entry: Entry) -> None:
        found = await fetch_page(client, entry, now, pages.get(entry.url), raw)
        if not isinstance(found, Unchanged):
            deliver(entry, found)
        elif unchanged is not None:
            unchanged(entry)

    run(settings, entries, lambda entry: entry.url, one, gap=gap, memory=memory, hands=hands, waiting=waiting)
