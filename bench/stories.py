"""Linking: quality and speed beside scikit-learn's TF-IDF with a single pass, on the same articles in the same run."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

from dateline.model import Article, Tags
from dateline.stories import Linker
from dateline.stories.linking.sketch import (
    BUCKETS,
    LEAD,
    NAME,
    PAIR,
    TITLE,
    WORD,
    Sketch,
    pack,
    word_terms,
)
from dateline.tags import tag

SETS = Path(__file__).resolve().parents[2] / "shared" / "bench" / "stories"
ORDERS = 3
WINDOW = 200_000  # articles in a week that linking must bear
STORY = 5  # articles of a made-up story
TEXTS = 2_000  # texts that the made-up articles are made of
ASKED = 300  # articles whose cost is measured
THRESHOLDS = [x / 100 for x in range(10, 62, 4)]  # of the baseline, which is given the best one for each set
Row = dict[str, Any]


def run(out: Callable[[str], None]) -> dict[str, float]:
    """Print B-cubed F1, pair F1 and articles a second; gives the figures that floors are pinned for."""
    figures: dict[str, float] = {}
    if not SETS.is_dir():
        out(f"no measuring data at {SETS}: skipped; the cost of a full window follows")
        figures.update(_flat(out))
        return figures
    for name in ("allsides", "ecb"):
        lines = (SETS / f"{name}_dev.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        tags = {r["id"]: tag(r["text"], r["published"], kinds=("actors", "places")) for r in rows}
        orders = [rows] * ORDERS if name == "allsides" else [_shuffled(rows, seed) for seed in range(ORDERS)]
        ours, seconds = _mean(orders, partial(_ours, tags=tags))
        base, base_seconds = _baseline(orders)
        words = sum(len(r["text"].split()) for r in rows) / len(rows)
        out(f"{name}: {len(rows)} articles of {words:.0f} words; articles a second of processor time:")
        out(f"{name}: dateline       B3 {ours[0]:.3f}  pair {ours[1]:.3f}  {len(rows) / seconds:,.0f}/s, tags given")
        out(f"{name}: TF-IDF 1 pass  B3 {base[0]:.3f}  pair {base[1]:.3f}  {len(rows) / base_seconds:,.0f}/s")
        figures[f"{name}_b3"], figures[f"{name}_pair"] = ours
        figures[f"{name}_per_second"] = len(rows) / seconds
        if name == "allsides":
            figures["bare_per_second"] = _bare(lines)
            out(f"{name}: dateline group on bare text, its start and tags with it: {figures['bare_per_second']:,.0f}/s")
    figures.update(_flat(out))
    return figures


def _bare(lines: Sequence[str]) -> float:
    """Give the articles a second that the command line groups, by the processor time of its process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    program = [sys.executable, "-m", "dateline", "group"]
    subprocess.run(program, input="\n".join(lines).encode(), stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return len(lines) / (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def _baseline(orders: Sequence[list[Row]]) -> tuple[tuple[float, float], float]:
    """Give what a single pass reaches with the threshold that is best for the first order, and its seconds."""
    start = time.process_time()
    near = [_nearness(rows) for rows in orders]
    spent = time.process_time() - start
    best = max(THRESHOLDS, key=lambda t: _score(orders[0], _single_pass(orders[0], near[0], t))[0])
    given = iter(near)

    def group(rows: list[Row]) -> list[str]:
        return _single_pass(rows, next(given), best)

    scores, seconds = _mean(orders, group)
    return scores, seconds + spent / len(orders)


def _shuffled(rows: Sequence[Row], seed: int) -> list[Row]:
    made = list(rows)
    random.Random(seed).shuffle(made)
    return made


def _mean(orders: Sequence[list[Row]], group: Callable[[list[Row]], list[str]]) -> tuple[tuple[float, float], float]:
    """Give the mean scores, and the seconds of processor time of the order that took least."""
    seconds, scores = [], []
    for rows in orders:
        start = time.process_time()
        answer = group(rows)
        seconds.append(time.process_time() - start)
        scores.append(_score(rows, answer))
    return (sum(s[0] for s in scores) / len(scores), sum(s[1] for s in scores) / len(scores)), min(seconds)


def _ours(rows: list[Row], tags: dict[str, Tags]) -> list[str]:
    linker = Linker()
    story: dict[str, str] = {}
    for _, held in groupby(enumerate(rows), key=lambda p: p[1]["published"] or p[0]):
        items = [(Article(r["id"], None, r["title"], r["text"], r["published"]), tags[r["id"]], None) for _, r in held]
        story.update({link.id: link.story for link in linker.place_all(items)})
    return [story[r["id"]] for r in rows]


def _nearness(rows: list[Row]) -> npt.NDArray[np.float64]:
    """Give the TF-IDF cosines of each article with those before it."""
    texts = [f"{r['title'] or ''} {r['text']}" for r in rows]
    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts)
    return np.asarray(np.tril((vectors @ vectors.T).toarray(), -1))


def _single_pass(rows: list[Row], near: npt.NDArray[np.float64], threshold: float) -> list[str]:
    """Join the story of the nearest earlier article, if the cosine is high enough."""
    nearest = near.argmax(axis=1).tolist()
    story: list[str] = []
    for at, (row, best) in enumerate(zip(rows, nearest, strict=True)):
        story.append(story[best] if near[at, best] >= threshold else row["id"])
    return story


def _score(rows: list[Row], story: list[str]) -> tuple[float, float]:
    found: dict[str, set[int]] = defaultdict(set)
    true: dict[str, set[int]] = defaultdict(set)
    for at, row in enumerate(rows):
        found[story[at]].add(at)
        true[row["gold"]].add(at)
    both = [len(found[story[at]] & true[row["gold"]]) for at, row in enumerate(rows)]
    precision = sum(b / len(found[story[at]]) for at, b in enumerate(both)) / len(rows)
    recall = sum(b / len(true[row["gold"]]) for b, row in zip(both, rows, strict=True)) / len(rows)
    joined = sum(n * (n - 1) for n in Counter(story).values())
    belong = sum(n * (n - 1) for n in Counter(r["gold"] for r in rows).values())
    right = sum(b - 1 for b in both)
    return 2 * precision * recall / (precision + recall), 2 * right / (joined + belong)


def _flat(out: Callable[[str], None]) -> dict[str, float]:
    """Measure one article's cost, and the memory, in a window of 10,000 and of 200,000 made-up ones.

    Five articles of 250 words each share the names of a story. What fills the window is made as sketches, as a desk
    reads them after a restart; the articles that are placed come as text.
    """
    stream = _Stream()
    linker = Linker()
    begun = _memory()
    costs: dict[int, float] = {}
    held = 0
    for size in (10_000, WINDOW):
        for at, sketch in enumerate(stream.sketches(held, size), held):
            linker.restore_packed(sketch, None, f"w{at // STORY:06d}")
        held = size
        asked = [stream.article(size - ASKED + at, size) for at in range(ASKED)]
        seconds: list[float] = []
        for article in asked:
            start = time.process_time()
            linker.place(article, Tags())
            seconds.append(time.process_time() - start)
        costs[size] = sum(sorted(seconds)[: ASKED * 9 // 10]) / (ASKED * 9 // 10)
    growth, memory = costs[WINDOW] / costs[10_000], _memory() - begun
    out(
        f"one article of 250 words among 10,000: {costs[10_000] * 1e3:.1f} ms CPU, among {WINDOW:,}: "
        f"{costs[WINDOW] * 1e3:.1f} ms ({growth:.2f} times), the window takes {memory:,.0f} MB"
    )
    return {"growth_10k_to_200k": growth, "memory_mb_200k": memory}


class _Stream:
    """Made-up articles with words as frequent as Zipf has them, spread evenly over a week."""

    def __init__(self) -> None:
        self.rng = np.random.default_rng(3)
        letters = np.array(list("abcdefghijklmnoprstuvw"))
        self.words = ["".join(each) for each in letters[self.rng.integers(0, len(letters), (60_000, 7))]]
        self.terms = np.array([word_terms(word)[0] for word in self.words], dtype=np.uint32)
        share = 1.0 / (np.arange(len(self.words)) + 10.0)
        self.reach = np.cumsum(share) / share.sum()

    def moment(self, at: int) -> str:
        return datetime.fromtimestamp(1_780_000_000 + at * 7 * 86_400 / WINDOW, UTC).isoformat()

    def draw(self, shape: tuple[int, ...]) -> npt.NDArray[np.intp]:
        return np.searchsorted(self.reach, self.rng.random(shape))

    def names(self, at: int) -> list[str]:
        """Give the three names that the articles of one story share."""
        return [f"{self.words[(at // STORY * 7919 + turn) % len(self.words)].capitalize()}s" for turn in range(3)]

    def article(self, at: int, moment: int) -> Article:
        """Give an article of the story of another, published after all that were made."""
        words = [self.words[rank] for rank in self.draw((250,)).tolist()]
        for turn in range(5, 150, 15):
            words[turn] = self.names(at)[turn // 15 % 3]
        return Article(f"x{at:06d}", None, " ".join(words[:9]), " ".join(words), self.moment(moment))

    def sketches(self, start: int, end: int) -> Iterator[bytes]:
        """Give the bytes of articles: names, words, those of the lead and the title marked, then neighbours."""
        flags = np.full(250, WORD, dtype=np.uint32)
        flags[:60] |= LEAD
        flags[:9] |= TITLE
        drawn = self.terms[self.draw((TEXTS, 250))]
        texts = [
            row[np.sort(np.unique(row & np.uint32(BUCKETS - 1), return_index=True)[1])] for row in drawn | flags << 24
        ]
        for at in range(start, end):
            if at % TEXTS == 0 or at == start:
                pairs = self.rng.integers(0, BUCKETS, (TEXTS, 150), dtype=np.uint32) | np.uint32(PAIR << 24)
            if at % STORY == 0 or at == start:
                names = np.array([word_terms(name)[0] | (WORD | NAME | LEAD) << 24 for name in self.names(at)])
            packed = np.concatenate([names.astype(np.uint32), texts[at % TEXTS], pairs[at % TEXTS]])
            key = (0, self.moment(at), "")
            yield pack(Sketch(f"w{at:06d}", key, 0.0, None, None, packed, frozenset()))


def _memory() -> float:
    """Give the memory in use, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6
