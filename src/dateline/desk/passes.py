"""A pass: the phases in their order, each of which can be repeated and shared.

A pass that is killed leaves marks in the store of what is still to be done; the next one begins with them, and ends in
the state that the first would have reached. On PostgreSQL several processes do one pass together: they are in the same
phase at any moment, each takes in hand what nobody has, and the next phase begins when nothing is left of this one.
What must be done in one order (fetch, copies, group, relate) one of them does while the others wait.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from dateline import __version__
from dateline.config import Settings
from dateline.desk import retaining
from dateline.desk.manifests import finished, new_manifest
from dateline.desk.phases import building, fetching, grouping, reading
from dateline.desk.work import Progress, Work
from dateline.errors import StoreError
from dateline.model import Manifest
from dateline.store import Store
from dateline.store.ports import Evicted
from dateline.text.moments import order_key
from dateline.workers import collecting_seldom

LOCK = "pass.lock"
LISTS = "lexicon"  # a desk's own lists, a folder inside its folder
_PHASE, _PASS = "phase", "pass"  # what the store remembers: the pass under way and how far it is
_PAUSE = 0.1  # seconds between two looks at what others are doing
_REJOINS = 20  # times a process that was given up takes part again in one pass


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase: what is done, and which marks say that it is still to be done (None: one process does all of it)."""

    name: str
    do: Callable[[Work], None]
    step: str | None = None
    enter: Callable[[Work], None] | None = None  # done once, when the phase begins


PHASES = (
    Phase("fetch", fetching.fetch),
    Phase("read", reading.read, reading.READ),
    Phase("copies", reading.copies),
    Phase("tag", reading.tag, "tag"),
    Phase("code", reading.code, "code"),
    Phase("group", grouping.group),
    Phase("relate", building.relate),
    Phase("build", building.build, "build", building.mark_stale),
    Phase("retain", retaining.retain),
)


def run(
    store: Store, settings: Settings, now: str, *, progress: Progress | None, jobs: int | None, everything: bool
) -> Manifest:
    """Do one pass, or take part in the one under way; raises StoreError where that cannot be."""
    prepare(settings.folder, progress)
    for _again in range(_REJOINS):
        try:
            with working(store, settings), collecting_seldom():
                begun = _begin(store, now, settings.folder / LISTS)
                work = Work(store, settings, now, begun, jobs, everything, progress)
                while (phase := _phase(work)) is not None:
                    if (ended := _take_part(work, phase)) is not None:
                        return ended  # nothing is asked after this: who is killed now has done a whole pass
                return store.manifest(begun.id) or begun
        except Evicted as error:
            last = error
    raise last


def _take_part(work: Work, number: int) -> Manifest | None:
    """Do what can be done of a phase, and begin the next where nothing of it is left; give the pass that was ended."""
    store, phase = work.store, PHASES[number]
    if phase.step is not None:
        phase.do(work)
    elif store.claim(_PHASE, 1):
        phase.do(work)
        store.jobs_done(_PHASE, [phase.name])
    if _left(work, phase):
        time.sleep(_PAUSE)
        return None
    return _advance(work, number)


def _left(work: Work, phase: Phase) -> int:
    if phase.step == reading.READ:
        return work.store.count_waiting()
    return work.store.left(phase.step or _PHASE)


def _advance(work: Work, number: int) -> Manifest | None:
    """Begin the phase after `number`, unless another process has or something was left after all; or end the pass."""
    store = work.store
    with store.locked(_PASS):
        if _phase(work) != number or _left(work, PHASES[number]):
            return None
        if number + 1 < len(PHASES):
            _enter(work, number + 1)
            return None
        assert work.manifest is not None
        made = finished(store, work.manifest, work.now)
        store.put_manifest(made)
        store.remember(_PASS, None)
        store.clear_pass()
    return made


def _enter(work: Work, number: int) -> None:
    """Begin a phase, inside the lock."""
    store, phase = work.store, PHASES[number]
    assert work.manifest is not None
    store.remember(_PASS, f"{work.manifest.id} {number}")
    store.jobs_done(_PHASE, [each.name for each in PHASES])
    if phase.step is None:
        store.add_jobs(_PHASE, [phase.name])
    if phase.enter is not None:
        phase.enter(work)


def _phase(work: Work) -> int | None:
    """Give the number of the phase that the pass is in; None where it has ended."""
    id, _space, number = (work.store.remembered(_PASS) or "").partition(" ")
    return int(number) if work.manifest is not None and id == work.manifest.id else None


def _begin(store: Store, now: str, lists: Path) -> Manifest:
    """Begin a pass, or take up the one that was not finished, or join those who are at it."""
    with store.locked(_PASS):
        id, _space, _number = (store.remembered(_PASS) or "").partition(" ")
        last = next(iter(store.manifests(limit=1)), None)
        found = store.manifest(id) if id else last
        if found is None or found.finished is not None:
            manifest = new_manifest(now, last, lists)
            store.clear_pass()
        else:
            manifest = new_manifest(now, last, lists, taken_up=found)
            if id and store.workers() > 1:
                if (manifest.code, manifest.lexicon) != (found.code, found.lexicon):
                    raise StoreError(
                        f"A pass of dateline {found.code} is under way, and this is {__version__} or has other data "
                        "lists: wait until it has ended, then let all machines run the same."
                    )
                return found
        manifest = _mind_clock(store, manifest, last, now)
        store.put_manifest(manifest)
        _enter(Work(store, Settings(Path(), ""), now, manifest), 0)
    return manifest


def _mind_clock(store: Store, manifest: Manifest, last: Manifest | None, now: str) -> Manifest:
    """Note where the clock is behind the last pass, and let no source wait for a time that was never meant."""
    if last is None or order_key(last.started) <= order_key(now):
        return manifest
    for state in store.sources():
        if state.last_success and state.next_poll and order_key(state.last_success) > order_key(now):
            store.put_source(replace(state, next_poll=None))
    note = f"The clock says {now}, which is before the last pass ({last.started}): check the clock of this machine."
    return replace(manifest, notes=(*manifest.notes, note)) if note not in manifest.notes else manifest


def prepare(folder: Path, progress: Progress | None = None) -> None:
    """Make ready what taggers look up: the index of places, built once, and this desk's own lists."""
    from dateline.lexicon import own
    from dateline.lexicon.named import gazetteer

    gazetteer.ensure(progress)
    own.use_folder(folder / LISTS)


@contextmanager
def working(store: Store, settings: Settings, *, alone: bool = False) -> Iterator[None]:
    """Take part in the work on the desk; raises StoreError where another process is in the way.

    An SQLite desk is worked on by one process at a time, a PostgreSQL one by as many as there are unless one must be
    `alone`.
    """
    if settings.database.startswith("sqlite:"):
        with only_one(settings.folder), store.working(alone=alone):
            yield
    else:
        with store.working(alone=alone):
            yield


@contextmanager
def deciding(store: Store, settings: Settings, now: str) -> Iterator[Work]:
    """Give what a decision works with: no pass, so that it counts in no manifest, and nobody else at work."""
    with working(store, settings, alone=True):
        yield Work(store, settings, now)


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
            raise StoreError(
                f"Another pass is under way on {folder}: wait until it has ended (several at once need PostgreSQL)."
            ) from None
        yield
    finally:
        os.close(handle)
