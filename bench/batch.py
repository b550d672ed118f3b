"""Batches: two processes beside one, and one beside the bare filters, over the same made articles."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import _mixed

SHARDS = 8
ARTICLES = int(os.environ.get("DATELINE_BENCH_BATCH", "40"))  # in one shard


def _bare(folder: Path) -> float:
    """Read and code the shards in this process, without a batch around it; give the seconds."""
    from dateline.batch.coding import code_page
    from dateline.sources import files

    begun = time.perf_counter()
    for path in sorted(folder.iterdir()):
        for found in files.read_file(path):
            code_page(found)  # type: ignore[arg-type]
    return time.perf_counter() - begun


def _batch(folder: Path, out: Path, jobs: int) -> float:
    from dateline.batch import run

    begun = time.perf_counter()
    made = run([str(folder)], out, jobs=jobs)
    if made.failed or made.rows["articles"] != SHARDS * ARTICLES:
        raise RuntimeError(f"The batch is not whole: {made}.")
    return time.perf_counter() - begun


def run(out: Callable[[str], object]) -> dict[str, float]:
    """Print the rates; give them."""
    if not _mixed.is_here():
        out("batch: skipped, ../shared/bench is not here")
        return {}
    from dateline.batch.coding import warm

    warm()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "in"
        folder.mkdir()
        made = list(_mixed.articles(SHARDS * ARTICLES))
        for shard in range(SHARDS):
            lines = made[shard * ARTICLES : (shard + 1) * ARTICLES]
            (folder / f"part-{shard}.jsonl").write_text("".join(json.dumps(a) + "\n" for a in lines), encoding="utf-8")
        bare = min(_bare(folder) for _ in range(2))
        one, two = (min(_batch(folder, Path(name) / f"out{jobs}{turn}", jobs) for turn in range(2)) for jobs in (1, 2))
    total = SHARDS * ARTICLES
    out(f"the bare filters, one process: {total / bare:.1f} articles of 400 words a second")
    out(f"batch, one process: {total / one:.1f} a second, {100 * (one / bare - 1):+.1f} %")
    out(f"batch, two processes: {total / two:.1f} a second, {one / two:.2f} times one")
    return {
        "overhead": round(one / bare - 1, 3),
        "two_over_one": round(one / two, 3),
        "per_second": round(total / two, 1),
    }
