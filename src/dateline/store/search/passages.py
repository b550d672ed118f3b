"""The passage of a text that a result shows, and the words in it that were looked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dateline.model import Passage
from dateline.store.search import terms
from dateline.store.search.nodes import Leaf, Match, Node, Word, leaves
from dateline.store.search.stems import beginnings, stem, stemmed
from dateline.store.search.terms import Term

SIZE = 240  # characters of a passage: two lines of a result
_LOOKED_AT = 60_000  # characters of a text: what is first said further down is shown by the text's beginning
_BEFORE = 40  # characters shown before the first word that was looked for


@dataclass(frozen=True, slots=True)
class _Found:
    """Words that were looked for, and which of them."""

    start: int
    end: int
    leaf: int


def passage(
    text: str, node: Node, language: str | None = None, others: Sequence[Passage] = (), size: int = SIZE
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Cut out the stretch of a text that holds most of what a query asks for, with the offsets of its words in it.

    The node has its stems (`with_stems`). Where nothing is found the text's beginning is given without marks.
    """
    text = text[: _after_marks(text, _LOOKED_AT)]
    found = list(_found(text, list(leaves(node)), language, others))
    start, end = _at_words(text, _best_start(found, size), size)
    marks = sorted({(f.start - start, f.end - start) for f in found if start <= f.start and f.end <= end})
    return text[start:end], tuple(_joined(marks))


def spoken(found: Iterable[Term], language: str | None, others: Sequence[Passage]) -> Iterator[tuple[Term, str | None]]:
    """Give each word with the language whose stems it has: `language`, or that of the stretch it stands in."""
    rest = list(others)
    for term in found:
        while rest and term.start >= rest[0].end:
            rest.pop(0)
        inside = bool(rest) and rest[0].start <= term.start
        yield term, stemmed(rest[0].language) if inside else language


def _found(text: str, asked: list[Leaf], language: str | None, others: Sequence[Passage]) -> Iterator[_Found]:
    """Go through the words of a text that are looked for; of a phrase each of its words."""
    words = {leaf.text: n for n, leaf in reversed(list(enumerate(asked))) if isinstance(leaf, Word)}
    stems = {s: n for n, leaf in reversed(list(enumerate(asked))) if isinstance(leaf, Word) for s in leaf.stems}
    phrases = [(n, leaf) for n, leaf in enumerate(asked) if isinstance(leaf, Match)]
    if not asked:
        return
    every = terms.terms(text, None if phrases else _letters(words, stems, language, others))
    first: dict[str, str | None] = {}

    def may_be(word: str, own: str) -> bool:
        """Tell at a glance that a word has none of the stems, as nearly all do: to stem it takes long."""
        if own not in first:
            first[own] = beginnings(stems, own)
        letters = first[own]
        return bool(stems) if letters is None else word[0] in letters

    for at, (term, own) in enumerate(spoken(every, stemmed(language), others)):
        which = words.get(term.text)
        if which is None and own and not term.paired and may_be(term.text, own):
            which = stems.get(stem(text[term.start : term.end], own) or "")
        if which is not None:
            yield _Found(term.start, _after_marks(text, term.end), which)
        for n, phrase in phrases:
            if _stands(phrase, every, at):
                yield from _of_phrase(text, phrase, every, at, n)


def _letters(words: Iterable[str], stems: Iterable[str], language: str | None, others: Sequence[Passage]) -> str | None:
    """Give the letters one of which what is looked for begins with in a text; None where it may be any."""
    letters = {word[0] for word in words}
    for own in {stemmed(language), *(stemmed(part.language) for part in others)} - {None}:
        begun = beginnings(stems, str(own))
        if begun is None:
            return None
        letters.update(begun)
    return "".join(sorted(letters))


def _stands(phrase: Match, every: list[Term], at: int) -> bool:
    *first, last = phrase.words
    if at + len(first) >= len(every) or any(every[at + n].text != word for n, word in enumerate(first)):
        return False
    there = every[at + len(first)].text
    return there.startswith(last) if phrase.prefix else there == last


def _of_phrase(text: str, phrase: Match, every: list[Term], at: int, which: int) -> Iterator[_Found]:
    for n, word in enumerate(phrase.words):
        term = every[at + n]
        single = term.paired and len(word) < len(term.text)  # one character that was found as the beginning of a pair
        end = terms.first_end(text, term) if single else term.end
        yield _Found(term.start, _after_marks(text, end), which)


def _best_start(found: Sequence[_Found], size: int) -> int:
    """Give where the window with the most different words (then the most words, then the first) begins."""
    best, best_value = 0, (0, 0)
    end = 0
    for index, first in enumerate(found):
        end = max(end, index)
        while end < len(found) and found[end].end <= first.start + size - _BEFORE:
            end += 1
        inside = found[index:end]
        value = (len({f.leaf for f in inside}), len(inside))
        if value > best_value:
            best, best_value = max(0, first.start - _BEFORE), value
    return best


def _at_words(text: str, start: int, size: int) -> tuple[int, int]:
    """Move both ends to the borders of words, or at least of characters with the marks on them."""
    if start > 0:
        space = text.find(" ", start, start + _BEFORE - 10)
        start = space + 1 if space >= 0 else _after_marks(text, start)
    end = min(start + size, len(text))
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space > end - 30 else _before_marks(text, end, start)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _joined(marks: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Make one of marks that overlap: pairs of characters do."""
    start, end = -1, -1
    for first, last in marks:
        if first < end:
            end = max(end, last)
            continue
        if end > start:
            yield start, end
        start, end = first, last
    if end > start:
        yield start, end


def _after_marks(text: str, at: int) -> int:
    while at < len(text) and unicodedata.category(text[at]) in ("Mn", "Mc", "Me"):
        at += 1
    return at


def _before_marks(text: str, at: int, least: int) -> int:
    while at > least and unicodedata.category(text[at]) in ("Mn", "Mc", "Me"):
        at -= 1
    return at
