"""Turn stored pages into articles or rejections, follow their versions, and find copies."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Literal

from dateline import pipeline
from dateline.articles.copies import Copy
from dateline.desk.manifests import input_counts
from dateline.desk.work import Work, in_chunks, in_processes
from dateline.model import Article, Correction, Mention, Page, Rejected, Tags, Version
from dateline.store import content
from dateline.store.ports import Waiting
from dateline.workers import Failed

Kept = Literal["new", "changed", "withdrawn"]

READ = "read"  # the step whose marks are the pages that wait


def read(work: Work) -> None:
    """Read every page that waits, in the order they came, a chunk in each transaction."""
    done, total = 0, work.store.count_waiting()
    work.tell("read", 0, total)
    for chunk in in_chunks(_answers(work)):
        work.commit(partial(_keep_all, work, chunk))
        done += len(chunk)
        work.tell("read", done, max(done, total))


def _keep_all(work: Work, chunk: list[tuple[Waiting, Article | Rejected]]) -> None:
    """Keep what became of pages, and mark what must be done about their articles."""
    store = work.store
    withdrawn = set(store.withdrawals(waiting.page.id for waiting, _answer in chunk))
    marked: dict[str, bool] = {}  # the articles to be marked, and whether each is new
    origins: Counter[str | None] = Counter()
    for waiting, answer in chunk:
        kept = None if waiting.page.id in withdrawn else _keep(work, waiting, answer)
        if kept == "withdrawn":
            withdrawn.add(waiting.page.id)
            marked.pop(waiting.page.id, None)
        elif kept is not None:
            marked[waiting.page.id] = kept == "new" or marked.get(waiting.page.id, False)
            origins[waiting.origin] += kept == "new"
        store.page_done(waiting.number)
        work.count(**input_counts(content.fingerprint(_anywhere(waiting.page))))
    store.add_jobs("tag", marked)
    store.add_jobs("copies", [id for id, is_new in marked.items() if is_new])
    work.count(articles=sum(origins.values()))
    for origin, number in origins.items():
        _count_at_source(work, origin, articles=number)


def _anywhere(page: Page | Article) -> Page | Article:
    """Give a page without the id of its source, which is made of the path or address it was read from."""
    return replace(page, source=None) if isinstance(page, Page) else page


def _answers(work: Work) -> Iterator[tuple[Waiting, Article | Rejected]]:
    """Read what waits in processes; what came as an article is one already."""
    first = work.store.claim_waiting(64)
    if not first:
        return
    queue: deque[Waiting] = deque()

    def pages() -> Iterator[Page]:
        batch = first
        while batch:
            for waiting in batch:
                queue.append(waiting)
                if isinstance(waiting.page, Page):
                    yield waiting.page
            batch = work.store.claim_waiting(64)

    for _page, answer in pipeline.read_pages(pages(), work.jobs):
        while isinstance(ready := queue[0].page, Article):
            yield queue.popleft(), ready
        yield queue.popleft(), answer
    for waiting in queue:
        if isinstance(waiting.page, Article):
            yield waiting, waiting.page


def _keep(work: Work, waiting: Waiting, answer: Article | Rejected) -> Kept | None:
    """Keep what became of a page; None where that changes nothing of an article."""
    store = work.store
    id = waiting.page.id
    if isinstance(answer, Rejected):
        # A page that was an article once stays one: an empty answer on a bad day must not undo it.
        if store.article(id) is None:
            work.count(rejected=1)
            store.put_rejected(replace(answer, id=id), work.now)
        return None
    return _keep_article(work, replace(answer, id=id), waiting.origin)


def _keep_article(work: Work, article: Article, origin: str | None) -> Kept | None:
    """Keep a new article, or a new state of one that is known."""
    store = work.store
    old = store.article(article.id)
    if old is not None and replace(old, fetched=article.fetched) == article:
        return None
    version = _version(work, old, article)
    if version is not None and version.change == "withdrawal":
        withdraw(work, article, version.note, by="publisher", origin=origin)
        return "withdrawn"
    store.drop_rejected(article.id)
    store.put_article(article, origin=origin)
    if old is not None:
        store.put_sketch(article.id, None)
    if version is not None:
        store.put_version(version)
        if version.change == "correction":
            store.put_correction(Correction(article.id, work.now, "correction", version.note))
    return "new" if old is None else "changed"


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
    store.put_sketch(article.id, None)
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
    finder = pipeline.Copies(store.copy_index(), store.article, store.family_heads)
    for chunk in work.chunks_of("copies", "copies"):
        with store.transaction():
            for article in store.articles(chunk).values():
                _keep_copy(work, finder.place(work.readable(article)))
            store.jobs_done("copies", chunk)


def _keep_copy(work: Work, copy: Copy) -> None:
    """Keep that an article joined a family: their stories change, or all members' where the original does."""
    store = work.store
    if copy.family is None or copy.was is None:
        return
    store.join_family(copy.family, copy.joined)
    changed = copy.joined if copy.family.original == copy.was else store.families([copy.id])[copy.id].members
    work.touch(store.stories_of(changed).values())
    copied = copy.was if copy.family.original == copy.id else copy.id  # a later text may turn out to be the original
    _count_at_source(work, store.origin(copied), copied=1)


