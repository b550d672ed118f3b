"""Put new articles into stories in order of publication, in one transaction; then mend the stories they touched."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import replace
from itertools import groupby

from dateline import pipeline
from dateline.desk.clock import after, before
from dateline.desk.work import Work
from dateline.model import Article, Happening, Link
from dateline.stories.linking.repair import Change
from dateline.text.ids import stable_id
from dateline.text.moments import instant, order_key

WINDOW_HOURS = 7 * 24  # as the linker's: an article finds no story whose articles are all older
AHEAD_HOURS = 24  # read beyond the window, so that a pass over a day's articles asks the store a few times only
UNDATED = 5_000  # undated articles that new ones are held against: the last that came
PINS = "pins"  # what the store remembers: the articles that a person has put where they are


def story_id(name: str) -> str:
    """Name a story: the linker names a new one by the article it begins with."""
    return name if name.startswith("s") else stable_id("s", name)


def group(work: Work) -> None:
    """Place the articles that have no story; those of one moment together, so that their order changes nothing."""
    store = work.store
    with store.transaction():
        keys = store.jobs("group")
        if not keys:
            return
        work.tell("group", 0, len(keys))
        window = _Stored(work)
        done = 0
        touched: set[str] = set()
        batches = list(_batches([work.readable(a) for a in store.articles(keys).values()]))
        family_of = store.family_heads(keys)
        for batch in batches:
            window.reach(batch[0].published)
            families = [family_of[a.id].id if a.id in family_of else None for a in batch]
            items = [(a, store.tags(a.id), family) for a, family in zip(batch, families, strict=True)]
            for link in window.linker.place_all(items):
                touched.add(link.story)
                store.put_link(replace(link, story=story_id(link.story)))
                store.put_sketch(link.id, window.linker.packed(link.id))
            done += len(batch)
            work.tell("group", done, len(keys))
        work.touch(map(story_id, touched))
        _repair(work, window, touched)
        # Who reads an archive in several passes comes back to its years with the next.
        first = min(work.now, batches[0][0].published or work.now, key=order_key) if batches else work.now
        store.drop_sketches(before(first, hours=2 * WINDOW_HOURS))
        store.jobs_done("group", keys)


def pins(work: Work) -> set[str]:
    """Give the articles that a person has put where they are."""
    return set(json.loads(work.store.remembered(PINS) or "[]"))


def pin(work: Work, articles: Iterable[str]) -> None:
    """Remember that a person has put articles where they are, so that no repair moves them."""
    work.store.remember(PINS, json.dumps(sorted(pins(work) | set(articles))))


class _Stored:
    """A linker that learns what was placed before, as far as the articles to come can meet it."""

    def __init__(self, work: Work) -> None:
        self.linker = pipeline.linker(work.settings.stories.across_languages)
        self._work = work
        self._pins = pins(work)
        self._until: str | None = None
        self._restore(work.store.undated_sketches(UNDATED))

    def reach(self, published: str | None) -> None:
        """Read the stored articles that one published at a moment can meet, before and after it."""
        if published is None:
            return
        until = after(published, hours=WINDOW_HOURS)
        since = before(published, hours=WINDOW_HOURS)
        if self._until is not None:
            if order_key(until) < order_key(self._until):
                return
            since = max(since, self._until, key=order_key)
        self._until = after(until, hours=AHEAD_HOURS)
        self._restore(self._work.store.sketches(since, self._until))

    def _restore(self, rows: Iterable[tuple[str, bytes | None, str | None, str]]) -> None:
        for id, data, family, story in rows:
            if data is None or not self.linker.restore_packed(data, family, story):
                self._make(id, family, story)
            if id in self._pins:
                self.linker.pin(id, story)

    def _make(self, id: str, family: str | None, story: str) -> None:
        """Sketch an article again: it changed, or it was placed before sketches were kept."""
        store = self._work.store
        article = store.article(id)
        if article is not None:
            self.linker.restore(_bare(self._work.readable(article)), store.tags(id), family, story)
            store.put_sketch(id, self.linker.packed(id))


def _repair(work: Work, window: _Stored, touched: Collection[str]) -> None:
    """Merge and split the stories that got new articles, where that is sure, and tell so in their history."""
    held = pins(work)
    window.linker.settle(work.now, touched)
    for change in window.linker.changes:
        old, new = story_id(change.old), story_id(change.new)
        if change.merged:
            _merge(work, replace(change, old=old, new=new), held)
        else:
            made = stable_id("s", old, *change.articles, work.now)
            _split(work, replace(change, old=old, new=made))


def _merge(work: Work, change: Change, held: Set[str]) -> None:
    store, old, new = work.store, change.old, change.new
    gone, kept = store.members(old), store.members(new)
    # Pins outside the window: what a person has put together or apart stays.
    if not gone or not kept or not held.isdisjoint(gone):
        return
    for id in gone:
        _move(work, id, new)
    for happening in store.history(old):
        store.put_happening(replace(happening, story=new))
    store.retire_story(old, new)
    for step in ("relate", "build"):
        store.jobs_done(step, [old])
    work.touch([new])
    store.put_happening(Happening(new, work.now, f"merged with {old}", change.why))


def _split(work: Work, change: Change) -> None:
    store, old, made = work.store, change.old, change.new
    for id in change.articles:
        _move(work, id, made)
    work.touch([old, made])
    store.put_happening(Happening(old, work.now, f"split: {made} taken out", change.why))
    store.put_happening(Happening(made, work.now, f"split from {old}", change.why))


def _move(work: Work, article: str, story: str) -> None:
    link = work.store.link(article) or Link(article, story, None, None)
    work.store.put_link(replace(link, story=story))


def _batches(articles: list[Article]) -> Iterator[list[Article]]:
    """Give the dated articles moment by moment in order of time, then the undated ones one by one."""
    bare = [_bare(article) for article in articles]
    dated = sorted((a for a in bare if a.published), key=lambda a: (order_key(a.published), a.published, a.id))
    for _moment, batch in groupby(dated, key=lambda a: instant(a.published)):
        yield list(batch)
    yield from ([a] for a in bare if not a.published)


def _bare(article: Article) -> Article:
    return article if instant(article.published) else replace(article, published=None)
