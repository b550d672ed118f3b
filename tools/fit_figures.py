"""Fit the coefficients of figures (src/dateline/stories/figures/same.json) on pairs of counts labelled by hand.

    python tools/fit_figures.py [--out FILE]

Data: bench/labels/figures/developed.tsv with the texts of the measuring data beside the project; only numbers come out
of it, and held.tsv is never read. Fitted are the pairs whose intervals agree and that nothing bars from one row, by a
logistic regression; it prints precision and recall of a ten-fold cross-validation over stories beside the thresholds.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.figures import DIFFERENT, Pair, counted, found, pairs  # noqa: E402

from dateline.stories.figures.counted import Counted  # noqa: E402
from dateline.stories.figures.features import NAMES, features  # noqa: E402
from dateline.stories.figures.intervals import agree  # noqa: E402
from dateline.stories.figures.same import Comparison, SameModel, kept_apart  # noqa: E402

OUT = ROOT / "src/dateline/stories/figures/same.json"
STRENGTH = 0.3  # inverse of the penalty
THRESHOLD = 0.65  # precision of about .92 in the cross-validation
FOLDS = 10


def rows(some: list[Pair], counts: dict[str, list[Counted]]) -> tuple[np.ndarray, np.ndarray, list[str], int]:
    """Give the features of the pairs to fit, whether each is of one thing, its story, and how many such there are."""
    comparison = Comparison([c for each in counts.values() for c in each], SameModel(0.0, (0.0,) * len(NAMES), 1.0))
    made, right, stories, positive = [], [], [], 0
    for pair in some:
        one, other = found(pair.one, counts), found(pair.other, counts)
        positive += pair.label != DIFFERENT
        if one is None or other is None or one is other or kept_apart(one, other) or not agree(one.count, other.count):
            continue
        made.append(features(one, other, comparison.rival(one, other)))
        right.append(pair.label != DIFFERENT)
        stories.append("/".join(pair.story))
    return np.array(made), np.array(right), stories, positive


def fitted(x: np.ndarray, y: np.ndarray) -> LogisticRegression:
    """Fit one model."""
    return LogisticRegression(C=STRENGTH, max_iter=5000).fit(x, y)


def validate(x: np.ndarray, y: np.ndarray, stories: list[str], positive: int) -> None:
    """Print precision and recall (of all pairs of one thing) at some thresholds, each story scored by a model without it."""
    told = np.zeros(len(y))
    for train, test in GroupKFold(FOLDS).split(x, y, stories):
        told[test] = fitted(x[train], y[train]).predict_proba(x[test])[:, 1]
    for threshold in (0.5, 0.55, 0.6, THRESHOLD, 0.7):
        right = int(((told >= threshold) & y).sum())
        print(
            f"threshold {threshold:.2f}: precision {right / (told >= threshold).sum():.3f}, recall {right / positive:.3f}"
        )


def main() -> None:
    """Fit, print what the cross-validation gives, and write the coefficients."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT)
    out = parser.parse_args().out
    some = pairs("developed")
    x, y, stories, positive = rows(some, counted(some))
    validate(x, y, stories, positive)
    model = fitted(x, y)
    body = {
        "made_by": "tools/fit_figures.py",
        "intercept": round(float(model.intercept_[0]), 4),
        "threshold": THRESHOLD,
        "coefficients": {name: round(float(c), 4) for name, c in zip(NAMES, model.coef_[0], strict=True)},
    }
    out.write_text(json.dumps(body, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
