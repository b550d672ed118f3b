"""Bring pages in from the desk's sources: files and folders as they are, feeds over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dateline.desk.phases import reading
from dateline.desk.phases.pushes import Pushes
from dateline.desk.work import HOSTS, Work, in_chunks
from dateline.errors import DatelineError, FetchError
from dateline.model import Article, Entry, Page, Rejected, SourceState
from dateline.sources import files, follow, opml
from dateline.text.ids import stable_id
from dateline.text.urls import canonical

LOOKS = 2_000  # pages looked at again in one pass: the rest have their turn in the next
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
        pushes = Pushes(work, lambda entry: _keep_entry(work, entry))
        pushes.take_in()
        polled = _poll(work, pushes, set())
        _poll(work, pushes, polled)  # the sources that lists of feeds brought
        pushes.ask()
        _fetch_entries(work)


def _read_path(work: Work, state: SourceState) -> None:
    path = Path(state.address)
    done = 0
    try:
        if files.is_list(path):
            with work.store.transaction():
                _follow(work, opml.read(path.read_bytes(), str(path)))
            _read_well(work, state)
            return
        for chunk in in_chunks(files.read_since(path, None if work.everything else state.mark)):
            with work.store.transaction():
                read = [found for found, _place in chunk if found is not None]
                news = sum(_keep(work, state, path, found) for found in read)
                _mark(work, state, chunk[-1][1])
                if news:
                    work.count(pages=news)
            done += len(read)
            if read:
                work.tell("fetch", done, None)
    except DatelineError as error:
        work.store.put_source(replace(state, error=str(error), errors_in_a_row=state.errors_in_a_row + 1))
        return
    _read_well(work, state)


def _mark(work: Work, state: SourceState, mark: str | None) -> None:
    """Keep how far a path was read: a stopped pass goes on there, and what has not changed is not read again."""
    now = work.store.source(state.id) or state
    if mark is not None and mark != now.mark:
        work.store.put_source(replace(now, mark=mark))


def _read_well(work: Work, state: SourceState) -> None:
    now = work.store.source(state.id) or state
    work.store.put_source(replace(now, last_success=work.now, error=None, errors_in_a_row=0))


def _follow(work: Work, outlines: Sequence[opml.Outline]) -> None:
    """Follow the sources of a list that are not followed yet; those that left it stay: the owner decides."""
    for outline in outlines:
        id = stable_id("o", canonical(outline.address))
        if work.store.source(id) is None:
            made = SourceState(id, outline.address, outline.kind, outline.name, outline.topics, added=work.now)
            work.store.put_source(made)


def _keep(work: Work, state: SourceState, path: Path, found: Found) -> int:
    """Keep one thing found in a path; give 1 where it is a page that is news."""
    store = work.store
    if isinstance(found, Entry):
        if not work.settings.sample and store.page(article_id(found.url)) is None:  # an archive may hold it already
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


def _keep_entry(work: Work, entry: Entry) -> bool:
    """Keep what a feed says of a page; tell whether it is news."""
    id = work.store.put_entry(entry)
    if id is not None:
        work.store.add_jobs("fetch", [id])
    return id is not None


def _poll(work: Work, pushes: Pushes, polled_already: set[str]) -> set[str]:
    """Poll what is due and was not polled in this pass; give the ids of all that were."""
    states = [s for s in work.store.sources() if s.kind != "path" and not s.paused and s.id not in polled_already]
    due = [state for state in states if work.everything or follow.is_due(state, work.now)]
    if not due:
        return polled_already
    done = 0

    def deliver(polled: follow.Polled) -> None:
        nonlocal done
        # One transaction: the next poll asks only for what is newer than this state.
        with work.store.transaction():
            known = work.store.source(polled.state.id)
            if known is not None:  # else its owner has removed it meanwhile
                news = sum(_keep_entry(work, entry) for entry in polled.entries)
                _put_polled(work, pushes.polled(polled, news), known)
                _follow(work, polled.sources)
        done += 1
        work.tell("poll", done, len(due))

    work.tell("poll", 0, len(due))
    follow.poll(due, work.settings.fetch, deliver, now=work.now, memory=work.settings.folder / HOSTS)
    return polled_already | {state.id for state in due}


def _put_polled(work: Work, state: SourceState, known: SourceState) -> None:
    """Keep how a source fares, beside what its owner decided and what was counted while it was polled."""
    own = replace(state, name=known.name or state.name, paused=known.paused or state.paused)
    work.store.put_source(replace(own, articles=known.articles, copied=known.copied))


def _fetch_entries(work: Work) -> None:
    """Fetch the pages that feeds tell of, and look again at those whose time has come."""
    store = work.store
    news = dict.fromkeys(store.jobs("fetch"), work.now)
    looks = dict(store.looks_due(work.now, LOOKS))
    entries = {e.url: (key, e) for key in sorted({**looks, **news}) if (e := store.entry(key)) is not None}
    known = {url: page for url, (key, _e) in entries.items() if isinstance(page := store.page(key), Page)}
    done = 0

    def deliver(entry: Entry, answer: Page | Rejected | FetchError) -> None:
        nonlocal done
        key = entries[entry.url][0]
        with store.transaction():
            _take(work, key, entry, answer)
            if not isinstance(answer, FetchError) or (key in looks and not answer.unasked):
                _looked(work, key, looks.get(key, work.now))
        done += 1
        work.tell("fetch", done, len(entries))

    def unchanged(entry: Entry) -> None:
        key = entries[entry.url][0]
        with store.transaction():
            store.jobs_done("fetch", [key])
            _looked(work, key, looks.get(key, work.now))

    if not entries:
        return
    work.tell("fetch", 0, len(entries))
    raw = follow.RawPages(work.settings.folder / "raw")
    wanted = [entries[url][1] for url in sorted(entries)]
    settings, hosts = work.settings.fetch, work.settings.folder / HOSTS
    follow.fetch(wanted, settings, deliver, now=work.now, memory=hosts, raw=raw, known=known, unchanged=unchanged)
    raw.drop_old(work.now)


def _looked(work: Work, key: str, first: str) -> None:
    work.store.put_look(key, first, work.now, follow.next_look(first, work.now))


def _take(work: Work, key: str, entry: Entry, answer: Page | Rejected | FetchError) -> None:
    store = work.store
    if isinstance(answer, FetchError):
        if answer.unasked or not 0 < store.try_job("fetch", key) >= TRIES:
            return
        answer = Rejected(entry.url, "unreachable", str(answer), url=entry.url)
    store.jobs_done("fetch", [key])
    if isinstance(answer, Rejected):
        id = article_id(answer.url or entry.url)
        article = store.article(id)
        if article is None:
            store.put_rejected(replace(answer, id=id), work.now)
            work.count(rejected=1)
        elif answer.code == "gone" and store.withdrawn(id) is None:
            why = f"The publisher has taken the page down: {answer.message}"
            reading.withdraw(work, article, why, by="publisher", origin=entry.source)
        return
    page = replace(answer, id=article_id(answer.url or entry.url), source=entry.source)
    if store.put_page(page, live=True, origin=entry.source):
        work.count(pages=1)
