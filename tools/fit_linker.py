"""Fit the coefficients of linking (src/dateline/stories/linking/link.json) on articles whose stories are known.

    python tools/fit_linker.py [--bench DIR] [--orders N] [--folds K] [--out FILE]

Data: allsides_dev.jsonl (dated, short) and ecb_dev.jsonl (undated, long, in N random orders) of the measuring data beside the
project; only numbers come out of it. Pairs of each article and its candidates, as they are when the article arrives,
are fitted with a logistic regression, both sets weighing the same; threshold and best_share are then chosen by grouping.
With --folds it prints the cross-validation over stories: each fold's model is fitted on the other folds of both sets,
all articles of a set are grouped at once and scored on the held fold.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from dateline import tags as tagging
from dateline.model import Article, Tags
from dateline.stories.link import CANDIDATES, MEMBERS, STORIES, WINDOW_DAYS
from dateline.stories.linking.features import NAMES, compare, complete, nearness, rivals
from dateline.stories.linking.gather import Pair, gather, pair
from dateline.stories.linking.model import LinkModel
from dateline.stories.linking.sketch import sketch
from dateline.stories.linking.window import Window

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
OUT = Path(__file__).resolve().parents[1] / "src/dateline/stories/linking/link.json"
PENALTY = 1.0
THRESHOLDS = [x / 100 for x in range(24, 64, 4)]
SHARES = [0.0, 0.25]
SHIFTS = [x / 2 for x in range(-3, 6)]
COPIES = 6.0  # no set has copies that are known: set by hand, above what any pair of features says
RIVALS = NAMES.index("rivals")


@dataclass
class Study:
    """One set in one order: the features of every pair that linking could score, made once."""

    name: str
    ids: list[str]
    gold: list[str]
    batches: list[list[int]]
    rank: list[int]  # by order of publication
    found: list[list[int]]  # candidates of each article
    row: dict[Pair, int]
    rows: np.ndarray
    undated: bool
    near: np.ndarray = field(default_factory=lambda: np.zeros(0))
    crowd: np.ndarray = field(default_factory=lambda: np.zeros(0))  # rivals, were all earlier articles placed rightly
    fitted: set[int] = field(default_factory=set)  # rows of candidates: those that are fitted


def study(name: str, records: Sequence[dict], tags: dict[str, Tags]) -> Study:
    """Make the features of a set's pairs in the order given."""
    window = Window(WINDOW_DAYS * 86_400.0)
    made = Study(
        name,
        [r["id"] for r in records],
        [r["gold"] for r in records],
        [],
        [],
        [],
        {},
        np.zeros(0),
        not records[0]["published"],
    )
    parts: list[np.ndarray] = []
    made.found = [[] for _ in records]
    for _, group in groupby(enumerate(records), key=lambda p: p[1]["published"] or p[0]):
        batch = []
        for at, record in group:
            article = Article(record["id"], None, record["title"], record["text"], record["published"])
            window.add(sketch(article, tags.get(record["id"], Tags()), None, at)[0])
            batch.append(at)
        made.batches.append(batch)
        for at in batch:
            made.found[at] = window.candidates(at, CANDIDATES)
            wide = window.candidates(at, 4 * CANDIDATES)
            fresh = [other for other in wide if pair(at, other) not in made.row]
            if fresh:
                parts.append(compare(window, at, fresh))
                for other in fresh:
                    made.row[pair(at, other)] = len(made.row)
    made.rows = np.concatenate(parts)
    made.near = nearness(made.rows)
    made.crowd = np.zeros(len(made.rows))
    for batch in made.batches:
        seen: dict[int, list[float]] = {}
        for at in batch:
            # For fitting, an article placed before stands in its true story.
            near = [other for other in made.found[at] if pair(at, other) in made.row]
            rows = [made.row[pair(at, other)] for other in near]
            homes = [made.gold[other] if other < batch[0] else other for other in near]
            for row, value in zip(rows, rivals(made.near[rows].tolist(), homes), strict=True):
                seen.setdefault(row, []).append(value)
        for row, values in seen.items():
            made.crowd[row] = sum(values) / len(values)
            made.fitted.add(row)
    keys = [window.sketches[at].key for at in range(len(records))]
    order = sorted(range(len(records)), key=keys.__getitem__)
    made.rank = [0] * len(records)
    for place, at in enumerate(order):
        made.rank[at] = place
    return made


