"""The stages in their order, pure, on one screen: filters, desk and batch use them from here.

::

    Page ──read──▶ Article ──tag──▶ Tags ──place──▶ Link ──build──▶ Story
                      └──copies──▶ Family    └──code──▶ Mention… ──merge──▶ Event…

Each function takes records and gives records; nothing here knows a store, a clock or a network.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Literal

from dateline import articles, events, stories, tags
from dateline.articles import Copies, MemoryIndex
from dateline.articles import compare as compare_versions
from dateline.errors import DatelineError
from dateline.events import merge as merge_events
from dateline.model import Article, Digest, Event, FamilyHead, Link, Mention, Page, Rejected, RelatedStory, Tags
from dateline.stories import Linker, build, related_stories
from dateline.text.moments import instant
from dateline.text.shingles import sampled
from dateline.workers import Failed, ordered

__all__ = [
    "Copies",
    "Linker",
    "build",
    "code_articles",
    "compare_versions",
    "get_ready",
    "linker",
    "merge_events",
    "read_pages",
    "related_stories",
    "tag_article",
]

SENT = 64  # texts sent to a process at a time
LINKING = ("places", "actors")  # what linking looks at; both come from lexicons, without a parse


def read_page(page: Page, *, keep: bool = False) -> Article | Rejected:
    """Read one page: an article, or a rejection that says why it is none (with `keep` the record all the same)."""
    return articles.read(page, keep=keep)


def read_pages(pages: Iterable[Page], jobs: int | None = None) -> Iterator[tuple[Page, Article | Rejected]]:
    """Read pages in order, in `jobs` processes (default: the cores there are); one that cannot be read is rejected."""
    for page, answer in ordered(read_page, pages, jobs=jobs):
        if isinstance(answer, Failed):
            yield (
                page,
                Rejected(page.id, "unreadable", f"The page could not be read: {answer.reason}.", url=page.url),
            )
        else:
            yield page, answer


def is_open(article: Article, *, private: bool = False) -> bool:
    """Tell whether an article may be parsed, digested and coded: not where its publisher reserves text mining.

    `private`: the owner has said that the desk is for private study alone (`[site] rights = "private"`).
    """
    return private or article.rights.tdm != "reserved"


def tag_article(article: Article) -> Tags:
    """Mark the times, places, actors, counts and quoted words in an article's text."""
    return tags.tag(article.text, article.published, title=article.title)


def code_article(item: tuple[Article, Tags]) -> tuple[Mention, ...]:
    """Code what each sentence of an article says that happened."""
    article, marked = item
    return events.code(article.id, article.text, article.published, title=article.title, tags=marked)


def get_ready() -> None:
    """Load what tagging and coding look up, so that processes forked from this one share it."""
    text = "Soldiers killed at least 19 people in Rome on Monday, a court said."
    article = Article("", None, None, text, "2026-03-01")
    with suppress(DatelineError):  # no model of English is installed: each article says so
        code_article((article, tag_article(article)))


def code_articles(
    items: Iterable[tuple[Article, Tags]], jobs: int | None = None
) -> Iterator[tuple[str, tuple[Mention, ...] | Failed]]:
    """Code articles in order, in `jobs` processes (default: the cores there are)."""
    for (article, _tags), answer in ordered(code_article, items, jobs=jobs):
        yield article.id, answer


# ---- the filters: the same stages on bare records


def tag_text(text: str, published: str | None, *, kinds: Collection[str] = tags.KINDS) -> Tags:
    """Mark a bare text."""
    return tags.tag(text, published, kinds=kinds)


def code_text(
    id: str, text: str, published: str | None, title: str | None = None
) -> tuple[tuple[Mention, ...], tuple[Event, ...]]:
    """Code a bare text: its mentions, and the events they tell of."""
    mentions = events.code(id, text, published, title=title, tags=tags.tag(text, published, title=title))
    return mentions, merge_events(mentions, order=[id], families={})


def digest_articles(id: str, members: Sequence[Article], words: int = 80) -> Digest:
    """Digest articles that tell one story."""
    marked = {a.id: tags.tag(a.text, a.published, kinds=("counts", "attribution", "places")) for a in members}
    return stories.digest(id, members, words=words, tags=marked)


def related_articles(story: Article, others: Sequence[Article]) -> list[RelatedStory]:
    """Rank other articles by how they relate to one."""
    marked = {a.id: tags.tag(a.text, a.published, kinds=LINKING) for a in (story, *others)}
    return stories.related(story, others, tags=marked)


