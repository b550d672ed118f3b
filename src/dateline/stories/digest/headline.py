"""The headline of a story: the title of its most central member, never blended.

A title is central where it says in the same order what the other titles say, where its words are those of the texts,
and where it is of middling length; marks of opinion and quotation, questions and titles in two parts, which are one
outlet's own, speak against it. The weights are fitted by tools/fit_digest.py.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from dateline.model import Article, Headline
from dateline.stories.digest.central import bag, centre, likeness
from dateline.stories.digest.runs import Reference, agreement, run
from dateline.text.words import content_words

SIGNS = (
    "in_texts",
    "shared",
    "same_words",
    "same_order",
    "middle",
    "long",
    "very_long",
    "quoted",
    "own_voice",
    "overlap",
    "pairs",
    "all_words",
    "openings",
    "asks",
    "question",
    "colon",
    "dash",
    "capitals",
)
TEXT = 1200  # characters of a text that count
NEWS = 30  # words of a text that open it
TEN = 10.0  # words: the unit of counts
_QUOTED = re.compile(r"[\"“”«»‘]|(?<!\w)'|'(?!\w)")
_OWN_VOICE = re.compile(
    r"^(?:opinion|comment|analysis|live|watch|video|review|editorial|exclusive|breaking|fact.check|photos?|poll"
    r"|the latest|updates?)\b\s*[:|–—-]|[|]|\b(?:opinion|analysis|live (?:updates?|blog))\b",
    re.I,
)
_ASKS = re.compile(
    r"^(?:how|why|what|who|where|when|is|are|can|could|should|will|does|do|did|here|this|these|meet|watch)\b", re.I
)
_DASH = re.compile(r"\s[–—|-]\s")


@cache
def shipped() -> Mapping[str, float]:
    """Read the shipped weights, one for each of SIGNS."""
    raw = json.loads((files("dateline.stories.digest") / "digest.json").read_text(encoding="utf-8"))
    return {sign: float(raw["headline"][sign]) for sign in SIGNS}


def choose_headline(articles: Sequence[Article], weights: Mapping[str, float] | None = None) -> Headline | None:
    """Give the title that says most of what the other titles and the texts say; the first in order where two are equal.

    The signs of a title are those of `title_signs`; a lone odd title is not chosen for its length alone.
    """
    by = weights or shipped()
    titled = [a for a in articles if a.title and a.title.strip()]
    if not titled:
        return None
    signs = title_signs(titled, articles)
    worth = [round(sum(by[name] * value for name, value in zip(SIGNS, own, strict=True)), 6) for own in signs]
    best = titled[worth.index(max(worth))]
    return Headline(best.title or "", best.id)


def title_signs(titled: Sequence[Article], articles: Sequence[Article]) -> list[tuple[float, ...]]:
    """Give the SIGNS of each title, against the other titles and the texts of all articles."""
    runs = [run(a.title or "") for a in titled]
    held = [Reference.of(words) for words in runs]
    words = [frozenset(content_words(a.title or "", a.language)) for a in titled]
    texts = [content_words(a.text[:TEXT], a.language) for a in articles]
    read = [run(a.text[:TEXT]) for a in articles]
    openings = [Reference.of(each[:NEWS]) for each in read if each]
    said = [frozenset(each) for each in read]
    middle = centre(bag(text) for text in texts)
    having = Counter(word for text in texts for word in set(text))
    made: list[tuple[float, ...]] = []
    for at, article in enumerate(titled):
        own, size = words[at], max(1, len(words[at]))
        others = [other for i, other in enumerate(words) if i != at]
        other_runs = [other for i, other in enumerate(runs) if i != at]
        title = article.title or ""
        every = frozenset(runs[at])
        made.append(
            (
                sum(having[word] for word in own) / (size * max(1, len(texts))),
                sum(having[word] > 1 for word in own) / size,
                _mean(len(own & other) / TEN for other in others),
                agreement(runs[at], [each for i, each in enumerate(held) if i != at]),
                likeness(bag(content_words(title, article.language)), middle),
                len(runs[at]) / TEN,
                (len(runs[at]) / TEN) ** 2,
                float(bool(_QUOTED.search(title))),
                float(bool(_OWN_VOICE.search(title))),
                _mean(_shared(runs[at], other) for other in other_runs),
                _mean(_shared(list(pairwise(runs[at])), list(pairwise(other))) for other in other_runs),
                _mean(len(every & text) / max(1, len(every)) for text in said),
                agreement(runs[at], openings),
                *_manner(title),
            )
        )
    return made


def _manner(title: str) -> tuple[float, ...]:
    """Give the signs of how a title is written: as a question or a pointer, in two parts, in capitals."""
    written = title.split()
    return (
        float(bool(_ASKS.match(title))),
        float("?" in title),
        float(":" in title),
        float(bool(_DASH.search(title))),
        sum(word[:1].isupper() for word in written) / max(1, len(written)),
    )


def _shared(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """Give the share of two lists that both hold (F, 0 to 1)."""
    both = (Counter(one) & Counter(other)).total()
    return 2 * both / max(1, len(one) + len(other))


def _mean(values: Iterable[float]) -> float:
    made = list(values)
    return sum(made) / len(made) if made else 0.0
