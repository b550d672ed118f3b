"""Streams: which articles a client asks for, and in what order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.model import Article
from dateline.site.greader.items import STATE, UNNAMED
from dateline.site.visit import Visit
from dateline.store.owner import Chosen, Mark

DEFAULT, MOST_ITEMS, MOST_IDS = 20, 500, 10_000


@dataclass(frozen=True, slots=True)
class Stream:
    """What a client asks for."""

    id: str
    chosen: Chosen
    oldest_first: bool
    limit: int
    offset: int


def state_of(stream: str) -> str:
    """Write a stream of a user as `user/-/…`, whatever number the client has for the user."""
    parts = stream.split("/", 2)
    return f"user/-/{parts[2]}" if len(parts) == 3 and parts[0] == "user" else stream


def chosen_of(stream: str) -> Chosen | None:
    """Tell which articles a stream holds; None where there is no such stream."""
    name = state_of(stream)
    if name.startswith("feed/"):
        domain = name.removeprefix("feed/")
        return Chosen(source="" if domain == UNNAMED else domain) if domain else None
    return {
        STATE + "reading-list": Chosen(),
        STATE + "read": Chosen(read=True),
        STATE + "kept-unread": Chosen(read=False),
        STATE + "fresh": Chosen(read=False),
        STATE + "starred": Chosen(starred=True),
    }.get(name)


def asked(stream: str, query: Mapping[str, Sequence[str]], most: int) -> Stream | None:
    """Read what a client asks for; None where there is no such stream.

    Parameters: `n` (how many), `r=o` (oldest first), `ot` and `nt` (published from, until, in seconds), `xt` and `it`
    (a state to leave out, to keep to), `c` (continuation).
    """
    chosen = chosen_of(stream)
    if chosen is None:
        return None
    for name, wanted in (("xt", False), ("it", True)):
        for state in query.get(name, ()):
            chosen = _narrowed(chosen, state_of(state), wanted)
    since, until = _whole(query, "ot"), _whole(query, "nt")
    if since:
        chosen = replace(chosen, since=since)
    if until:
        chosen = replace(chosen, until=until)
    return Stream(
        stream, chosen, (query.get("r") or [""])[0] == "o", max(1, min(_whole(query, "n") or DEFAULT, most)),
        _whole(query, "c") or 0,
    )  # fmt: skip


def _narrowed(chosen: Chosen, state: str, wanted: bool) -> Chosen:
    if state == STATE + "read":
        return replace(chosen, read=wanted)
    if state == STATE + "kept-unread":
        return replace(chosen, read=not wanted)
    if state == STATE + "starred":
        return replace(chosen, starred=wanted)
    return chosen


def _whole(query: Mapping[str, Sequence[str]], name: str) -> int | None:
    text = (query.get(name) or [""])[0]
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 13 else None


def listed(visit: Visit, stream: Stream) -> tuple[list[tuple[str, int]], str | None]:
    """List (article id, epoch) of a stream, those withdrawn left out, and the continuation."""
    assert visit.owner is not None
    found = visit.owner.kept.listed(
        stream.chosen, oldest_first=stream.oldest_first, limit=stream.limit + 1, offset=stream.offset
    )
    after = str(stream.offset + stream.limit) if len(found) > stream.limit else None
    return [(id, max(0, when)) for id, when in found[: stream.limit] if id not in visit.withdrawn], after


def gathered(visit: Visit, ids: list[str]) -> list[tuple[Article, Mark, str | None]]:
    """Fetch articles with their marks and stories."""
    assert visit.owner is not None
    articles, marks = visit.articles(ids), visit.owner.kept.marks(ids)
    stories = visit.reader.stories_of(list(articles))
    return [(article, marks.get(id, Mark()), stories.get(id)) for id, article in articles.items()]
