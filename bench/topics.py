"""Topics of stories against labels by hand: how many of those given are right, how many stories have any.

`labels/topics/topics.tsv` names 240 stories of the measuring data: a story of allsides_dev and ecb_dev by the least id
of its articles, a cluster of neus_train and an article of lgl by its own. It says whether they are held back, and every
topic of the 17 that a reader of the opening would call right, the main one first. The ids of the third that is held
back (`held.txt`) were set down before the lexicon was tuned on the others; who labelled them had read their openings.
"""

from __future__ import annotations

import csv
import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from dateline.model import Article
from dateline.stories.topics import topics

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
LABELS = Path(__file__).parent / "labels" / "topics" / "topics.tsv"


def run(out: Callable[[str], None]) -> dict[str, float]:
    """Print precision and coverage on the developed and the held-back stories, beside the commonest topic for all."""
    if not BENCH.is_dir():
        out(f"no measuring data at {BENCH}: skipped")
        return {}
    with LABELS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    stories = {name: load(BENCH / f"{name}.jsonl") for name in sorted({row["set"] for row in rows})}
    start = time.perf_counter()
    given = {row["story"]: topics(stories[row["set"]][row["story"]]) for row in rows}
    each = (time.perf_counter() - start) / len(rows)
    figures: dict[str, float] = {}
    for name, held in (("developed", "no"), ("held", "yes")):
        of = [(given[row["story"]], row["topics"].split(",")) for row in rows if row["held"] == held]
        figures |= {f"{name}_{key}": value for key, value in measure(of).items()}
        common = Counter(right[0] for _, right in of).most_common(1)[0][0]
        always = sum(common in right for _, right in of) / len(of)
        out(
            f"{name:9} {len(of)} stories: precision {figures[f'{name}_precision']:.3f}, main topic found"
            f" {figures[f'{name}_main']:.3f}, any given {figures[f'{name}_coverage']:.3f};"
            f" always “{common}” would be right in {always:.3f}"
        )
    out(f"{each * 1000:.2f} ms a story")
    return figures


def load(path: Path) -> dict[str, list[Article]]:
    """Read the stories of a set, by their id."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    if isinstance(rows[0].get("gold"), str):
        of: dict[str, list[dict[str, str]]] = {}
        for row in rows:
            of.setdefault(row["gold"], []).append(row)
        return {min(a["id"] for a in members): [_article(a) for a in members] for members in of.values()}
    return {row["id"]: [_article(a) for a in row.get("articles") or [row]] for row in rows}


def _article(row: dict[str, str]) -> Article:
    return Article(row["id"], None, row.get("title"), row.get("text") or "", row.get("published"))


def measure(stories: list[tuple[tuple[str, ...], list[str]]]) -> dict[str, float]:
    """Give the share of given topics that are right, of main topics found, and of stories with any topic."""
    given = [(topic, right) for made, right in stories for topic in made]
    return {
        "precision": sum(topic in right for topic, right in given) / max(1, len(given)),
        "main": sum(right[0] in made for made, right in stories) / len(stories),
        "coverage": sum(bool(made) for made, _ in stories) / len(stories),
    }
