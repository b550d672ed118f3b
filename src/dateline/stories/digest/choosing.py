"""Which sentences a digest takes: the set that says most of what the story is about within the words there are.

Sets of sentences are compared, not sentences one by one, because what counts is what they say together. A set has a
few signs, all shares, and the set whose weighted sum is highest is taken; a beam search over the best single sentences
finds it (sets of sentences: Lin and Bilmes 2011; centrality: Radev et al. 2004). The strongest signs ask how much a set
agrees with the openings and the titles of all sources, by their longest common runs of words in order: the digest is
the text that stands nearest to all of them at once. The weights of FITTED are fitted by tools/fit_digest.py; those of
BY_HAND say what readers want of a digest, which the measuring data does not tell.
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

from dateline.model import Article
from dateline.stories.digest.candidates import Candidate
from dateline.stories.digest.central import bag, centre, likeness
from dateline.stories.digest.runs import Agreements, Reference, run
from dateline.text.moments import order_key
from dateline.text.words import content_words

FITTED = ("full", "covered", "pairs", "titled", "titles", "openings")
BY_HAND = ("quoted", "early", "repeats", "spread", "current", "adrift")
SIGNS = FITTED + BY_HAND
BEAM = 12
BEST = 24  # single sentences that sets are made of
ASIDE = 0.4  # of the most central sentence's likeness to the middle: what has less is colour, and never fills a digest
OPENERS = 3  # sentences of an article that may tell the newest state
AT_HEART = 0.5  # of the best sentence's likeness to the middle that such a one has at least
NAMED = 0.3  # of what the best sentence shares with the titles that one needs to tell the newest state, or to open
REFERENCES = 12  # articles whose openings and titles a set is held against: the most central ones
OPENING = 90  # words of an article that tell its news

Weights = Mapping[str, float]
Pair = tuple[str, str]


@cache
def shipped() -> Weights:
    """Read the shipped weights, one for each of SIGNS."""
    raw = json.loads((files("dateline.stories.digest") / "digest.json").read_text(encoding="utf-8"))
    return {sign: float(raw["weights"][sign]) for sign in SIGNS}


@dataclass(frozen=True, slots=True)
class Field:
    """The sentences that may be chosen, with what they are measured by."""

    good: tuple[Candidate, ...]
    central: tuple[float, ...]  # of each sentence: likeness to the middle of the story, as a share of the best one's
    titled: tuple[float, ...]  # of each sentence: likeness to the middle of the titles
    current: tuple[bool, ...]  # of each sentence: it tells the news of the newest day of a story of several days
    bags: tuple[dict[str, float], ...]
    common: dict[str, float]  # words of the story by how many articles have them; shares that sum to 1
    pairs: tuple[frozenset[Pair], ...]  # of each sentence: its neighbouring words that other articles have as well
    all_pairs: int
    titles: Agreements  # of the sentences with the titles
    openings: Agreements
    articles: int


def survey(good: Sequence[Candidate], pool: Sequence[Candidate], articles: Sequence[Article]) -> Field:
    """Measure the sentences that may be chosen; `pool` is all that the articles have."""
    runs = {(c.article, c.start): run(c.text) for c in pool}
    own_runs = tuple(run(c.text) if c.part else runs[c.article, c.start] for c in good)
    every = {id: [c for c in pool if c.article == id] for id in dict.fromkeys(c.article for c in pool)}
    bags_of = {id: centre(bag(c.words) for c in own) for id, own in every.items()}
    middle = centre(bags_of.values())
    leading = sorted(every, key=lambda id: -round(likeness(bags_of[id], middle), 9))[:REFERENCES]
    titles = {a.id: run(a.title) for a in articles if a.title and a.title.strip()}
    of_titles = centre(bag(content_words(a.title or "", a.language)) for a in articles if a.id in titles)
    days = {a.id: day(a) for a in articles}
    bags = tuple(bag(c.words) for c in good)
    central = _of_best([likeness(own, middle) for own in bags])
    titled = tuple(likeness(own, of_titles) for own in bags)
    shared = _shared_pairs(every, runs)
    found = Counter(word for own in every.values() for word in {w for c in own for w in c.words})
    newest = max(days.values(), default="") if len(set(days.values())) > 1 else None
    return Field(
        tuple(good),
        central,
        titled,
        tuple(
            c.place < OPENERS
            and days[c.article] == newest
            and own >= AT_HEART
            and title >= NAMED
            and c.quoted < AT_HEART
            for c, own, title in zip(good, central, _of_best(titled), strict=True)
        ),
        bags,
        _shares({word: math.log(count) for word, count in sorted(found.items()) if count > 1}),
        tuple(frozenset(pair for pair in pairwise(own) if pair in shared) for own in own_runs),
        len(shared),
        Agreements(own_runs, [Reference.of(titles[id]) for id in leading if id in titles]),
        Agreements(
            own_runs,
            [Reference.of([w for c in every[id] for w in runs[c.article, c.start]][:OPENING]) for id in leading],
        ),
        len(every),
    )


def day(article: Article) -> str:
    """Give the day of an article in one clock for all, to compare; empty where it has none."""
    return order_key(article.published)[1][:10]


def _of_best(values: Sequence[float]) -> tuple[float, ...]:
    best = max(values, default=0.0) or 1.0
    return tuple(value / best for value in values)


def _shared_pairs(
    every: Mapping[str, Sequence[Candidate]], runs: Mapping[tuple[str, int], Sequence[str]]
) -> frozenset[Pair]:
    count = Counter(
        pair for own in every.values() for pair in {p for c in own for p in pairwise(runs[c.article, c.start])}
    )
    return frozenset(pair for pair, number in count.items() if number > 1)


def _shares(weights: Mapping[str, float]) -> dict[str, float]:
    whole = math.fsum(weights.values())
    return {word: weights[word] / whole for word in sorted(weights)} if whole else {}


class Measure:
    """The signs of sets of a field's sentences, of which a digest may have so many words."""

    def __init__(self, field: Field, words: int) -> None:
        """Find once for each sentence what it adds to a set: thousands of sets are measured."""
        self.field = field
        shares = [candidate.length / words for candidate in field.good]
        self._adds = [
            (share, titled * share, c.quoted * share, share / (1 + c.place))
            for c, titled, share in zip(field.good, field.titled, shares, strict=True)
        ]
        self._words = [frozenset(w for w in c.words if w in field.common) for c in field.good]
        self._alike: dict[tuple[int, int], float] = {}

    def signs(self, chosen: tuple[int, ...]) -> tuple[float, ...]:
        """Give the SIGNS of a set of sentences, by their indices; those of single sentences by their share of words."""
        field, made = self.field, [self.field.good[at] for at in chosen]
        full = titled = quoted = early = 0.0
        for at in chosen:
            own = self._adds[at]
            full += own[0]
            titled += own[1]
            quoted += own[2]
            early += own[3]
        return (
            full,
            self._covered(chosen) if field.common else 0.0,
            self._pairs(chosen) if field.all_pairs else 0.0,
            titled,
            field.titles.of(chosen),
            field.openings.of(chosen),
            quoted,
            early,
            self._repeats(chosen),
            len({c.article for c in made}) / max(1, min(len(made), field.articles)),
            float(any(field.current[at] for at in chosen)),
            sum(_adrift(c, made) for c in made if c.bare) / len(made),
        )

    def _covered(self, chosen: Sequence[int]) -> float:
        said = frozenset[str]().union(*(self._words[at] for at in chosen))
        return math.fsum(self.field.common[word] for word in said)  # whatever the order of a set of words

    def _pairs(self, chosen: Sequence[int]) -> float:
        return len(frozenset[Pair]().union(*(self.field.pairs[at] for at in chosen))) / self.field.all_pairs

    def _repeats(self, chosen: Sequence[int]) -> float:
        return sum(self._likeness(a, b) for i, a in enumerate(chosen) for b in chosen[i + 1 :]) / len(chosen)

    def _likeness(self, one: int, other: int) -> float:
        found = self._alike.get((one, other))
        if found is None:
            found = self._alike[one, other] = likeness(self.field.bags[one], self.field.bags[other])
        return found


def _adrift(candidate: Candidate, made: Sequence[Candidate]) -> bool:
    """Tell whether a sentence that does not name its subject has none of its article before it."""
    return candidate.bare and not any(
        c.article == candidate.article and c.place < candidate.place and not c.bare for c in made
    )


def choose(field: Field, words: int, most: int, weights: Weights | None = None) -> list[Candidate]:
    """Take the best set of at most `most` sentences with at most `words` words together, the best one first."""
    weights = weights or shipped()
    by, measure = [weights[sign] for sign in SIGNS], Measure(field, words)

    def worth(chosen: tuple[int, ...]) -> float:
        return round(sum(a * b for a, b in zip(by, measure.signs(chosen), strict=True)), 9)

    fitting = [at for at, c in enumerate(field.good) if c.length <= words]
    alone = {at: worth((at,)) for at in [at for at in fitting if field.central[at] >= ASIDE] or fitting}
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
            if all(field.good[at].of != field.good[a].of for a in have)
            and sum(field.good[a].length for a in have) + field.good[at].length <= words
        }
        beam = [(-worth(made), made) for made in grown]
    return [field.good[at] for at in sorted(best[1], key=lambda at: (-alone[at], at))]
