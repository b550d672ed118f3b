"""The words of a speaker beside a verb of saying."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.lexicon.words.speech import speech
from dateline.tags.attribution.units import Piece
from dateline.text.wordset import word_set

_AUX = word_set(
    """
    has have had also later earlier previously repeatedly then again once now did further since reportedly still
    even both all just already publicly privately separately initially
    """
)
_BOUND = word_set(
    """
    that but while when because although though if whether where whereas however until what
    """
)
_MARKS = word_set(
    """
    , ; : ( ) — – ? ! … / [ ]
    """
)
_FINITE = word_set(
    """
    was were is are be been has have had will would could can may might should do does did
    """
)
_LEAD = word_set(
    """
    and but however meanwhile also so yet then still later instead earlier separately or nor
    """
)
_PREPOSITIONS = word_set(
    """
    in on at by for after before during since from with under amid as last of to following
    """
)
_DETERMINERS = word_set(
    """
    the a an his her its their another one two some many several he she it they we i
    """
)
_ARTICLES = word_set("the a an its their our my your")
_PERSONS = word_set("he she they we I")
_DAYS = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday today yesterday week month year january february
    march april june july august september october november december night morning
    """
)
_SHORT_MONTHS = word_set("jan feb mar apr jun jul aug sept sep oct nov dec")
_NO_SPEAKER = word_set(
    """
    no nobody none neither which there what who this these to as nothing
    """
)
_ENDS = word_set(
    """
    who in on at after during when as while speaking adding citing which whose by because before since
    """
)
_CONTRACTED = word_set("it's he's she's that's there's they're we're i'm you're it’s he’s she’s that’s there’s")
_NO_ADVERB = word_set("family assembly ally supply daily weekly monthly bully")
_LONGEST = 16


def skip_back(pieces: Sequence[Piece], index: int) -> int:
    """Go left over the auxiliaries and adverbs before a verb."""
    while index >= 0 and (pieces[index].lower in _AUX or _is_adverb(pieces[index].text)):
        index -= 1
    return index


def _is_adverb(word: str) -> bool:
    """Tell whether a word looks like an adverb in -ly."""
    return word.endswith("ly") and word.islower() and len(word) > 4 and word not in _NO_ADVERB


def before(pieces: Sequence[Piece], last: int) -> tuple[int, list[Piece]] | None:
    """Give (first piece, words) of the speaker that ends at a piece; an insertion between commas is passed over."""
    if last < 0 or pieces[last].quote:
        return None
    if pieces[last].lower in (",", ")"):
        return _over_insertion(pieces, last)
    found = _phrase(pieces, last)
    if found is None:
        return None
    first, end = found
    return first, list(pieces[first : end + 1])


def _over_insertion(pieces: Sequence[Piece], last: int) -> tuple[int, list[Piece]] | None:
    """Pass “, a nurse,” and “, speaking on condition of anonymity,” to the speaker; keep a name in it."""
    opening = "(" if pieces[last].lower == ")" else ","
    comma = next((at for at in range(last - 1, max(-1, last - 26), -1) if pieces[at].lower == opening), None)
    if comma is None or comma == 0:
        return None
    inner = pieces[comma + 1 : last]
    found = _phrase(pieces, comma - 1)
    if not inner or found is None:
        return _asked(pieces, comma, last)
    first, end = found
    named = all(piece.text[0].isupper() for piece in inner) and len(inner) <= 5 and opening == ","
    if pieces[first].lower in _PREPOSITIONS or any(piece.lower in _FINITE for piece in pieces[first : end + 1]):
        return None
    if named and not _is_name(pieces[first : end + 1]):
        return first, list(pieces[first:last])
    return first, list(pieces[first : end + 1])


def _asked(pieces: Sequence[Piece], comma: int, last: int) -> tuple[int, list[Piece]] | None:
    """Give the speaker between two commas, where nothing before the first can be one."""
    found = _phrase(pieces, last - 1)
    if found is None or found[0] <= comma:
        return None
    return found[0], list(pieces[found[0] : found[1] + 1])


def _is_name(pieces: Sequence[Piece]) -> bool:
    """Tell whether words are or end with a name."""
    return bool(pieces) and pieces[-1].text[0].isupper() and pieces[-1].lower not in speech().titles


def _phrase(pieces: Sequence[Piece], last: int) -> tuple[int, int] | None:
    """Give (first, last) piece of the noun phrase that ends at a piece; None where nobody can speak there."""
    first = last
    while first >= 0 and last - first < _LONGEST:
        piece = pieces[first]
        if piece.quote or piece.lower in _MARKS or piece.lower in _BOUND:
            break
        if piece.lower == "and" and not _joins(pieces, first):
            break
        if (
            first < last
            and piece.lower in speech().flags
            and piece.lower not in ("called", "reported", "found", "claims", "reports", "posted")
        ):
            break
        first -= 1
    first += 1
    while first <= last and pieces[first].lower in _LEAD:
        first += 1
    first = _past_preposition(pieces, first, last)
    if first > last or last - first >= _LONGEST - 1:
        return None
    relative = next(
        (at for at in range(first + 1, last + 1) if pieces[at].text in ("who", "which", "whose", "whom")), None
    )
    if relative is not None:
        last = relative - 1
    while last > first and (
        pieces[last].lower in _DAYS or pieces[last].lower in ("on", "in", "at", "late", "early", "last", "this")
    ):
        last -= 1
    words = pieces[first : last + 1]
    if _is_clause(pieces, first, words) or (
        words[0].lower in _NO_SPEAKER
        or words[-1].lower in _ARTICLES
        or any(piece.lower in _FINITE for piece in words)
        or not words[-1].text[0].isalnum()
    ):
        return None
    if pieces[last].text in _PERSONS:  # “the bill they criticised”: what stands before is spoken of, and does not speak
        first = last
    return first, last


