"""One shard from beginning to end: its pages read, its articles coded, its tables committed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from itertools import groupby
from pathlib import Path

from dateline import pipeline
from dateline.batch import committing
from dateline.batch.shards import Shard, at_hand
from dateline.exports import parquet
from dateline.exports.tables import rows
from dateline.exports.within import limit
from dateline.model import Article, Entry, Event, Mention, Page, Rejected, Tags
from dateline.sources import files
from dateline.text.moments import local_day
from dateline.workers import Failed, ordered


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done with a shard."""

    shard: Shard
    out: str
    group: bool = False  # gather the articles of each day into stories


@dataclass(frozen=True, slots=True)
class Coded:
    """What came of a page: its article, its mentions, and the tags that stories link by."""

    article: Article
    mentions: tuple[Mention, ...]
    tags: Tags


def code_shard(task: Task) -> int:
    """Read and code a shard and commit its tables; give how many articles it held.

    Raises OSError where the shard itself cannot be opened: it is not done then, but failed.
    """
    out = Path(task.out)
    with at_hand(task.shard) as path, path.open("rb"), committing.tables(out, task.shard, grouped=task.group) as into:
        answers = (_answer(found, made) for found, made in ordered(code_page, _found(path), jobs=1))
        for answer in _by_story(answers) if task.group else ((one, None) for one in answers):
            _add(into, *answer)
        return into["articles"].count


@cache
def warm() -> None:
    """Load what every shard needs, so that processes made from this one share it."""
    from dateline import lexicon
    from dateline.lexicon.named import gazetteer
    from dateline.text.parse import parse

    gazetteer.ensure()
    lexicon.fingerprint()
    with parquet.Writer({"id": str}, BytesIO()) as file:
        file.add({"id": "warm"})
    text = "Soldiers killed at least 19 people in Rome on Monday, a court said."
    parse([text])
    code_page(Article("warm", None, "Soldiers kill 19", text, published="2026-03-01"))
    code_page(
        Page("warm", html=f"<html><title>Soldiers kill 19</title><body><article><p>{text}</p></article></body></html>")
    )


def code_page(found: Page | Article | Rejected) -> Coded | Rejected:
    """Read and code one page; what its publisher reserves from mining is read for its title and address alone."""
    article = pipeline.read_page(found) if isinstance(found, Page) else found
    if isinstance(article, Rejected):
        return article
    if not pipeline.is_open(article):
        return Coded(article, (), Tags())
    tags = pipeline.tag_article(article)
    return Coded(article, pipeline.code_article((article, tags)), tags)


def _found(path: Path) -> Iterator[Page | Article | Rejected]:
    return (found for found in files.read_file(path) if not isinstance(found, Entry))


def _answer(found: Page | Article | Rejected, made: Coded | Rejected | Failed) -> Coded | Rejected:
    if isinstance(made, Failed):
        return Rejected(found.id, "unreadable", f"The page could not be read: {made.reason}.", url=found.url)
    return made


Story = tuple[str, list[Coded]]  # its id and its members


def _by_story(answers: Iterable[Coded | Rejected]) -> Iterator[tuple[Coded | Rejected, Story | None]]:
    """Gather the articles of each day into stories; each story comes with the last of its members."""
    coded: list[Coded] = []
    for answer in answers:
        if isinstance(answer, Coded):
            coded.append(answer)
        else:
            yield answer, None

    def when(one: Coded) -> tuple[str, str, str]:
        day = local_day(one.article.published)
        return (day.isoformat() if day else "", one.article.published or "", one.article.id)

    for _day, held in groupby(sorted(coded, key=when), key=lambda one: when(one)[0]):
        yield from _stories(list(held))


def _stories(members: list[Coded]) -> Iterator[tuple[Coded, Story | None]]:
    linker = pipeline.Linker()
    links = linker.place_all([(one.article, one.tags, None) for one in members])
    story_of = {link.id: link.story for link in links}
    story_of.update(linker.settle())
    stories: dict[str, list[Coded]] = {}
    for one in members:
        stories.setdefault(story_of[one.article.id], []).append(one)
    for id, told in stories.items():
        for one in told:
            yield one, (id, told)


def _add(into: dict[str, parquet.Writer], answer: Coded | Rejected, story: Story | None) -> None:
    if isinstance(answer, Rejected):
        into["rejected"].add({name: getattr(answer, name) for name in committing.REJECTED})
        return
    for row in rows("articles", [_within_rights(answer.article)]):
        into["articles"].add({**row, "story": story[0] if story else None})
    for row in rows("mentions", answer.mentions):
        into["mentions"].add(row)
    if story is None or story[1][-1] is answer:
        for row in rows("events", _events(answer, story)):
            into["events"].add(row)


def _events(answer: Coded, story: Story | None) -> tuple[Event, ...]:
    id, told = story or (None, [answer])
    mentions = [mention for one in told for mention in one.mentions]
    return pipeline.merge_events(mentions, story=id, order=[one.article.id for one in told], families={})


def _within_rights(article: Article) -> Article:
    size = limit(article, None)
    return article if size is None else replace(article, text=article.text[:size])
