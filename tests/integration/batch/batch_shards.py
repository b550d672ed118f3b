"""Small shards in our own words, and what a killer of processes needs."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

SENTENCES = (
    "Harbour police arrested two fishermen from Port Vell on Monday.",
    "The mayor of Orsk said at least 19 people died when a dam broke on 3 March 2026.",
    "Rain fell on the valley for a third day and the ferry did not sail.",
    "Teachers marched through Port Vell on Tuesday to demand higher pay.",
)


def record(shard: int, number: int) -> dict[str, Any]:
    """Give one article of a shard."""
    lines = [SENTENCES[(shard + number + step) % len(SENTENCES)] for step in range(2)]
    return {
        "id": f"n{shard}-{number}",
        "title": f"Report {number} of ledger {shard}",
        "text": f"{lines[0]}\n\n{lines[1]} Ledger {shard} has it on page {number}.",
        "published": f"2026-03-0{1 + number % 4}T10:00:00Z",
        "publisher": "The Harbour Ledger",
    }


def write_shards(folder: Path, count: int, size: int = 3) -> Path:
    """Write shards of some articles each, one damaged line among them."""
    folder.mkdir(parents=True, exist_ok=True)
    for shard in range(count):
        lines = [json.dumps(record(shard, number)) for number in range(size)]
        (folder / f"part-{shard:02}.jsonl").write_text("\n".join([*lines, "{broken"]) + "\n", encoding="utf-8")
    return folder


class Killer(threading.Thread):
    """Kill the process that works on a shard: `once`, or whenever one does."""

    def __init__(self, out: Path, shard: str, *, once: bool) -> None:
        super().__init__(daemon=True)
        self.note, self.once = out / "_working" / f"{shard}.json", once
        self.killed: list[int] = []
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.is_set():
            with contextlib.suppress(OSError, ValueError):
                process = json.loads(self.note.read_text(encoding="utf-8"))["process"]
                if process not in self.killed:
                    self.killed.append(process)
                    os.kill(process, signal.SIGKILL)
                    if self.once:
                        return
            time.sleep(0.002)

    def __enter__(self) -> Killer:
        self.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self.over.set()
        self.join()


def tables(out: Path) -> dict[str, bytes]:
    """Give the bytes of all tables of an output, by path."""
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.glob("*/*.parquet"))}
