"""The headline and the digest of a story: quotations only.

How the headline is chosen is told in `headline`, how the digest's sentences are in `choosing`; only
sentences that stand on their own are (see `candidates`), and the newest article's come first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from dateline.model import Article, Digest, Quote, Tags
from dateline.stories.digest.candidates import Candidate, candidates, parts
from dateline.stories.digest.choosing import NAMED, Weights, choose, day, survey
from dateline.stories.digest.headline import choose_headline
from dateline.stories.digest.runs import run
from dateline.stories.figures import figures
from dateline.text.moments import order_key
from dateline.text.words import content_words

WORDS = 80
MOST_SENTENCES = 6
ECHO = 0.1  # of an article's neighbouring words that may be new where it says nothing new
ECHOED = 4000  # characters of an article that are looked at for that
MOSTLY = 0.4  # of a sentence in quotation marks: it colours the news and does not tell it
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
    independent = fresh(originals(news(ordered), families)[-ARTICLES:])
    headline = choose_headline(independent)
    quotes = _quotes(independent, words)
    made = figures(id, ordered, tags or {}, families) if tags else ()
    return Digest(id, headline, quotes, made)


def in_order(articles: Sequence[Article]) -> list[Article]:
    """Sort articles by publication, then id; undated ones last, by id."""
    return sorted(articles, key=lambda a: (order_key(a.published), a.id))


def news(articles: Sequence[Article]) -> list[Article]:
    """Leave opinion out where there is news: its words are not what happened."""
    return [a for a in articles if a.kind != "opinion"] or list(articles)


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


def fresh(articles: Sequence[Article]) -> list[Article]:
    """Leave out articles that only say again what those before them said, so that a digest is stable under them."""
    pairs: set[tuple[str, str]] = set()
    numbers: set[str] = set()
    kept = []
    for article in articles:
        words = run(f"{article.title or ''}\n{article.text[:ECHOED]}")
        own, counted = set(pairwise(words)), {word for word in words if word[:1].isdigit()}
        if not own or len(own - pairs) > ECHO * len(own) or counted - numbers:
            kept.append(article)
        pairs |= own
        numbers |= counted
    return kept


def quotable(pool: Sequence[Candidate], words: int, articles: Sequence[Article] = ()) -> list[Candidate]:
    """Give the sentences, or parts of them, that stand on their own and fit; where none does, all that fit.

    Sentences are quoted in part only where their articles are given.
    """
    languages = {a.id: a.language for a in articles}
    fitting = [c for c in pool if c.length <= words]
    own = [c for c in fitting if not c.leans]
    in_part = [part for c in pool if c.article in languages for part in parts(c, languages[c.article])]
    return [c for c in [*own, *in_part] if c.whole and c.length <= words] or own or fitting


def reading_order(chosen: Sequence[Candidate], articles: Sequence[Article]) -> list[Candidate]:
    """Sort chosen sentences, given best first, for reading: the newest day's first, each article's together.

    The first is of the newest day, mostly no quotation, and names what it is about: the latest that opens its article,
    or else the best. Then come those of its article; what is mostly quotation comes last.
    """
    days = {a.id: day(a) for a in articles}
    plain = [c for c in chosen if c.quoted < MOSTLY] or list(chosen)
    plain = [c for c in plain if not c.bare] or plain
    titles = {word for a in articles for word in content_words(a.title or "", a.language)}
    met = {c: len(titles.intersection(c.words)) for c in plain}
    plain = [c for c in plain if met[c] >= max(met.values()) * NAMED]
    newest = max((days[c.article] for c in plain), default="")
    latest = [c for c in plain if days[c.article] == newest]
    best = min(latest, key=lambda c: (c.place > 0, -c.rank * (c.place == 0), plain.index(c)), default=None)
    opening = min((c for c in latest if best and c.article == best.article), key=lambda c: c.place, default=None)
    rest = sorted((c for c in chosen if c is not opening), key=lambda c: (c.rank, c.article, c.place))
    rest.sort(key=lambda c: days[c.article], reverse=True)
    rest.sort(key=lambda c: (c.quoted >= MOSTLY, opening is not None and c.article != opening.article))
    return ([opening] if opening else []) + rest


def pick(articles: Sequence[Article], words: int, weights: Weights | None = None) -> list[Candidate]:
    """Choose the sentences of a digest, in the order of reading."""
    pool = candidates(articles)
    field = survey(quotable(pool, words, articles), pool, articles)
    return reading_order(choose(field, words, MOST_SENTENCES, weights), articles)


def _quotes(articles: Sequence[Article], words: int) -> tuple[Quote, ...]:
    return tuple(Quote(c.text, c.article, c.start, c.end) for c in pick(articles, words))
