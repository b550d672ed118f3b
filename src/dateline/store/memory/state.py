"""What the in-memory store holds."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace

from dateline.model import (
    Article,
    Correction,
    Entry,
    Event,
    Family,
    Happening,
    Link,
    Manifest,
    Mention,
    Page,
    Rejected,
    RelatedStory,
    SourceState,
    Story,
    Subscription,
    Tags,
    Version,
)
from dateline.store.history import Record
from dateline.store.search.document import Document

Kept = tuple[str, str, Page | Article, str | None]  # id, hash, page, origin


@dataclass
class State:
    """Everything kept; records are frozen, so that a copy of the dicts is a copy of it all."""

    articles: dict[str, Article] = field(default_factory=dict)
    tags: dict[str, Tags] = field(default_factory=dict)
    versions: dict[tuple[str, int], Version] = field(default_factory=dict)
    corrections: dict[tuple[str, str, str], Correction] = field(default_factory=dict)
    rejections: dict[str, tuple[str, Rejected]] = field(default_factory=dict)
    families: dict[str, Family] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    sketches: dict[str, bytes] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)  # article → source
    looks: dict[str, tuple[str, str, str | None]] = field(default_factory=dict)  # entry → first, last, next
    entries: dict[str, Entry] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)
    related: dict[str, tuple[RelatedStory, ...]] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    happenings: dict[Happening, None] = field(default_factory=dict)
    mentions: dict[str, Mention] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    sources: dict[str, SourceState] = field(default_factory=dict)
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    manifests: dict[str, Manifest] = field(default_factory=dict)
    pages: dict[int, Kept] = field(default_factory=dict)
    waiting: dict[int, int] = field(default_factory=dict)  # number in the queue → number of the page
    shingles: dict[str, tuple[int, ...]] = field(default_factory=dict)
    documents: dict[str, tuple[Document, bool]] = field(default_factory=dict)
    jobs: dict[tuple[str, str], int] = field(default_factory=dict)
    since: dict[tuple[str, str], int] = field(default_factory=dict)  # kind, id → since when it is as it is
    past: dict[tuple[str, str, int], tuple[int, Record]] = field(default_factory=dict)  # kind, id, from → until, …
    gone: dict[tuple[str, str], tuple[int, str | None]] = field(default_factory=dict)  # kind, id → when, into
    emptied: dict[int, None] = field(default_factory=dict)  # numbers of pages whose content is kept no longer
    remembered: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)  # of the pass under way


def copied(state: State) -> State:
    """Copy the dicts: a state to go back to."""
    return replace(state, **{f.name: dict(getattr(state, f.name)) for f in fields(state)})
