"""Fit the weights of the digest (src/dateline/stories/digest/digest.json) on clusters with a reference summary.

    python tools/fit_digest.py [--bench DIR] [--clusters N] [--folds N] [--out FILE]

Data: neus_train.jsonl of the measuring data beside the project, which holds other clusters than neus_val.jsonl; only
numbers come out of it. For each cluster all sets of quotable sentences within 55 words are listed with their signs and
with their worth, the sum of ROUGE-1, ROUGE-2 and ROUGE-L (F) against the summary. The weights in `FITTED` are those with
which a soft choice among the sets (their shares are the softmax of 40 times the weighted signs) is worth most, less a
small penalty on large weights. The weights in `BY_HAND` stay as they are. The weights of titles are fitted in the same
way, on ROUGE-1 against the editors' headline. Printed are the figures on the clusters the weights are fitted on, those of
a cross-validation over clusters, and those on neus_val.jsonl.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rouge_score import rouge_scorer
from scipy.optimize import minimize

from dateline.model import Article
from dateline.stories.digest import MOST_SENTENCES, in_order, quotable, reading_order
from dateline.stories.digest.candidates import Candidate, candidates
from dateline.stories.digest.choosing import BY_HAND, SIGNS, Measure, shipped, survey
from dateline.stories.digest.headline import SIGNS as TITLE_SIGNS
from dateline.stories.digest.headline import title_signs

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
WORDS = 55
SOFTNESS = 40.0
PENALTY = 5e-4  # on squared weights, each times the spread of its sign
MOST_SETS = 1000  # of one cluster
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cluster:
    """What may be chosen in one cluster: their signs (sets x signs) and ROUGE figures (sets x figures)."""

    signs: Floats
    rouge: Floats


def load(path: Path, number: int) -> tuple[list[Cluster], list[Cluster]]:
    """Read so many clusters with a fixed seed: sets of sentences, and titles; what gives nothing is left out."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    random.Random(11).shuffle(rows)
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)

    def rouge(gold: str, texts: list[str]) -> Floats:
        return np.array([[each.fmeasure for each in scorer.score(gold, text).values()] for text in texts])

    digests, headlines = [], []
    for row in rows[:number]:
        articles = in_order([Article(a["id"], None, a["title"], a["text"] or "") for a in row["articles"]])
        pool = candidates(articles)
        field = survey(quotable(pool, WORDS, articles), pool, articles)
        listed = sets(field.good)
        if listed and len(listed) <= MOST_SETS:
            read = [reading_order([field.good[at] for at in chosen], articles) for chosen in listed]
            texts = [" ".join(candidate.text for candidate in chosen) for chosen in read]
            measure = Measure(field, WORDS)
            made = np.array([measure.signs(tuple(chosen)) for chosen in listed])
            digests.append(Cluster(made, rouge(row["gold_summary"], texts)))
        titled = [a for a in articles if a.title and a.title.strip()]
        if titled and row["gold_headline"]:
            worth = rouge(row["gold_headline"], [a.title or "" for a in titled])[:, :1]
            headlines.append(Cluster(np.array(title_signs(titled, articles)), worth))
    return digests, headlines


def sets(good: Sequence[Candidate]) -> list[tuple[int, ...]]:
    """List the sets of sentences that fit, each sentence once."""
    made: list[tuple[int, ...]] = [()]
    for at, candidate in enumerate(good):
        made += [
            (*have, at)
            for have in made
            if len(have) < MOST_SENTENCES
            and all(good[i].of != candidate.of for i in have)
            and sum(good[i].length for i in have) + candidate.length <= WORDS
        ]
        if len(made) > MOST_SETS:
            break
    return made[1:]


def fit(clusters: list[Cluster], by_hand: Sequence[float] = ()) -> Floats:
    """Give the weights under which a soft choice is worth most; the last signs' weights are given."""
    every = np.concatenate([c.signs for c in clusters])
    worth = np.concatenate([c.rouge.sum(axis=1) for c in clusters])
    sizes = [len(c.signs) for c in clusters]
    starts = np.cumsum([0, *sizes])[:-1]
    owner = np.repeat(np.arange(len(clusters)), sizes)
    number = every.shape[1] - len(by_hand)
    free, fixed = every[:, :number], every[:, number:] @ np.array(by_hand)
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

    found = minimize(loss, np.zeros(number), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return np.concatenate([found, np.array(by_hand)])


def figures(clusters: list[Cluster], weights: Floats) -> Floats:
    """Give the sums of the ROUGE figures of what the weights choose in each cluster."""
    return np.sum([c.rouge[int(np.argmax(np.round(c.signs @ weights, 9)))] for c in clusters], axis=0)


def report(name: str, train: list[Cluster], val: list[Cluster], folds: int, by_hand: Sequence[float] = ()) -> Floats:
    """Fit on all of `train`, print its figures beside those of a cross-validation and of `val`, give the weights."""
    held = [
        figures(train[fold::folds], fit([c for at, c in enumerate(train) if at % folds != fold], by_hand))
        for fold in range(folds)
    ]
    weights = fit(train, by_hand)
    best = sum(c.rouge[c.rouge.sum(axis=1).argmax()] for c in train)
    print(f"{name}: {len(train)} clusters")
    for what, total, number in (
        ("best there is", best, len(train)),
        ("fitted on", figures(train, weights), len(train)),
        (f"{folds} folds, held", np.sum(held, axis=0), len(train)),
        ("neus_val", figures(val, weights), len(val)),
    ):
        print(f"  {what:14}", (total / number).round(4), flush=True)
    return weights


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
    digests, headlines = load(train, args.clusters)
    val_digests, val_headlines = load(train.with_name("neus_val.jsonl"), args.clusters)
    by_hand = [shipped()[sign] for sign in BY_HAND]
    made = report(f"digest at {WORDS} words", digests, val_digests, args.folds, by_hand)
    title = report("headline", headlines, val_headlines, args.folds)
    named = {
        "made_by": "tools/fit_digest.py",
        "weights": dict(zip(SIGNS, made.round(4).tolist(), strict=True)),
        "headline": dict(zip(TITLE_SIGNS, title.round(4).tolist(), strict=True)),
    }
    text = json.dumps(named, indent=2) + "\n"
    print(text)
    if args.out:
        args.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
