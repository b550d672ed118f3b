"""Fit the coefficients of the choice between bodies (src/dateline/articles/body/choice.json) on pages with a known body.

    python tools/fit_body.py [--bench DIR] [--folds K] [--out FILE]

Data: the pages of `articles` and `articles_meta` of the measuring data beside the project; only numbers come out of it.
Each page is read by the extractor, by readability and, where it states its body whole and longer, by its JSON-LD. A
reading's worth is the F1 of its runs of four words after the furniture is taken out. Pairs of readings of one page are
ranked by a logistic function of the differences of their features, each pair weighing as much as it is worth, and
TROUBLED times as much where the page shows the signs of trouble that make `choose` ask. Cross-validation is by site:
no page is judged by coefficients that saw another page of its site. Coefficients are written only where that reaches
what the hand-set ones reach.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from dateline.articles import body, furniture, kinds
from dateline.articles.body import choice
from dateline.articles.body.blocks import Block
from dateline.articles.document import load
from dateline.articles.furniture import sides
from dateline.articles.meta import credit
from dateline.articles.meta.titles import title
from dateline.model import Page, Rejected
from dateline.text.urls import domain

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
OUT = Path(__file__).resolve().parents[1] / "src/dateline/articles/body/choice.json"
SETS = ("articles", "articles_meta")
HAND = {"extractor": 0.6, "share": 1.6, "ended": 2.2, "covers": 1.0}
TROUBLED = 3.0
PENALTY = 0.01
LEAST = 0.005  # of F1: smaller differences are not ranked
SHUFFLES = 5
_WORD = re.compile(r"\w+")


@dataclass
class Study:
    """One page: its readings with their features and worth."""

    set: str
    site: str
    asked: tuple[str, ...]  # the readings that `choose` would weigh here
    features: dict[str, dict[str, float]]
    worth: dict[str, float]
    plain: float  # of trafilatura's precision mode as it is


def runs(text: str) -> Counter[tuple[str, ...]]:
    """Count the runs of four words, as score_articles.py does."""
    words = _WORD.findall(text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))) if words else Counter()


def f1(gold: str, text: str) -> float:
    """Give the F1 of a text's runs."""
    one, other = runs(gold), runs(text)
    total = sum(one.values()) + sum(other.values())
    return 2 * sum((one & other).values()) / total if total else 1.0


def plain(page: Page) -> str:
    """Read a page with trafilatura's precision mode alone."""
    import trafilatura

    return trafilatura.extract(page.html, url=page.url, favor_precision=True, include_comments=False) or ""


def study(name: str, page: Page, gold: str) -> Study | None:
    """Read a page in every way and measure each; None where there is nothing to choose between."""
    document = load(page)
    if isinstance(document, Rejected):
        return None
    headline = title(document)
    kinds.measure(document)
    anchors, pictures = sides.anchors(document), sides.picture_words(document.tree)
    first, stated, prose = body.opinions(document)

    def worth(reading: Sequence[Block]) -> float:
        kept = furniture.strip_blocks(reading, document, headline, anchors, pictures).kept
        return f1(gold, "\n\n".join(credit.sign(kept).kept))

    said = choice.runs(" ".join(stated)) if stated and choice.is_whole(stated) else set()
    readings = {"extractor": first, "readability": choice.readability(document)}
    asked = ["extractor"]
    if choice.is_same(first, said):
        readings = {"extractor": choice.held(first, said)}
    else:
        if choice.has_more(first, said):
            readings["stated"] = choice.split(stated, document)
            asked.append("stated")
        if len(asked) > 1 or choice.is_short(first, prose):
            asked.append("readability")
    readings = {key: reading for key, reading in readings.items() if reading or key == "extractor"}
    return Study(
        name,
        domain(page.url) or page.id,
        tuple(key for key in asked if key in readings),
        {key: choice.features(key, reading, said, prose) for key, reading in readings.items()},
        {key: worth(reading) for key, reading in readings.items()},
        f1(gold, plain(page)),
    )


