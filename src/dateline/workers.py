"""Run one function over many records, in order, in several processes, so that one bad record never stops the rest."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import multiprocessing
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from types import FrameType
from typing import Generic, TypeVar

In = TypeVar("In")
Out = TypeVar("Out")

TIME_LIMIT = 60  # seconds one record may take: a page made to be slow must not hold up the others
_END_WITH_PARENT = 1  # PR_SET_PDEATHSIG of <linux/prctl.h>
_WINDOW = 8  # records in flight for each process: enough to keep all busy, few enough for constant memory


@dataclass(frozen=True, slots=True)
class Failed:
    """What came of a record whose function raised, ran out of time or took its process down."""

    reason: str


class _OutOfTime(BaseException):
    """End a record's time; no `except Exception` on its way may take this for one of its own failures."""


def cores() -> int:
    """Count the processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def ordered(
    function: Callable[[In], Out], items: Iterable[In], *, jobs: int | None = None, limit: int = TIME_LIMIT
) -> Iterator[tuple[In, Out | Failed]]:
    """Yield each item with what `function` makes of it, in the order of the items and as soon as each is ready.

    `jobs` processes are used (default: the cores there are); with 1 the function runs in this process. `function` must
    be importable by name. A record that raises, takes more than `limit` seconds or kills its process gives a `Failed`.
    """
    wanted = cores() if jobs is None else max(1, jobs)
    if wanted == 1:
        for item in items:
            yield item, _guarded(function, item, limit)
        return
    yield from _Pool(function, wanted, limit).run(items)


def _guarded(function: Callable[[In], Out], item: In, limit: int) -> Out | Failed:
    try:
        with _time_limit(limit):
            return function(item)
    except _OutOfTime:
        return Failed(f"took more than {limit} seconds")
    except RecursionError:
        return Failed("nested too deeply")
    except MemoryError:
        return Failed("needed too much memory")
    except Exception as error:  # noqa: BLE001 - whatever a record does, the others go on
        return Failed(f"{type(error).__name__}: {error}")


@contextlib.contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise _OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _calm() -> None:
    """Leave Ctrl-C to the parent, so that workers print no tracebacks of their own; end when it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":  # an orphan would wait for ever, and hold what it inherited (a database's connection)
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)


_SELDOM = (50_000, 20, 50)


@contextlib.contextmanager
def collecting_seldom() -> Iterator[None]:
    """Have Python look for lost cycles seldom, and never among what is loaded already.

    The lexicons and the language model are millions of objects that never go; looking through them again and again
    takes a twelfth of a pass, and a server stands still for a tenth of a second each time. What the caller had set is
    set again at the end.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


_starts: dict[Callable[..., object], tuple[object, ...]] = {}


def at_start(function: Callable[..., object], *args: object) -> None:
    """Have each process that starts from now on call a function first, with the last arguments that were given here.

    Where processes are forked they have what it did already; elsewhere they begin with nothing.
    """
    _starts[function] = args


def _begin(starts: Mapping[Callable[..., object], tuple[object, ...]]) -> None:
    _calm()
    for function, args in starts.items():
        function(*args)
    gc.freeze()
    gc.set_threshold(*_SELDOM)


def _nothing() -> None:
    return None


class _Pool(Generic[In, Out]):
    """Processes fed by a thread, so that a slow stream of items does not hold back results that are ready."""

    def __init__(self, function: Callable[[In], Out], jobs: int, limit: int) -> None:
        self.function, self.jobs, self.limit = function, jobs, limit
        # fork shares what is already loaded; elsewhere each process starts afresh
        self.context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self.pool = self._start(jobs)
        self.stopped = threading.Event()

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        pool = self._pool(jobs)
        pool.submit(_nothing).result()  # fork here, in the main thread, before the feeder starts
        return pool

    def _pool(self, jobs: int) -> ProcessPoolExecutor:
        starts = {} if self.context.get_start_method() == "fork" else dict(_starts)
        return ProcessPoolExecutor(jobs, mp_context=self.context, initializer=_begin, initargs=(starts,))

    def run(self, items: Iterable[In]) -> Iterator[tuple[In, Out | Failed]]:
        waiting: queue.Queue[tuple[In, Future[Out | Failed] | None] | BaseException | None]
        waiting = queue.Queue(maxsize=self.jobs * _WINDOW)
        feeder = threading.Thread(target=self._feed, args=(items, waiting), daemon=True)
        feeder.start()
        try:
            while (entry := waiting.get()) is not None:
                if isinstance(entry, BaseException):
                    raise entry
                item, future = entry
                try:
                    yield item, (future.result() if future else self._alone(item))
                except BrokenProcessPool:
                    yield item, self._alone(item)
        finally:
            self.stopped.set()
            with contextlib.suppress(queue.Empty):
                while True:
                    waiting.get_nowait()
            self.pool.shutdown(wait=True, cancel_futures=True)  # at most what is in hand is finished

    def _feed(
        self, items: Iterable[In], waiting: queue.Queue[tuple[In, Future[Out | Failed] | None] | BaseException | None]
    ) -> None:
        try:
            for item in items:
                try:
                    future = self.pool.submit(_guarded, self.function, item, self.limit)
                except (BrokenProcessPool, RuntimeError):
                    future = None  # a record took the pool down; this one is run alone
                waiting.put((item, future))
                if self.stopped.is_set():
                    return
            waiting.put(None)
        except BaseException as error:  # noqa: BLE001 - handed to the consumer, who raises it
            waiting.put(error)

    def _alone(self, item: In) -> Out | Failed:
        """Run one item in a process of its own, so that only the record that kills it is lost."""
        with self._pool(1) as pool:
            try:
                return pool.submit(_guarded, self.function, item, self.limit).result()
            except BrokenProcessPool:
                return Failed("took its process down")
