#!/usr/bin/env python3
"""Fit the coefficients by which a name is called a place, and print how sure they are.

    python tools/fit_places.py GOLD.jsonl…

GOLD: {id, text, gold: [{start, end}…]} as in the measuring sets. One logistic regression over the features of
`tags.places.find` (each between 0 and 1, without any word or name of the sets), each set weighing the same; written to
src/dateline/lexicon/data/places_weights.toml. With two sets it also prints what a fit on one reaches on the other.

Features: what the gazetteer knows of the name (demonym, country, admin1, admin2, region, main name, size of the largest
town, several words, also an ordinary word, a given or family name), what stands before (locative or weak preposition, “town
of”, “University of”, title, given name, capital) and after (public body, street or firm, family name, capital, verb of
speech, comma, hyphen), and what the document says elsewhere (a person of that name, a locative use, lower case).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from dateline.tags.places.find import features, names

OUT = Path(__file__).resolve().parent.parent / "src/dateline/lexicon/data/places_weights.toml"


def sample(path: str) -> tuple[list[dict[str, float]], list[int]]:
    rows, labels = [], []
    for line in Path(path).read_text(encoding="utf-8").strip().split("\n"):
        record = json.loads(line)
        run, found = names(record["text"])
        features(record["text"], run, found)
        exact = {(g["start"], g["end"]) for g in record["gold"]}
        for name in found:
            hit = (name.start, name.end) in exact
            if not hit and any(g["start"] < name.end and name.start < g["end"] for g in record["gold"]):
                continue  # another cut of the same toponym says nothing on whether it is one
            rows.append(name.features)
            labels.append(int(hit))
    return rows, labels


def main() -> int:
    samples = [sample(path) for path in sys.argv[1:]]
    columns = sorted({name for rows, _ in samples for row in rows for name in row})
    tables = [np.array([[row.get(c, 0.0) for c in columns] for row in rows]) for rows, _ in samples]
    answers = [np.array(labels) for _, labels in samples]

    def fit(which: list[int]) -> LogisticRegression:
        weight = np.concatenate([np.full(len(answers[i]), 1000.0 / len(answers[i])) for i in which])
        model = LogisticRegression(C=2.0, fit_intercept=False, max_iter=2000)
        return model.fit(
            np.vstack([tables[i] for i in which]), np.concatenate([answers[i] for i in which]), sample_weight=weight
        )

    for here in range(len(samples)):
        others = [i for i in range(len(samples)) if i != here] or [here]
        guess = fit(others).predict(tables[here])
        right = int(((guess == 1) & (answers[here] == 1)).sum())
        print(
            f"{sys.argv[1 + here]}: fitted on the others, precision {right / guess.sum():.3f}, recall of candidates {right / answers[here].sum():.3f}"
        )
    model = fit(list(range(len(samples))))
    lines = [f"{name} = {value:.2f}" for name, value in zip(columns, model.coef_[0], strict=True)]
    OUT.write_text(
        "# Coefficients by which a name is called a place; fitted by tools/fit_places.py, which says on what and how.\n[keep]\n"
        + "\n".join(lines)
        + "\n",
        encoding="utf-8",
    )
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
