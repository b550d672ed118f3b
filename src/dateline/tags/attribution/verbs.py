"""Whether a verb form says something: “reports” may be papers, and who adds 3,000 jobs says nothing."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.tags.attribution.units import Piece
from dateline.text.wordset import word_set

CLAUSE = word_set(
    """
    that the a an it he she they we there his its her their if whether
    """
)
_OBJECT = word_set("the a an it him her them his their on")
_NUMBERS = word_set(
    """
    two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred
    hundreds thousand thousands million millions billion billions trillion dozen dozens
    """
)
_BEFORE_NOUN = word_set(
    """
    these those other several many some all few most both various such battleground swing blue red member neighboring
    neighbouring southern northern eastern western more its their his her our no any
    """
)
_ADJECTIVES = word_set("confirmed reported suspected estimated alleged claimed announced")
_OF = word_set("from of by")
_WHERE = word_set("by in across worldwide nationwide globally among from since through so")
_HAPPENS = word_set(
    """
    was were is are has have had will would could can may might should did died killed wounded hurt arrested
    """
)


def says(pieces: Sequence[Piece], index: int, last: int) -> bool:
    """Tell whether the verb of saying from piece `index` to `last` is one here."""
    following = pieces[last + 1].lower if last + 1 < len(pieces) else ""
    verb = pieces[index].lower
    if verb == "called" and last == index and following not in _OBJECT:
        return False  # “a group called Dawn”
    if verb in ("accused", "blamed") and following in ("of", "for", "by"):
        return False  # “the man accused of killing two”: he says nothing
    return not (_is_noun(pieces, index, last) or _is_deed(pieces, index, last))


def is_in_name(pieces: Sequence[Piece], index: int) -> bool:
    """Tell “the United States” from “the paper states”: written as a name's word, behind another."""
    if index == 0:
        return False
    one, two = pieces[index - 1], pieces[index]
    return not one.quote and all(piece.text[:1].isupper() and not piece.text.isupper() for piece in (one, two))


def _is_noun(pieces: Sequence[Piece], index: int, last: int) -> bool:
    """Tell a noun or what stands before one from a verb: “these two states”, “six million confirmed cases”."""
    if not index or last > index or pieces[index - 1].quote:
        return False
    word, before_ = pieces[index].lower, pieces[index - 1]
    counted = before_.lower in _NUMBERS or before_.text[:1].isdigit()
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    if word.endswith("s"):
        return counted or before_.lower in _BEFORE_NOUN or (following is not None and following.lower in _OF)
    if word in _ADJECTIVES and before_.text.islower() and following is not None and following.lower in _WHERE:
        return True  # “one of four cases reported worldwide”
    return counted and word in _ADJECTIVES and following is not None and following.text[:1].islower()


def _is_deed(pieces: Sequence[Piece], index: int, last: int) -> bool:
    """Tell what is done from what is said: “the economy added 559,000 jobs”, “officers responded to a brawl”."""
    word, behind = pieces[index].lower, pieces[last + 1 : last + 5]
    if word in ("found", "finds"):
        return bool(behind) and behind[0].lower in ("itself", "himself", "herself", "themselves")
    if word == "continued":
        return not any(piece.quote for piece in behind)
    if word == "responded":
        return bool(behind) and behind[0].lower == "to"
    if word not in ("added", "adds", "adding", "add"):
        return False
    for at, piece in enumerate(behind):
        if piece.quote or piece.lower in CLAUSE - {"a", "an", "the"}:
            return False
        if piece.text[:1].isdigit() or piece.lower in _NUMBERS:
            return not any(p.quote or p.text in _HAPPENS for p in pieces[last + 1 + at : last + 10 + at])
    return False
