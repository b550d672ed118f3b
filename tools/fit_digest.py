"""Fit the weights of the digest (src/dateline/stories/digest.json) on clusters with a reference summary.

    python tools/fit_digest.py [--bench DIR] [--clusters N] [--folds N] [--out FILE]

Data: neus_train.jsonl of the measuring data beside the project, which holds other clusters than neus_val.jsonl; only
numbers come out of it. For each cluster all sets of quotable sentences within 55 words are listed with their signs and
with their worth, the sum of ROUGE-1, ROUGE-2 and ROUGE-L (F) against the summary. The weights in `FITTED` are those with
which a soft choice among the sets (their shares are the softmax of 40 times the weighted signs) is worth most, less a
small penalty on large weights. The weights in `BY_HAND` stay as they are. Printed are the figures on the clusters the
weights are fitted on, and those of a cross-validation over clusters.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rouge_score import rouge_scorer
from scipy.optimize import minimize

from dateline.model import Article
from dateline.stories.candidates import candidates
from dateline.stories.choosing import BY_HAND, FITTED, dump, shipped, signs, survey
from dateline.stories.digest import MOST_SENTENCES, in_order, quotable

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
WORDS = 55
SOFTNESS = 40.0
PENALTY = 5e-4  # on squared weights, each times the spread of its sign
MOST_SETS = 300  # of one cluster
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cluster:
    """The sets of sentences of one cluster: their signs (sets x signs) and ROUGE figures (sets x 3)."""

    signs: Floats
    rouge: Floats


def load(path: Path, number: int) -> list[Cluster]:
    """Read so many clusters with a fixed seed; those that give no set are left out."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    random.Random(11).shuffle(rows)
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)
    made = []
    for row in rows[:number]:
        articles = in_order([Article(a["id"], None, a["title"], a["text"] or "") for a in row["articles"]])
        pool = candidates(articles)
        field = survey(quotable(pool, WORDS), pool, articles)
        listed = sets([c.length for c in field.good])
        if not listed or len(listed) > MOST_SETS:
            continue
        texts = [" ".join(field.good[at].text for at in chosen) for chosen in listed]
        figures = [[each.fmeasure for each in scorer.score(row["gold_summary"], text).values()] for text in texts]
        made.append(Cluster(np.array([signs(field, chosen, WORDS) for chosen in listed]), np.array(figures)))
    return made


def sets(lengths: list[int]) -> list[tuple[int, ...]]:
    """List the sets of sentences that fit, given their lengths in words."""
    made: list[tuple[int, ...]] = [()]
    for at, length in enumerate(lengths):
        made += [
            (*have, at)
            for have in made
            if len(have) < MOST_SENTENCES and sum(lengths[i] for i in have) + length <= WORDS
        ]
        if len(made) > MOST_SETS:
            break
    return made[1:]


def fit(clusters: list[Cluster]) -> Floats:
    """Give the weights, those of FITTED first, under which a soft choice is worth most."""
    every = np.concatenate([c.signs for c in clusters])
    worth = np.concatenate([c.rouge.sum(axis=1) for c in clusters])
    sizes = [len(c.signs) for c in clusters]
    starts = np.cumsum([0, *sizes])[:-1]
    owner = np.repeat(np.arange(len(clusters)), sizes)
    free = every[:, : len(FITTED)]
    by_hand = np.array([shipped()[sign] for sign in BY_HAND])
    fixed = every[:, len(FITTED) :] @ by_hand
    spread = free.std(axis=0) + 1e-9

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = SOFTNESS * (free @ weights + fixed)
        shares = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        shares /= np.add.reduceat(shares, starts)[owner]
        expected = np.add.reduceat(shares * worth, starts)
        slope = SOFTNESS * free.T @ (shares * (worth - expected[owner])) / len(clusters)
        scaled = SOFTNESS * spread
        penalty = PENALTY * float((weights * scaled) @ (weights * scaled)) / 2
        return penalty - float(expected.mean()), PENALTY * weights * scaled**2 - slope

    found = minimize(loss, np.zeros(len(FITTED)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return np.concatenate([found, by_hand])


def figures(clusters: list[Cluster], weights: Floats) -> Floats:
    """Give the sums of the three ROUGE figures of the sets that the weights choose."""
    total = np.zeros(3)
    for cluster in clusters:
        total += cluster.rouge[int(np.argmax(np.round(cluster.signs @ weights, 9)))]
    return total


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=BENCH)
    parser.add_argument("--clusters", type=int, default=10_000)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=None)
    args = parser.parse_args()
    train = args.bench / "digest" / "neus_train.jsonl"
    if not train.is_file():
        sys.exit(f"fit_digest: no measuring data at {train}; give --bench")
    clusters = load(train, args.clusters)
    held = np.zeros(3)
    for fold in range(args.folds):
        rest = [c for at, c in enumerate(clusters) if at % args.folds != fold]
        held += figures(clusters[fold :: args.folds], fit(rest))
    weights = fit(clusters)
    print(f"{len(clusters)} clusters, ROUGE-1 -2 -L at {WORDS} words")
    print("best there is ", (sum(c.rouge[c.rouge.sum(axis=1).argmax()] for c in clusters) / len(clusters)).round(4))
    print("fitted on     ", (figures(clusters, weights) / len(clusters)).round(4))
    print(f"{args.folds} folds, held ", (held / len(clusters)).round(4))
    made = dump(dict(zip((*FITTED, *BY_HAND), map(float, weights), strict=True)))
    print(made)
    if args.out:
        args.out.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
