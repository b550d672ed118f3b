"""Put articles into stories: all that are new, in order of publication, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from dateline import pipeline
from dateline.desk.clock import before
from dateline.desk.work import Work
from dateline.model import Article, Link
from dateline.text.ids import stable_id
from dateline.text.moments import instant, order_key

WINDOW_HOURS = 7 * 24  # as the linker's: an article finds no story whose articles are all older


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
        articles = [work.readable(a) for a in store.articles(keys).values()]
        linker = _linker(work, articles)
        done = 0
        for batch in _batches(articles):
            families = [store.family(a.id) for a in batch]
            items = [
                (a, store.tags(a.id), family.id if family else None) for a, family in zip(batch, families, strict=True)
            ]
            for link in linker.place_all(items):
                _put(work, link)
            done += len(batch)
            work.tell("group", done, len(keys))
        store.jobs_done("group", keys)


def _put(work: Work, link: Link) -> None:
    story = story_id(link.story)
    work.store.put_link(replace(link, story=story))
    work.touch([story])


def _linker(work: Work, articles: list[Article]) -> pipeline.Linker:
    """Give a linker that knows the window before the oldest of the articles."""
    linker = pipeline.Linker()
    dated = [a.published for a in articles if instant(a.published)]
    since = before(min(dated, key=order_key) or "", hours=WINDOW_HOURS) if dated else work.now
    for article, tags, family, story in work.store.window(since):
        linker.restore(_bare(work.readable(article)), tags, family, story)
    return linker


def _batches(articles: list[Article]) -> Iterator[list[Article]]:
    """Give the dated articles moment by moment in order of time, then the undated ones one by one."""
    bare = [_bare(article) for article in articles]
    dated = sorted((a for a in bare if a.published), key=lambda a: (order_key(a.published), a.published, a.id))
    for _moment, batch in groupby(dated, key=lambda a: instant(a.published)):
        yield list(batch)
    yield from ([a] for a in bare if not a.published)


def _bare(article: Article) -> Article:
    return article if instant(article.published) else replace(article, published=None)
