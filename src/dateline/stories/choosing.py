"""Which sentences a digest takes: central ones that stand early, each saying what the others do not.

A sentence's worth is its likeness to the middle of all sentences (relative to the best one's) with a bonus for standing
early and for the newest articles, less its likeness to what is chosen already (maximal marginal relevance, Carbonell
and Goldstein 1998). A word weighs the same however many of the articles have it: in a story, common words are what it
is about. The weights are fitted by tools/fit_digest.py.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files

from dateline.stories.candidates import Candidate
from dateline.stories.central import bag, centre, likeness


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts, against 1 for the most central sentence."""

    early: float  # falls with the sentence's place: whole for an article's first, half for its second
    shared: float  # likeness to the other articles' sentences alone
    newest: float  # whole for the newest article, falling to none for the oldest
    redundant: float  # lost by likeness to a chosen sentence
    same: float  # lost for each further sentence of one article

    @classmethod
    def load(cls) -> Weights:
        """Read the shipped weights."""
        return _shipped()

    def dump(self) -> str:
        """Write the weights as JSON text."""
        return json.dumps({"made_by": "tools/fit_digest.py", "weights": asdict(self)}, indent=2) + "\n"


@cache
def _shipped() -> Weights:
    raw = json.loads((files("dateline.stories") / "digest.json").read_text(encoding="utf-8"))
    return Weights(**raw["weights"])


def choose(
    good: Sequence[Candidate],
    pool: Sequence[Candidate],
    articles: int,
    words: int,
    most: int,
    weights: Weights | None = None,
) -> list[Candidate]:
    """Take at most `most` of the good sentences with at most `words` words together, the best first.

    `pool` is all the sentences of the `articles` articles: the middle is theirs.
    """
    weights = weights or Weights.load()
    bags = [bag(c.words) for c in good]
    worth = _worth(good, bags, pool, articles, weights)
    chosen: list[int] = []
    left = words
    while len(chosen) < most:
        open_ = [at for at, c in enumerate(good) if at not in chosen and c.length <= left]
        if not open_:
            break

        def gain(at: int) -> float:
            said = max((likeness(bags[at], bags[other]) for other in chosen), default=0.0)
            same = sum(good[other].article == good[at].article for other in chosen)
            return round(worth[at] - weights.redundant * said - weights.same * same, 6)

        best = max(open_, key=lambda at: (gain(at), -at))
        chosen.append(best)
        left -= good[best].length
    return [good[at] for at in chosen]


def _worth(
    good: Sequence[Candidate],
    bags: Sequence[dict[str, float]],
    pool: Sequence[Candidate],
    articles: int,
    weights: Weights,
) -> list[float]:
    all_bags = [(c.article, bag(c.words)) for c in pool]
    middle = centre(b for _, b in all_bags)
    ids = {c.article for c in good}
    besides = {id: centre(b for article, b in all_bags if article != id) for id in ids}
    central = [likeness(own, middle) for own in bags]
    top = max(central, default=0.0) or 1.0
    return [
        value / top
        + weights.early / (1 + c.place)
        + weights.shared * likeness(own, besides[c.article])
        + weights.newest * c.rank / max(1, articles - 1)
        for c, own, value in zip(good, bags, central, strict=True)
    ]
