"""The one object to use the house by: a folder with its settings, its store and what may be done with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from dateline import config
from dateline.desk import decisions, passes
from dateline.desk.clock import read_clock
from dateline.desk.work import Progress, Work
from dateline.errors import StoreError, UsageError
from dateline.model import Manifest, SourceState
from dateline.store import Reader, Store, open_store
from dateline.store.retaining import Purged
from dateline.text.ids import stable_id
from dateline.text.moments import instant
from dateline.text.urls import canonical, host

_DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)+(/\S*)?")


class Desk:
    """A desk: sources, articles, stories and events in one folder."""

    def __init__(self, settings: config.Settings, store: Store | None = None) -> None:
        """Open the desk of `settings`, over `store` where one is given (for tests)."""
        self.settings = settings
        self.store = store if store is not None else open_store(settings)

    @classmethod
    def init(cls, folder: Path, *, sample: bool = False) -> Desk:
        """Make a desk in a folder and open it; raises UsageError where there is one already."""
        path = folder / config.FILE
        if path.exists():
            raise UsageError(f"{folder} is a desk already.")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(_SETTINGS + ("sample = true\n" if sample else ""), encoding="utf-8")
        except OSError as error:
            raise UsageError(f"No desk can be made in {folder}: {error.strerror}.") from None
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> Desk:
        """Open the desk in a folder; raises ConfigError where there is none, StoreError where it is broken."""
        return cls(config.load(folder))

    @classmethod
    def restore(cls, folder: Path, file: Path) -> None:
        """Make the desk of a folder anew from a backup, checked first; raises UsageError where it holds articles."""
        from dateline.desk.restoring import restore

        restore(folder, file)

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    @property
    def reader(self) -> Reader:
        """Give what pages, feeds, exports and commands may ask."""
        return self.store

    def asof(self, moment: str) -> Reader:
        """Give a reader of the desk as it was at a moment; raises UsageError where it is none."""
        if instant(moment) is None:
            raise UsageError(f"{moment} is no moment: write 2026-03-01 or 2026-03-01T08:00:00Z.")
        return self.store.asof(moment)

    # ---- sources

    def add(self, address: str) -> SourceState:
        """Follow a source: a feed or site by its address, or a path to pages, archives, feeds or a folder of them.

        Raises UsageError where the address is neither. Adding one that is there changes nothing.
        """
        state = _source(address.strip())
        known = self.store.source(state.id)
        if known is not None:
            return known
        made = replace(state, added=read_clock())
        self.store.put_source(made)
        return made

    def follow(self, address: str, name: str | None = None, topics: tuple[str, ...] = ()) -> None:
        """Follow a feed by its address, name and topics, unless it is followed already."""
        id = stable_id("o", canonical(address))
        if self.store.source(id) is None:
            self.store.put_source(SourceState(id, address, "feed", name, topics, added=read_clock()))

    def source(self, name: str) -> SourceState:
        """Find a source by its id, name or address; raises UsageError where there is none or more than one."""
        path = str(Path(name).absolute())
        found = [s for s in self.store.sources() if name in (s.id, s.name, s.address) or s.address == path]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f"{name} are {len(found)} sources: name one by its id ({', '.join(s.id for s in found)}).")
        raise UsageError(f"{name} is no source of this desk: 'dateline sources' lists them.")

    def remove_source(self, name: str) -> None:
        """Forget a source; what it brought stays."""
        self.store.drop_source(self.source(name).id)

    def pause_source(self, name: str, paused: bool) -> None:
        """Stop following a source, or go on."""
        self.store.put_source(replace(self.source(name), paused=paused))

    def rename_source(self, name: str, to: str) -> None:
        """Give a source another name."""
        if not to.strip():
            raise UsageError("A source's name must not be empty.")
        self.store.put_source(replace(self.source(name), name=" ".join(to.split())))

    # ---- passes

    def run_pass(
        self,
        *,
        now: str | None = None,
        progress: Progress | None = None,
        jobs: int | None = None,
        everything: bool = False,
    ) -> Manifest:
        """Do one pass over what is due (with `everything`: over all sources), and say what came of it.

        `now` is the pass's clock (default: DATELINE_NOW, else the machine's); `jobs` processes are used (default: the
        cores there are); `progress(phase, done, total)` is told how far it is. A pass that was killed is taken up.
        """
        return passes.run(
            self.store, self.settings, read_clock(now), progress=progress, jobs=jobs, everything=everything
        )

    def read_again(self) -> int:
        """Mark every page to be read anew in the next pass, with this program and its lists; give how many."""
        return self.store.read_again()

    # ---- decisions

    def withdraw(self, article: str, why: str) -> None:
        """Take an article off the site; a tombstone with the reason stays, and what was built on it is built anew."""
        with self._deciding() as work:
            decisions.withdraw(work, article, why)

    def merge_stories(self, story: str, other: str) -> None:
        """Make `other` part of `story`; its id leads there from now on."""
        with self._deciding() as work:
            decisions.merge(work, story, other)

    def split_story(self, story: str, articles: Sequence[str]) -> str:
        """Take articles out of a story into a new one; give its id."""
        with self._deciding() as work:
            return decisions.split(work, story, articles)

    def pin(self, article: str, story: str) -> None:
        """Put an article into a story for good."""
        with self._deciding() as work:
            decisions.pin(work, article, story)

    @contextmanager
    def _deciding(self) -> Iterator[Work]:
        with passes.deciding(self.store, self.settings, read_clock()) as work:
            yield work

    # ---- keeping

    def check(self) -> None:
        """Check the store from end to end; raises StoreError that says what is broken."""
        self.store.check()

    def retain(self, *, preview: bool = False) -> list[Purged]:
        """Let go of what is older than `[keep]` says, or say what that would be."""
        from dateline.desk import retaining

        if preview:
            return retaining.apply(self.store, self.settings.keep, read_clock(), preview=True)
        with self._deciding() as work:
            return retaining.apply(self.store, self.settings.keep, work.now, everything=True)

    def migrate_to(self, address: str, progress: Progress | None = None) -> int:
        """Copy the desk to a PostgreSQL database, and see that all of it arrived; give the number of rows."""
        from dateline.desk.restoring import migrate_to

        return migrate_to(self.settings, self.store, address, progress)

    def backup(self, file: Path) -> None:
        """Save the desk to one file, also while a pass is under way; raises StoreError where that fails."""
        if file.is_dir():
            raise StoreError(f"{file} is a folder: name a file.")
        self.store.backup(file)


_SETTINGS = """\
# The settings of this desk; every key is optional.
# database = "postgresql:///dateline"  (docs/howto/postgresql.md; without it an SQLite file in this folder)
# [fetch]
# contact = "you@example.org"
# [keep]
# pages = "90 days"  (docs/reference/keeping.md)
"""


def _source(address: str) -> SourceState:
    if not address:
        raise UsageError("An empty name is no source: give a path, or an address that begins with https://.")
    if re.match(r"https?://", address, re.I):
        if host(address) is None:
            raise UsageError(f"{address} names no host: write an address such as https://example.org/feed.xml.")
        return SourceState(stable_id("o", canonical(address)), address, "site")
    from dateline.sources import files

    path = Path(address).expanduser()
    if path.exists():
        path = path.absolute()
        if not path.is_dir() and not files.is_readable(path):
            kinds = " ".join(files.KINDS)
            raise UsageError(f"{address} is of no kind that can be read; known are {kinds}, each also with .gz.")
        return SourceState(stable_id("o", str(path)), str(path), "path", path.name)
    if "://" in address:
        raise UsageError(f"{address} cannot be followed: only http:// and https:// addresses can.")
    if _DOMAIN.fullmatch(address) and not files.is_readable(path):
        raise UsageError(f"{address} is no path here; if it is a site, write https://{address}.")
    raise UsageError(f"{address} does not exist: give a path, or an address that begins with https://.")
