"""Counts and attribution: our own sentences, beside a baseline of bare numbers, and their speed."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from dateline.tags.attribution import attribution
from dateline.tags.counts import counts

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
TEXTS = ROOT.parent / "shared" / "bench" / "times" / "timebank.jsonl"
Answer = tuple[Any, ...]


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLDEN / name).read_text(encoding="utf-8").splitlines()]


def _ours(text: str) -> Iterable[Answer]:
    return ((c.what, c.low, c.high, c.qualifier) for c in counts(text))


def _bare(text: str) -> Iterable[Answer]:
    """Read each figure as so many of the next word that names a state, exactly: what a pattern of one line gives."""
    states = {
        "killed": "dead",
        "dead": "dead",
        "died": "dead",
        "wounded": "wounded",
        "injured": "wounded",
        "arrested": "held",
    }
    found = re.search(r"\b(killed|dead|died|wounded|injured|arrested)\b", text)
    if found:
        for match in re.finditer(r"\b\d[\d,]*\b", text):
            value = int(match.group().replace(",", ""))
            yield states[found.group()], value, value, "exactly"


def _share(rows: list[dict[str, Any]], reader: Callable[[str], Iterable[Answer]]) -> float:
    """Give the share of sentences with every count right in all four fields."""
    right = 0
    for row in rows:
        wanted = Counter((c["what"], c["low"], c["high"], c["qualifier"]) for c in row["counts"])
        right += wanted == Counter(reader(row["text"]))
    return right / len(rows)


def _speakers(rows: list[dict[str, Any]]) -> float:
    """Give the share of texts with every speaker and verb right."""
    right = 0
    for row in rows:
        wanted = {(s["speaker"], s["verb"]) for s in row["says"]}
        got = {(s.speaker.text, s.verb.text) for s in attribution(row["text"]) if s.speaker and s.verb}
        right += wanted == got
    return right / len(rows)


def run(out: Callable[[str], object]) -> dict[str, float]:
    """Print our figures beside the baseline's; give ours."""
    figures: dict[str, float] = {}
    out(f"{'':28}{'ours':>10}{'bare numbers':>14}")
    rows = _rows("counts.jsonl")
    for part in ("dev", "held"):
        some = [row for row in rows if row["part"] == part]
        figures[f"counts_{part}"] = _share(some, _ours)
        ours, bare = figures[f"counts_{part}"], _share(some, _bare)
        out(f"counts all right, {part:10}{ours:10.3f}{bare:14.3f}  ({len(some)} sentences)")
    says = _rows("attribution.jsonl")
    for part in ("dev", "held"):
        some = [row for row in says if row["part"] == part]
        figures[f"attribution_{part}"] = _speakers(some)
        out(f"speaker and verb, {part:10}{figures[f'attribution_{part}']:10.3f}{'':14}  ({len(some)} texts)")
    if not TEXTS.exists():
        out("speed: skipped, ../shared/bench is not here")
        return figures
    texts = [json.loads(line)["text"] for line in TEXTS.read_text(encoding="utf-8").splitlines()]
    size = sum(map(len, texts)) / 1e6
    for name, tagger in (("counts", counts), ("attribution", attribution)):
        begun = time.perf_counter()
        for text in texts:
            tagger(text)
        figures[f"{name}_mb_a_second"] = size / (time.perf_counter() - begun)
        out(f"{name + ', MB a second':28}{figures[f'{name}_mb_a_second']:10.2f}")
    return figures


if __name__ == "__main__":
    run(print)
