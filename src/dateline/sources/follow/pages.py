"""Fetch the page of one entry, with what its host says of rights."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.errors import FetchError
from dateline.model import Entry, Page, Rejected
from dateline.sources import clean
from dateline.sources.decode import to_text
from dateline.sources.files import with_entry
from dateline.sources.follow.raw import RawPages
from dateline.sources.http import Answer, Client
from dateline.sources.http.tdm import signals

ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
_GONE = (404, 410)
_REFUSED = (401, 402, 403, 451)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Say that a page is as it was (304)."""

    url: str


async def fetch_page(
    client: Client, entry: Entry, now: str, known: Page | None = None, raw: RawPages | None = None
) -> Page | Rejected | FetchError | Unchanged:
    """Fetch one page; a FetchError is given, not raised, where another try may bring it.

    The page that is `known` is asked for conditionally; `raw` keeps the answer as it came.
    """
    head = dict(known.headers) if known is not None else {}
    try:
        answer = await client.get(
            entry.url, accept=ACCEPT, etag=head.get("etag"), last_modified=head.get("last-modified")
        )
        if answer.status == 304:
            return Unchanged(entry.url)
        if (rejected := _rejected(entry, answer)) is not None:
            return rejected
        said = signals(await client.well_known(answer.url), answer.url)
    except FetchError as error:
        return Rejected(entry.url, "refused", str(error), url=entry.url) if error.refused else error
    if raw is not None:
        raw.keep(answer, now)
    page = Page(
        id=entry.url,
        url=clean.link(answer.url) or entry.url,
        html=to_text(answer.body, answer.charset),
        fetched=now,
        headers=tuple(answer.headers.items()),
        signals=said,
    )
    return with_entry(page, entry)


def _rejected(entry: Entry, answer: Answer) -> Rejected | None:
    """Say why an answer is no page: `gone` where the publisher took it away, `refused` where it lets nobody in."""
    if answer.status != 200:
        code = "gone" if answer.status in _GONE else "refused" if answer.status in _REFUSED else "unreadable"
        return Rejected(entry.url, code, f"{entry.url} answered with status {answer.status}.", url=entry.url)
    kind = answer.headers.get("content-type", "text/html").lower()
    if any(word in kind for word in ("html", "xml", "text/plain")):
        return None
    return Rejected(entry.url, "not_article", f"{entry.url} is no page but {kind[:100]}.", "other", 1.0, entry.url)
