"""Build each touched story with its digest, figures, events and related stories: made in processes, kept here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from dateline import pipeline
from dateline.desk.clock import before
from dateline.desk.phases.grouping import WINDOW_HOURS
from dateline.desk.work import Work, in_chunks, in_processes
from dateline.model import Article, Event, FamilyHead, Happening, Link, Mention, RelatedStory, Story, Tags
from dateline.text.moments import order_key
from dateline.workers import Failed

Made = tuple[Story, tuple[Event, ...]]

SETTLED_HOURS = 36  # as in stories.build: a story that was quiet for so long is settled
_CLAIMED = 8  # stories taken in hand at a time: few, so that several processes end together
NEIGHBOURS = 400  # stories looked at for related ones: the newest


def relate(work: Work) -> None:
    """Find the related stories of every touched story, all in one transaction: each is compared with the others."""
    store = work.store
    with store.transaction():
        keys = store.jobs("relate")
        if keys:
            for story, found in _related(work, keys).items():
                store.put_related(story, found)
            store.jobs_done("relate", keys)


def _related(work: Work, keys: list[str]) -> dict[str, tuple[RelatedStory, ...]]:
    """Give the related stories of each story; its earliest article that stands speaks for a story."""
    store = work.store
    firsts = _firsts(work, keys)
    dated = [a.published for a in store.articles(firsts.values()).values() if a.published]
    since = before(min(dated, key=order_key), hours=WINDOW_HOURS) if dated else None
    speakers = store.recent_stories(since, NEIGHBOURS) | firsts
    articles = {id: work.readable(a) for id, a in store.articles(speakers.values()).items()}
    gone = store.withdrawals(speakers.values())
    given = {story: [articles[id]] for story, id in sorted(speakers.items()) if id not in gone}
    found = pipeline.related_stories(given, {id: store.tags(id) for id in articles}, sorted(firsts))
    return {key: found.get(key, ()) for key in keys}


def _firsts(work: Work, stories: list[str]) -> dict[str, str]:
    """Give the earliest article of each story that stands."""
    members = {story: work.store.members(story) for story in stories}
    withdrawn = work.store.withdrawals(id for ids in members.values() for id in ids)
    standing = ((story, [id for id in ids if id not in withdrawn]) for story, ids in members.items())
    return {story: ids[0] for story, ids in standing if ids}


def mark_stale(work: Work) -> None:
    """Mark the stories that went quiet since the last pass, so that they are built anew as settled."""
    stale = work.store.stale_stories(before(work.now, hours=SETTLED_HOURS))
    if stale:
        work.store.add_jobs("build", stale)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a story is built from, and what it is built into: all that a process needs that has no store."""

    id: str
    articles: list[Article]
    tags: dict[str, Tags]
    families: dict[str, FamilyHead]
    links: dict[str, Link]
    mentions: list[Mention]
    withdrawn: list[str]
    now: str


def build(work: Work) -> None:
    """Build every story that is marked, in processes."""
    done, total = 0, work.store.left("build")
    work.tell("build", 0, total)
    for chunk in in_chunks(in_processes(make_story, _marked(work), work.jobs), _CLAIMED):
        work.commit(partial(_keep_all, work, chunk))
        done += len(chunk)
        work.tell("build", done, max(done, total))


def _marked(work: Work) -> Iterator[Parts]:
    for keys in work.claimed("build", _CLAIMED):
        for key in keys:
            parts = _parts(work, key)
            if parts is None:
                work.store.jobs_done("build", [key])
            else:
                yield parts


def _keep_all(work: Work, chunk: list[tuple[Parts, Made | Failed]]) -> None:
    for parts, made in chunk:
        # What a process could not build is built here, where its fault is seen.
        _keep(work, make_story(parts) if isinstance(made, Failed) else made)
        work.store.jobs_done("build", [parts.id])


def _parts(work: Work, id: str) -> Parts | None:
    """Read what a story is built from; None where it has no members."""
    store = work.store
    members = store.members(id)
    if not members:
        return None
    articles = [work.readable(a) for a in store.articles(members).values()]
    return Parts(
        id,
        articles,
        {m: store.tags(m) for m in members},
        store.family_heads(members),
        store.links(members),
        [mention for article in articles for mention in store.mentions_of(article.id)],
        list(store.withdrawals(members)),
        work.now,
    )


def make_story(parts: Parts) -> Made:
    """Make a story and its events of its parts."""
    made = pipeline.build(
        parts.id,
        parts.articles,
        parts.tags,
        parts.families,
        parts.links,
        withdrawn=parts.withdrawn,
        now=parts.now,
    )
    families = {member: family.id for member, family in parts.families.items()}
    order = [article.id for article in parts.articles]
    return made, pipeline.merge_events(parts.mentions, story=parts.id, order=order, families=families)


def _keep(work: Work, built: Made) -> None:
    store, (made, events) = work.store, built
    old = store.story(made.id)
    made = replace(made, related=store.related(made.id))
    store.put_story(made, events)
    if old is not None:
        _tell_changes(work, old, made)
    work.count(stories=1, events=len(events))


def _tell_changes(work: Work, old: Story, new: Story) -> None:
    """Keep in the story's history what a reader of its digest would notice."""
    before_, after = [s.text for s in old.sentences], [s.text for s in new.sentences]
    gone = [text for text in before_ if text not in after]
    if gone and after:
        new_articles = len(new.articles) - len(old.articles)
        why = f"{new_articles} new articles" if new_articles > 0 else "its articles changed"
        what = f"{len(gone)} of {len(before_)} digest sentences replaced"
        work.store.put_happening(Happening(new.id, work.now, what, why))
