"""Which way a time expression points: what the verbs of its clause say about past or future."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from dateline.lexicon.words.timewords import TimeWords, time_words
from dateline.tags.times.tokens import Token

_REACH = 30  # words looked at on either side
_CLAUSE = 12  # words within which the verb stands that an infinitive hangs on
_HEAD = 3  # words within which the noun stands that a date describes
_PLACE = 8  # words within which the noun stands that a day and its place hang on
_FIXED = 8  # words within which the verb stands that fixes a day
_BE = ("is", "are", "was", "were")
_STOPS = ";|"


@cache
def _words() -> TimeWords:
    return time_words("en")


def direction(tokens: Sequence[Token], first: int, last: int) -> int:
    """Tell -1 (past), 1 (future) or 0 (no sign) for the expression made of tokens `first` to `last`, both included.

    The nearest verb on its left that shows a tense decides, within the sentence; where there is none, on its right.
    """
    before = tokens[first - 1].lower if first else ""
    if _of_incident(tokens, first, last):
        return -1
    if before in _words().until or before in _words().after:
        return 1 if before in _words().until else -1
    if (before == "of" and first > 1 and tokens[first - 2].lower == "ahead") or _fixed(tokens, first):
        return 1
    for index in range(first - 1, max(-1, first - _REACH), -1):
        if tokens[index].kind in _STOPS:
            break
        if sign := _sign(tokens, index):
            return sign
    for index in range(last + 1, min(len(tokens), last + _REACH)):
        if tokens[index].kind in _STOPS:
            break
        if tokens[index].lower in _words().plans and _regular_past(tokens[index].lower) and not _been(tokens, index):
            return -1  # “The minister, speaking on Sunday, vowed to rebuild it”
        if sign := _sign(tokens, index):
            return sign
    return 1 if before == "by" else 0


def _sign(tokens: Sequence[Token], index: int) -> int:
    """Tell what one word says about the tense."""
    word = tokens[index].lower
    words = _words()
    if word in words.future:
        return 1
    if word in words.plans:
        return _plan(tokens, index)
    if word in words.past or _regular_past(word):
        return 1 if _after_future(tokens, index) else -1
    if word in words.arranged and not (index and tokens[index - 1].lower in ("to", "every", "each")):
        return (
            -1 if any(tokens[at].lower in ("did", "didn't", "didn’t") for at in range(max(0, index - 3), index)) else 1
        )
    if word == "to" and index + 1 < len(tokens):
        if index and tokens[index - 1].lower in words.plans:
            return _plan(tokens, index - 1)
        ahead = tokens[index + 1]
        infinitive = ahead.kind == "." and ahead.lower.isalpha() and not ahead.capital
        return 1 if infinitive and _bare(ahead) and not _told(tokens, index) else 0
    return 0


def _fixed(tokens: Sequence[Token], first: int) -> bool:
    """Tell whether a day is one that something is fixed for: “called a strike for Friday”, “moved to Friday”."""
    if not first or tokens[first - 1].lower not in ("for", "to"):
        return False
    for before in range(first - 2, max(-1, first - _FIXED), -1):
        word = tokens[before].lower
        if tokens[before].kind in _STOPS:
            return False
        if word in _words().fixed:
            return True
        if _sign(tokens, before):
            return False
    return False


def _of_incident(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether a date is that of an incident that the text knows of, whatever is yet to be done about it.

    “will look into the Jan. 6 riot”, “a panel on the storming of the port on Jan. 6”; but “plan an attack on Jan. 6”.
    """
    words = _words()
    if any(token.lower in words.incidents for token in tokens[last + 1 : last + 1 + _HEAD] if token.kind not in _STOPS):
        return any(token.lower in words.definite for token in tokens[max(0, first - 1) : first + 1])
    for before in range(first - 1, max(-1, first - _PLACE), -1):
        if tokens[before].kind in _STOPS or _sign(tokens, before):
            return False
        if tokens[before].lower in words.incidents:
            return any(tokens[at].lower in words.definite for at in range(max(0, before - 3), before))
    return False


def _been(tokens: Sequence[Token], index: int) -> bool:
    return index > 0 and tokens[index - 1].lower in ("is", "are", "was", "were", "be", "been")


def _told(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether an infinitive tells what was done: “tried to enter”, “gathered at the gate to protest”."""
    words = _words()
    if index and tokens[index - 1].lower in words.done:
        return True
    if index and tokens[index - 1].lower in _BE:  # “the court is to sit”, “was to sit”; but “was to have sat”
        return tokens[index + 1].lower == "have" and tokens[index - 1].lower in ("was", "were")
    for before in range(index - 1, max(-1, index - _CLAUSE), -1):
        word = tokens[before].lower
        if tokens[before].kind in _STOPS or word in words.ahead or word in words.future or word in words.plans:
            return False
        if word in words.past or _regular_past(word):
            return True
    return False


def ended(tokens: Sequence[Token], first: int) -> bool:
    """Tell whether “ended” stands just before an expression: “the quarter ended Oct. 31” is over when reported."""
    at = first - 1
    if at >= 0 and tokens[at].lower == "on":
        at -= 1
    return at >= 0 and tokens[at].lower == "ended"


def _plan(tokens: Sequence[Token], index: int) -> int:
    """Tell what “scheduled”, “due”, “planned” say: the future before “to” and “for”, unless it “had been” so."""
    ahead = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    if any(tokens[at].lower == "had" for at in range(max(0, index - 3), index)):
        return -1
    return 1 if ahead in ("to", "for") or _been(tokens, index) else -1 if tokens[index].lower.endswith("ed") else 0


def _regular_past(word: str) -> bool:
    """Tell whether a word looks like a regular past form."""
    return len(word) > 4 and word.endswith("ed") and not word.startswith("un") and word not in _words().plain_ed


def _after_future(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a past participle belongs to a future: “will be held”, “to have been signed”, “will not be cut”."""
    for before in range(index - 1, max(-1, index - 5), -1):
        word = tokens[before].lower
        if word in _words().future:
            return True
        if word == "to" and before + 1 < index:  # “to have been signed”, but “he was to have met him”
            return not (before and tokens[before - 1].lower in ("was", "were"))
        if word not in ("be", "been", "have", "not", "also", "only") and not word.endswith("ly"):
            return False
    return False


def _bare(token: Token) -> bool:
    """Tell whether a word may be an infinitive: no plural, no -ing."""
    return not token.lower.endswith(("s", "ing", "ed"))
