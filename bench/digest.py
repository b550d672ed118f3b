"""Digests: ROUGE against a neutral summary, beside scikit-learn's centroid and a source's lead, at 55 words."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from dateline.model import Article
from dateline.stories import digest
from dateline.text.sentences import sentences

CLUSTERS = Path(__file__).resolve().parents[2] / "shared" / "bench" / "digest" / "neus_val.jsonl"
WORDS = 55
Row = dict[str, Any]


def run(out: Callable[[str], None]) -> dict[str, float]:
    """Print ROUGE-1, 2, L (F) of ours and two baselines, and how quick ours is."""
    if not CLUSTERS.is_file():
        out(f"no measuring data at {CLUSTERS}: skipped")
        return {}
    from rouge_score import rouge_scorer

    kinds = ["rouge1", "rouge2", "rougeL"]
    scorer = rouge_scorer.RougeScorer(kinds, use_stemmer=True)
    rows = [json.loads(line) for line in CLUSTERS.read_text(encoding="utf-8").splitlines()]
    start = time.perf_counter()
    ours = [_ours(row) for row in rows]
    seconds = time.perf_counter() - start
    figures: dict[str, float] = {}
    for name, texts in (
        ("dateline", [text for text, _ in ours]),
        ("centroid", [_centroid(row) for row in rows]),
        ("lead", [_lead(row) for row in rows]),
    ):
        scores = [scorer.score(row["gold_summary"], text) for row, text in zip(rows, texts, strict=True)]
        means = [sum(score[kind].fmeasure for score in scores) / len(rows) for kind in kinds]
        out(f"{name:9}" + "  ".join(f"{kind} {mean:.3f}" for kind, mean in zip(kinds, means, strict=True)))
        if name == "dateline":
            figures.update(zip(kinds, means, strict=True))
    headlines = [
        scorer.score(row["gold_headline"], title)["rouge1"].fmeasure for row, (_, title) in zip(rows, ours, strict=True)
    ]
    figures["headline"] = sum(headlines) / len(rows)
    out(f"headline rouge1 {figures['headline']:.3f} (a random source's title {_any_title(rows, scorer):.3f})")
    out(f"{seconds / len(rows) * 1000:.2f} ms a digest; drawn from several sources {_several(rows):.2f}")
    return figures


def _any_title(rows: list[Row], scorer: Any) -> float:
    """Give the mean ROUGE-1 of all titles: what taking one of them at random would reach."""
    found: list[float] = [
        sum(scorer.score(row["gold_headline"], a["title"] or "")["rouge1"].fmeasure for a in row["articles"])
        / len(row["articles"])
        for row in rows
    ]
    return sum(found) / len(found)


def _several(rows: list[Row]) -> float:
    """Give the share of digests that quote two sources or more."""
    made = [digest(row["id"], _articles(row), words=WORDS).sentences for row in rows]
    return sum(len({quote.article for quote in quotes}) > 1 for quotes in made) / len(made)


def _articles(row: Row) -> list[Article]:
    return [Article(a["id"], None, a["title"], a["text"] or "") for a in row["articles"]]


def _ours(row: Row) -> tuple[str, str]:
    made = digest(row["id"], _articles(row), words=WORDS)
    return " ".join(q.text for q in made.sentences), made.headline.text if made.headline else ""


def _fill(texts: Iterable[str]) -> str:
    taken: list[str] = []
    for text in texts:
        if sum(len(t.split()) for t in taken) + len(text.split()) <= WORDS:
            taken.append(text)
    return " ".join(taken)


def _split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def _centroid(row: Row) -> str:
    """Take sentences by their cosine to the mean TF-IDF vector and their place."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    placed = [(at, text) for a in row["articles"] for at, text in enumerate(_split(a["text"] or ""))]
    if not placed:
        return ""
    vectors = TfidfVectorizer(sublinear_tf=True).fit_transform([text for _, text in placed]).toarray()
    near = vectors @ vectors.mean(axis=0)
    order = sorted(range(len(placed)), key=lambda i: -(near[i] / near.max() + 0.5 / (1 + placed[i][0])))
    return _fill(placed[i][1] for i in order)


def _lead(row: Row) -> str:
    return _fill(_split(row["articles"][0]["text"] or ""))
