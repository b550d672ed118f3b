"""Fit the weights of the digest (src/dateline/stories/digest.json) on clusters with a reference summary.

    python tools/fit_digest.py [--bench DIR] [--clusters N] [--out FILE]

Data: neus_train.jsonl of the measuring data beside the project; only numbers come out of it. What a sentence is worth is
a ridge regression on how many words and pairs of words it has in common with the reference; what is lost by repeating
is chosen by the mean of ROUGE-1, ROUGE-2 and ROUGE-L.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path

import numpy as np
from rouge_score import rouge_scorer, tokenizers

from dateline.model import Article
from dateline.stories.candidates import Candidate, candidates
from dateline.stories.choosing import Weights, choose, signs
from dateline.stories.digest import MOST_SENTENCES, in_order, quotable, reading_order

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
WORDS = 55
PAIRS = 2.0  # a pair in common against a word in common
RIDGE = 50.0


def load(path: Path, number: int) -> list[tuple]:
    """Read so many clusters with a fixed seed and make their candidates and signs once."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    random.Random(11).shuffle(rows)
    made = []
    for row in rows[:number]:
        articles = in_order([Article(a["id"], None, a["title"], a["text"] or "") for a in row["articles"]])
        pool = candidates(articles)
        good = quotable(pool, WORDS)
        made.append((articles, good, signs(good, pool, articles), row["gold_summary"]))
    return made


def in_common(sentence: Candidate, gold: list[str], tokens: tokenizers.Tokenizer) -> float:
    """Count the words and pairs of a sentence that the reference has."""
    own = tokens.tokenize(sentence.text)
    known, pairs = set(gold), set(zip(gold, gold[1:], strict=False))
    return len(set(own) & known) + PAIRS * len(set(zip(own, own[1:], strict=False)) & pairs)


def worth(clusters: list[tuple], weights: Weights, scorer: rouge_scorer.RougeScorer) -> tuple[float, float, float]:
    """Give the mean of the three ROUGE figures (F)."""
    total = np.zeros(3)
    for articles, good, values, gold in clusters:
        chosen = reading_order(choose(good, values, WORDS, MOST_SENTENCES, weights), articles)
        scores = scorer.score(gold, " ".join(c.text for c in chosen))
        total += [each.fmeasure for each in scores.values()]
    return tuple(total / len(clusters))


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=BENCH)
    parser.add_argument("--clusters", type=int, default=1200)
    parser.add_argument("--out", type=Path, default=None)
    args = parser.parse_args()
    path = args.bench / "digest" / "neus_train.jsonl"
    if not path.is_file():
        sys.exit(f"fit_digest: no measuring data at {path}; give --bench")
    clusters = load(path, args.clusters)
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)
    tokens = tokenizers.DefaultTokenizer(use_stemmer=True)
    rows, targets = [], []
    for _, good, values, gold in clusters:
        reference = tokens.tokenize(gold)
        for sentence, value in zip(good, values, strict=True):
            rows.append([sentence.length * v for v in value])
            targets.append(in_common(sentence, reference, tokens))
    x, y = np.array(rows), np.array(targets)
    fitted = np.linalg.solve(x.T @ x + RIDGE * np.eye(x.shape[1]), x.T @ y)
    best, chosen = -1.0, None
    for redundant in (0.0, 0.3, 0.6, 1.0, 1.5):
        for same in (0.0, 1.0, 2.0):
            tried = Weights(tuple(np.round(fitted, 4).tolist()), redundant, same)
            found = worth(clusters[:250], tried, scorer)
            print(redundant, same, np.round(found, 4), flush=True)
            if sum(found) > best:
                best, chosen = sum(found), tried
    print(chosen.dump())
    if args.out:
        args.out.write_text(chosen.dump(), encoding="utf-8")


if __name__ == "__main__":
    main()
