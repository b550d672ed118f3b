"""Shards on this machine: a process each, so that one that takes its process down is alone in that."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Iterator
from multiprocessing.connection import wait
from typing import Any

from dateline.batch.coding import Task, code_shard, warm
from dateline.workers import collecting_seldom

TRIES = 2  # a process may be killed for another's sake, once
Outcome = tuple[Task, int | str]  # how many articles, or why it failed


def outcomes(tasks: list[Task], jobs: int) -> Iterator[Outcome]:
    """Do tasks in up to `jobs` processes; give each with what came of it, as they end."""
    warm()
    with collecting_seldom():  # else each process looks through, and so copies, all that was loaded for it
        yield from _outcomes(tasks, jobs)


def _outcomes(tasks: list[Task], jobs: int) -> Iterator[Outcome]:
    context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    left = [(task, 1) for task in reversed(tasks)]
    running: dict[Any, tuple[Any, Task, int]] = {}
    try:
        while left or running:
            while left and len(running) < jobs:
                task, number = left.pop()
                ours, theirs = context.Pipe(duplex=False)
                process = context.Process(target=_child, args=(task, theirs), daemon=True)
                process.start()
                theirs.close()
                running[ours] = (process, task, number)
            ready: list[Any] = list(wait(list(running)))
            for ours in ready:
                process, task, number = running.pop(ours)
                answer = _answer(ours, process)
                if isinstance(answer, str) and answer.startswith(_DIED) and number < TRIES:
                    left.append((task, number + 1))
                else:
                    yield task, answer
    finally:
        for process, _task, _number in running.values():
            process.terminate()


_DIED = "its process died"


def _answer(ours: Any, process: Any) -> int | str:
    try:
        answer: int | str = ours.recv()
    except EOFError:
        process.join()
        return f"{_DIED} ({_ending(process.exitcode)})"
    process.join()
    return answer


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"status {code}"


def _child(task: Task, answer: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    try:
        answer.send(code_shard(task))
    except Exception as error:  # noqa: BLE001 - one bad shard never stops the rest
        answer.send(f"{type(error).__name__}: {error}")
