"""Which sentences a digest takes: the set that says most of what the story is about within the words there are.

Sets of sentences are compared, not sentences one by one, because what counts is what they say together: each has a few
signs between 0 and 1 (how central its sentences are, how early they stand, how much of the titles' and of the shared
words it covers, how full it is, how much it repeats), and the set whose weighted sum is highest is taken. A beam
search over the best single sentences finds it (sets of sentences: Lin and Bilmes 2011; centrality: Radev et al. 2004).
A word weighs more the more articles have it: in a story, common words are what it is about. The weights are fitted by
tools/fit_digest.py.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from dateline.stories.candidates import Candidate
from dateline.stories.central import bag, centre, likeness
from dateline.text.words import fold, stem, tokens

SINGLE = ("central", "early", "first", "shared", "titled", "quoted", "newest", "short")
TOGETHER = ("full", "covered", "pairs", "titles", "repeats", "spread", "many")
SIGNS = SINGLE + TOGETHER
BEAM = 12
BEST = 18  # single sentences that sets are made of
SHORT_WORDS = 10
ASIDE = 0.4  # of the most central sentence's likeness to the middle: what has less is colour, and never fills a digest
CENTRAL = SINGLE.index("central")

Weights = Mapping[str, float]
Pair = tuple[str, str]


@cache
def shipped() -> Weights:
    """Read the shipped weights, one for each of SIGNS."""
    raw = json.loads((files("dateline.stories") / "digest.json").read_text(encoding="utf-8"))
    return {sign: float(raw["weights"][sign]) for sign in SIGNS}


def dump(weights: Weights) -> str:
    """Write weights as JSON text."""
    named = {sign: round(weights[sign], 4) for sign in SIGNS}
    return json.dumps({"made_by": "tools/fit_digest.py", "weights": named}, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class Field:
    """The sentences that may be chosen, with what they are measured by."""

    good: tuple[Candidate, ...]
    signs: tuple[tuple[float, ...], ...]  # of each sentence alone, as SINGLE
    bags: tuple[dict[str, float], ...]
    common: dict[str, float]  # words of the story by how many articles have them; shares that sum to 1
    titles: dict[str, float]  # words of the titles likewise
    pairs: tuple[frozenset[Pair], ...]  # of each sentence: its neighbouring words that other articles have as well
    articles: int


def survey(
    good: Sequence[Candidate], pool: Sequence[Candidate], titles: Sequence[Sequence[str]], articles: int
) -> Field:
    """Measure the sentences that may be chosen; `pool` is all there are, `titles` the words of the articles' titles."""
    all_bags = [(c.article, bag(c.words)) for c in pool]
    middle = centre(b for _, b in all_bags)
    of_titles = centre(bag(words) for words in titles if words)
    besides = {id: centre(b for article, b in all_bags if article != id) for id in {c.article for c in good}}
    bags = [bag(c.words) for c in good]
    central = [likeness(own, middle) for own in bags]
    titled = [likeness(own, of_titles) for own in bags]
    shared = [likeness(own, besides[c.article]) for c, own in zip(good, bags, strict=True)]
    newest = max((c.rank for c in pool), default=0) or 1
    top = [max(values, default=0.0) or 1.0 for values in (central, shared, titled)]
    signs = tuple(
        (
            central[at] / top[0],
            1.0 / (1 + c.place),
            float(c.place == 0),
            shared[at] / top[1],
            titled[at] / top[2],
            c.quoted,
            c.rank / newest,
            float(c.length < SHORT_WORDS),
        )
        for at, c in enumerate(good)
    )
    found = Counter(word for id in sorted({c.article for c in pool}) for word in _words_of(pool, id))
    common = {word: math.log(count) for word, count in sorted(found.items()) if count > 1}
    of_titles_words = _shares(Counter(word for words in titles for word in set(words)))
    return Field(tuple(good), signs, tuple(bags), _shares(common), of_titles_words, _shared_pairs(good, pool), articles)


def _shared_pairs(good: Sequence[Candidate], pool: Sequence[Candidate]) -> tuple[frozenset[Pair], ...]:
    made = {(c.article, c.start): frozenset(pairwise(stem(fold(w)) for w in tokens(c.text))) for c in pool}
    having: dict[str, set[Pair]] = {}
    for (article, _), found in made.items():
        having.setdefault(article, set()).update(found)
    count = Counter(pair for found in having.values() for pair in found)
    return tuple(frozenset(pair for pair in made[c.article, c.start] if count[pair] > 1) for c in good)


def _words_of(pool: Sequence[Candidate], article: str) -> set[str]:
    return {word for c in pool if c.article == article for word in c.words}


def _shares(weights: Mapping[str, float]) -> dict[str, float]:
    whole = math.fsum(weights.values())
    return {word: weights[word] / whole for word in sorted(weights)} if whole else {}


def signs(field: Field, chosen: Sequence[int], words: int) -> tuple[float, ...]:
    """Give the SIGNS of a set of sentences, by their indices; those of single sentences by their share of the words."""
    made = [field.good[at] for at in chosen]
    single = [0.0] * len(SINGLE)
    for at, candidate in zip(chosen, made, strict=True):
        for which, value in enumerate(field.signs[at]):
            single[which] += value * candidate.length / words
    said = {word for candidate in made for word in candidate.words}
    repeats = math.fsum(
        likeness(field.bags[a], field.bags[b]) for i, a in enumerate(chosen) for b in chosen[i + 1 :]
    ) / max(1, len(chosen))
    return (
        *single,
        sum(c.length for c in made) / words,
        math.fsum(sorted(field.common[w] for w in said if w in field.common)),
        len(frozenset[Pair]().union(*(field.pairs[at] for at in chosen))) / words,
        math.fsum(sorted(field.titles[w] for w in said if w in field.titles)),
        repeats,
        len({c.article for c in made}) / max(1, min(len(made), field.articles)),
        len(made) / 6,
    )


def choose(field: Field, words: int, most: int, weights: Weights | None = None) -> list[Candidate]:
    """Take the best set of at most `most` sentences with at most `words` words together, the best one first."""
    weights = weights or shipped()
    by = [weights[sign] for sign in SIGNS]

    def worth(chosen: Sequence[int]) -> float:
        return round(math.fsum(a * b for a, b in zip(by, signs(field, chosen, words), strict=True)), 9)

    fitting = [at for at, c in enumerate(field.good) if c.length <= words]
    alone = {at: worth((at,)) for at in [at for at in fitting if field.signs[at][CENTRAL] >= ASIDE] or fitting}
    open_ = sorted(alone, key=lambda at: (-alone[at], at))[:BEST]
    best: tuple[float, tuple[int, ...]] = (0.0, ())
    beam: list[tuple[float, tuple[int, ...]]] = [(-alone[at], (at,)) for at in open_]
    while beam:
        beam = sorted(beam)[:BEAM]
        best = min(best, *beam) if best[1] else beam[0]
        if len(beam[0][1]) >= most:
            break
        grown = {
            tuple(sorted((*have, at)))
            for _, have in beam
            for at in open_
            if at not in have and sum(field.good[a].length for a in have) + field.good[at].length <= words
        }
        beam = [(-worth(made), made) for made in grown]
    per_word = {at: alone[at] - by[SIGNS.index("full")] * field.good[at].length / words for at in best[1]}
    return [field.good[at] for at in sorted(best[1], key=lambda at: (-per_word[at], at))]
