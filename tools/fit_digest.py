"""Fit the weights of the digest (src/dateline/stories/digest.json) on clusters with a reference summary.

    python tools/fit_digest.py [--bench DIR] [--clusters N] [--rounds N] [--out FILE]

Data: neus_train.jsonl of the measuring data beside the project; only numbers come out of it. The weights are moved one at
a time, round by round, and kept where the sum of ROUGE-1, ROUGE-2 and ROUGE-L (F) at 55 words is highest.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path

import numpy as np
from rouge_score import rouge_scorer

from dateline.model import Article
from dateline.stories.choosing import Weights, dump, shipped
from dateline.stories.digest import in_order, pick

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
WORDS = 55
STEPS = (-0.4, -0.2, -0.1, 0.1, 0.2, 0.4)  # tried on each weight
BY_HAND = ("newest", "quoted", "first")  # the clusters have no dates, and are openings: what readers want decides


def load(path: Path, number: int) -> list[tuple[list[Article], str]]:
    """Read so many clusters with a fixed seed and make their candidates once."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    random.Random(11).shuffle(rows)
    made = []
    for row in rows[:number]:
        articles = in_order([Article(a["id"], None, a["title"], a["text"] or "") for a in row["articles"]])
        made.append((articles, row["gold_summary"]))
    return made


def worth(clusters: list[tuple[list[Article], str]], weights: Weights, scorer: rouge_scorer.RougeScorer) -> np.ndarray:
    """Give the means of the three ROUGE figures (F)."""
    total = np.zeros(3)
    for articles, gold in clusters:
        chosen = pick(articles, WORDS, weights)
        total += [each.fmeasure for each in scorer.score(gold, " ".join(c.text for c in chosen)).values()]
    return total / len(clusters)


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=BENCH)
    parser.add_argument("--clusters", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--out", type=Path, default=None)
    args = parser.parse_args()
    path = args.bench / "digest" / "neus_train.jsonl"
    if not path.is_file():
        sys.exit(f"fit_digest: no measuring data at {path}; give --bench")
    clusters = load(path, args.clusters)
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)
    best = dict(shipped())
    top = worth(clusters, best, scorer)
    print(top.round(4), best, flush=True)
    for _ in range(args.rounds):
        for name in (sign for sign in shipped() if sign not in BY_HAND):
            for step in STEPS:
                value = round(best[name] + step, 4)
                tried = {**best, name: value}
                found = worth(clusters, tried, scorer)
                if found.sum() > top.sum() + 1e-9:
                    best, top = tried, found
                    print(top.round(4), name, value, flush=True)
    print(dump(best))
    if args.out:
        args.out.write_text(dump(best), encoding="utf-8")


if __name__ == "__main__":
    main()
