"""The sampled shingles of all texts, by which copies are found, in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, func, select

from dateline.store.sql import schema as t
from dateline.store.sql.asking.reading import MANY, Asking
from dateline.store.sql.engine import upsert

MOST = 64  # texts kept for one shingle: what more of them share is boilerplate and names nobody


class Shingles:
    """A CopyIndex in SQL."""

    def __init__(self, owner: Asking) -> None:
        self._owner = owner

    def candidates(self, hashes: Sequence[int]) -> Iterable[tuple[str, int]]:
        """Yield (article id, number of sampled shingles shared) for the stored texts that share any."""
        counted: dict[str, int] = {}
        wanted = sorted({_signed(hash) for hash in hashes})
        for start in range(0, len(wanted), MANY):
            c = t.shingle.c
            part = select(c.article, func.count().label("shared")).where(c.hash.in_(wanted[start : start + MANY]))
            for row in self._owner._rows(part.group_by(c.article)):
                counted[row.article] = counted.get(row.article, 0) + row.shared
        return sorted(counted.items())

    def sizes(self, ids: Iterable[str]) -> dict[str, int]:
        """Give the number of sampled shingles of each stored text."""
        wanted, found = list(dict.fromkeys(ids)), {}
        for start in range(0, len(wanted), MANY):
            c = t.shingled.c
            part = select(c.article, c.size).where(c.article.in_(wanted[start : start + MANY]))
            found.update({row.article: row.size for row in self._owner._rows(part)})
        return found

    def add(self, id: str, hashes: Sequence[int]) -> None:
        """Remember a text's sampled shingles in place of those it had."""
        wanted = sorted({_signed(hash) for hash in hashes})
        with self._owner.database.writing() as connection:
            connection.execute(delete(t.shingle).where(t.shingle.c.article == id))
            full: set[int] = set()
            for start in range(0, len(wanted), MANY):
                c = t.shingle.c
                part = select(c.hash).where(c.hash.in_(wanted[start : start + MANY])).group_by(c.hash)
                full |= set(connection.execute(part.having(func.count() >= MOST)).scalars())
            upsert(connection, t.shingle, [{"hash": hash, "article": id} for hash in wanted if hash not in full])
            upsert(connection, t.shingled, [{"article": id, "size": len(wanted)}])


def _signed(hash: int) -> int:
    """Write an unsigned 64-bit number as the signed one that databases have."""
    return hash - (1 << 64) if hash >= 1 << 63 else hash
