"""What linking keeps of an article: a bag of hashed terms, each with its weight and where it stood.

A term is a 22-bit hash, so that memory does not grow with the vocabulary; two words of two articles meet by accident
less than once in a hundred articles' pairs. Words, names, actors, places and numbers all live in one bag; the flags
tell them apart, so that one pass over a bag gives every feature.
"""

from __future__ import annotations

import json
import math
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from dateline.model import Article, Tags
from dateline.text.moments import instant
from dateline.text.words import LETTERS, content_forms

FORMAT = 2  # of a packed sketch: one more whenever what is kept of an article changes
BUCKETS = 1 << 22
MAX_TOKENS = 600  # of an article's words; what comes later is background
MAX_TERMS = 400  # of an article's bag: bounds work and memory
MOST_ENTITIES = 80  # actors, and as many places, that are looked at
LEAD_TOKENS = 60
PAIR_TOKENS = 3 * LEAD_TOKENS  # whose neighbours are kept
LEAD_CHARACTERS = 360

TITLE, NAME, LEAD, ACTOR, PLACE, NUMBER, PAIR, WORD = (1 << bit for bit in range(8))

_TOKEN = re.compile(
    rf"\d+(?:[.,]\d+)+|[^\W\d_](?:\.[^\W\d_])+(?![^\W_])|{LETTERS}(?:['’ʼ]{LETTERS})*|(?P<stop>[.!?:;\"“”。！？；؟؛।])"
)
# What stands before an agency report's first words: where its reporter sits, and often a line of codes before that.
_DATELINE = re.compile(
    r"[^—–]{0,80}?\b[A-ZÀ-Þ]{3,}(?:[ '’.-]+[A-ZÀ-Þ]{2,}){0,3}(?:[,/][^—–\n(]{0,40})?\s*"
    r"(?:\([^()\n]{2,30}\)\s*(?:[—–]+|-{1,2}\s)|[—–]+\s)"
)
# The line that closes an agency's report and names who worked on it: the same under reports of different things.
_SIGNED = re.compile(
    r"[(\[]?\b(?:(?:additional |further )?(?:reporting|writing)(?: and (?:writing|editing))?|compiled|editing) by "
    r"[^\n]{0,300}\s*\Z",
    re.IGNORECASE,
)
SIGNED_CHARACTERS = 400  # of a text's end, where that line is looked for
KNOWN_RUNS = 1 << 16  # runs of characters without a space whose words are remembered
LONG_RUN = 40  # characters of a run whose words are not
_TERM_BITS, _LEVEL_BITS = 22, 2
_FLAG_SHIFT = _TERM_BITS + _LEVEL_BITS
_MASK = BUCKETS - 1
# How often a term occurs: once, twice, three or four times, more.
_STEPS = np.array([0, 0, 1, 2, 2, 3], dtype=np.uint32)
_ONCE = 1 << 8  # one occurrence of a term, above its flags
_DAMPED = np.array([1.0, 1.0 + math.log(2), 1.0 + math.log(3.5), 1.0 + math.log(6)], dtype=np.float32)

Packed = npt.NDArray[np.uint32]
Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Key = tuple[int, str, str]


@dataclass(slots=True)
class Sketch:
    """An article as linking sees it."""

    id: str
    key: Key  # order of publication; undated articles by arrival, after the dated ones
    seconds: float | None  # since the epoch
    language: str | None
    family: str | None
    packed: Packed  # of each term: flags (8 bits), how often in steps (2 bits), hash or a window's number (22 bits)
    years: frozenset[int]  # that the text names
    countries: frozenset[str] = frozenset()  # of the places that it names
    meaning: npt.NDArray[np.int8] | None = None  # the vector of an encoder, where the desk has one

    @property
    def terms(self) -> Packed:
        """Give the hashes of the terms; in a window, the numbers that it knows them by."""
        return terms_of(self.packed)

    @property
    def flags(self) -> Bytes:
        """Give where each term stood."""
        return flags_of(self.packed)


def pack(made: Sketch) -> bytes:
    """Write a sketch as bytes, to be kept instead of making it again: a line of JSON, then the terms."""
    published = made.key[1] if made.seconds is not None else None
    head: list[object] = [FORMAT, made.id, published, made.language, sorted(made.years), sorted(made.countries)]
    if made.meaning is not None:
        head.append(b64encode(made.meaning.tobytes()).decode())
    return json.dumps(head).encode() + b"\n" + made.packed.astype("<u4").tobytes()