def logits(made: Study, model: LinkModel) -> np.ndarray:
    """Give the logit of every pair but for its rivals, which depend on the stories that there are."""
    return complete(made.rows, np.zeros(len(made.rows))) @ np.array(model.coefficients) + model.intercept


def group(made: Study, model: LinkModel, plain: np.ndarray | None = None) -> list[int]:
    """Group a set as Linker does; gives the story of each article, named by its first."""
    if plain is None:
        plain = logits(made, model)
    crowded = 0.0 if made.undated else model.coefficients[RIVALS]
    story: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    for batch in made.batches:
        order = sorted(batch, key=made.rank.__getitem__)
        scored: dict[Pair, float] = {}
        seen: dict[tuple[Pair, int], list[float]] = {}
        for at in order:
            rows: list[int] = []
            others: list[int] = []
            near = made.found[at]
            tales = list(dict.fromkeys(story[o] for o in near if o in story))[:STORIES]
            for other in dict.fromkeys([*near, *(m for tale in tales for m in members[tale][-MEMBERS:])]):
                row = made.row.get(pair(at, other))
                if row is not None:
                    rows.append(row)
                    others.append(other)
            crowd = rivals(made.near[rows].tolist(), [story.get(o, -1 - o) for o in others])
            for other, row, value in zip(others, rows, crowd, strict=True):
                seen.setdefault((pair(at, other), row), []).append(value)
        for (key, row), values in seen.items():
            logit = plain[row] + crowded * sum(values) / len(values)
            scored[key] = round(1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, logit)))), 6)
        tales = {str(story[s]): members[story[s]][-MEMBERS:] for key in scored for s in key if s in story}
        for tale, new in gather(order, scored, dict(sorted(tales.items())), model.strength, model.threshold):
            name = int(tale) if tale is not None else min(new)
            for at in new:
                story[at] = name
                members.setdefault(name, []).append(at)
            members[name].sort(key=made.rank.__getitem__)
    return [story[at] for at in range(len(made.ids))]


def score(made: Study, story: Sequence[int], held: Collection[str] | None = None) -> tuple[float, float]:
    """Give B-cubed F1 and pair F1, over the articles of the held true stories (default: all)."""
    found: dict[int, set[int]] = defaultdict(set)
    true: dict[str, set[int]] = defaultdict(set)
    for at, (name, gold) in enumerate(zip(story, made.gold, strict=True)):
        found[name].add(at)
        true[gold].add(at)
    asked = [at for at, gold in enumerate(made.gold) if held is None or gold in held]
    both = [len(found[story[at]] & true[made.gold[at]]) for at in asked]
    answered, wanted = [len(found[story[at]]) for at in asked], [len(true[made.gold[at]]) for at in asked]
    precision = sum(b / a for b, a in zip(both, answered, strict=True)) / len(asked)
    recall = sum(b / w for b, w in zip(both, wanted, strict=True)) / len(asked)
    right, joined, belong = sum(both) - len(asked), sum(answered) - len(asked), sum(wanted) - len(asked)
    return 2 * precision * recall / (precision + recall), 2 * right / max(1, joined + belong)


def fit(studies: Sequence[Study], held: Collection[str], penalty: float = PENALTY) -> LinkModel:
    """Fit coefficients on the pairs, then threshold and best_share by grouping, without the held stories."""
    rows, labels, weights = [], [], []
    sets = {made.name for made in studies}
    for made in studies:
        kept = [
            (key, at)
            for key, at in made.row.items()
            if at in made.fitted and not {made.gold[key[0]], made.gold[key[1]]} & set(held)
        ]
        same = np.array([made.gold[one] == made.gold[other] for (one, other), _ in kept])
        share = 1.0 / sum(other.name == made.name for other in studies) / len(sets)
        at = [row for _, row in kept]
        rows.append(complete(made.rows[at], made.crowd[at]))
        labels.append(same)
        weights.append(np.full(len(same), share * 2e4 / len(same)))
    fitted = LogisticRegression(C=penalty, max_iter=2000)
    fitted.fit(np.concatenate(rows), np.concatenate(labels), np.concatenate(weights))
    found = [round(float(value), 4) for value in fitted.coef_[0]]
    found[NAMES.index("copies")] = COPIES
    model = LinkModel(round(float(fitted.intercept_[0]), 4), tuple(found), 0.5, 0.3)
    return choose(studies, model, held)


