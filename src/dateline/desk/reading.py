"""Turn stored pages into articles or rejections, follow their versions, and find copies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dateline import pipeline
from dateline.desk.work import Work, in_chunks
from dateline.model import Article, Correction, Family, Page, Rejected, Tags, Version
from dateline.store.ports import Waiting
from dateline.workers import Failed, ordered


def read(work: Work) -> None:
    """Read every page that waits, in the order they came, a chunk in each transaction."""
    total = work.store.count_waiting()
    work.tell("read", 0, total)
    done = 0
    for chunk in in_chunks(_answers(work)):
        with work.store.transaction():
            for waiting, answer in chunk:
                _keep(work, waiting, answer)
                work.store.page_done(waiting.number)
        done += len(chunk)
        work.tell("read", done, total)


def _answers(work: Work) -> Iterator[tuple[Waiting, Article | Rejected]]:
    """Read what waits in processes; what came as an article is one already."""
    queue: list[Waiting] = []

    def pages() -> Iterator[Page]:
        last = 0
        while batch := work.store.waiting(64, last):
            for waiting in batch:
                queue.append(waiting)
                if isinstance(waiting.page, Page):
                    yield waiting.page
            last = batch[-1].number

    for _page, answer in pipeline.read_pages(pages(), work.jobs):
        while isinstance(ready := queue[0].page, Article):
            yield queue.pop(0), ready
        yield queue.pop(0), answer
    for waiting in queue:
        if isinstance(waiting.page, Article):
            yield waiting, waiting.page


def _keep(work: Work, waiting: Waiting, answer: Article | Rejected) -> None:
    store = work.store
    id = waiting.page.id
    if isinstance(answer, Rejected):
        # A page that was an article once stays one: an empty answer on a bad day must not undo it.
        if store.article(id) is None:
            work.count(rejected=1)
            store.put_rejected(replace(answer, id=id), work.now)
        return
    if store.withdrawn(id) is None:
        keep_article(work, replace(answer, id=id), waiting.origin)


def keep_article(work: Work, article: Article, origin: str | None) -> None:
    """Keep a new article, or a new state of one that is known, and mark what must be done about it."""
    store = work.store
    old = store.article(article.id)
    if old is not None and replace(old, fetched=article.fetched) == article:
        return
    version = _version(work, old, article)
    if version is not None and version.change == "withdrawal":
        withdraw(work, article, version.note, by="publisher", origin=origin)
        return
    store.drop_rejected(article.id)
    store.put_article(article, origin=origin)
    if version is not None:
        store.put_version(version)
        if version.change == "correction":
            store.put_correction(Correction(article.id, work.now, "correction", version.note))
    store.add_jobs("tag", [article.id])
    if old is None:
        store.add_jobs("copies", [article.id])
        work.count(articles=1)
        _count_at_source(work, origin, articles=1)


def _version(work: Work, old: Article | None, new: Article) -> Version | None:
    """Give the version that a state of an article is; None where its text is that of the one before."""
    if old is None:
        note = new.notice.text if new.notice else None
        made = Version(new.id, 1, work.now, new.modified, new.title, new.text, "first", note)
        return replace(made, change=new.notice.kind) if new.notice else made
    found = pipeline.compare_versions(old, new)
    if found is None:
        return None
    number = max((v.number for v in work.store.versions(new.id)), default=0) + 1
    return replace(found, article=new.id, number=number, seen=work.now)


def withdraw(work: Work, article: Article, why: str | None, *, by: str, origin: str | None = None) -> None:
    """Leave a tombstone of an article: its address, publisher and time stay, all its words go."""
    store = work.store
    bare = Article(
        id=article.id,
        url=article.url,
        title=None,
        text="",
        published=article.published,
        published_from=article.published_from,
        language=article.language,
        kind=article.kind,
        publisher=article.publisher,
    )
    is_new = store.article(article.id) is None
    store.put_article(bare, origin=origin)
    store.put_correction(Correction(article.id, work.now, "withdrawal", why, "owner" if by == "owner" else "publisher"))
    store.drop_versions(article.id)
    store.put_tags(article.id, Tags())
    store.put_mentions(article.id, ())
    store.unindex(article.id)
    for step in ("copies", "tag", "code", "group"):
        store.jobs_done(step, [article.id])
    story = store.story_of(article.id)
    if story is not None:
        work.touch([story])
    if is_new:
        store.drop_rejected(article.id)
        work.count(articles=1)
        _count_at_source(work, origin, articles=1)


def copies(work: Work) -> None:
    """Find of each new article, in order of publication, whose text it copies."""
    store = work.store
    finder = pipeline.Copies(store.copy_index(), store.article, store.family)
    for chunk in work.chunks_of("copies", "copies"):
        with store.transaction():
            for article in store.articles(chunk).values():
                family = finder.place(work.readable(article)).family
                if family is not None:
                    _keep_family(work, article, family)
            store.jobs_done("copies", chunk)


def _keep_family(work: Work, article: Article, family: Family) -> None:
    store = work.store
    before = store.family(family.members[0])
    original = before.original if before else family.members[0]
    copied = original if family.original == article.id else article.id  # a later text may turn out to be the original
    store.put_family(family)
    work.touch(store.stories_of(family.members).values())
    _count_at_source(work, store.origin(copied), copied=1)


def _count_at_source(work: Work, origin: str | None, *, articles: int = 0, copied: int = 0) -> None:
    if origin is None:
        return
    state = work.store.source(origin)
    if state is not None:
        made = replace(state, articles=state.articles + articles, copied=state.copied + copied)
        work.store.put_source(made)


def tag(work: Work) -> None:
    """Mark times, places, actors and counts in each new or changed article."""
    store = work.store
    done, total = 0, len(store.jobs("tag"))
    work.tell("tag", 0, total)
    given = (article for chunk in _waiting(work, "tag") for article in chunk)
    for chunk in in_chunks(ordered(pipeline.tag_article, given, jobs=work.jobs)):
        with store.transaction():
            for article, answer in chunk:
                store.put_tags(article.id, Tags() if isinstance(answer, Failed) else answer)
            ids = [article.id for article, _answer in chunk]
            store.add_jobs("code", ids)
            placed = store.stories_of(ids)
            store.add_jobs("group", [id for id in ids if id not in placed])
            store.jobs_done("tag", ids)
        done += len(chunk)
        work.tell("tag", done, total)


def code(work: Work) -> None:
    """Code what each new or changed article says that happened, and make it findable."""
    store = work.store
    done, total = 0, len(store.jobs("code"))
    work.tell("code", 0, total)
    given = ((article, store.tags(article.id)) for chunk in _waiting(work, "code") for article in chunk)
    for chunk in in_chunks(pipeline.code_articles(given, work.jobs)):
        articles = store.articles(id for id, _answer in chunk)
        with store.transaction():
            for id, answer in chunk:
                store.put_mentions(id, () if isinstance(answer, Failed) else answer)
                store.index(id, text=work.is_open(articles[id]))
            work.touch(store.stories_of(articles).values())
            store.jobs_done("code", articles)
        done += len(chunk)
        work.tell("code", done, total)


def _waiting(work: Work, step: str) -> Iterator[list[Article]]:
    """Give the articles of a step as the stages may see them; a snapshot, since the step's marks go meanwhile."""
    keys = work.store.jobs(step)
    for start in range(0, len(keys), 64):
        yield [work.readable(a) for a in work.store.articles(keys[start : start + 64]).values()]
