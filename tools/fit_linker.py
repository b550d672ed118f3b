"""Fit everything in src/dateline/stories/linking/link.json on articles whose stories are known.

    python tools/fit_linker.py [--bench DIR] [--orders N] [--folds K] [--out FILE]

Data: allsides_dev.jsonl (dated, short) and ecb_dev.jsonl (undated, long, in N random orders) of the measuring data beside the
project; only numbers come out of it. Pairs of each article and its candidates, as they are when the article arrives,
are fitted with a logistic regression (Newton's method, to the end, so that the same data give the same bytes), both sets
weighing the same; threshold, best_share and what an undated article needs beyond are then chosen by grouping. The
coefficients in HELD and GUARDS are no outcome of the data; each says why.
With --folds it prints the cross-validation over stories: each fold's model is fitted on the other folds of both sets,
all articles of a set are grouped at once and scored on the held fold, the undated set in N orders. With --models DIR
each fold's model is written there, for `dateline group --model`.
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

from dateline import tags as tagging
from dateline.model import Article, Tags
from dateline.stories.link import CANDIDATES, MEMBERS, STORIES, WINDOW_DAYS, Item, Linker
from dateline.stories.linking.features import NAMES, compare, complete, nearness, rivals
from dateline.stories.linking.gather import Pair, gather, pair
from dateline.stories.linking.model import LinkModel
from dateline.stories.linking.sketch import sketch
from dateline.stories.linking.window import Window

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
OUT = Path(__file__).resolve().parents[1] / "src/dateline/stories/linking/link.json"
PENALTY = 0.3  # prior precision of each coefficient, beside 10,000 pairs of each set
FITTING = 3  # orders of the undated set that are fitted on
PENALTY_UNDATED = 1.0  # of what undated articles need beyond
# Grids are judged with their neighbours, the nearer the more, over several steps: the scores are flat in the
# middle and jump by single merges, so that the best single value is luck.
THRESHOLDS = [x / 100 for x in range(22, 56, 2)]
SHIFTS = [x / 2 for x in range(-5, 5)]
WIDE, NARROW = 3, 2  # steps to either side
# Of a story of undated articles the two best links speak, as they may come from any time; chosen by hand over 0 and 0.5,
# which on the undated set lie .008 and .004 lower in B-cubed F1.
SHARE_UNDATED = 1.0
HELD = {
    # No set has copies that are known: above what any pair of features says.
    "copies": 6.0,
    # Neither set has what a desk of world news meets on one day: the same kind of deed in two places, told in the same
    # words. The data alone give about -0.6, which puts such look-alikes of the sample desk together; -1.0 does not.
    "elsewhere": -1.0,
    # The dated set's days are not the real ones, and none of its stories lasts more than two: the data alone give about
    # -7.5 for a week apart, which parts what lasts longer.
    "days_apart": -6.0,
}
# Set when all else has been fitted, without them: the data could say nothing else of these, and fitting with them would
# move what it can say. Of 18,000 pairs of both sets that have no place, country, party or name in common none is of one
# story; the look-alikes of one day (two ambushes, two quakes) that this parts are not in the sets.
GUARDS = {"strangers": -6.0}
RIVALS = NAMES.index("rivals")


@dataclass
class Study:
    """One set in one order: the features of every pair that linking could score, made once."""

    name: str
    items: list[Item]
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
        [
            (Article(r["id"], None, r["title"], r["text"], r["published"]), tags.get(r["id"], Tags()), None)
            for r in records
        ],
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
        for at, _ in group:
            window.add(sketch(*made.items[at], at)[0])
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
        for tale, new in gather(
            order, scored, dict(sorted(tales.items())), model.strength(made.undated), model.threshold
        ):
            name = int(tale) if tale is not None else min(new)
            for at in new:
                story[at] = name
                members.setdefault(name, []).append(at)
            members[name].sort(key=made.rank.__getitem__)
    return [story[at] for at in range(len(made.ids))]


def linked(made: Study, model: LinkModel) -> list[int]:
    """Group a set with Linker itself, as `dateline group --model` does; gives the story of each article."""
    linker = Linker(model)
    story = [0] * len(made.ids)
    number = {id: at for at, id in enumerate(made.ids)}
    for batch in made.batches:
        for at, link in zip(batch, linker.place_all([made.items[at] for at in batch]), strict=True):
            story[at] = number[link.story]
    return story


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


def fit(studies: Sequence[Study], held: Collection[str]) -> LinkModel:
    """Fit coefficients on the pairs, then the rest by grouping, without the held stories."""
    rows, labels, weights = [], [], []
    for made in studies:
        kept = [
            (key, at)
            for key, at in made.row.items()
            if at in made.fitted and not {made.gold[key[0]], made.gold[key[1]]} & set(held)
        ]
        at = [row for _, row in kept]
        rows.append(complete(made.rows[at], made.crowd[at]))
        labels.append(np.array([float(made.gold[one] == made.gold[other]) for (one, other), _ in kept]))
        weights.append(np.full(len(kept), 1e4 / len(kept) / sum(other.name == made.name for other in studies)))
    found = logistic(np.concatenate(rows), np.concatenate(labels), np.concatenate(weights))
    model = LinkModel(round(found[-1], 3), tuple(round(value, 3) for value in found[:-1]), 0.5, 0.0, 0.0)
    made = choose(studies, model, held)
    return replace(made, coefficients=tuple(GUARDS.get(n, c) for n, c in zip(NAMES, made.coefficients, strict=True)))


def logistic(rows: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> list[float]:
    """Fit a logistic function with a ridge, the HELD coefficients as they are; the intercept comes last."""
    rows = np.concatenate([rows, np.ones((len(rows), 1))], axis=1)
    found = np.array([HELD.get(name, 0.0) for name in NAMES] + [0.0])
    free = np.array([name not in HELD and name not in GUARDS for name in NAMES] + [True])
    ridge = np.array([PENALTY_UNDATED if name.endswith("_undated") else PENALTY for name in NAMES] + [0.0])
    for _ in range(100):
        chance = 1.0 / (1.0 + np.exp(-np.clip(rows @ found, -40, 40)))
        slope = rows.T @ (weights * (chance - labels)) + ridge * found
        bend = (rows * (weights * chance * (1.0 - chance))[:, None]).T @ rows + np.diag(ridge + 1e-9)
        step = np.linalg.solve(bend[np.ix_(free, free)], slope[free])
        found[free] -= step * min(1.0, 2.0 / float(np.abs(step).max() or 1.0))
        if np.abs(step).max() < 1e-10:
            break
    return [float(value) for value in found]


def choose(studies: Sequence[Study], model: LinkModel, held: Collection[str]) -> LinkModel:
    """Choose the threshold and the weight of being undated by grouping.

    The threshold is chosen on the dated set, by B-cubed F1 + pair F1 / 2; what an undated article needs beyond it goes
    into their coefficient, by B-cubed F1. The share of the best links among dated articles is 0 (average link): the
    stories of the dated set are of two or three, too small to tell.
    """
    dated = [made for made in studies if not made.undated]
    undated = [made for made in studies if made.undated]

    def worth(sets: Sequence[Study], tried: LinkModel, share: float) -> float:
        found = [score(made, group(made, tried), set(made.gold) - set(held)) for made in sets]
        return float(np.mean([b3 + share * pairs for b3, pairs in found]))

    tried = [replace(model, threshold=threshold) for threshold in THRESHOLDS]
    model = smooth_best(tried, [worth(dated, each, 0.5) for each in tried], WIDE)
    moved = [shifted(replace(model, best_share_undated=SHARE_UNDATED), shift) for shift in SHIFTS]
    return smooth_best(moved, [worth(undated, each, 0.0) for each in moved], NARROW)


def shifted(model: LinkModel, shift: float) -> LinkModel:
    """Move the weight of being undated."""
    moved = list(model.coefficients)
    moved[NAMES.index("undated")] = round(moved[NAMES.index("undated")] + shift, 3)
    return replace(model, coefficients=tuple(moved))


def smooth_best(tried: Sequence[LinkModel], values: Sequence[float], width: int) -> LinkModel:
    """Give the model of the highest value, each smoothed with its neighbours."""
    kernel = np.concatenate([np.arange(1, width + 2), np.arange(width, 0, -1)]).astype(float)
    smooth = np.convolve(np.pad(values, width, mode="edge"), kernel / kernel.sum(), "valid")
    return tried[int(smooth.argmax())]


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
        out[made.name].append(score(made, linked(made, model), held))
    means = {
        name: tuple(round(float(np.mean(column)), 4) for column in zip(*each, strict=True))
        for name, each in out.items()
    }
    shown = {name: getattr(model, name) for name in ("threshold", "best_share", "best_share_undated")}
    print(label, shown, means, flush=True)
    return means


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=BENCH)
    parser.add_argument("--orders", type=int, default=10, help="random orders of the undated set")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate over so many folds of stories")
    parser.add_argument("--models", type=Path, default=None, help="a folder for the models of the folds")
    parser.add_argument("--out", type=Path, default=None, help="write the model fitted on everything")
    args = parser.parse_args()
    if not args.bench.is_dir():
        sys.exit(f"fit_linker: no measuring data at {args.bench}; give --bench")
    studies = studies_of(args.bench, args.orders)
    fitting = studies[: 1 + FITTING]
    if args.folds:
        cross = defaultdict(list)
        for at, held in enumerate(folds(studies, args.folds)):
            model = fit(fitting, held)
            if args.models:
                (args.models / f"fold{at}.json").write_text(model.dump(), encoding="utf-8")
            for name, scores in report(f"fold {at}", studies, model, held).items():
                cross[name].append(scores)
        print("cross-validated", {name: np.mean(each, axis=0).round(4).tolist() for name, each in cross.items()})
    model = fit(fitting, ())
    report("in sample", studies, model)
    print(model.dump())
    if args.out:
        args.out.write_text(model.dump(), encoding="utf-8")


if __name__ == "__main__":
    main()
