"""What is known of origins between passes: their robots.txt, their tdmrep.json, and until when they asked for peace.

A cache in one SQLite file that may be deleted at any time; without a path it lives as long as the process. Times are
seconds since 1970 by the machine's clock, since they concern real requests, not the desk's records.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

What = Literal["robots", "tdm"]
_SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
    origin TEXT, what TEXT, status INTEGER, body BLOB, fetched REAL, PRIMARY KEY (origin, what)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS peace (origin TEXT PRIMARY KEY, until REAL) WITHOUT ROWID;
"""
_KEEP = 7 * 86_400.0  # seconds; what is older is of no use to anybody


@dataclass(frozen=True, slots=True)
class Document:
    """An origin's answer for a well-known address; status None where none came."""

    status: int | None
    body: bytes
    fetched: float

    def aged(self, now: float) -> float:
        """Give its age in seconds; a clock that was set back makes it new."""
        return max(0.0, now - self.fetched)


class Hosts:
    """The memory of origins; close it, or what was learnt since the last hundred writes is lost."""

    def __init__(self, path: Path | None = None) -> None:
        self.base = _open(path)
        self.written = 0

    def document(self, origin: str, what: What) -> Document | None:
        """Give what an origin last answered for robots.txt or tdmrep.json."""
        row = self.base.execute(
            "SELECT status, body, fetched FROM document WHERE origin = ? AND what = ?", (origin, what)
        ).fetchone()
        return Document(row[0], bytes(row[1]), row[2]) if row else None

    def learn(self, origin: str, what: What, made: Document) -> None:
        """Keep an origin's answer."""
        self._write(
            "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?)",
            (origin, what, made.status, made.body, made.fetched),
        )

    def peace(self, origin: str) -> float:
        """Give the time before which an origin does not want to be asked; 0 where there is none."""
        row = self.base.execute("SELECT until FROM peace WHERE origin = ?", (origin,)).fetchone()
        return float(row[0]) if row else 0.0

    def leave(self, origin: str, until: float) -> None:
        """Leave an origin alone until a time."""
        self._write("INSERT OR REPLACE INTO peace VALUES (?, ?)", (origin, until))

    def close(self, now: float) -> None:
        """Forget what is old, write the rest and close."""
        self.base.execute("DELETE FROM document WHERE fetched < ?", (now - _KEEP,))
        self.base.execute("DELETE FROM peace WHERE until < ?", (now,))
        self.base.commit()
        self.base.close()

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        self.base.execute(statement, values)
        self.written += 1
        if self.written % 100 == 0:
            self.base.commit()


def _open(path: Path | None) -> sqlite3.Connection:
    """Open the file, or begin a new one where it is damaged: it is only a cache."""
    for attempt in range(2):
        try:
            base = sqlite3.connect(path or ":memory:", timeout=10)
            base.executescript(_SCHEMA)
        except sqlite3.DatabaseError:
            if attempt or path is None:
                break
            path.unlink(missing_ok=True)
        else:
            return base
    base = sqlite3.connect(":memory:")
    base.executescript(_SCHEMA)
    return base