def _is_clause(pieces: Sequence[Piece], first: int, words: Sequence[Piece]) -> bool:
    """Tell words that are a clause, or the end of a number: “(hackers that) hit two firms”, “(75),000 payrolls”."""
    if any(piece.lower in _CONTRACTED for piece in words):
        return True
    before_ = pieces[first - 1].lower if first else ""
    if words[0].text.isdecimal() and before_ == ",":
        return True
    if len(words) > 2 and words[0].lower in _PERSONS and words[-1].text not in _PERSONS:
        return True
    return before_ in ("that", "which", "who") and words[0].text.islower() and words[0].lower.endswith("ed")


def without_day(pieces: Sequence[Piece]) -> list[Piece]:
    """Take the day off the end of a speaker's words: “court documents unsealed on Friday”."""
    end = len(pieces)
    while (
        end > 1
        and not pieces[end - 1].text.isupper()
        and (pieces[end - 1].lower in _DAYS or pieces[end - 1].lower in ("on", "late", "early", "last"))
    ):
        end -= 1
    return list(pieces[:end])


def is_day(piece: Piece) -> bool:
    """Tell whether a piece names a day or a month."""
    return piece.lower in _DAYS or piece.lower in _SHORT_MONTHS


def _joins(pieces: Sequence[Piece], index: int) -> bool:
    """Tell whether “and” joins two speakers: names, or nouns with their articles."""
    if index == 0 or index + 1 >= len(pieces):
        return False
    left, right = pieces[index - 1], pieces[index + 1]
    return not left.quote and not right.quote and left.text[0].isupper() and right.text[0].isupper()


def _past_preposition(pieces: Sequence[Piece], first: int, last: int) -> int:
    """Pass “On Monday”, “In Lagos”, “Last week” before the speaker."""
    if first > last or pieces[first].lower not in _PREPOSITIONS:
        return first
    at = first + 1
    while at <= last and (pieces[at].text[0].isupper() or pieces[at].lower in _DAYS or pieces[at].text.isdecimal()):
        if pieces[at].lower in ("the", "a"):
            break
        at += 1
    if at == first + 1:
        at = next((x for x in range(first + 2, last + 1) if pieces[x].lower in _DETERMINERS), last + 1)
    return at


def after(pieces: Sequence[Piece], first: int, whole: bool = False) -> int:
    """Give the piece behind the speaker that begins at a piece; `whole` takes all up to the next comma or stop."""
    at = first
    while at < len(pieces) and at - first < 24:
        piece = pieces[at]
        if piece.quote or piece.lower in _MARKS or piece.lower == "." or piece.text in ("who", "which", "whose"):
            break
        if at > first and (piece.lower in _ENDS if not whole else piece.lower == "that"):
            break
        at += 1
    return at


def inverted(pieces: Sequence[Piece], index: int, last: int) -> int | None:
    """Give the piece behind the speaker where he stands behind the verb (“…, said X”); None where he does not."""
    if not index or last + 1 >= len(pieces) or any(pieces[at].lower.endswith("ing") for at in (index, last)):
        return None
    lead = pieces[index - 1]
    if not (lead.quote or lead.lower in (",", "—", "–")):
        return None
    if pieces[last].lower in ("told", "tells", "urged", "accused", "blamed", "denied", "rejected"):
        return None
    end = after(pieces, last + 1)
    words = pieces[last + 1 : end]
    if not words or any(piece.lower in _FINITE or piece.lower in speech().clause for piece in words):
        return None
    if is_day(words[0]):
        return None
    if words[0].lower in _PREPOSITIONS or (words[0].text.islower() and words[0].text.endswith("ing")):
        return None
    if words[0].lower in (
        "that",
        "it",
        "there",
        "if",
        "whether",
        "to",
        "in",
        "on",
        "at",
        "they",
        "we",
        "this",
        "these",
        "no",
        "not",
    ):
        return None
    quoted = lead.quote or (index > 1 and pieces[index - 2].quote)
    if not quoted and _insertion_fits(pieces, index - 1):
        return None
    return end


def _insertion_fits(pieces: Sequence[Piece], comma: int) -> bool:
    """Tell whether the comma before a verb closes an insertion behind a speaker, as in “X, a nurse, announced …”."""
    opening = next((at for at in range(comma - 1, max(-1, comma - 16), -1) if pieces[at].lower == ","), None)
    if opening is None or opening == 0 or opening > 8:
        return False
    found = _phrase(pieces, opening - 1)
    return found is not None and found[0] == 0 and pieces[0].lower not in _PREPOSITIONS
