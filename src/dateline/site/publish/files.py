"""The folder of a copy: what is the same stays untouched, what is no longer part of it goes.

Beside the files lies a list of them, and of what each page was made from (`ledger`), so that a page whose sources are
the same need not be made again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.errors import UsageError
from dateline.site.publish.ledger import Asking

LIST = ".dateline-copy.sqlite"
_TABLES = """
CREATE TABLE IF NOT EXISTS made_with (what TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS file (name TEXT PRIMARY KEY, digest TEXT NOT NULL, size INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS page (address TEXT PRIMARY KEY, made BLOB NOT NULL);
"""


@dataclass(slots=True)
class Made:
    """How a page was made: the clock, the questions and their answers, its files, the addresses it links to."""

    clock: str
    asked: Asking = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    missing: bool = False  # nothing has this address


class Folder:
    """A folder that is filled again and again."""

    def __init__(self, path: Path, made_with: str) -> None:
        """Look at what an earlier copy left; `made_with` names code and settings, which all pages follow from.

        Raises UsageError where the folder holds something else.
        """
        self.path = path
        self._made_with = made_with
        if not (path / LIST).exists() and path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise UsageError(f"{path} holds something that is no copy of a desk: name an empty folder or a new one.")
        path.mkdir(parents=True, exist_ok=True)
        self._list = sqlite3.connect(path / LIST, isolation_level=None)
        try:
            self._list.executescript(_TABLES)
            row = self._list.execute("SELECT what FROM made_with").fetchone()
            self._before: dict[str, tuple[str, int]] = {
                name: (digest, size) for name, digest, size in self._list.execute("SELECT name, digest, size FROM file")
            }
            # Until this copy is finished it is not known of any file what is in it.
            self._list.execute("DELETE FROM made_with")
        except sqlite3.Error:
            self._list.close()
            raise UsageError(f"{path / LIST} cannot be read: empty the folder and publish again.") from None
        self._finished = row is not None
        self._same = row is not None and row[0] == made_with
        self._now: dict[str, tuple[str, int]] = {}
        self._pages: set[str] = set()
        self.written = 0
        self._list.execute("BEGIN")

    def __contains__(self, name: str) -> bool:
        """Tell whether a file is part of this copy already."""
        return name in self._now

    def earlier(self) -> Iterator[Asking]:
        """Go through what the pages of the earlier copy asked."""
        if self._same:
            with closing(self._list.execute("SELECT made FROM page")) as rows:
                for (made,) in rows:
                    yield _unpacked(made).asked

    def page(self, address: str) -> Made | None:
        """Give how a page was made before; None where that does not matter any more, or its files are not there."""
        if not self._same:
            return None
        row = self._list.execute("SELECT made FROM page WHERE address = ?", (address,)).fetchone()
        made = _unpacked(row[0]) if row else None
        return made if made is not None and all(map(self._stands, made.files)) else None

    def _stands(self, name: str) -> bool:
        known = self._before.get(name)
        try:
            return known is not None and (self.path / name).stat().st_size == known[1]
        except OSError:
            return False

    def keep(self, address: str, made: Made) -> None:
        """Leave a page as it is."""
        self._pages.add(address)
        self._now.update((name, self._before[name]) for name in made.files)

    def note(self, address: str, made: Made, *, known: bool) -> None:
        """Note how a page was made; one of which not all is `known` is made again each time."""
        if known:
            self._pages.add(address)
            self._list.execute("INSERT OR REPLACE INTO page VALUES (?, ?)", (address, _packed(made)))

    def put(self, name: str, body: bytes) -> None:
        """Make a file part of the copy, and write it where it differs."""
        digest = hashlib.sha256(body).hexdigest()
        target = self.path / name
        self._now[name] = (digest, len(body))
        if self._stands(name) and self._before[name][0] == digest and (self._finished or target.read_bytes() == body):
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(target.name + ".part")
        aside.write_bytes(body)
        aside.replace(target)  # a host that serves the folder meanwhile never sees half a page
        self.written += 1

    def finish(self) -> int:
        """Take away what an earlier copy had and this one has not; give how many files that were."""
        gone = [name for name in self._before if name not in self._now]
        for name in gone:
            target = self.path / name
            target.unlink(missing_ok=True)
            for folder in target.parents:
                if folder == self.path or not folder.is_dir() or any(folder.iterdir()):
                    break
                folder.rmdir()
        execute, many = self._list.execute, self._list.executemany
        stale = [(address,) for (address,) in execute("SELECT address FROM page") if address not in self._pages]
        many("DELETE FROM page WHERE address = ?", stale)
        many("DELETE FROM file WHERE name = ?", [(name,) for name in gone])
        changed = [(name, *now) for name, now in self._now.items() if self._before.get(name) != now]
        many("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", changed)
        execute("INSERT INTO made_with VALUES (?)", (self._made_with,))
        execute("COMMIT")
        return len(gone)

    def close(self) -> None:
        """Close the list; what was not finished is not in it."""
        self._list.close()

    def __len__(self) -> int:
        """Count the files of the copy."""
        return len(self._now)


def _packed(made: Made) -> bytes:
    held: list[Any] = [made.clock, made.asked, made.files, made.links, made.missing]
    return zlib.compress(json.dumps(held, separators=(",", ":")).encode(), 1)


def _unpacked(data: bytes) -> Made:
    return Made(*json.loads(zlib.decompress(data)))
