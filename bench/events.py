"""Events: the seed page, PLOVER gold standard records, MUC-4 reports, confidence and speed, beside the baselines."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

SHARED = Path(__file__).parents[2] / "shared" / "bench"
_EVERY = 7  # of the 1,300 MUC-4 reports, one in so many is coded: enough for ±.03
_TEXTS = 40  # articles in the measurement of speed
_TURN = 8  # of them at a time
_BASELINE = {  # ../shared/bench/README.md: spaCy, 172 verbs and a list of 34,000 names
    "type_any": 0.54,
    "type_best": 0.51,
    "actor_code": 0.54,
    "recipient_code": 0.55,
    "triple_f1": 0.28,
}


def run(out: Callable[[str], None]) -> dict[str, float]:
    """Score the coder where the measuring data is; print our figures beside the baselines'."""
    if not SHARED.exists():
        out("The measuring data (../shared/bench) is not here; events are not measured.")
        return {}
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        figures |= _seed(out, Path(folder))
        figures |= _plover(out, Path(folder))
        figures |= _muc(out, Path(folder))
    figures |= _ordinary(out)
    figures |= _reliability(out)
    figures |= _speed(out)
    figures |= _start(out)
    return figures


def _coded(records: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    from dateline.codec import to_wire
    from dateline.events import code, merge
    from dateline.tags import tag

    for record in records:
        text, day = record["text"], record.get("published")
        mentions = code(record["id"], text, day, title=record.get("title"), tags=tag(text, day))
        events = merge(mentions, order=[record["id"]], families={})
        yield {
            "id": record["id"],
            "text": text,
            "mentions": [to_wire(m) for m in mentions],
            "events": [to_wire(e) for e in events],
        }


def _write(path: Path, records: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    return path


def _scored(script: str, *args: str | Path) -> dict[str, Any]:
    command = [sys.executable, str(SHARED / script), *map(str, args)]
    lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    found: dict[str, Any] = json.loads(lines[-1])
    return found


def _seed(out: Callable[[str], None], folder: Path) -> dict[str, float]:
    gold = json.loads((SHARED / "seed" / "gold_article.json").read_text(encoding="utf-8"))
    day = "2023-10-27"
    records = [{"id": "seed", "text": gold["text"], "published": day}]
    records += [
        {"id": f"seed-related-{n}", "text": f"{r['title']}\n\n{r['summary']}", "published": day}
        for n, r in enumerate(gold["related"], 1)
    ]
    got = _scored("score_seed.py", SHARED / "seed", "-", _write(folder / "seed.jsonl", list(_coded(records))))
    out(
        f"seed page: {got['found']} of {got['core']} core events found, {got['complete']} complete,"
        f" {len(got['violations'])} rules broken, {got['extra']} extra"
    )
    return {"seed_complete": got["complete"], "seed_broken": len(got["violations"]), "seed_extra": got["extra"]}


def _plover(out: Callable[[str], None], folder: Path) -> dict[str, float]:
    gold = SHARED / "events" / "plover_gsr_dev.jsonl"
    records = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    answers = list(_coded([{"id": r["id"], "text": r["text"], "published": r["published"]} for r in records]))
    got = _scored("score_events.py", gold, _write(folder / "plover.jsonl", answers))
    for name, peer in _BASELINE.items():
        out(f"plover_gsr {name}: {got[name]:.3f} (baseline {peer:.2f})")
    out(f"plover_gsr spurious mentions a record: {got['spurious']:.3f}")
    return {name: got[name] for name in (*_BASELINE, "spurious")}


def _ordinary(out: Callable[[str], None]) -> dict[str, float]:
    from bench._ordinary import measure

    return measure(SHARED, out)


def _reliability(out: Callable[[str], None]) -> dict[str, float]:
    """Print how often each confidence is right on documents that did not fit it: those with even numbers."""
    from bench._reliability import muc, plover, table

    events, scorer = SHARED / "events", SHARED / "score_muc.py"
    rows = list(plover(events / "plover_gsr_dev.jsonl", lambda n: n % 2 == 0))
    rows += muc(events / "muc4_dev.jsonl", scorer, lambda n: n % 2 == 0 and n % _EVERY == 0)
    gap = table(rows, out)
    out(f"confidence: mean gap between what is said and what is right {gap:.3f}")
    return {"confidence_gap": gap}


def _muc(out: Callable[[str], None], folder: Path) -> dict[str, float]:
    lines = (SHARED / "events" / "muc4_dev.jsonl").read_text(encoding="utf-8").splitlines()[::_EVERY]
    records = [json.loads(line) for line in lines]
    answers = list(_coded([{"id": r["id"], "text": r["text"], "published": r["published"]} for r in records]))
    gold = _write(folder / "gold.jsonl", records)
    got = _scored("score_muc.py", gold, _write(folder / "muc.jsonl", answers))
    out(f"muc4, every {_EVERY}th report: slots F1 {got['slots_f1']:.3f}, over all candidates {got['slots_f1_all']:.3f}")
    slots = ("type", "kind", "date", "place", "place_fine", "perpetrator", "target", "weapon", "dead", "wounded")
    out("  " + ", ".join(f"{slot} {got[slot]['f1']:.3f}" for slot in slots))
    out(f"  status {got['status']:.3f}, hedged {got['status_hedged']:.3f} of {got['hedged']}")
    found = {"muc_slots_f1": got["slots_f1"], "muc_status": got["status"], "muc_hedged": got["status_hedged"]}
    return found | {f"muc_{slot}": got[slot]["f1"] for slot in ("date", "place", "dead")}


def _speed(out: Callable[[str], None]) -> dict[str, float]:
    from dateline.events import code
    from dateline.tags import tag
    from dateline.text.parse import model_name

    lines = (SHARED / "articles" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [" ".join(json.loads(line)["text"].split(" ")[:500]) for line in lines][:: max(len(lines) // _TEXTS, 1)]
    peer = import_module(model_name()).load()  # the same model with all its parts
    for text in texts[:3]:  # models and lists are read at first use
        code("a", text, None, tags=tag(text))
        peer(text)
    ours = theirs = 0.0
    for start in range(0, len(texts), _TURN):  # by turns, so that a busy machine slows both alike
        part = texts[start : start + _TURN]
        began = time.process_time()
        for text in part:
            code("a", text, "2020-01-01", tags=tag(text, "2020-01-01"))
        ours += time.process_time() - began
        began = time.process_time()
        for _ in peer.pipe(part):
            pass
        theirs += time.process_time() - began
    rates = (len(texts) / ours, len(texts) / theirs)
    out(
        f"speed: {rates[0]:.1f} texts of 500 words a second with tags; spaCy's full pipeline {rates[1]:.1f}"
        f" ({theirs / ours:.2f} times)"
    )
    return {"texts_a_second": rates[0], "times_spacy": theirs / ours}


def _start(out: Callable[[str], None]) -> dict[str, float]:
    """Time `dateline code --jobs 1` from its start, without a record and with one, and take its greatest memory."""
    command = [sys.executable, "-m", "dateline", "code", "--jobs", "1"]
    record = {
        "id": "a",
        "text": "Kenyan troops shelled a rebel camp near Garissa on Monday.",
        "published": "2024-05-17",
    }
    lines = (SHARED / "articles" / "gold.jsonl").read_text(encoding="utf-8").splitlines()[:_TEXTS]
    many = [{"id": str(n), "text": json.loads(line)["text"]} for n, line in enumerate(lines)]
    figures = {}
    for name, records in (("empty", []), ("one", [record]), ("many", many)):
        fed = "".join(json.dumps(r) + "\n" for r in records)
        best = None
        for _ in range(1 if name == "many" else 3):  # the first warms the disk's cache
            began = time.perf_counter()
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, input=fed, capture_output=True, text=True, check=True)
            spent = resource.getrusage(resource.RUSAGE_CHILDREN)
            used = spent.ru_utime + spent.ru_stime - before.ru_utime - before.ru_stime
            wall = time.perf_counter() - began
            best = (wall, used) if best is None or wall < best[0] else best
        assert best is not None
        if name != "many":
            out(f"start-up: {best[0]:.2f} s ({best[1]:.2f} s of the processor) for {name} record")
            figures[f"start_{name}_s"] = best[0]
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    out(f"memory: {memory:.0f} MB at most for {len(many)} whole articles")
    return figures | {"memory_mb": memory}
