"""Build each touched story with its digest, figures, events and related stories, one in each transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from dateline import pipeline
from dateline.desk.clock import before
from dateline.desk.grouping import WINDOW_HOURS
from dateline.desk.work import Work
from dateline.model import Article, Event, Family, Happening, RelatedStory, Story
from dateline.text.moments import order_key

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
    firsts = {key: members[0] for key in keys if (members := _standing(work, key))}
    dated = [a.published for a in store.articles(firsts.values()).values() if a.published]
    since = before(min(dated, key=order_key), hours=WINDOW_HOURS) if dated else None
    speakers = store.recent_stories(since, NEIGHBOURS) | firsts
    articles = {id: work.readable(a) for id, a in store.articles(speakers.values()).items()}
    given = {story: [articles[id]] for story, id in sorted(speakers.items()) if store.withdrawn(id) is None}
    found = pipeline.related_stories(given, {id: store.tags(id) for id in articles}, sorted(firsts))
    return {key: found.get(key, ()) for key in keys}


def _standing(work: Work, story: str) -> list[str]:
    members = work.store.members(story)
    withdrawn = work.store.withdrawals(members)
    return [id for id in members if id not in withdrawn]


def mark_stale(work: Work) -> None:
    """Mark the stories that went quiet since the last pass, so that they are built anew as settled."""
    stale = work.store.stale_stories(before(work.now, hours=SETTLED_HOURS))
    if stale:
        work.store.add_jobs("build", stale)


def build(work: Work) -> None:
    """Build every story that is marked."""
    done, total = 0, work.store.left("build")
    work.tell("build", 0, total)
    for keys in work.claimed("build", _CLAIMED):
        for key in keys:
            work.commit(partial(_build_marked, work, key))
            done += 1
            work.tell("build", done, max(done, total))


def _build_marked(work: Work, key: str) -> None:
    build_story(work, key)
    work.store.jobs_done("build", [key])


def build_story(work: Work, id: str) -> None:
    """Build one story from its members."""
    store = work.store
    members = store.members(id)
    if not members:
        return
    articles = [work.readable(a) for a in store.articles(members).values()]
    withdrawn = list(store.withdrawals(members))
    families = store.families(members)
    links = store.links(members)
    tags = {m: store.tags(m) for m in members}
    old = store.story(id)
    made = pipeline.build(id, articles, tags, families, links, withdrawn=withdrawn, now=work.now)
    made = replace(made, related=store.related(id))
    events = _events(work, id, articles, families)
    store.put_story(made, events)
    if old is not None:
        _tell_changes(work, old, made)
    work.count(stories=1, events=len(events))


def _events(work: Work, id: str, articles: list[Article], families: Mapping[str, Family]) -> tuple[Event, ...]:
    mentions = [mention for article in articles for mention in work.store.mentions_of(article.id)]
    order = [a.id for a in articles]
    return pipeline.merge_events(mentions, story=id, order=order, families={m: f.id for m, f in families.items()})


def _tell_changes(work: Work, old: Story, new: Story) -> None:
    """Keep in the story's history what a reader of its digest would notice."""
    before_, after = [s.text for s in old.sentences], [s.text for s in new.sentences]
    gone = [text for text in before_ if text not in after]
    if gone and after:
        new_articles = len(new.articles) - len(old.articles)
        why = f"{new_articles} new articles" if new_articles > 0 else "its articles changed"
        what = f"{len(gone)} of {len(before_)} digest sentences replaced"
        work.store.put_happening(Happening(new.id, work.now, what, why))