def _count_at_source(work: Work, origin: str | None, *, articles: int = 0, copied: int = 0) -> None:
    if origin is not None:
        work.store.count_source(origin, articles=articles, copied=copied)


def tag(work: Work) -> None:
    """Mark times, places, actors and counts in each new or changed article."""
    done, total = 0, work.store.left("tag")
    work.tell("tag", 0, total)
    for chunk in in_chunks(in_processes(pipeline.tag_article, _claimed(work, "tag"), work.jobs, pipeline.get_ready)):
        work.commit(partial(_keep_tags, work, chunk))
        done += len(chunk)
        work.tell("tag", done, max(done, total))


def _keep_tags(work: Work, chunk: list[tuple[Article, Tags | Failed]]) -> None:
    store = work.store
    for article, answer in chunk:
        store.put_tags(article.id, Tags() if isinstance(answer, Failed) else answer)
    ids = [article.id for article, _answer in chunk]
    store.add_jobs("code", ids)
    placed = store.stories_of(ids)
    store.add_jobs("group", [id for id in ids if id not in placed])
    store.jobs_done("tag", ids)


def code(work: Work) -> None:
    """Code what each new or changed article says that happened, and make it findable."""
    done, total = 0, work.store.left("code")
    work.tell("code", 0, total)
    given = ((article, work.store.tags(article.id)) for article in _claimed(work, "code"))
    for chunk in in_chunks(in_processes(pipeline.code_article, given, work.jobs, pipeline.get_ready)):
        work.commit(partial(_keep_mentions, work, chunk))
        done += len(chunk)
        work.tell("code", done, max(done, total))


def _keep_mentions(work: Work, chunk: list[tuple[tuple[Article, Tags], tuple[Mention, ...] | Failed]]) -> None:
    store = work.store
    for (article, _tags), answer in chunk:
        store.put_mentions(article.id, () if isinstance(answer, Failed) else answer)
        store.index(article.id, text=work.is_open(article))
    ids = [article.id for (article, _tags), _answer in chunk]
    work.touch(sorted(set(store.stories_of(ids).values())))
    store.jobs_done("code", ids)


def _claimed(work: Work, step: str) -> Iterator[Article]:
    """Take the articles of a step in hand and give them as the stages may see them."""
    for keys in work.claimed(step, 64):
        found = work.store.articles(keys)
        if len(found) < len(keys):
            work.store.jobs_done(step, [key for key in keys if key not in found])  # what is gone needs nothing
        yield from (work.readable(article) for article in found.values())
