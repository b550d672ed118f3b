"""A pass: the phases in their order, each of which can be repeated.

A pass that is killed leaves marks in the store of what is still to be done; the next one begins with them, and ends in
the state that the first would have reached.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from dateline import __version__
from dateline.config import Settings
from dateline.desk import building, fetching, grouping, reading
from dateline.desk.work import Progress, Work
from dateline.errors import StoreError
from dateline.model import Manifest
from dateline.store import Store
from dateline.text.ids import stable_id

PHASES = (
    fetching.fetch,
    reading.read,
    reading.copies,
    reading.tag,
    reading.code,
    grouping.group,
    building.relate,
    building.build,
)
LOCK = "pass.lock"


def run(
    store: Store, settings: Settings, now: str, *, progress: Progress | None, jobs: int | None, everything: bool
) -> Manifest:
    """Do one pass; raises StoreError where another one is under way on this desk."""
    with only_one(settings.folder):
        prepare(settings.folder, progress)
        begun = _begin(store, now)
        work = Work(store, settings, now, begun, jobs, everything, progress)
        for phase in PHASES:
            phase(work)
        made = replace(work.manifest or begun, finished=now)
        store.put_manifest(made)
        return made


def prepare(folder: Path, progress: Progress | None = None) -> None:
    """Make ready what taggers look up: the index of places (built once), and the desk's own lists where it has any."""
    from dateline.lexicon import actors, gazetteer

    gazetteer.ensure(progress)
    if (folder / "lexicon").is_dir():
        actors.use_folder(folder / "lexicon")


def deciding(store: Store, settings: Settings, now: str) -> Work:
    """Give what a decision works with: no pass, so that it counts in no manifest."""
    return Work(store, settings, now)


def _begin(store: Store, now: str) -> Manifest:
    """Begin a pass, or take up the one that was not finished."""
    from dateline import lexicon

    last = next(iter(store.manifests(limit=1)), None)
    if last is not None and last.finished is None:
        manifest = replace(last, code=__version__, lexicon=lexicon.fingerprint())
    else:
        id = stable_id("p", now, last.id if last else "")
        manifest = Manifest(id, now, None, 0, 0, 0, 0, 0, __version__, lexicon.fingerprint())
    store.put_manifest(manifest)
    return manifest


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the desk's lock; the system lets go of it when the process dies, however it dies."""
    try:
        import fcntl
    except ImportError:  # no such locks on this system: two passes at once do work twice, nothing worse
        yield
        return
    handle = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StoreError(f"Another pass is under way on {folder}: wait until it has ended.") from None
        yield
    finally:
        os.close(handle)
