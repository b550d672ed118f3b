"""Attribution: who is reported to have said what, with which verb.

Verbs of saying outside quotation marks are read with the words on both sides: the speaker stands before the verb, or
behind it where the words said come first. The span is what is said, without its quotation marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.lexicon.words.speech import speech
from dateline.model import AttributionSpan, Speaker, Words
from dateline.tags.attribution.names import Names
from dateline.tags.attribution.speakers import after, before, inverted, skip_back, without_day
from dateline.tags.attribution.units import Piece, Unit, units
from dateline.tags.attribution.verbs import CLAUSE, is_in_name, says
from dateline.text.wordset import word_set

_DASHES = ("—", "–", "-")
_PASSIVE = word_set(
    """
    was were been be being is are am to get got not never n't without by of
    """
)
_FULL = word_set(
    """
    . ! ? …
    """
)
_INSERT = word_set(
    """
    on in at during to from through via by with after over
    """
)
_SMALL = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday today yesterday earlier later late early again also
    this last week month night morning evening afternoon overnight tonight
    """
)
_TOLD = word_set(
    """
    reporters journalists parliament lawmakers the a state local national
    """
)
_TOLD_END = CLAUSE | word_set(": , in at on of about why how what who when where i to during")
# What opens a sentence and is nobody's name.
_OPENERS = _INSERT | word_set(
    """
    as when while if since before for by under amid despite although though because this that these those there it he
    she they we i one many most some all its his her their our more and but what who how why where
    """
)


@dataclass(slots=True)
class Frame:
    """One act of saying in a unit: pieces of speaker and verb, and the stretches said, as (first, last) pieces."""

    speaker: list[Piece]
    verb: tuple[int, int]  # first piece, last piece
    said: list[tuple[int, int]]
    begin: int  # first piece of what belongs to it: an earlier clause ends here
    direct: bool = False


@dataclass(slots=True)
class State:
    """What carries over from unit to unit."""

    names: Names = field(default_factory=Names)
    frame: tuple[Speaker, Words] | None = None  # the direct speech that a bare quotation goes on with
    paragraph: int = -1
    open_quote: bool = False


def attribution(text: str) -> tuple[AttributionSpan, ...]:
    """Mark what a text reports as said, in order of `start`; the spans of nested reports may overlap."""
    state = State()
    out: list[AttributionSpan] = []
    for unit in units(text):
        state.names.read(unit.pieces)
        out.extend(_unit(text, unit, state))
    out.sort(key=lambda span: (span.start, -span.end))
    return tuple(out)


def _unit(text: str, unit: Unit, state: State) -> list[AttributionSpan]:
    """Read one unit."""
    frames = _frames(unit.pieces)
    _cut(unit.pieces, frames)
    if not frames:
        return _go_on(text, unit, state)
    out: list[AttributionSpan] = []
    state.frame = None
    for frame in frames:
        name = state.names.of(frame.speaker)
        first, last = frame.speaker[0].start, frame.speaker[-1].end
        speaker = Speaker(text[first:last], first, last, name)
        begin, end = unit.pieces[frame.verb[0]].start, unit.pieces[frame.verb[1]].end
        verb = Words(text[begin:end], begin, end)
        for said in frame.said:
            span = _span(text, unit.pieces, said, speaker, verb)
            if span is not None:
                out.append(span)
        if frame.direct:
            state.frame, state.paragraph = (speaker, verb), unit.paragraph
    last_piece = unit.pieces[-1]
    state.open_quote = last_piece.quote and last_piece.text[-1] not in '”"’»'
    return out


def _go_on(text: str, unit: Unit, state: State) -> list[AttributionSpan]:
    """Give a unit that is nothing but a quotation to the speaker of the one before it."""
    bare = [piece for piece in unit.pieces if piece.quote or piece.lower not in _FULL]
    goes_on = state.frame is not None and (unit.paragraph == state.paragraph or state.open_quote)
    if not goes_on or len(bare) != 1 or not bare[0].quote or state.frame is None:
        if not (len(bare) == 1 and bare[0].quote):
            state.frame = None
        return []
    state.paragraph = unit.paragraph
    state.open_quote = bare[0].text[-1] not in '”"’»'
    span = _span(text, bare, (0, 0), *state.frame)
    return [span] if span else []


