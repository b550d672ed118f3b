"""Topics of a story: up to three of the top level of IPTC Media Topics, none where unsure."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.lexicon.words.topics import by_category, by_words
from dateline.model import Article
from dateline.text.words import content_words

MOST = 3
ARTICLES = 12  # members read
FLOOR = 1.0  # evidence below which no topic is given
SHARE = 0.45  # of the best topic's evidence that a second or third one needs


def topics(articles: Sequence[Article]) -> tuple[str, ...]:
    """Give the topics of a story's articles, best first."""
    tally: dict[str, float] = {}
    looked = articles[:ARTICLES]
    for article in looked:
        for topic in {t for category in article.categories for t in by_category(category)}:
            tally[topic] = tally.get(topic, 0.0) + 1.5 / len(looked)
        title = content_words(article.title or "", article.language)
        text = content_words(article.text[:1500], article.language)
        for topic, evidence in by_words(title, text).items():
            tally[topic] = tally.get(topic, 0.0) + evidence / len(looked)
    ranked = sorted(tally.items(), key=lambda item: (-round(item[1], 6), item[0]))
    if not ranked or ranked[0][1] < FLOOR:
        return ()
    return tuple(topic for topic, evidence in ranked[:MOST] if evidence >= max(FLOOR, SHARE * ranked[0][1]))
