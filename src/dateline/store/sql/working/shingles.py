"""The sampled shingles of all texts, by which copies are found, in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, func, select

from dateline.store.sql import schema as t
from dateline.store.sql.asking.reading import IDS, MANY, OWN, Asking
from dateline.store.sql.engine import upsert

MOST = 64  # texts kept for one shingle: what more of them share is boilerplate and names nobody

# Statements are made once: to make one takes longer than to run it.
_c = t.shingle.c
_SHARING = select(_c.article, func.count().label("shared")).where(_c.hash.in_(IDS)).group_by(_c.article)
_SIZES = select(t.shingled.c.article, t.shingled.c.size).where(t.shingled.c.article.in_(IDS))
_NONE_OF = delete(t.shingle).where(_c.article == OWN)
_FULL = select(_c.hash).where(_c.hash.in_(IDS)).group_by(_c.hash).having(func.count() >= MOST)


class Shingles:
    """A CopyIndex in SQL."""

    def __init__(self, owner: Asking) -> None:
        self._owner = owner

    def candidates(self, hashes: Sequence[int]) -> Iterable[tuple[str, int]]:
        """Yield (article id, number of sampled shingles shared) for the stored texts that share any."""
        counted: dict[str, int] = {}
        wanted = sorted({_signed(hash) for hash in hashes})
        for start in range(0, len(wanted), MANY):
            for row in self._owner._rows(_SHARING, wanted[start : start + MANY]):
                counted[row.article] = counted.get(row.article, 0) + row.shared
        return sorted(counted.items())

    def sizes(self, ids: Iterable[str]) -> dict[str, int]:
        """Give the number of sampled shingles of each stored text."""
        wanted, found = list(dict.fromkeys(ids)), {}
        for start in range(0, len(wanted), MANY):
            rows = self._owner._rows(_SIZES, wanted[start : start + MANY])
            found.update({row.article: row.size for row in rows})
        return found

    def add(self, id: str, hashes: Sequence[int]) -> None:
        """Remember a text's sampled shingles in place of those it had."""
        wanted = sorted({_signed(hash) for hash in hashes})
        with self._owner.database.writing() as connection:
            connection.execute(_NONE_OF, {"own": id})
            full: set[int] = set()
            for start in range(0, len(wanted), MANY):
                full |= set(connection.execute(_FULL, {"ids": wanted[start : start + MANY]}).scalars())
            upsert(connection, t.shingle, [{"hash": hash, "article": id} for hash in wanted if hash not in full])
            upsert(connection, t.shingled, [{"article": id, "size": len(wanted)}])


def _signed(hash: int) -> int:
    """Write an unsigned 64-bit number as the signed one that databases have."""
    return hash - (1 << 64) if hash >= 1 << 63 else hash