def find_copies(
    given: Iterable[Article | Rejected], jobs: int | None = 1
) -> Iterator[dict[str, str | None] | Rejected]:
    """Find the copies among articles in time order, fingerprinting them in `jobs` processes.

    Answered at the end, when each family is complete.
    """
    seen: dict[str, Article] = {}
    heads: dict[str, FamilyHead] = {}
    home: dict[str, str] = {}  # article → its family
    finder = Copies(MemoryIndex(), seen.get, lambda ids: {id: heads[home[id]] for id in ids if id in home})
    answers: list[str | Rejected] = []
    for one, shingles in _fingerprinted(given, jobs):
        if isinstance(one, Rejected):
            answers.append(one)
        elif isinstance(shingles, Failed):
            answers.append(_not_served(one.id, shingles))
        else:
            answers.append(one.id)
            seen[one.id] = one
            placed = finder.place(one, shingles)
            if placed.family is not None:
                heads[placed.family.id] = placed.family
                home.update(dict.fromkeys(placed.joined, placed.family.id))
    for answer in answers:
        if isinstance(answer, Rejected):
            yield answer
        else:
            family = heads[home[answer]] if answer in home else None
            yield {
                "id": answer,
                "family": family.id if family else None,
                "original": family.original if family else answer,
                "why": family.why if family else None,
            }


Fingerprint = list[int] | Failed


def _fingerprinted(
    given: Iterable[Article | Rejected], jobs: int | None
) -> Iterator[tuple[Article | Rejected, Fingerprint]]:
    """Sample the shingles of each text in processes, many at a time: to send a text takes as long as to sample it."""
    source = iter(given)
    for chunk, answer in ordered(_shingles, iter(lambda: list(islice(source, SENT)), []), jobs=jobs):
        if not isinstance(answer, Failed):
            yield from zip(chunk, answer, strict=True)
            continue
        # It was one of them: alone it shows, and again in a process, which it may take down.
        for [one], made in ordered(_shingles, ([one] for one in chunk), jobs=jobs):
            yield one, made if isinstance(made, Failed) else made[0]


def _shingles(given: list[Article | Rejected]) -> list[list[int]]:
    return [[] if isinstance(one, Rejected) else sampled(one.text) for one in given]


def _not_served(id: str, failed: Failed) -> Rejected:
    return Rejected(id, "failed", f"The record could not be served: {failed.reason}.")


def linker(across: Literal["off", "names", "encoder"] = "off") -> Linker:
    """Make the linker that a desk's setting asks for; raises ConfigError where its encoder is not installed."""
    return Linker(across=across != "off", encoder=stories.E5() if across == "encoder" else None)


def group_articles(
    given: Iterable[Article | Rejected], model: Path | None = None, *, settle: bool = False, jobs: int | None = 1
) -> Iterator[Link | Rejected]:
    """Gather articles in time order into stories, tagging them in `jobs` processes; those of one moment go together."""
    stream = Linker(stories.LinkModel.load(model))
    answers: list[Link] = []
    for batch in _moments(ordered(_bare, given, jobs=jobs)):
        links = iter(stream.place_all([item for item in batch if not isinstance(item, Rejected)]))
        for one in batch:
            made = one if isinstance(one, Rejected) else next(links)
            if settle and isinstance(made, Link):
                answers.append(made)
            yield made
    if settle:
        moved = stream.settle()
        yield from (replace(link, story=moved.get(link.id, link.story)) for link in answers)


Bare = tuple[Article, Tags, None]


def _bare(article: Article | Rejected) -> Bare | Rejected:
    if isinstance(article, Rejected):
        return article
    published = article.published if instant(article.published) else None
    return replace(article, published=published), tags.tag(article.text, published, kinds=LINKING), None


def _moments(given: Iterable[tuple[Article | Rejected, Bare | Rejected | Failed]]) -> Iterator[list[Bare | Rejected]]:
    """Hold what was published at one moment, however it is written, until all of it is there; undated ones come alone.

    What was rejected between two of them parts them not.
    """
    held: list[Bare | Rejected] = []
    moment: datetime | None = None
    for asked, answer in given:
        if isinstance(answer, Failed):
            answer = _not_served(asked.id, answer)
        here = moment if isinstance(answer, Rejected) else instant(answer[0].published)
        if held and here != moment:
            yield held
            held = []
        held.append(answer)
        moment = here
        if moment is None:
            yield held
            held = []
    if held:
        yield held
