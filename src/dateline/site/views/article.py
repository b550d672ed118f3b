"""The article page: who put it out and who wrote it, what may be shown of it, its versions and its copies."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.model import Article, Story, Version
from dateline.site import links, rights
from dateline.site.views import lists
from dateline.site.views.event import mention_marks
from dateline.site.views.lists import ArticleLine, EventLine
from dateline.site.views.marks import Mark, Piece, paragraphs
from dateline.site.visit import Visit
from dateline.text.sentences import sentences

_WORD = re.compile(r"\s+|[^\s]+")
_LONGEST_DIFF = 20_000  # words of both versions together; beyond, a diff takes longer than a reader waits


@dataclass(frozen=True, slots=True)
class Credit:
    """One of the names of a credit line."""

    role: str
    name: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of a diff: kept, added or taken out."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version, with what changed since the one before."""

    number: int
    seen: str
    modified: str | None
    change: str
    note: str | None
    title: str | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """All that an article page shows."""

    line: ArticleLine
    credits: tuple[Credit, ...]
    paragraphs: list[list[Piece]]
    before: bool
    after: bool
    whole: bool
    quote: bool  # a quoted span is marked
    quote_gone: bool  # one was asked for, but may not be shown or is not there
    versions: tuple[VersionLine, ...]
    copies: tuple[ArticleLine, ...]
    original: str | None
    family_why: str | None
    events: tuple[EventLine, ...]
    story: str | None
    story_title: str | None
    score: float | None  # how surely it belongs to its story
    why: tuple[tuple[str, float], ...]
    shared: tuple[str, ...]


def article_page(visit: Visit, article: Article, span: tuple[int, int] | None) -> ArticlePage:
    """Gather an article page with `span` marked, as far as rights allow."""
    story_id = visit.reader.story_of(article.id)
    story = visit.reader.story(story_id) if story_id else None
    wanted = span if span is not None and _evidence(visit, article, span, story) else None
    marks = _marks(article, wanted) if wanted else []
    whole = visit.budget.whole(article)
    text, start, before, after = _shown(visit, article, wanted)
    family = visit.reader.family(article.id)
    others = [m for m in family.members if m != article.id] if family else []
    known = visit.articles(others)
    link = visit.reader.link(article.id)
    events = visit.reader.events_of([article.id]) if not rights.reserved(article) or visit.profile == "private" else []
    heads = visit.articles([story.headline.article] if story and story.headline else [])
    return ArticlePage(
        line=lists.article_line(visit, article, story=story_id),
        credits=_credits(article),
        paragraphs=paragraphs(text, start, marks),
        before=before,
        after=after,
        whole=whole,
        quote=bool(marks) and bool(text),
        quote_gone=span is not None and not (marks and text),
        versions=_versions(visit.reader.versions(article.id), whole),
        copies=tuple(lists.article_line(visit, known[id], role="copy") for id in others if id in known),
        original=family.original if family else None,
        family_why=family.why if family else None,
        events=tuple(lists.event_line(visit, event) for event in events),
        story=links.story(story) if story else None,
        story_title=lists.headline_of(story, heads, visit)[0] if story else None,
        score=link.score if link else None,
        why=link.features if link else (),
        shared=link.shared if link else (),
    )


def _shown(visit: Visit, article: Article, span: tuple[int, int] | None) -> tuple[str, int, bool, bool]:
    """Give the text that may be shown: all of it, or an excerpt near the quoted span."""
    if visit.budget.whole(article):
        return article.text, 0, False, False
    start, end = _sentence(article.text, span) if span else (0, len(article.text))
    shown = visit.budget.take(article, start, end, around=span[0] if span else None)
    if shown is None:
        return "", 0, False, False
    return shown.text, shown.start, shown.start > 0, shown.start + len(shown.text) < len(article.text)


def _evidence(visit: Visit, article: Article, span: tuple[int, int], story: Story | None) -> bool:
    """Tell whether a span may be opened: any for the owner, else only what something on the site rests on.

    Otherwise a visitor could read a whole text through a moving window.
    """
    start, end = span
    if not 0 <= start < end <= len(article.text):
        return False
    if visit.budget.whole(article):
        return True
    mentions = visit.reader.mentions_of(article.id)
    spans = {tuple(mention.sentence) for mention in mentions}
    spans.update((mark.start, mark.end) for mention in mentions for mark in mention_marks(mention))
    if story is not None:
        spans.update((q.start, q.end) for q in story.sentences if q.article == article.id)
        spans.update((r.start, r.end) for f in story.figures for r in f.readings if r.article == article.id)
    return span in spans


def _marks(article: Article, span: tuple[int, int]) -> list[Mark]:
    """Mark the quoted words, and faintly the sentence they stand in where it is longer."""
    around = _sentence(article.text, span)
    quote = Mark(*span, "quote", "the quoted words")
    return [quote] if around == span else [Mark(*around, "within", "their sentence"), quote]


def _sentence(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Widen a span to the sentences it lies in, so that a word is never shown without what it was said in."""
    within = [(start, end) for start, end in sentences(text) if start < span[1] and span[0] < end]
    return (min(span[0], within[0][0]), max(span[1], within[-1][1])) if within else span


def _credits(article: Article) -> tuple[Credit, ...]:
    made: list[Credit] = []
    if article.publisher is not None and (article.publisher.name or article.publisher.domain):
        domain = article.publisher.domain
        name = article.publisher.name or domain or ""
        made.append(Credit("Publisher", name, links.source(domain) if domain else None))
    if article.agency:
        made.append(Credit("Agency", ", ".join(article.agency)))
    if article.republisher is not None and (article.republisher.name or article.republisher.domain):
        made.append(Credit("Republished by", article.republisher.name or article.republisher.domain or ""))
    if article.byline:
        made.append(Credit("By", ", ".join(article.byline)))
    return tuple(made)


def _versions(versions: Sequence[Version], whole: bool) -> tuple[VersionLine, ...]:
    made: list[VersionLine] = []
    for index, version in enumerate(versions):
        before = versions[index - 1] if index else None
        made.append(
            VersionLine(
                number=version.number,
                seen=version.seen,
                modified=version.modified,
                change=version.change,
                note=version.note,
                title=version.title,
                changes=diff(before.text, version.text) if before is not None and whole else (),
            )
        )
    return tuple(reversed(made))


def diff(old: str, new: str) -> tuple[Change, ...]:
    """Compare two texts by words; long stretches that stayed are shortened to their ends."""
    left, right = _WORD.findall(old), _WORD.findall(new)
    if len(left) + len(right) > _LONGEST_DIFF:
        return (Change("same", "Both versions are too long to be compared here."),)
    made: list[Change] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            made.append(Change("same", _shortened(left[a:b], first=a == 0, last=b == len(left))))
            continue
        if a < b:
            made.append(Change("out", "".join(left[a:b])))
        if c < d:
            made.append(Change("in", "".join(right[c:d])))
    return tuple(made)


def _shortened(kept: Sequence[str], *, first: bool, last: bool, ends: int = 24) -> str:
    if len(kept) <= 2 * ends:
        return "".join(kept)
    head = "" if first else "".join(kept[:ends])
    tail = "" if last else "".join(kept[-ends:])
    return f"{head} … {tail}"
