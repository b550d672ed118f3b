"""Shards on a Dask cluster: the same code, in a process each, under a program that each worker keeps."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

from dateline import codec
from dateline.batch.coding import Task
from dateline.batch.here import TRIES, Outcome
from dateline.errors import UsageError


def outcomes(tasks: list[Task], address: str) -> Iterator[Outcome]:
    """Do tasks on the cluster whose scheduler is at `address` (`HOST:PORT`); give each with what came of it.

    Every worker must see the shards and the output under the same names. A worker that dies gives its task to another.
    Raises UsageError where `distributed` is not installed or nobody answers.
    """
    try:
        import distributed
    except ImportError:
        raise UsageError("A cluster needs Dask: install it with `pip install 'dateline[cluster]'`.") from None
    try:
        client: Any = _library(distributed).Client(f"tcp://{address}", timeout="20s")
    except (OSError, ValueError) as error:
        raise UsageError(f"No Dask scheduler answers at {address}: {error}.") from None
    with client:
        futures = {client.submit(in_child, task, pure=False, key=f"shard-{task.shard.name}"): task for task in tasks}
        for future in _library(distributed).as_completed(futures):
            yield futures[future], _outcome(future)


def _library(module: Any) -> Any:
    """Give a library whose functions have no types."""
    return module


def in_child(task: Task) -> int | str:
    """Do a task under a child program of this worker's thread; give how many articles, or why it failed."""
    for _try in range(TRIES):
        child = getattr(_of_thread, "child", None) or _Child()
        _of_thread.child = child
        answer = child.ask(task)
        if answer is not None:
            return answer
        _of_thread.child = None
    return "the program that does shards died"


_of_thread = threading.local()  # a worker's threads live as long as the worker


class _Child:
    """A program that does one shard after another; it ends with this process, whose end of the pipe closes."""

    def __init__(self) -> None:
        self.program = subprocess.Popen(
            [sys.executable, "-m", "dateline.batch.child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def ask(self, task: Task) -> int | str | None:
        """Have a task done; None where the program died over it."""
        assert self.program.stdin is not None and self.program.stdout is not None
        try:
            self.program.stdin.write(codec.encode(task) + b"\n")
            self.program.stdin.flush()
        except BrokenPipeError:
            return None
        line = self.program.stdout.readline()
        if not line.endswith(b"\n"):
            self.program.wait()
            return None
        answer: int | str = codec.parse(line)
        return answer


def _outcome(future: Any) -> int | str:
    try:
        answer: int | str = future.result()
    except Exception as error:  # noqa: BLE001 - KilledWorker and its like: the shard failed, the rest go on
        return f"{type(error).__name__}: {error}"
    return answer
