"""Fits the weights of the type confidence (src/dateline/events/confidence.py) on sentences with PLOVER codes given by hand.

    python tools/fit_events.py ../shared/bench/events/plover_gsr_dev.jsonl

Prints the weights, to be put into confidence.py by hand, and a table of how often each confidence was right on sentences that the
fit did not see (five folds). The target is whether a mention has the sentence's type; the gold gives one event a sentence, so the
figures are a lower bound. Weights alone leave the measuring data: no word of it does.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from dateline.events.coding import drafts
from dateline.events.confidence import TYPE, features
from dateline.tags import tag


def rows(path: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give (features, right or not, number of the sentence) for every mention."""
    made: list[tuple[list[float], bool, int]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        record = json.loads(line)
        for draft in drafts(record["text"], None, title=None, tags=tag(record["text"], None)):
            values = features(draft)
            made.append(([values[name] for name in TYPE], draft.type == record["gold"]["type"], number))
    return np.array([m[0] for m in made]), np.array([m[1] for m in made]), np.array([m[2] for m in made])


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    x, y, sentence = rows(Path(sys.argv[1]))
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=1000).fit(x, y)
    for name, weight in zip(TYPE, model.coef_[0], strict=True):
        print(f'    "{name}": {weight:.2f},')
    unseen = np.zeros(len(y))
    for fold in range(5):
        test = sentence % 5 == fold
        fitted = LogisticRegression(C=1.0, fit_intercept=False, max_iter=1000).fit(x[~test], y[~test])
        unseen[test] = fitted.predict_proba(x[test])[:, 1]
    print("confidence   mentions   right")
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        here = (unseen >= low) & (unseen < low + 0.2)
        if here.any():
            print(f"{low:.1f} to {low + 0.2:.1f}   {int(here.sum()):8}   {y[here].mean():.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
