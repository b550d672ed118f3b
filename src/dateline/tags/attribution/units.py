"""Text → units: sentences whose quotations are single pieces, so that “said” outside them can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.text.sentences import sentences

_PIECE = re.compile(
    r"(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Capt|Maj|Sgt|Prof|Sen|Rep|Gov|Adm|Brig|Rev|St)\.|[A-Z]\.(?=\s[A-Z])"
    r"|[^\W_]+(?:[-'’][^\W_]+)*[’']?(?=\W|$)|[^\w\s]|_"
)
# No sentence of a report is longer; what is longer is cut, so that the work grows with the text and no faster.
_LONGEST = 400
_MARKS = {"“": "”", "«": "»", "„": "“"}


@dataclass(slots=True)
class Piece:
    """A word, a mark, or a whole quotation (with its marks) of a unit."""

    start: int
    end: int
    text: str
    lower: str
    quote: bool = False


@dataclass(slots=True)
class Unit:
    """A sentence, or several that one quotation binds together."""

    start: int
    end: int
    pieces: list[Piece]
    paragraph: int


def quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Give (start, end) of the quotations in a stretch, marks included; one left open goes on to its end."""
    found: list[tuple[int, int]] = []
    open_at, closing = -1, ""
    for match in re.compile('[“”«»„"]').finditer(text, start, end):
        mark = match.group()
        if open_at < 0:
            if mark in _MARKS or mark == '"':
                open_at, closing = match.start(), _MARKS.get(mark, '"')
        elif mark == closing or (closing == "“" and mark == "”"):
            found.append((open_at, match.end()))
            open_at = -1
    if open_at >= 0 and text[open_at] != '"':
        found.append((open_at, end))
    if not found:
        found = [
            (m.start(), m.end())
            for m in re.compile(r"(?<!\w)‘[^‘’\n]*(?:’\w[^‘’\n]*)*’(?!\w)").finditer(text, start, end)
        ]
    return found


def units(text: str) -> Iterator[Unit]:
    """Yield the units of a text, in order."""
    paragraph, last_end = 0, 0
    group: list[tuple[int, int]] = []
    for start, end in sentences(text):
        if group and "\n" in text[last_end:start] and re.search(r"\n\s*\n", text[last_end:start]):
            yield from _paragraph(text, group, paragraph)
            paragraph, group = paragraph + 1, []
        group.append((start, end))
        last_end = end
    if group:
        yield from _paragraph(text, group, paragraph)


def _paragraph(text: str, group: list[tuple[int, int]], number: int) -> Iterator[Unit]:
    """Yield the units of one paragraph: sentences, joined where a quotation goes over their border."""
    quotes = quotations(text, group[0][0], group[-1][1])
    at = 0
    start, end = group[0]
    first_quote = 0
    for following in [*group[1:], None]:
        while at < len(quotes) and quotes[at][1] <= end:
            at += 1
        inside = at < len(quotes) and quotes[at][0] < end < quotes[at][1]
        if inside and following is not None:
            end = following[1]
            continue
        inner = []
        while first_quote < len(quotes) and quotes[first_quote][0] < end:
            if quotes[first_quote][0] >= start:
                inner.append(quotes[first_quote])
            first_quote += 1
        pieces = _pieces(text, start, end, inner)
        for at_piece in range(0, len(pieces), _LONGEST):
            part = pieces[at_piece : at_piece + _LONGEST]
            yield Unit(part[0].start, part[-1].end, part, number)
        if following is not None:
            start, end = following


def _pieces(text: str, start: int, end: int, quotes: list[tuple[int, int]]) -> list[Piece]:
    """Give the pieces of a unit."""
    out: list[Piece] = []
    at = start
    for first, last in quotes:
        _words(text, at, first, out)
        last = min(last, end)
        out.append(Piece(first, last, text[first:last], "", quote=True))
        at = last
    _words(text, at, end, out)
    return out


def _words(text: str, start: int, end: int, out: list[Piece]) -> None:
    """Add the words and marks of a stretch without quotations."""
    for match in _PIECE.finditer(text, start, end):
        shown = match.group()
        out.append(Piece(match.start(), match.end(), shown, shown.lower().replace("’", "'")))
