"""Which sentences a digest takes: those expected to carry the most of what the story's articles have in common.

A sentence's worth is linear in named signs, each counted once a word, less what two chosen sentences both say (maximal
marginal relevance, Carbonell and Goldstein 1998); a beam search packs sentences into the words there are. Weights are
fitted by tools/fit_digest.py.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.model import Article
from dateline.stories.candidates import Candidate
from dateline.stories.central import bag, centre, likeness, rarity
from dateline.text.words import content_words

BEAM = 16
POOL = 48  # sentences that the search looks at: the best on their own
SIGNS = (
    "word",  # 1: what any word is worth
    "central",  # likeness to the middle of all articles
    "others",  # likeness to the middle of the other articles
    "support",  # mean over the other articles of the likest sentence
    "titles",  # likeness to the middle of the titles
    "own_title",
    "first",  # the article's first sentence
    "early",  # 1 / (1 + place)
    "newest",  # 1 for the newest article, 0 for the oldest
    "quote",  # has words in quotation marks
    "figure",  # has a number
    "shared",  # share of its content words that another article has too
    "shared_pairs",  # the same of neighbouring pairs
    "short",  # fewer than 12 words
    "long",  # more than 35 words
)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts, and how much is lost by saying a thing twice."""

    signs: tuple[float, ...]  # in the order of SIGNS
    redundant: float
    same: float  # lost for each further sentence of one article

    @classmethod
    def load(cls) -> Weights:
        """Read the shipped weights."""
        return _shipped()

    def dump(self) -> str:
        """Write the weights as JSON text."""
        signs = dict(zip(SIGNS, self.signs, strict=True))
        body = {"made_by": "tools/fit_digest.py", "redundant": self.redundant, "same": self.same, "signs": signs}
        return json.dumps(body, indent=2) + "\n"


@cache
def _shipped() -> Weights:
    raw = json.loads((files("dateline.stories") / "digest.json").read_text(encoding="utf-8"))
    return Weights(tuple(raw["signs"][name] for name in SIGNS), raw["redundant"], raw["same"])


def signs(good: Sequence[Candidate], pool: Sequence[Candidate], articles: Sequence[Article]) -> list[list[float]]:
    """Give the signs of each of the good sentences, in the order of SIGNS; `pool` is all the articles' sentences."""
    by_article: dict[str, list[str]] = {a.id: [] for a in articles}
    for sentence in pool:
        by_article[sentence.article].extend(sentence.words)
    rare = rarity(list(by_article.values()))
    whole = {id: bag(words, rare) for id, words in by_article.items()}
    middle = centre(whole.values())
    besides = {id: centre(b for other, b in whole.items() if other != id) for id in whole}
    titles = {a.id: bag(content_words(a.title or "", a.language), rare) for a in articles}
    of_titles = centre(titles.values())
    known = {id: set(words) for id, words in by_article.items()}
    pairs = {id: set(zip(words, words[1:], strict=False)) for id, words in by_article.items()}
    sentences = [(c.article, bag(c.words, rare)) for c in pool]
    made = []
    for c in good:
        own = bag(c.words, rare)
        best = dict.fromkeys((id for id in by_article if id != c.article), 0.0)
        for article, theirs in sentences:
            if article != c.article:
                best[article] = max(best[article], likeness(own, theirs))
        others = [id for id in by_article if id != c.article]
        neighbours = list(zip(c.words, c.words[1:], strict=False))
        made.append(
            [
                1.0,
                likeness(own, middle),
                likeness(own, besides[c.article]),
                sum(best.values()) / max(1, len(best)),
                likeness(own, of_titles),
                likeness(own, titles[c.article]),
                float(c.place == 0),
                1.0 / (1 + c.place),
                c.rank / max(1, len(articles) - 1),
                float(any(mark in c.text for mark in '"“«')),
                float(any(char.isdigit() for char in c.text)),
                sum(any(w in known[id] for id in others) for w in c.words) / max(1, len(c.words)),
                sum(any(p in pairs[id] for id in others) for p in neighbours) / max(1, len(neighbours)),
                float(c.length < 12),
                float(c.length > 35),
            ]
        )
    return made


def choose(
    good: Sequence[Candidate],
    values: Sequence[Sequence[float]],
    words: int,
    most: int,
    weights: Weights | None = None,
) -> list[Candidate]:
    """Take at most `most` of the sentences, with at most `words` words together; `values` are their signs."""
    weights = weights or Weights.load()
    worth = [
        c.length * sum(w * v for w, v in zip(weights.signs, row, strict=True))
        for c, row in zip(good, values, strict=True)
    ]
    looked = sorted(range(len(good)), key=lambda at: (-round(worth[at] / max(1, good[at].length), 6), at))[:POOL]
    contents = [set(c.words) for c in good]
    beam: list[tuple[float, int, tuple[int, ...]]] = [(0.0, 0, ())]
    best: tuple[float, int, tuple[int, ...]] | None = None
    for _ in range(most):
        grown: dict[tuple[int, ...], tuple[float, int, tuple[int, ...]]] = {}
        for value, length, taken in beam:
            for at in looked:
                if at in taken or length + good[at].length > words:
                    continue
                twice = sum(len(contents[at] & contents[other]) for other in taken)
                same = sum(good[other].article == good[at].article for other in taken)
                key = tuple(sorted((*taken, at)))
                gain = worth[at] - weights.redundant * twice - weights.same * same
                grown[key] = (round(value + gain, 6), length + good[at].length, key)
        if not grown:
            break
        beam = sorted(grown.values(), key=lambda s: (-round(s[0] / max(1, s[1]) ** 0.5, 6), s[2]))[:BEAM]
        top = max(grown.values(), key=lambda s: (s[0], tuple(-at for at in s[2])))
        best = top if best is None or top[0] > best[0] else best
    return [good[at] for at in best[2]] if best else []
