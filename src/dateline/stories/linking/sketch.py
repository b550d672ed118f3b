"""What linking keeps of an article: a bag of hashed terms, each with its weight and where it stood.

A term is a 22-bit hash, so that memory does not grow with the vocabulary; two words of two articles meet by accident
less than once in a hundred articles' pairs. Words, names, actors, places and numbers all live in one bag; the flags
tell them apart, so that one pass over a bag gives every feature.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
import numpy.typing as npt

from dateline.model import Article, Tags
from dateline.text.moments import instant
from dateline.text.words import content_forms

BUCKETS = 1 << 22
MAX_TOKENS = 600  # of an article's words; what comes later is background
MAX_TERMS = 400  # of an article's bag: bounds work and memory
LEAD_TOKENS = 60
LEAD_CHARACTERS = 360

TITLE, NAME, LEAD, ACTOR, PLACE, NUMBER, PAIR, WORD = (1 << bit for bit in range(8))

_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W\d_](?:\.[^\W\d_])+(?![^\W_])|[^\W_]+(?:['’ʼ][^\W_]+)*|[.!?:;\"“”\n]")
_NO_WORD = frozenset('.!?:;"“”\n')

Ids = npt.NDArray[np.uint32]
Bytes = npt.NDArray[np.uint8]
Key = tuple[int, str, str]


@dataclass(slots=True)
class Sketch:
    """An article as linking sees it."""

    id: str
    key: Key  # order of publication; undated articles by arrival, after the dated ones
    seconds: float | None  # since the epoch
    language: str | None
    family: str | None
    terms: Ids
    counts: Bytes
    flags: Bytes


@dataclass(slots=True)
class _Bag:
    counts: dict[int, int] = field(default_factory=dict)
    flags: dict[int, int] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)

    def add(self, form: str, flag: int, label: str, weight: int = 1) -> None:
        bucket = crc32(form.encode("utf-8", "surrogatepass")) & (BUCKETS - 1)
        if bucket in self.flags:
            self.flags[bucket] |= flag
            self.counts[bucket] += weight
        elif len(self.flags) < MAX_TERMS:
            self.flags[bucket] = flag
            self.counts[bucket] = weight
            self.labels[bucket] = label


def sketch(article: Article, tags: Tags, family: str | None, arrival: int) -> tuple[Sketch, dict[int, str]]:
    """Make an article's sketch, and the words that its terms stand for (to explain a link; not kept)."""
    bag = _Bag()
    title, text = _title_and_text(article)
    _add_entities(bag, tags)
    _add_words(bag, title, TITLE | LEAD | WORD, article.language, names=False)
    _add_words(bag, text, WORD, article.language, names=True)
    when = instant(article.published)
    key = (1, f"{arrival:012d}", "") if when is None else (0, when.isoformat(), article.id)
    size = len(bag.flags)
    return (
        Sketch(
            article.id,
            key,
            when.timestamp() if when else None,
            article.language.split("-")[0].lower() if article.language else None,
            family,
            np.fromiter(bag.flags, np.uint32, size),
            np.fromiter((min(count, 255) for count in bag.counts.values()), np.uint8, size),
            np.fromiter(bag.flags.values(), np.uint8, size),
        ),
        bag.labels,
    )


def _title_and_text(article: Article) -> tuple[str, str]:
    """Give title and text; where there is no title the text's first 12 words stand for it."""
    if article.title:
        return article.title, article.text
    return " ".join(article.text[:400].split()[:12]), article.text


def _add_entities(bag: _Bag, tags: Tags) -> None:
    for actor in tags.actors[:80]:
        if actor.name:
            bag.add(f"@a:{actor.name}", ACTOR, actor.name)
    for place in tags.places[:80]:
        if place.name and place.geonames_id is not None:
            lead = LEAD if place.start < LEAD_CHARACTERS and place.precision != "country" else 0
            bag.add(f"@p:{place.geonames_id}", PLACE | lead, place.name)


def _add_words(bag: _Bag, text: str, flag: int, language: str | None, *, names: bool) -> None:
    """Add a stretch's words, its pairs of neighbouring words, and which of them are names by their capital."""
    starts, seen, previous = True, 0, ""
    for token in _TOKEN.findall(text[: MAX_TOKENS * 8]):
        if token in _NO_WORD:
            starts, previous = True, ""
            continue
        seen += 1
        if seen > MAX_TOKENS:
            break
        for form in content_forms(token, language):
            flags = flag | (LEAD if seen <= LEAD_TOKENS else 0)
            if form[0].isdigit():
                flags |= NUMBER
            elif names and not starts and token[0].isupper():
                flags |= NAME
            bag.add(form, flags, token)
            if previous and seen <= 3 * LEAD_TOKENS:
                bag.add(f"{previous} {form}", PAIR, "")
            previous = form
        starts = False


def term_weight(counts: Bytes) -> npt.NDArray[np.float32]:
    """Damp how often a term occurs: 1 + ln(count)."""
    return _DAMPED[counts]


_DAMPED = np.array([0.0] + [1.0 + math.log(n) for n in range(1, 256)], dtype=np.float32)
