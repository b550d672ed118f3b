"""The headline and the digest of a story: quotations only.

The headline is the title of the most central member. The digest takes sentences greedily by a weighted sum of named
signs (centrality, place in the article, likeness to the titles, support by other families …) less what is already said
(maximal marginal relevance, Carbonell and Goldstein 1998). Its weights are fitted by tools/fit_digest.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.model import Article, Digest, Headline, Quote, Tags
from dateline.stories.candidates import Candidate, candidates
from dateline.stories.central import bag, centre, likeness, rarity
from dateline.stories.figures import figures
from dateline.text.moments import order_key
from dateline.text.words import content_words

WORDS = 80
MOST_SENTENCES = 6
ARTICLES = 40  # members looked at: the newest independent ones


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign of a sentence counts."""

    central: float
    first: float
    early: float
    titles: float
    support: float
    newest: float
    short: float
    redundant: float
    same_family: float


def digest(
    id: str,
    articles: Sequence[Article],
    *,
    words: int = WORDS,
    families: Mapping[str, str] | None = None,
    tags: Mapping[str, Tags] | None = None,
) -> Digest:
    """Sum a story up in 1 to 6 quoted sentences of at most `words` words, with its headline and its figures.

    `families` names the copy family of an article; copies are not quoted where their original is there. What is given
    in another order gives the same digest. Empty where no article has a sentence that fits.
    """
    families = families or {}
    ordered = in_order(articles)
    independent = originals(ordered, families)[-ARTICLES:]
    headline = choose_headline(independent)
    quotes = _quotes(independent, words)
    made = figures(id, ordered, tags or {}, families) if tags else ()
    return Digest(id, headline, quotes, made)


def in_order(articles: Sequence[Article]) -> list[Article]:
    """Sort articles by publication, then id; undated ones last, by id."""
    return sorted(articles, key=lambda a: (order_key(a.published), a.id))


def originals(articles: Sequence[Article], families: Mapping[str, str]) -> list[Article]:
    """Keep the first article of each copy family, and all that have none."""
    seen: set[str] = set()
    kept = []
    for article in articles:
        family = families.get(article.id)
        if family is None or family not in seen:
            kept.append(article)
        if family is not None:
            seen.add(family)
    return kept


def choose_headline(articles: Sequence[Article]) -> Headline | None:
    """Give the title of the article that is most like all others; the first in order where two are equal."""
    titled = [a for a in articles if a.title and a.title.strip()]
    if not titled:
        return None
    texts = {a.id: content_words(f"{a.title}. {a.text[:1200]}", a.language) for a in articles}
    titles = {a.id: content_words(a.title or "", a.language) for a in titled}
    weights = rarity(list(texts.values()))
    middle = centre([bag(words, weights) for words in texts.values()])
    of_titles = centre([bag(words, weights) for words in titles.values()])

    def centrality(article: Article) -> float:
        own = bag(titles[article.id], weights)
        return round(likeness(own, middle) + 0.5 * likeness(own, of_titles), 6)

    best = max(titled, key=centrality)
    return Headline(best.title or "", best.id)


def _quotes(articles: Sequence[Article], words: int) -> tuple[Quote, ...]:
    pool = candidates(articles)
    good = [c for c in pool if c.whole and not c.leans and c.length <= words]
    good = good or [c for c in pool if not c.leans and c.length <= words] or [c for c in pool if c.length <= words]
    chosen = _choose(good, pool, articles, words)
    chosen.sort(key=lambda c: (-c.rank, c.place))
    return tuple(Quote(c.text, c.article, c.start, c.end) for c in chosen)


def _choose(good: list[Candidate], pool: list[Candidate], articles: Sequence[Article], words: int) -> list[Candidate]:
    weights = _shipped()
    scores, bags = _scores(good, pool, articles, weights)
    chosen: list[Candidate] = []
    left, open_ = words, list(range(len(good)))
    while open_ and len(chosen) < MOST_SENTENCES:

        def worth(at: int) -> float:
            said = max((likeness(bags[at], bags[good.index(c)]) for c in chosen), default=0.0)
            same = sum(c.article == good[at].article for c in chosen)
            return round(scores[at] - weights.redundant * said - weights.same_family * same, 6)

        open_ = [at for at in open_ if good[at].length <= left]
        if not open_:
            break
        best = max(open_, key=lambda at: (worth(at), -good[at].place, -at))
        chosen.append(good[best])
        left -= good[best].length
        open_.remove(best)
    return chosen


def _scores(
    good: list[Candidate], pool: list[Candidate], articles: Sequence[Article], weights: Weights
) -> tuple[list[float], list[dict[str, float]]]:
    by_article: dict[str, list[str]] = {}
    for sentence in pool:
        by_article.setdefault(sentence.article, []).extend(sentence.words)
    rare = rarity(list(by_article.values()))
    middle = centre([bag(words, rare) for words in by_article.values()])
    titles = centre([bag(content_words(a.title or "", a.language), rare) for a in articles])
    bags = [bag(c.words, rare) for c in good]
    others = [(c.article, bag(c.words, rare)) for c in pool]
    scores = []
    for c, own in zip(good, bags, strict=True):
        best: dict[str, float] = {}
        for article, theirs in others:
            if article != c.article:
                best[article] = max(best.get(article, 0.0), likeness(own, theirs))
        scores.append(
            weights.central * likeness(own, middle)
            + weights.first * (c.place == 0)
            + weights.early / (1 + c.place)
            + weights.titles * likeness(own, titles)
            + weights.support * (sum(best.values()) / max(len(by_article) - 1, 1))
            + weights.newest * (c.rank + 1) / len(articles)
            + weights.short * (c.length < 12)
        )
    return scores, bags


@cache
def _shipped() -> Weights:
    raw = json.loads((files("dateline.stories") / "digest.json").read_text(encoding="utf-8"))
    return Weights(**raw["weights"])
