"""Shards for a worker that may start no processes of its own but programs: `python -m dateline.batch.child`.

It loads what shards need once, then does a shard a line of standard input, each in a process forked from itself, and
answers a line each. When the input ends, which it does when the worker dies, all of it ends, so that no two work on a
shard.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import sys
import threading

from dateline import codec
from dateline.batch import here
from dateline.batch.coding import Task, warm


def main() -> None:
    """Do the tasks that standard input brings."""
    lines: queue.Queue[bytes] = queue.Queue()
    warm()
    threading.Thread(target=_listen, args=(lines,), daemon=True).start()
    while True:
        task = codec.decode(lines.get(), Task)
        for _task, answer in here.outcomes([task], 1):
            sys.stdout.buffer.write(codec.encode(answer) + b"\n")
            sys.stdout.flush()


def _listen(lines: queue.Queue[bytes]) -> None:
    """Put each line of standard input into a queue, and end everything with it.

    It is read below `sys.stdin`, whose lock a process forked meanwhile would inherit and wait for in vain.
    """
    held = b""
    while block := os.read(0, 1 << 16):
        *whole, held = (held + block).split(b"\n")
        for line in whole:
            lines.put(line)
    for process in multiprocessing.active_children():
        process.kill()
    os._exit(0)


if __name__ == "__main__":
    main()
