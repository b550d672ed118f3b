"""What is the owner's alone: read and starred marks, and the sessions of a log-in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from dateline.store.ports import Reader


@dataclass(frozen=True, slots=True)
class Mark:
    """What the owner noted of an article."""

    read: bool = False
    starred: bool = False


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher's domain with its articles."""

    domain: str | None  # None: articles whose publisher is not known
    articles: int
    unread: int
    newest: int  # epoch of its newest article; `facets.NEVER` where none is dated


@dataclass(frozen=True, slots=True)
class Session:
    """A log-in that stands; the token itself is not kept."""

    hash: str  # of the token
    kind: str  # "web" or "reader"
    created: int  # epoch
    expires: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which articles a list of the owner's holds; None means any."""

    source: str | None = None  # publisher's domain; "" where it is not known
    read: bool | None = None
    starred: bool | None = None
    since: int | None = None  # epoch of publication, inclusive
    until: int | None = None  # exclusive


class Owner(Protocol):
    """Keep the owner's marks and sessions."""

    def marks(self, articles: Iterable[str]) -> dict[str, Mark]:
        """Give the marks of articles; those without any are left out."""

    def put_marks(self, articles: Sequence[str], *, read: bool | None = None, starred: bool | None = None) -> None:
        """Set marks; None leaves a mark as it is."""

    def read_all(self, chosen: Chosen) -> None:
        """Mark all articles of a list as read."""

    def listed(
        self, chosen: Chosen, *, oldest_first: bool = False, limit: int = 50, offset: int = 0
    ) -> list[tuple[str, int]]:
        """List (article id, epoch of publication) by publication, newest first; undated ones count as oldest."""

    def outlets(self) -> list[Outlet]:
        """List the publishers by domain."""

    def article_ids(self) -> Iterator[str]:
        """Go through the ids of all articles."""

    def open_session(self, session: Session, now: int) -> None:
        """Keep a session, and forget those that ended before `now`."""

    def session(self, hash: str) -> Session | None:
        """Give a session by the hash of its token, ended or not."""

    def close_session(self, hash: str) -> None:
        """Forget a session."""

    def close_sessions(self) -> None:
        """Forget all sessions."""


def owner_of(reader: Reader) -> Owner:
    """Give the owner's marks and sessions of a store; those of a store in memory last as long as what is given."""
    from dateline.store.sql.asking.reading import Asking

    if isinstance(reader, Asking):
        from dateline.store.sql.keeping.owner import SqlOwner

        return SqlOwner(reader.database)
    from dateline.store.memory.owner import MemoryOwner

    return MemoryOwner(reader)
