"""What a person decides about articles and stories; the machine never undoes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.desk.phases import building, grouping, reading
from dateline.desk.work import Work
from dateline.errors import UsageError
from dateline.model import Happening, Link
from dateline.text.ids import stable_id


def withdraw(work: Work, article: str, why: str) -> None:
    """Withdraw an article for the owner; raises UsageError where it is not known or no reason is given."""
    if not why.strip():
        raise UsageError("The reason is empty: say with --why what readers of the tombstone shall know.")
    found = work.store.article(article)
    if found is None:
        raise UsageError(f"{article} is no article of this desk: look its id up with 'dateline search'.")
    with work.store.transaction():
        reading.withdraw(work, found, why, by="owner")
    building.relate(work)
    building.build(work)


def merge(work: Work, into: str, other: str) -> None:
    """Make two stories one; the id of `other` leads to `into`."""
    store = work.store
    into, other = _story(work, into), _story(work, other)
    if into == other:
        raise UsageError(f"{into} and {other} are one story already.")
    with store.transaction():
        grouping.pin(work, [*store.members(into), *store.members(other)])
        _move(work, store.members(other), into)
        for happening in store.history(other):
            store.put_happening(replace(happening, story=into))
        _retire(work, other, into)
        store.put_happening(Happening(into, work.now, f"merged with {other}", "decided by the owner", "owner"))
    building.relate(work)
    building.build(work)


def split(work: Work, story: str, articles: Sequence[str]) -> str:
    """Take articles out of a story into one of their own; give its id."""
    store = work.store
    story = _story(work, story)
    members = store.members(story)
    chosen = [member for member in members if member in set(articles)]
    strangers = [id for id in articles if id not in members]
    if strangers or not chosen:
        raise UsageError(f"{', '.join(strangers) or 'nothing'} is not in story {story}.")
    if len(chosen) == len(members):
        raise UsageError(f"These are all articles of {story}: one at least must stay.")
    made = stable_id("s", story, *chosen)
    with store.transaction():
        grouping.pin(work, members)
        _move(work, chosen, made)
        work.touch([story])
        store.put_happening(Happening(story, work.now, f"split: {made} taken out", "decided by the owner", "owner"))
        store.put_happening(Happening(made, work.now, f"split from {story}", "decided by the owner", "owner"))
    building.relate(work)
    building.build(work)
    return made


def pin(work: Work, article: str, story: str) -> None:
    """Put an article into a story for good."""
    store = work.store
    story = _story(work, story)
    old = store.story_of(article)
    if old is None:
        raise UsageError(f"{article} is in no story of this desk: look its id up with 'dateline search'.")
    if old == story:
        raise UsageError(f"{article} is in {story} already.")
    with store.transaction():
        grouping.pin(work, [article])
        _move(work, [article], story)
        store.put_happening(Happening(story, work.now, f"article {article} put here", "decided by the owner", "owner"))
        if store.members(old):
            work.touch([old])
            happened = Happening(old, work.now, f"article {article} moved to {story}", "decided by the owner", "owner")
            store.put_happening(happened)
        else:
            _retire(work, old, story)
    building.relate(work)
    building.build(work)


def _story(work: Work, id: str) -> str:
    """Follow a story's id to where it leads; raises UsageError where it is not known."""
    found = work.store.moved(id) or id
    if work.store.story(found) is None:
        raise UsageError(f"{id} is no story of this desk: look its id up on its page.")
    return found


def _move(work: Work, articles: Sequence[str], story: str) -> None:
    for id in articles:
        link = work.store.link(id) or Link(id, story, None, None)
        work.store.put_link(replace(link, story=story))
    work.touch([story])


def _retire(work: Work, story: str, into: str) -> None:
    work.store.retire_story(story, into)
    for step in ("relate", "build"):
        work.store.jobs_done(step, [story])