def choose(studies: Sequence[Study], model: LinkModel, held: Collection[str]) -> LinkModel:
    """Choose threshold, best_share and the weight of being undated by grouping.

    The threshold is chosen on the dated set, by B-cubed F1 + pair F1 / 2; what an undated article needs beyond it goes
    into its coefficient, by B-cubed F1. Each value is smoothed with its neighbours on the grid, so that a lucky one does
    not win.
    """
    dated = [made for made in studies if not made.undated]
    undated = [made for made in studies if made.undated]

    def worth(sets: Sequence[Study], tried: LinkModel, share: float) -> float:
        found = [score(made, group(made, tried), set(made.gold) - set(held)) for made in sets]
        return float(np.mean([b3 + share * pairs for b3, pairs in found]))

    best, chosen = -1.0, model
    for share in SHARES:
        tried = [replace(model, best_share=share, threshold=threshold) for threshold in THRESHOLDS]
        first, at = smooth_best([worth(dated, each, 0.5) for each in tried])
        moved = [shifted(tried[at], shift) for shift in SHIFTS]
        second, to = smooth_best([worth(undated, each, 0.0) for each in moved])
        if first + second > best:
            best, chosen = first + second, moved[to]
    return chosen


def shifted(model: LinkModel, shift: float) -> LinkModel:
    """Move the weight of being undated."""
    moved = list(model.coefficients)
    moved[NAMES.index("undated")] += shift
    return replace(model, coefficients=tuple(moved))


def smooth_best(values: Sequence[float]) -> tuple[float, int]:
    """Give the highest of the values, each smoothed with its neighbours, and where it stands."""
    smooth = np.convolve(np.pad(values, 1, mode="edge"), [0.25, 0.5, 0.25], "valid")
    return float(smooth.max()), int(smooth.argmax())


def folds(studies: Iterable[Study], number: int) -> list[set[str]]:
    """Deal the true stories of all sets out to folds, with a fixed seed."""
    stories = sorted({gold for made in studies for gold in made.gold})
    random.Random(7).shuffle(stories)
    return [set(stories[at::number]) for at in range(number)]


def load(bench: Path, name: str) -> tuple[list[dict], dict[str, Tags]]:
    """Read a set and tag its texts, with the lexicon alone, as `dateline group` does on bare text."""
    lines = (bench / "stories" / f"{name}_dev.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    return records, {r["id"]: tag(r) for r in records}


def tag(record: dict) -> Tags:
    """Tag a record's text as the group filter does."""
    return tagging.tag(record["text"], record["published"], title=record["title"], kinds=("actors", "places"))


def studies_of(bench: Path, orders: int) -> list[Study]:
    """Make the studies: allsides once, ecb in so many random orders."""
    records, tags = load(bench, "allsides")
    made = [study("allsides", records, tags)]
    records, tags = load(bench, "ecb")
    for seed in range(orders):
        shuffled = list(records)
        random.Random(seed).shuffle(shuffled)
        made.append(study("ecb", shuffled, tags))
    return made


def report(label: str, studies: Sequence[Study], model: LinkModel, held: Collection[str] | None = None) -> dict:
    """Print and give the mean scores of each set."""
    out: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for made in studies:
        out[made.name].append(score(made, group(made, model), held))
    means = {
        name: tuple(round(float(np.mean(column)), 4) for column in zip(*each, strict=True))
        for name, each in out.items()
    }
    print(label, {"threshold": model.threshold, "best_share": model.best_share}, means, flush=True)
    return means


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=BENCH)
    parser.add_argument("--orders", type=int, default=10, help="random orders of the undated set")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate over so many folds of stories")
    parser.add_argument("--out", type=Path, default=None, help="write the model fitted on everything")
    args = parser.parse_args()
    if not args.bench.is_dir():
        sys.exit(f"fit_linker: no measuring data at {args.bench}; give --bench")
    studies = studies_of(args.bench, args.orders)
    fitting = studies[:4]
    if args.folds:
        cross = defaultdict(list)
        for at, held in enumerate(folds(studies, args.folds)):
            for name, scores in report(f"fold {at}", studies, fit(fitting, held), held).items():
                cross[name].append(scores)
        print("cross-validated", {name: np.mean(each, axis=0).round(4).tolist() for name, each in cross.items()})
    model = fit(fitting, ())
    report("in sample", studies, model)
    print(model.dump())
    if args.out:
        args.out.write_text(model.dump(), encoding="utf-8")


if __name__ == "__main__":
    main()
