"""What the search index holds of an article, and how results are put in order."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.model import Article, Hit, Mention, Tags
from dateline.store.search import terms
from dateline.store.search.query import Node, beginnings, wanted

GAP = "zqz"  # stands between two names of a field, so that no phrase runs from one into the next
TITLE_WEIGHT = 3.0  # a word in the title says what the article is about
CANDIDATES = 5_000  # newest matches that are ranked; what is older than these has lost by its age
FRESH_HALF_LIFE = 7 * 86_400.0  # seconds
STALE = 0.3  # what the age can take at most leaves this share of the rank


@dataclass(frozen=True, slots=True)
class Document:
    """The folded words of an article, column by column, each joined by single spaces."""

    title: str
    body: str
    source: str
    place: str
    actor: str
    type: str
    lang: str

    def columns(self) -> tuple[str, ...]:
        """Give the columns in their order."""
        return (self.title, self.body, self.source, self.place, self.actor, self.type, self.lang)


def document(article: Article, tags: Tags, mentions: Sequence[Mention], *, text: bool = True) -> Document:
    """Make the document of an article; with `text` False its body stays out."""
    publisher = article.publisher
    places = [p for p in tags.places if p.role == "literal"]
    return Document(
        title=" ".join(terms.words(article.title)),
        body=" ".join(terms.words(article.text)) if text else "",
        source=_names([publisher.domain, publisher.name] if publisher else []),
        place=_names(key for p in places for key in (p.name, p.text, p.country, p.admin1)),
        actor=_names(key for a in tags.actors for key in (a.name, a.text, a.code)),
        type=_names(key for m in mentions for key in (m.type, m.mode)),
        lang=_names([article.language]),
    )


def fresh(epoch: int, newest: int) -> float:
    """Give how much of its rank an article keeps for its age against the newest article, STALE to 1."""
    return STALE + (1 - STALE) * math.exp2(-max(0, newest - epoch) / FRESH_HALF_LIFE)


def hit(article: Article, story: str | None, node: Node, score: float, *, text: bool = True) -> Hit:
    """Make the result that is shown of an article that matched."""
    body = article.text if text else ""
    words = wanted(node)
    starts = beginnings(node)
    if starts:
        words |= {t for t in terms.words(body) if t.startswith(starts)}
    shown, marks = terms.passage(body, words)
    return Hit(article.id, story, article.title, shown, marks, round(score, 9))


def _names(names: Iterable[str | None]) -> str:
    found = dict.fromkeys(" ".join(terms.words(name)) for name in names if name)
    return f" {GAP} ".join(name for name in found if name)
