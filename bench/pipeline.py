"""The whole pipeline on a desk: how many articles a second, and whether the last thousand cost more than the first.

Each article comes as a page and is read, grouped, digested, coded, stored and indexed, a thousand in a pass.
"""

from __future__ import annotations

import json
import os
import resource
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from itertools import islice
from pathlib import Path

from bench import _mixed

ARTICLES = int(os.environ.get("DATELINE_BENCH_PIPELINE", "4000"))  # the bar is for 20,000: some twenty minutes
PASS = 1_000


def run(out: Callable[[str], object]) -> dict[str, float]:
    """Feed a desk 1,000 articles a pass; print the rate of each pass; give the whole rate and last over first."""
    if not _mixed.is_here():
        out("pipeline: skipped, ../shared/bench is not here")
        return {}
    from dateline.desk import Desk

    taken: list[float] = []
    used: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        desk_folder, folder = Path(name) / "desk", Path(name) / "in"
        folder.mkdir()
        made = _mixed.articles(ARTICLES)
        os.environ["DATELINE_NOW"] = "2024-03-01T00:00:00Z"
        with closing(Desk.init(desk_folder)) as desk:
            for part in range(ARTICLES // PASS):
                path = folder / f"part-{part:03}.jsonl"
                pages = [json.dumps(_mixed.page(article)) + "\n" for article in islice(made, PASS)]
                path.write_text("".join(pages), encoding="utf-8")
                desk.add(str(path))
                begun, before = time.perf_counter(), _processor()
                desk.run_pass()
                taken.append(time.perf_counter() - begun)
                used.append(_processor() - before)
                out(
                    f"{(part + 1) * PASS:6,} articles: {PASS / taken[-1]:6.1f} a second, "
                    f"{1000 * used[-1] / PASS:5.1f} ms of processor time each, {_memory()} MB"
                )
            counts = desk.reader.counts()
        size = sum(path.stat().st_size for path in desk_folder.rglob("*") if path.is_file()) / counts.articles
    del os.environ["DATELINE_NOW"]
    out(f"{counts.articles:,} articles, {counts.stories:,} stories, {counts.events:,} events")
    rate, growth = len(taken) * PASS / sum(taken), taken[-1] / taken[0]
    out(f"the whole pipeline: {rate:.1f} articles a second; the last 1,000 {growth:.2f} times as dear as the first")
    each = 1000 * sum(used) / len(used) / PASS
    out(f"{each:.1f} ms of processor time an article in all processes")
    out(f"the desk takes {size / 1000:.1f} kB an article")
    return {
        "per_second": round(rate, 1),
        "last_over_first": round(growth, 2),
        "ms_an_article": round(each, 1),
        "kb_an_article": round(size / 1000, 1),
    }


def _processor() -> float:
    """Give the seconds of processor time that this process and those it waited for have used."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def _memory() -> int:
    """Give the most megabytes that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
