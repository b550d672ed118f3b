"""Bring pages in from the desk's sources: files and folders as they are, feeds over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from dateline.desk.work import Work, in_chunks
from dateline.errors import DatelineError, FetchError
from dateline.model import Article, Entry, Page, Rejected, SourceState
from dateline.sources import files, follow
from dateline.text.ids import stable_id
from dateline.text.urls import canonical

TRIES = 5  # passes in which a page that cannot be reached is asked for again
Found = Page | Article | Entry | Rejected


def article_id(url: str | None, *otherwise: str) -> str:
    """Name an article by its canonical address or, lacking one, by where it lies in its source."""
    return stable_id("a", canonical(url)) if url else stable_id("a", *otherwise)


def fetch(work: Work) -> None:
    """Bring in what is new in every source that is due, and the pages that feeds tell of."""
    states = [state for state in work.store.sources() if not state.paused]
    for state in states:
        if state.kind == "path":
            _read_path(work, state)
    if not work.settings.sample:  # the sample's addresses are invented: there is nothing to fetch
        _poll(work, [state for state in states if state.kind != "path"])
        _fetch_entries(work)


def _read_path(work: Work, state: SourceState) -> None:
    path = Path(state.address)
    done = 0
    try:
        for chunk in in_chunks(files.read(path)):
            with work.store.transaction():
                news = sum(_keep(work, state, path, found) for found in chunk)
                if news:
                    work.count(pages=news)
            done += len(chunk)
            work.tell("fetch", done, None)
    except DatelineError as error:
        work.store.put_source(replace(state, error=str(error), errors_in_a_row=state.errors_in_a_row + 1))
        return
    now = work.store.source(state.id) or state
    work.store.put_source(replace(now, last_success=work.now, error=None, errors_in_a_row=0))


def _keep(work: Work, state: SourceState, path: Path, found: Found) -> int:
    """Keep one thing found in a path; give 1 where it is a page that is news."""
    store = work.store
    if isinstance(found, Entry):
        if not work.settings.sample:
            _keep_entry(work, replace(found, source=state.id))
        return 0
    # The path of a file within its source, so that a desk moved to another folder keeps its ids.
    within = f"{path.name}/{found.id}"
    if isinstance(found, Rejected):
        id = article_id(found.url, within)
        if store.article(id) is None:
            store.put_rejected(replace(found, id=id), work.now)
        return 0
    id = article_id(found.url, within)
    page: Page | Article
    page = replace(found, id=id, source=state.id) if isinstance(found, Page) else replace(found, id=id)
    return int(store.put_page(page, origin=state.id))


def _keep_entry(work: Work, entry: Entry) -> None:
    id = work.store.put_entry(entry)
    if id is not None:
        work.store.add_jobs("fetch", [id])


def _poll(work: Work, states: list[SourceState]) -> None:
    due = [state for state in states if work.everything or follow.is_due(state, work.now)]
    if not due:
        return
    done = 0

    def deliver(polled: follow.Polled) -> None:
        nonlocal done
        # One transaction: the next poll asks only for what is newer than this state.
        with work.store.transaction():
            known = work.store.source(polled.state.id) or polled.state
            work.store.put_source(replace(polled.state, articles=known.articles, copied=known.copied))
            for entry in polled.entries:
                _keep_entry(work, entry)
        done += 1
        work.tell("poll", done, len(due))

    work.tell("poll", 0, len(due))
    follow.poll(due, work.settings.fetch, deliver, now=work.now)


def _fetch_entries(work: Work) -> None:
    keys = work.store.jobs("fetch")
    if not keys:
        return
    entries = {entry.url: (key, entry) for key in keys if (entry := work.store.entry(key)) is not None}
    done = 0

    def deliver(entry: Entry, answer: Page | Rejected | FetchError) -> None:
        nonlocal done
        with work.store.transaction():
            _take(work, entries[entry.url][0], entry, answer)
        done += 1
        work.tell("fetch", done, len(entries))

    work.tell("fetch", 0, len(entries))
    follow.fetch(_in_turn(entry for _key, entry in entries.values()), work.settings.fetch, deliver, now=work.now)


def _in_turn(entries: Iterator[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.url)


def _take(work: Work, key: str, entry: Entry, answer: Page | Rejected | FetchError) -> None:
    store = work.store
    if isinstance(answer, FetchError):
        if store.try_job("fetch", key) < TRIES:
            return
        answer = Rejected(entry.url, "unreachable", str(answer), url=entry.url)
    store.jobs_done("fetch", [key])
    if isinstance(answer, Rejected):
        id = article_id(answer.url or entry.url)
        if store.article(id) is None:
            store.put_rejected(replace(answer, id=id), work.now)
            work.count(rejected=1)
        return
    page = replace(answer, id=article_id(answer.url or entry.url), source=entry.source)
    if store.put_page(page, live=True, origin=entry.source):
        work.count(pages=1)
