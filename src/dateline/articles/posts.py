"""The posts of a live blog: found in JSON-LD or in the page's markup, and found again in the article's text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from dateline.articles.body import choice
from dateline.articles.body.blocks import Block
from dateline.articles.document import Document, Node, label_of, squeeze, tells, types_of
from dateline.articles.meta import when
from dateline.model import Moment, Post
from dateline.text.moments import is_day, local_day

_LEAST = 3  # posts that a page must have in its markup to be taken as a live blog's
_MOST = 2000
_DEEP = 8  # steps from a time up to the post that holds it
_BRIEF = 30  # characters that a post holds at least besides its time
_CLOCK = re.compile(r"(?<!\d)(?P<h>[01]?\d|2[0-3])[:.](?P<m>[0-5]\d)(?!\d)\s*(?P<ap>[ap]\.?m\b)?", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"related|comment|sidebar|recirc|most-|trending|latest|newsletter|recommend|popular|carousel|teaser|nav|footer",
    re.IGNORECASE,
)
_is_elsewhere = tells(_ELSEWHERE)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_PARAGRAPHS = ("p", "li", "div", "section", "td", "blockquote", *sorted(_HEADINGS))


@dataclass(frozen=True, slots=True)
class Found:
    """One post as the page has it."""

    time: Moment | None
    title: str | None
    paragraphs: tuple[str, ...]


def find(document: Document) -> list[Found]:
    """Give the posts of a live blog in the page's order: as JSON-LD lists them, else as the markup shows them.

    In the markup a post is what holds one `<time>` and its text, beside others of the same make; clocks without a day
    (`14:05`) stay without a moment until `dated`.
    """
    shown = _shown(document)
    stated = list(_stated(document.nodes))
    if len(stated) < 2:
        return shown
    if len(shown) < _LEAST:
        return stated
    # the page's own markup has the order and the words that readers see; JSON-LD knows the times best
    times = {_key(post.title): post.time for post in stated if post.title and post.time}
    return [Found(times.get(_key(post.title), post.time), post.title, post.paragraphs) for post in shown]


def _key(text: str | None) -> str:
    return re.sub(r"\W+", "", (text or "").casefold())


# ---- as JSON-LD lists them


def _stated(nodes: Sequence[Node]) -> Iterator[Found]:
    for node in nodes:
        if "LiveBlogPosting" not in types_of(node):
            continue
        updates = node.get("liveBlogUpdate")
        for update in updates[:_MOST] if isinstance(updates, list) else [updates]:
            if isinstance(update, dict):
                yield from _update(update)
        return


def _update(update: Node) -> Iterator[Found]:
    body, headline = update.get("articleBody"), update.get("headline")
    title = squeeze(headline) or None if isinstance(headline, str) else None
    lines: list[str] = []
    if isinstance(body, str):
        text = re.sub(r"<(?:br|/p|/div|/li|/h\d)\b[^>]*>", "\n", body)
        lines = [squeeze(line) for line in re.sub(r"<[^>]+>", "", text).split("\n") if squeeze(line)]
    given = update.get("datePublished") or update.get("dateModified")
    time = when.moment_of(given) if isinstance(given, str) else None
    if lines or title:
        yield Found(time, title, tuple(lines))


# ---- as the markup shows them


def _shown(document: Document) -> list[Found]:
    posts: list[tuple[Any, Found]] = []
    makes: dict[tuple[Any, ...], list[tuple[Any, Found]]] = {}
    for number, time in enumerate(document.tree.iter("time")):
        if number >= _MOST:
            break
        holder = _holder(time)
        if holder is None or any(_is_elsewhere(label_of(above)) for above in (holder, *holder.iterancestors())):
            continue
        post = _post(holder, time)
        if post:
            makes.setdefault((holder.getparent(), holder.tag), []).append((holder, post))
    posts = max(makes.values(), key=len, default=[])
    return [post for _, post in posts] if len(posts) >= _LEAST else []


def _holder(time: Any) -> Any | None:
    """Give the largest element around a time that holds no other time, so that it is one post and no more."""
    holder = None
    for depth, above in enumerate(time.iterancestors()):
        one = len(list(islice(above.iter("time"), 2))) == 1
        if depth >= _DEEP or above.tag in ("body", "main", "html") or not one:
            break
        holder = above
    if holder is None or len(squeeze(holder.text_content())) < _BRIEF + len(squeeze(time.text_content())):
        return None
    return holder


def _post(holder: Any, time: Any) -> Found | None:
    title = None
    paragraphs: list[str] = []
    for element in holder.iter(*_PARAGRAPHS):
        text = squeeze(element.text_content())
        if not text or next(element.iterdescendants(*_PARAGRAPHS), None) is not None or time in element.iter():
            continue
        if title is None and element.tag in _HEADINGS:
            title = text
        else:
            paragraphs.append(text)
    if not paragraphs:
        text = squeeze(holder.text_content()).replace(squeeze(time.text_content()), " ", 1)
        paragraphs = [squeeze(text.replace(title or "", " ", 1))]
    if not any(len(text) >= _BRIEF for text in paragraphs):
        return None
    moment = when.moment_of(time.get("datetime")) or when.moment_of(squeeze(time.text_content()))
    return Found(moment or _clock(squeeze(time.text_content())), title, tuple(paragraphs))


def _clock(text: str) -> str | None:
    match = _CLOCK.search(text) if len(text) <= 24 else None
    if match is None:
        return None
    hour = int(match["h"]) % 12 + 12 * (match["ap"][0].lower() == "p") if match["ap"] else int(match["h"])
    return f"{hour:02}:{match['m']}"


def dated(posts: Sequence[Found], published: Moment | None, modified: Moment | None) -> list[Found]:
    """Give clocks their day: that of publication, where the blog lasted no longer than it; else none.

    The clock is kept only where the publication's own offset says what it means.
    """
    clocks = [post.time for post in posts if post.time and len(post.time) == 5]
    day = local_day(published)
    one_day = day is not None and (modified is None or local_day(modified) == day)
    one_day = one_day and clocks in (sorted(clocks), sorted(clocks, reverse=True))
    offset = published[19:] if published and not is_day(published) and published[19:20] in ("+", "-") else ""

    def moment(time: str | None) -> Moment | None:
        if time is None or len(time) != 5:
            return time
        if not one_day or day is None:
            return None
        return f"{day.isoformat()}T{time}:00{offset}" if offset else day.isoformat()

    return [Found(moment(post.time), post.title, post.paragraphs) for post in posts]


# ---- in the text


def complete(given: list[Block], posts: Sequence[Found]) -> list[Block]:
    """Give the extracted paragraphs; where they lack a good part of the posts, those before the first and all posts."""
    said = choice.runs(" ".join(" ".join(post.paragraphs) for post in posts))
    if not said or len(said & choice.runs(" ".join(block.text for block in given))) >= 0.7 * len(said):
        return given
    inside = {_key(text) for post in posts for text in (post.title or "", *post.paragraphs)}
    made = []
    for block in given:
        if _key(block.text) in inside or len(choice.runs(block.text) & said) > 0.5 * len(choice.runs(block.text)):
            break
        made.append(block)
    for post in posts:
        made += [Block(post.title, "head")] if post.title else []
        made += [Block(text, "p") for text in post.paragraphs]
    return made


def place(paragraphs: Sequence[str], posts: Sequence[Found]) -> tuple[Post, ...]:
    """Find the posts in an article's paragraphs (joined by a blank line); of some nothing may be left."""
    owner: dict[str, list[int]] = {}
    for number, post in enumerate(posts):
        for text in (post.title, *post.paragraphs):
            if text and _key(text):
                owner.setdefault(_key(text), []).append(number)
    spans: dict[int, tuple[int, int]] = {}
    at, current = 0, -1
    for text in paragraphs:
        candidates = owner.get(_key(text), ())
        if current in candidates:
            spans[current] = (spans[current][0], at + len(text))
        else:
            fresh = next((number for number in candidates if number not in spans), None)
            if fresh is not None:
                current = fresh
                spans[current] = (at, at + len(text))
        at += len(text) + 2
    found = [Post(start, end, posts[n].time, posts[n].title) for n, (start, end) in spans.items()]
    return tuple(sorted(found, key=lambda post: post.start))
