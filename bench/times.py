"""Times: `score_times.py` on TimeBank, and speed, beside HeidelTime's figures and dateparser in the same run."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dateline.tags.times import times

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
GOLD = BENCH / "times" / "timebank.jsonl"
# HeidelTime on a third of the set, as ../shared/bench/README.md has it; about 2 s a document with its start.
HEIDELTIME = {"strict_f1": 0.849, "value_f1": 0.754, "day_acc": 0.866}
SHOWN = ("strict_f1", "value_f1", "value_f1_date", "type_f1", "day_acc")
SAMPLE = 12  # documents that dateparser is given: it takes seconds for one


def _score(rows: list[dict[str, Any]], spans: dict[str, list[dict[str, Any]]]) -> dict[str, float]:
    """Run the scorer on the predictions for some records."""
    with tempfile.TemporaryDirectory() as folder:
        gold, pred = Path(folder) / "gold.jsonl", Path(folder) / "pred.jsonl"
        gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        pred.write_text("".join(json.dumps({"id": i, "spans": s}) + "\n" for i, s in spans.items()), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, str(BENCH / "score_times.py"), str(gold), str(pred)],
            capture_output=True,
            text=True,
            check=True,
        )
    figures: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


def _ours(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Tag one record."""
    return [
        {"start": s.start, "end": s.end, "value": s.value, "kind": s.kind, "from": s.from_, "to": s.to}
        for s in times(row["text"], row["published"])
    ]


def _dateparser(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Search one record with dateparser, relative to its publication."""
    from datetime import datetime

    from dateparser.search import search_dates  # type: ignore[import-untyped]

    base = datetime.fromisoformat(row["published"][:10])
    found = search_dates(row["text"], languages=["en"], settings={"RELATIVE_BASE": base}) or []
    out, at = [], 0
    for words, moment in found:
        start = row["text"].find(words, at)
        if start < 0:
            continue
        at = start + len(words)
        day = moment.date().isoformat()
        out.append({"start": start, "end": at, "value": day, "kind": "date", "from": day, "to": day})
    return out


def _run(rows: list[dict[str, Any]], tagger: Callable[[dict[str, Any]], list[dict[str, Any]]]) -> dict[str, float]:
    """Score a tagger and its speed on some records."""
    begun = time.perf_counter()
    spans = {row["id"]: tagger(row) for row in rows}
    figures = _score(rows, spans)
    figures["documents_a_second"] = round(len(rows) / (time.perf_counter() - begun), 2)
    return figures


def run(out: Callable[[str], object]) -> dict[str, float]:
    """Print our figures beside the others'; give ours."""
    if not GOLD.exists():
        out("times: skipped, ../shared/bench is not here")
        return {}
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    times("warm up", "2020-01-01")
    begun = time.perf_counter()
    for row in rows:
        times(row["text"], row["published"])
    speed = len(rows) / (time.perf_counter() - begun)
    ours = _run(rows, _ours)
    ours["documents_a_second"] = round(speed, 1)
    columns: dict[str, dict[str, float]] = {"ours": ours, "HeidelTime": HEIDELTIME | {"documents_a_second": 0.5}}
    try:
        columns[f"dateparser ({SAMPLE} docs)"] = _run(rows[:SAMPLE], _dateparser)
        columns[f"ours ({SAMPLE} docs)"] = _run(rows[:SAMPLE], _ours)
    except ImportError:
        out("dateparser is not installed: its column is left out")
    out(f"{'':20}" + "".join(f"{name:>22}" for name in columns))
    for key in (*SHOWN, "documents_a_second"):
        out(f"{key:20}" + "".join(f"{figures.get(key, float('nan')):22.3f}" for figures in columns.values()))
    return ours


if __name__ == "__main__":
    run(print)
