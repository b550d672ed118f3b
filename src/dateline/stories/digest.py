"""The headline and the digest of a story: quotations only.

The headline is the title of the most central member. How the digest's sentences are chosen is told in `choosing`; only
sentences that stand on their own are (see `candidates`), and the newest article's come first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.model import Article, Digest, Headline, Quote, Tags
from dateline.stories.candidates import Candidate, candidates
from dateline.stories.central import bag, centre, likeness, rarity
from dateline.stories.choosing import choose
from dateline.stories.figures import figures
from dateline.text.moments import order_key
from dateline.text.words import content_words

WORDS = 80
MOST_SENTENCES = 6
ARTICLES = 40  # members looked at: the newest independent ones


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


def quotable(pool: Sequence[Candidate], words: int) -> list[Candidate]:
    """Give the sentences that stand on their own and fit; where none does, those that at least fit."""
    fitting = [c for c in pool if c.length <= words]
    own = [c for c in fitting if not c.leans]
    return [c for c in own if c.whole] or own or fitting


def reading_order(chosen: Sequence[Candidate], articles: Sequence[Article]) -> list[Candidate]:
    """Sort chosen sentences for reading: the newest day's first, then as they stand near the top of their articles."""
    days = {a.id: order_key(a.published)[1][:10] for a in articles}
    ranked = sorted(chosen, key=lambda c: (c.place, c.rank))
    return sorted(ranked, key=lambda c: days[c.article], reverse=True)


def _quotes(articles: Sequence[Article], words: int) -> tuple[Quote, ...]:
    pool = candidates(articles)
    good = quotable(pool, words)
    chosen = choose(good, pool, len(articles), words, MOST_SENTENCES)
    return tuple(Quote(c.text, c.article, c.start, c.end) for c in reading_order(chosen, articles))
