"""Parties: how many get the right code and sector, and how fast, beside a bare list of countries and demonyms."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

SHARED = Path(__file__).parents[2] / "shared" / "bench"
GOLDEN = Path(__file__).parents[1] / "tests" / "golden" / "actors.jsonl"


def run(out: Callable[[str], None]) -> dict[str, float]:
    """Score our own sentences, and the parties of the gold standard records where they are here."""
    figures = _golden()
    out(
        f"own sentences: code right {figures['own_code']:.3f}, sector right {figures['own_sector']:.3f},"
        f" {figures['texts_a_second']:.0f} sentences a second"
    )
    gold = SHARED / "events" / "plover_gsr_dev.jsonl"
    if not gold.exists():
        out("The measuring data (../shared/bench) is not here; the gold standard records are not measured.")
        return figures
    ours, bare = _records(gold)
    figures["gsr_code"] = ours
    out(f"parties of the gold standard records, given their words: accepted code {ours:.3f}")
    out(
        f"the same with countries, demonyms and capitals alone: {bare:.3f}; a list of 34,000 names: .80 (shared README)"
    )
    return figures


def _golden() -> dict[str, float]:
    from dateline.tags.actors import actors

    records = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    actors("The army.")  # the lists are read at first use
    started = time.perf_counter()
    found = [actors(record["text"], record["published"]) for record in records]
    seconds = time.perf_counter() - started
    codes = sectors = total = asked = 0
    for record, spans in zip(records, found, strict=True):
        for gold in record["actors"]:
            near = [s for s in spans if s.start < gold["end"] and gold["start"] < s.end]
            best = max(near, key=lambda s: min(s.end, gold["end"]) - max(s.start, gold["start"]), default=None)
            total += 1
            codes += best is not None and best.code == gold["code"]
            if "sector" in gold:
                asked += 1
                sectors += best is not None and best.sector == gold["sector"]
    return {
        "own_code": round(codes / total, 4),
        "own_sector": round(sectors / asked, 4),
        "texts_a_second": round(len(records) / seconds),
    }


def _records(path: Path) -> tuple[float, float]:
    from dateline.lexicon.named.countries import by_demonym, by_name, by_seat
    from dateline.lexicon.named.names import tokens
    from dateline.tags.actors import resolve

    ours = bare = total = 0
    for line in path.read_text(encoding="utf-8").strip().split("\n"):
        record = json.loads(line)
        for party in (*record["gold"]["actors"], *record["gold"]["recipients"]):
            if not party["code_ok"]:
                continue
            total += 1
            found = resolve(party["text"], None, record["text"])
            ours += found is not None and found.code in party["code_ok"]
            keys = [token.key for token in tokens(party["text"])]
            pairs = keys + [" ".join(pair) for pair in pairwise(keys)]
            country = next((t[k] for k in pairs for t in (by_name(), by_demonym(), by_seat()) if k in t), None)
            bare += country is not None and country.party in party["code_ok"]
    return round(ours / total, 4), round(bare / total, 4)
