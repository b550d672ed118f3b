"""Text with marked stretches, cut into paragraphs and pieces that a template writes one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch to mark: offsets into the article, the class of the mark, and words that say what it is."""

    start: int
    end: int
    kind: str
    label: str | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph: plain, or under one mark; `first` is true for the first piece of each mark."""

    text: str
    mark: Mark | None = None
    first: bool = False


def paragraphs(text: str, start: int, marks: Sequence[Mark]) -> list[list[Piece]]:
    """Cut a text that begins at offset `start` of its article into paragraphs of pieces.

    Where marks lie within each other, the innermost wins for the characters it covers.
    """
    seen: set[Mark] = set()
    made: list[list[Piece]] = []
    at = 0
    for block in text.split("\n\n"):
        made.append(_pieces(block, start + at, marks, seen))
        at += len(block) + 2
    return [pieces for pieces in made if pieces]


def line(text: str, start: int, marks: Sequence[Mark]) -> list[Piece]:
    """Cut a text that stays in one line into pieces."""
    return _pieces(text, start, marks, set())


def _pieces(text: str, start: int, marks: Sequence[Mark], seen: set[Mark]) -> list[Piece]:
    end = start + len(text)
    near = [mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end]
    cuts = {start, end}
    for mark in near:
        cuts.update((max(start, mark.start), min(end, mark.end)))
    edges = sorted(cuts)
    made: list[Piece] = []
    for left, right in pairwise(edges):
        covering = [mark for mark in near if mark.start <= left and mark.end >= right]
        words = text[left - start : right - start]
        if not covering:
            made.append(Piece(words))
            continue
        inner = min(covering, key=lambda mark: (mark.end - mark.start, mark.start, mark.kind))
        made.append(Piece(words, inner, first=inner not in seen))
        seen.add(inner)
    return made