def unpack(data: bytes, family: str | None, arrival: int) -> Sketch | None:
    """Read what `pack` wrote; None where another version of this program wrote it, so that it must be made again."""
    head, _, terms = data.partition(b"\n")
    form, *kept = json.loads(head)
    if form != FORMAT:
        return None
    id, published, language, years, countries, *vector = kept
    packed = np.frombuffer(terms, "<u4").astype(np.uint32)
    meaning = np.frombuffer(b64decode(vector[0]), np.int8) if vector else None
    named = frozenset(years), _shared(*countries)
    return Sketch(id, *_moment(published, id, arrival), language, family, packed, *named, meaning)


@lru_cache(maxsize=1 << 14)
def _shared(*countries: str) -> frozenset[str]:
    """Give one set for all articles that name the same countries: a window holds many."""
    return frozenset(countries)


def order_of(published: str | None, id: str, arrival: int) -> Key:
    """Give the key by which articles are in order of publication: undated ones by arrival, after the dated ones."""
    return _moment(published, id, arrival)[0]


def _moment(published: str | None, id: str, arrival: int) -> tuple[Key, float | None]:
    when = instant(published)
    if when is None:
        return (1, f"{arrival:012d}", ""), None
    return (0, when.isoformat(), id), when.timestamp()


def terms_of(packed: Packed) -> Packed:
    """Give the hashes, or numbers, of packed terms."""
    return packed & np.uint32(_MASK)


def flags_of(packed: Packed) -> Bytes:
    """Give where each of some packed terms stood."""
    return (packed >> np.uint32(_FLAG_SHIFT)).astype(np.uint8)


def term_weight(packed: Packed) -> Floats:
    """Damp how often packed terms occur: 1 + ln(count), the count in steps."""
    return np.asarray(_DAMPED[(packed >> np.uint32(_TERM_BITS)) & np.uint32((1 << _LEVEL_BITS) - 1)])


@dataclass(slots=True)
class _Bag:
    terms: dict[int, int] = field(default_factory=dict)  # flags (8 bits), and above them how often it occurs
    labels: dict[int, str] = field(default_factory=dict)

    def add(self, bucket: int, flag: int, label: str) -> None:
        known = self.terms.get(bucket)
        if known is not None:
            self.terms[bucket] = (known | flag) + _ONCE
        elif len(self.terms) < MAX_TERMS:
            self.terms[bucket] = flag | _ONCE
            self.labels[bucket] = label

    def years(self) -> frozenset[int]:
        numbers = (self.labels[bucket] for bucket, held in self.terms.items() if held & NUMBER)
        return frozenset(int(label) for label in numbers if _is_year(label))

    def packed(self) -> Packed:
        size = len(self.terms)
        made, held = np.fromiter(self.terms, np.uint32, size), np.fromiter(self.terms.values(), np.uint32, size)
        level = _STEPS[np.minimum(held >> np.uint32(8), len(_STEPS) - 1)]
        return np.asarray((held & np.uint32(0xFF)) << np.uint32(_FLAG_SHIFT) | level << np.uint32(_TERM_BITS) | made)


def _is_year(label: str) -> bool:
    return len(label) == 4 and label.isascii() and label.isdigit() and label[:2] in ("19", "20")


def word_terms(word: str, language: str | None = None) -> tuple[int, ...]:
    """Give the hashes of a word's forms: none for a stop word."""
    return tuple(bucket for bucket, *_ in _forms(word, language))


def _bucket(form: str) -> int:
    return crc32(form.encode("utf-8", "surrogatepass")) & _MASK


# A form of a word: its hash, the flag that it carries by itself, its part in a pair as the first and as the second.
_Form = tuple[int, int, int, int]


def _forms(token: str, language: str | None) -> tuple[_Form, ...]:
    made = []
    for form in content_forms(token, language):
        bucket = _bucket(form)
        own = NUMBER if form[0].isdigit() else NAME if token[0].isupper() else 0
        made.append((bucket, own, bucket * 0x9E3779B1, bucket * 0x85EBCA6B))
    return tuple(made)


