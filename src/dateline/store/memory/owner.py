"""The owner's marks and sessions in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dateline.model import Article
from dateline.store.facets import epoch, source_of
from dateline.store.owner import Chosen, Mark, Outlet, Session
from dateline.store.ports import Reader


class MemoryOwner:
    """Keep marks and sessions beside any Reader."""

    def __init__(self, reader: Reader) -> None:
        """Keep the reader; nothing is marked yet."""
        self._reader = reader
        self._marks: dict[str, Mark] = {}
        self._sessions: dict[str, Session] = {}

    def marks(self, articles: Iterable[str]) -> dict[str, Mark]:
        return {id: self._marks[id] for id in articles if id in self._marks}

    def put_marks(self, articles: Sequence[str], *, read: bool | None = None, starred: bool | None = None) -> None:
        for id in articles:
            old = self._marks.get(id, Mark())
            if read is not None:
                old = replace(old, read=read)
            if starred is not None:
                old = replace(old, starred=starred)
            self._marks[id] = old

    def read_all(self, chosen: Chosen) -> None:
        self.put_marks([id for id, _ in self.listed(chosen, limit=10**9)], read=True)

    def listed(
        self, chosen: Chosen, *, oldest_first: bool = False, limit: int = 50, offset: int = 0
    ) -> list[tuple[str, int]]:
        found = sorted(
            ((article.id, epoch(article.published)) for article in self._reader.each_article()
             if self._passes(article, chosen)),
            key=lambda pair: (-pair[1], pair[0]),
        )  # fmt: skip
        if oldest_first:
            found.reverse()
        return found[offset : offset + limit]

    def _passes(self, article: Article, chosen: Chosen) -> bool:
        mark, when = self._marks.get(article.id, Mark()), epoch(article.published)
        return (
            (chosen.source is None or (source_of(article) or "") == chosen.source)
            and (chosen.read is None or mark.read == chosen.read)
            and (chosen.starred is None or mark.starred == chosen.starred)
            and (chosen.since is None or when >= chosen.since)
            and (chosen.until is None or when < chosen.until)
        )

    def outlets(self) -> list[Outlet]:
        groups: dict[str | None, list[Article]] = defaultdict(list)
        for article in self._reader.each_article():
            groups[source_of(article)].append(article)
        made = [
            Outlet(
                domain, len(held), sum(not self._marks.get(a.id, Mark()).read for a in held),
                max(epoch(a.published) for a in held),
            )
            for domain, held in groups.items()
        ]  # fmt: skip
        return sorted(made, key=lambda outlet: outlet.domain or "")

    def article_ids(self) -> Iterator[str]:
        return (article.id for article in self._reader.each_article())

    def open_session(self, session: Session, now: int) -> None:
        self._sessions = {key: old for key, old in self._sessions.items() if old.expires >= now}
        self._sessions[session.hash] = session

    def session(self, hash: str) -> Session | None:
        return self._sessions.get(hash)

    def close_session(self, hash: str) -> None:
        self._sessions.pop(hash, None)

    def close_sessions(self) -> None:
        self._sessions.clear()
