"""What the search index holds of an article."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from functools import lru_cache

from dateline.lexicon.named.countries import by_iso3
from dateline.model import Article, Hit, Mention, Passage, Tags
from dateline.store.search import passages, terms
from dateline.store.search.nodes import Node
from dateline.store.search.stems import stem, stemmed

GAP = "zqz"  # stands between two names of a field, so that no phrase runs from one into the next
_READ = 1024  # documents that are not unpacked again: the newest are looked at for nearly every query
_LONG = 40  # characters of a run that is not kept: it hardly comes again
_LINE = "\n"  # between the columns of a packed document: no folded word holds one


@dataclass(frozen=True, slots=True)
class Document:
    """The folded words of an article, column by column, each joined by single spaces."""

    title: str
    body: str
    title_stems: str
    stems: str  # of the body, sorted, each as often as it occurs
    source: str
    place: str
    actor: str
    type: str
    lang: str
    has: str

    def columns(self) -> tuple[str, ...]:
        """Give the columns in their order."""
        return astuple(self)

    def packed(self, *, text: bool) -> bytes:
        """Write the document for `indexed`; `text` tells whether its body may be shown and found."""
        return zlib.compress(_LINE.join(("1" if text else "0", *self.columns())).encode("utf-8"), 3)


COLUMNS = tuple(field.name for field in fields(Document))


@lru_cache(_READ)
def unpacked(content: bytes) -> Document:
    """Read what `packed` wrote."""
    return Document(*zlib.decompress(content).decode("utf-8").split(_LINE)[1:])


def has_text(content: bytes) -> bool:
    """Tell whether a packed document, of this form or an earlier one, is that of a whole text."""
    return zlib.decompressobj().decompress(content, 1) == b"1"


def document(article: Article, tags: Tags, mentions: Sequence[Mention], *, text: bool = True) -> Document:
    """Make the document of an article; with `text` False nothing of its body, nor of what was read from it, is in."""
    publisher = article.publisher
    title, title_stems = _words(article.title or "", article.language)
    body, stems = _words(article.text if text else "", article.language, article.languages)
    if not text:
        tags, mentions = Tags(), ()
    places = [p for p in tags.places if p.role == "literal"]
    return Document(
        title=" ".join(title),
        body=" ".join(body),
        title_stems=" ".join(sorted(title_stems)),
        stems=" ".join(sorted(stems)),
        source=_names([publisher.domain, publisher.name] if publisher else []),
        place=_names(key for p in places for key in (p.name, p.text, p.country, _country(p.country), p.admin1)),
        actor=_names(key for a in tags.actors for key in (a.name, a.text, a.code)),
        type=_names(key for m in mentions for key in (m.type, m.mode)),
        lang=_names([article.language]),
        has=" ".join(_things(article, tags, mentions)) if text else "",
    )


def hit(article: Article, story: str | None, node: Node, score: float, *, text: bool = True) -> Hit:
    """Make the result that is shown of an article that matched."""
    shown, marks = passages.passage(article.text if text else "", node, article.language, article.languages)
    return Hit(article.id, story, article.title, shown, marks, round(score, 9))


def _words(text: str, language: str | None, others: Sequence[Passage] = ()) -> tuple[list[str], list[str]]:
    """List the folded words of a text and their stems, of each stretch in its own language."""
    if not others:
        return _words_of_one(text, stemmed(language))
    words, stems = [], []
    for term, spoken in passages.spoken(terms.terms(text), stemmed(language), others):
        words.append(term.text)
        if spoken and not term.paired and (made := stem(text[term.start : term.end], spoken)):
            stems.append(made)
    return words, stems


def _words_of_one(text: str, language: str | None) -> tuple[list[str], list[str]]:
    """Do so for a text in one language, in which most words come again and again: each is folded and stemmed once."""
    found = [_folded(run, language) if len(run) <= _LONG else _fold(run, language) for run in terms.runs(text)]
    return [word for words, _ in found for word in words], [stem for _, stems in found for stem in stems]


def _fold(run: str, language: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    made = terms.terms(run)
    stems = (stem(run[m.start : m.end], language) for m in made if not m.paired) if language else ()
    return tuple(m.text for m in made), tuple(s for s in stems if s)


_folded = lru_cache(1 << 16)(_fold)


def _things(article: Article, tags: Tags, mentions: Sequence[Mention]) -> list[str]:
    """Name what an article has of the things `has:` asks for; what may come later is looked up when it is asked for."""
    found = {
        "event": any(not mention.historical for mention in mentions),
        "figure": bool(tags.counts),
        "quote": any(said.speaker is not None for said in tags.attribution),
        "place": any(p.role == "literal" and p.country for p in tags.places),
        "actor": any(a.code for a in tags.actors),
        "image": bool(article.images),
        "byline": bool(article.byline),
        "agency": bool(article.agency),
    }
    return [thing for thing, there in found.items() if there]


def _country(code: str | None) -> str | None:
    found = by_iso3().get(code) if code else None
    return found.name if found else None


def _names(names: Iterable[str | None]) -> str:
    found = dict.fromkeys(_name(name) for name in names if name)
    return f" {GAP} ".join(name for name in found if name)


@lru_cache(1 << 14)
def _name(name: str) -> str:
    return " ".join(terms.words(name))