def studies(bench: Path) -> list[Study]:
    """Study every page of both sets."""
    found = []
    for name in SETS:
        for line in (bench / name / "gold.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row.get("text"):
                with gzip.open(bench / name / "html" / f"{row['id']}.html.gz", "rt", encoding="utf-8") as file:
                    made = study(name, Page(row["id"], url=row["url"], html=file.read()), row["text"])
                found += [made] if made else []
    return found


def fit(pages: Sequence[Study]) -> dict[str, float]:
    """Fit the coefficients to pairs of readings by penalised logistic ranking."""
    rows, weights = [], []
    for page in pages:
        for one, other in combinations(page.worth, 2):
            gain = page.worth[one] - page.worth[other]
            if abs(gain) >= LEAST:
                difference = [page.features[one][n] - page.features[other][n] for n in choice.NAMES]
                rows.append(np.sign(gain) * np.array(difference))
                weights.append(abs(gain) * (TROUBLED if len(page.asked) > 1 else 1.0))
    table, weight = np.array(rows), np.array(weights)

    def loss(by: np.ndarray) -> tuple[float, np.ndarray]:
        z = table @ by
        slope = -(table.T @ (weight / (1 + np.exp(z)))) + 2 * PENALTY * by
        return float((weight * np.logaddexp(0, -z)).sum() + PENALTY * (by @ by)), slope

    found = minimize(loss, np.zeros(len(choice.NAMES)), jac=True, method="L-BFGS-B").x
    return {name: round(float(value), 2) for name, value in zip(choice.NAMES, found, strict=True)}


def chosen(page: Study, by: dict[str, float]) -> float:
    """Give the worth of the reading that coefficients choose."""
    weight = {key: sum(by[n] * page.features[key][n] for n in choice.NAMES) for key in page.asked}
    return page.worth[max(page.asked, key=weight.__getitem__)]


def crossed(pages: Sequence[Study], folds: int, seed: int) -> list[float]:
    """Give the worth of each page's choice by coefficients fitted without its site."""
    sites = sorted({page.site for page in pages})
    random.Random(seed).shuffle(sites)
    fold = {site: at % folds for at, site in enumerate(sites)}
    fitted = [fit([page for page in pages if fold[page.site] != held]) for held in range(folds)]
    return [chosen(page, fitted[fold[page.site]]) for page in pages]


def main(argv: list[str]) -> int:
    """Fit, print what each way of choosing reaches, and write the coefficients where they are as good."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=BENCH)
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args(argv)
    pages = studies(given.bench)
    fitted = fit(pages)
    across = np.mean([crossed(pages, given.folds, seed) for seed in range(SHUFFLES)], axis=0)
    ways: dict[str, Callable[[int, Study], float]] = {
        "trafilatura alone": lambda _, page: page.plain,
        "extractor, boxes and furniture out": lambda _, page: page.worth["extractor"],
        "hand-set": lambda _, page: chosen(page, HAND),
        "fitted, by site held out": lambda at, _: float(across[at]),
        "fitted": lambda _, page: chosen(page, fitted),
        "best of those asked": lambda _, page: max(page.worth[key] for key in page.asked),
        "best of all": lambda _, page: max(page.worth.values()),
    }
    print(f"{len(pages)} pages of {len({page.site for page in pages})} sites; mean page F1, share of pages asked:")
    for way, value in ways.items():
        means = [np.mean([value(at, p) for at, p in enumerate(pages) if p.set == name]) for name in SETS]
        print(f"{way:<36}" + "".join(f"{name} {mean:.4f}   " for name, mean in zip(SETS, means, strict=True)))
    print(f"asked on {sum(len(page.asked) > 1 for page in pages)} pages; fitted: {fitted}")
    if across.mean() < np.mean([chosen(page, HAND) for page in pages]) - 1e-9:
        print("Not written: held out, the fitted coefficients choose worse than the hand-set ones.")
        return 1
    given.out.write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