class _Runs(dict[str, tuple[tuple[str, tuple[_Form, ...] | None], ...]]):
    """The words of a run of characters without a space, each with its forms; None for what parts two clauses.

    A language has few runs that it uses often: they are taken apart once.
    """

    def __init__(self, language: str | None) -> None:
        self.language = language

    def __missing__(self, run: str) -> tuple[tuple[str, tuple[_Form, ...] | None], ...]:
        found = _TOKEN.finditer(run)
        made = tuple((f[0], None if f["stop"] else _forms(f[0], self.language)) for f in found)
        if len(run) <= LONG_RUN:
            if len(self) >= KNOWN_RUNS:
                self.clear()
            self[run] = made
        return made


@lru_cache(maxsize=64)
def _runs(language: str | None) -> _Runs:
    return _Runs(language)


def sketch(article: Article, tags: Tags, family: str | None, arrival: int) -> tuple[Sketch, dict[int, str]]:
    """Make an article's sketch, and the words that its terms stand for (to explain a link; not kept)."""
    bag = _Bag()
    begin = dateline_end(article.text)
    title, text = _title_and_text(article, begin)
    _add_entities(bag, tags, begin)
    _add_words(bag, title, TITLE | LEAD | WORD, article.language, names=False)
    _add_words(bag, text, WORD, article.language, names=True)
    key, seconds = _moment(article.published, article.id, arrival)
    language = article.language.split("-")[0].lower() if article.language else None
    countries = {place.country for place in tags.places[:MOST_ENTITIES] if place.country}
    made = Sketch(article.id, key, seconds, language, family, bag.packed(), bag.years(), _shared(*sorted(countries)))
    return made, bag.labels


def dateline_end(text: str) -> int:
    """Give where a report begins behind its dateline and an agency's codes: 0 where it has none."""
    dateline = _DATELINE.match(text)
    return dateline.end() if dateline else 0


def _title_and_text(article: Article, begin: int) -> tuple[str, str]:
    """Give title and text; where there is no title the text's first 12 words stand for it."""
    text = _unsigned(article.text[begin:])
    if article.title:
        return article.title, text
    return " ".join(text[:400].split()[:12]), text


def _unsigned(text: str) -> str:
    """Take the line that closes an agency's report off a text."""
    whole = text.rstrip()
    end = whole[-SIGNED_CHARACTERS:]
    signed = _SIGNED.search(end)
    return whole[: len(whole) - len(end) + signed.start()] if signed else text


def _add_entities(bag: _Bag, tags: Tags, begin: int) -> None:
    """Add actors and places; a place of the lead stands behind the dateline, and is no country."""
    for actor in tags.actors[:MOST_ENTITIES]:
        if actor.name:
            bag.add(_bucket(f"@a:{actor.name}"), ACTOR, actor.name)
    for place in tags.places[:MOST_ENTITIES]:
        if place.name and place.geonames_id is not None:
            lead = LEAD if begin <= place.start < begin + LEAD_CHARACTERS and place.precision != "country" else 0
            bag.add(_bucket(f"@p:{place.geonames_id}"), PLACE | lead, place.name)


def _add_words(bag: _Bag, text: str, flag: int, language: str | None, *, names: bool) -> None:
    """Add a stretch's words, its pairs of neighbouring words, and which of them are names by their capital."""
    terms, labels = bag.terms, bag.labels  # `_Bag.add` is written out here: it would be called for every word
    runs, seen, place = _runs(language), 0, flag | LEAD
    for line in text[: MAX_TOKENS * 8].split("\n"):
        starts, previous = True, -1
        for token, forms in (word for run in line.split() for word in runs[run]):
            if forms is None:
                starts, previous = True, -1
                continue
            seen += 1 + (len(forms) >> 1)  # a run without spaces counts as a word for every two characters
            if seen > LEAD_TOKENS:
                place = flag
                if seen > MAX_TOKENS:
                    return
            for bucket, own, first, second in forms:
                flags = place | own if names and not starts else place | own & NUMBER
                known = terms.get(bucket)
                if known is not None:
                    terms[bucket] = (known | flags) + _ONCE
                elif len(terms) < MAX_TERMS:
                    terms[bucket] = flags | _ONCE
                    labels[bucket] = token
                if previous >= 0 and seen <= PAIR_TOKENS:
                    bag.add((previous + second >> 7) & _MASK, PAIR, "")
                previous = first
            starts = False
