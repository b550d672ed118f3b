"""Fits the weights of the confidence of each field (src/dateline/events/confidence.py) on events with answers given by hand.

    python tools/fit_events.py ../shared/bench

Uses every other document of events/plover_gsr_dev.jsonl (types and parties) and of events/muc4_dev.jsonl (parties, places, dates,
numbers of dead and wounded); bench events prints how often each confidence was right on the documents left out. Prints the weights,
to be put into confidence.py by hand. Weights alone leave the measuring data: no word of it does.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench._reliability import FIELDS, Judged, muc, plover


def fitted(rows: list[Judged]) -> dict[str, float]:
    """Give the weight of each feature of one field; a feature that never varies has none."""
    names = list(rows[0].features)
    x = np.array([[r.features[name] for name in names] for r in rows])
    y = np.array([r.right for r in rows])
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=2000).fit(x, y)
    return {name: round(float(weight), 2) for name, weight in zip(names, model.coef_[0], strict=True)}


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    shared = Path(sys.argv[1])
    odd = lambda number: number % 2 == 1  # noqa: E731
    rows = list(plover(shared / "events" / "plover_gsr_dev.jsonl", odd))
    rows += muc(shared / "events" / "muc4_dev.jsonl", shared / "score_muc.py", odd)
    for field in FIELDS:
        mine = [r for r in rows if r.field == field]
        print(field, len(mine), "mentions, right", round(sum(r.right for r in mine) / len(mine), 3))
        print("   ", fitted(mine))
    return 0


if __name__ == "__main__":
    sys.exit(main())