def _span(
    text: str, pieces: Sequence[Piece], said: tuple[int, int], speaker: Speaker, verb: Words
) -> AttributionSpan | None:
    """Make a record; marks around what is said are taken off. None where nothing is said (“according to ”, ”)."""
    if said[0] > said[1]:
        return None
    start, end = pieces[said[0]].start, pieces[said[1]].end
    if said[0] == said[1] and pieces[said[0]].quote:
        start += 1
        if text[end - 1] in '”"’»“' and end - 1 > start:
            end -= 1
    while start < end and (text[start].isspace() or text[start] in ",:;—–"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:—–"):
        end -= 1
    return AttributionSpan(start, end, text[start:end], speaker, verb) if start < end else None


def _frames(pieces: list[Piece]) -> list[Frame]:
    """Find the acts of saying of a unit, from left to right."""
    lists = speech()
    out: list[Frame] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        two = f"{piece.lower} {pieces[index + 1].lower}" if index + 1 < len(pieces) else ""
        if two in lists.phrases:
            last = index + 1
        elif piece.lower in lists.flags and not piece.quote and not is_in_name(pieces, index):
            last = index
        else:
            index += 1
            continue
        frame = _according(pieces, index, out) if two == "according to" else _verb(pieces, index, last, out)
        if frame is not None:
            out.append(frame)
        index = last + 1
    return out


def _according(pieces: list[Piece], index: int, earlier: Sequence[Frame]) -> Frame | None:
    """Read “according to X”, before, behind or inside what is said."""
    end = after(pieces, index + 2, whole=True)
    if end <= index + 2:
        return None
    speaker = without_day(pieces[index + 2 : end])
    left = _left_clause(pieces, index, earlier)
    right = _end(pieces)
    said = []
    if left is not None:
        said.append(left)
    if end + 1 < right and pieces[end].lower == "," and (left is None or right - end > 2):
        said.append((end + 1, right - 1))
    return Frame(speaker, (index, index + 1), said, index) if said else None


def _left_clause(pieces: list[Piece], before_: int, earlier: Sequence[Frame]) -> tuple[int, int] | None:
    """Give the clause that ends before a piece and its comma; it begins behind an earlier act of saying."""
    last = before_ - 1
    while last >= 0 and pieces[last].lower in (",", *_DASHES):
        last -= 1
    first = 0
    for frame in earlier:
        for said in frame.said:
            if said[0] <= last <= said[1]:
                first = max(first, frame.begin)
    return (first, last) if first <= last and last - first + 1 >= (1 if pieces[first].quote else 2) else None


def _end(pieces: Sequence[Piece]) -> int:
    """Give the piece behind the last that is no closing stop."""
    end = len(pieces)
    while end > 0 and pieces[end - 1].lower in _FULL:
        end -= 1
    return end


def _verb(pieces: list[Piece], index: int, last: int, earlier: Sequence[Frame]) -> Frame | None:
    """Read the act of saying of a verb."""
    lists = speech()
    verb = pieces[index].lower
    back = skip_back(pieces, index - 1)
    if index and (
        pieces[index - 1].lower in _PASSIVE
        or any(p.lower in ("not", "to", "was", "were", "been", "be") for p in pieces[back + 1 : index])
    ):
        return None
    if not says(pieces, index, last):
        return None
    turned = inverted(pieces, index, last)
    if turned is not None:
        return _turned(pieces, index, last, turned, earlier)
    if verb.endswith("ing"):
        return _gerund(pieces, index, last, earlier)
    found = before(pieces, back)
    if found is None:
        return None
    first, speaker = found
    return _said(pieces, Frame(speaker, (index, last), [], first), verb in lists.noun or last > index, earlier)


def _turned(pieces: list[Piece], index: int, last: int, end: int, earlier: Sequence[Frame]) -> Frame | None:
    """Read “…, said X”: what is said stands before the verb, and may go on behind the speaker."""
    speaker = pieces[last + 1 : end]
    frame = Frame(speaker, (index, last), [], index)
    if pieces[index - 1].quote or (index > 1 and pieces[index - 1].lower == "," and pieces[index - 2].quote):
        quote = index - 1 if pieces[index - 1].quote else index - 2
        frame.said.append((quote, quote))
        frame.direct = True
    else:
        left = _left_clause(pieces, index, earlier)
        if left is None:
            return None
        frame.said.append(left)
    for at in range(end, _end(pieces)):
        if pieces[at].quote and (at + 1 >= _end(pieces)):
            frame.said.append((at, at))
            break
    return frame


def _gerund(pieces: list[Piece], index: int, last: int, earlier: Sequence[Frame]) -> Frame | None:
    """Read “…, adding that …”: the speaker is that of the act before it, else the name that the sentence opens with."""
    if not index or pieces[index - 1].lower not in (",", "and"):
        return None
    speaker = earlier[-1].speaker if earlier else _opening_name(pieces, index)
    if not speaker:
        return None
    start = _content(pieces, index, last)
    end = _end(pieces)
    if start >= end:
        return None
    return Frame(speaker, (index, last), [(start, end - 1)], index - 1, pieces[start].quote)


def _opening_name(pieces: Sequence[Piece], before_: int) -> list[Piece]:
    """Give the name that opens a sentence as its subject (“The United States imposed …, saying …”), or nothing."""
    first = 1 if pieces[0].lower == "the" else 0
    end = first
    while end < before_ and pieces[end].text[:1].isupper() and not pieces[end].quote:
        end += 1
    does = end < before_ and pieces[end].text[:1].islower() and pieces[end].lower not in _INSERT
    return list(pieces[:end]) if does and end > first and pieces[first].lower not in _SMALL | _OPENERS else []


def _said(pieces: list[Piece], frame: Frame, noun: bool, earlier: Sequence[Frame]) -> Frame | None:
    """Find what is said around “X said”: a quotation before, a clause behind, or a clause before."""
    begin, end = frame.begin, _end(pieces)
    start = _content(pieces, frame.verb[0], frame.verb[1])
    before_ = begin - 1
    if before_ > 0 and pieces[before_].lower in (",", *_DASHES) and pieces[before_ - 1].quote:
        before_ -= 1
    quote = before_ >= 0 and pieces[before_].quote and _closed(pieces[before_], pieces[begin - 1])
    parted = begin > 0 and (pieces[begin - 1].lower in (",", *_DASHES) or quote)
    stops = start >= end or pieces[start].lower in (",", ";", ".")
    if quote:
        frame.said.append((before_, before_))
        frame.direct = True
        follow = next((at for at in range(frame.verb[1] + 1, end) if pieces[at].quote and at + 1 >= end), None)
        if follow is not None:
            frame.said.append((follow, follow))
        return frame
    if not stops:
        right = (start, end - 1)
        if right[0] == right[1] and not noun and not pieces[start].quote:
            return None
        frame.said.append(right)
        frame.direct = pieces[start].quote and start == end - 1
        return frame
    if not parted:
        return None
    left = _left_clause(pieces, begin, earlier)
    if left is None:
        return None
    frame.said.append(left)
    if (
        start + 1 < end
        and pieces[start].lower == ","
        and pieces[start + 1].lower not in ("who", "which", "citing", "adding", "and")
    ):
        frame.said.append((start + 1, end - 1))
    return frame


def _closed(quote: Piece, following: Piece) -> bool:
    """Tell whether a quotation ends as speech does, with a comma or a stop: a few quoted words do not."""
    inner = quote.text.rstrip('”"’»“ ')
    return inner[-1:] in (",", ".", "!", "?", "…", "—", "–") or following.lower == ","


def _content(pieces: Sequence[Piece], index: int, last: int) -> int:
    """Give the first piece of what is said behind a verb: times, places of speech and those told are passed over."""
    heads = speech().heads
    end = _end(pieces)
    at = last + 1
    if pieces[index].lower in ("told", "tells", "tell", "telling", "informed", "assured"):
        begin = at
        while (
            at < end and not pieces[at].quote and (at == begin or pieces[at].lower not in _TOLD_END) and at - begin < 6
        ):
            at += 1
            if pieces[at - 1].lower in ("the", "a", "an", "his", "her") and at < end:
                at += 1
    for _ in range(4):
        passed = _pass_insertion(pieces, at, end, heads)
        if passed == at:
            break
        at = passed
    if at < end and pieces[at].lower in ("that", ":"):
        return at + 1
    return at + 1 if at + 1 < end and pieces[at].lower == "," and pieces[at + 1].quote else at


def _pass_insertion(pieces: Sequence[Piece], at: int, end: int, heads: frozenset[str]) -> int:
    """Pass “on Tuesday”, “in a statement”, “earlier this week”, “, however,”."""
    if at < end and pieces[at].lower in _SMALL:
        alone = at + 1 < end and pieces[at + 1].lower not in _SMALL
        if not (alone and pieces[at].lower in ("this", "last", "late", "early")):
            return at + 1
    if at < end and pieces[at].lower in _INSERT:
        if pieces[at].lower == "to" and pieces[min(at + 1, end - 1)].lower not in _TOLD:
            return at
        for head in range(at + 1, min(at + 8, end)):
            if pieces[head].quote or pieces[head].lower in (",", "that", ":"):
                break
            if pieces[head].lower in heads:
                stop = head + 1
                while stop < end and pieces[stop].text.isdecimal():
                    stop += 1
                return stop
        following = next((x for x in range(at + 1, min(at + 9, end)) if pieces[x].lower in ("that", ":")), None)
        if following is not None and not any(p.lower == "," for p in pieces[at:following]):
            return following
    return at


def _cut(pieces: Sequence[Piece], frames: Sequence[Frame]) -> None:
    """End what one act reports where the next begins: before “, adding …”, “; X denied …”, “, but Y said …”."""
    for index, frame in enumerate(frames[:-1]):
        following = frames[index + 1]
        begin = following.begin
        while begin > 0 and pieces[begin - 1].lower in (
            "but",
            "and",
            "while",
            "although",
            "though",
            "however",
            "whereas",
        ):
            begin -= 1
        if following.said and following.said[0][1] < following.begin:  # “…, X said” behind it all
            frame.said = [(a, min(b, following.said[0][1]) if a <= following.said[0][1] else b) for a, b in frame.said]
            continue
        parted = begin > 0 and (pieces[begin - 1].lower in (",", ";") or pieces[begin].lower in (",", "but", "while"))
        if not parted:
            continue
        if following.said and following.said[0][0] >= begin:
            frame.said = [(a, min(b, begin - 1) if a < begin else b) for a, b in frame.said]
