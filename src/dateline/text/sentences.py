"""Sentences of news text, as offsets.

Rules over the stops, in one pass from left to right: abbreviations, initials, decimals and web addresses do not end
a sentence; closing quotes and brackets stay with theirs; pairs glued without a space are told apart; a blank line
always ends one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.text.abbreviations import BEFORE_FIGURE, EITHER, GERMAN_MONTHS, NEVER_LAST, STARTERS

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*|[\u2029\f]\s*")
_OPEN = "“‘«„‹([{¿¡"
# A run of stops with whatever closes behind it. Straight quotes are judged later: they open as well as close.
_STOP = re.compile(r"(?:[.!?…‼⁇⁈⁉]+|[。！？؟۔।॥])[”’»›)\]}」』]*")
_WORD_BEFORE = re.compile(r"[\w.'’&-]*$")
_NEXT_WORD = re.compile(r"[\w'’]+")
_ACRONYM = re.compile(r"(?:\w\.)+\w")
_SPEECH_AFTER = re.compile(
    r"\s+(?:[A-Z][\w.'’-]{0,20} ){1,4}"
    r"(?:said|says|asked|asks|added|told|replied|wrote|shouted|cried|exclaimed|wondered|chanted|yelled)\b"
)
_DOMAIN_END = re.compile(r"(?i:com|org|net|gov|edu|info|tv|io|co|uk|fr|de)\b(?!\s+[a-z])")
_FULL_STOPS = "。！？؟۔।॥"
_LOOK = 24  # longest word looked at on either side of a stop


def sentences(text: str) -> list[tuple[int, int]]:
    """Give (start, end) of each sentence of a text, without white space around it; none crosses a blank line."""
    found: list[tuple[int, int]] = []
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        _paragraph(text, start, gap.start(), found)
        start = gap.end()
    _paragraph(text, start, len(text), found)
    return found


def _paragraph(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    """Add the sentences of one paragraph."""
    for cut in _cuts(text, start, end):
        _add(text, start, cut, found)
        start = cut
    _add(text, start, end, found)


def _add(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    """Add a stretch without the white space around it, where anything is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the offsets after which a new sentence begins."""
    quotes, counted, begun = 0, start, start
    for stop in _STOP.finditer(text, start, end):
        at, after = stop.span()
        if after >= end:
            return
        if after < counted:
            continue
        if text[after] in "\"'":
            quotes += text.count('"', counted, after)
            counted = after
            after = _past_straight_quotes(text, after, end, quotes % 2 == 1)
        if after >= end:
            return
        if _ends(text, at, stop.end(), after, begun, end):
            begun = after
            yield after


def _past_straight_quotes(text: str, after: int, end: int, inside: bool) -> int:
    """Give the offset behind straight quotes that close; those that open belong to what follows."""
    while after < end and text[after] in "\"'":
        following = text[after + 1] if after + 1 < end else " "
        if following.isalnum() and not (inside and text[after] == '"'):
            break
        after += 1
    return after


def _ends(text: str, at: int, stop_end: int, after: int, begun: int, end: int) -> bool:
    """Tell whether the stop at `at`, closed up to `after`, ends a sentence that began at `begun`."""
    mark = text[at]
    if mark in _FULL_STOPS:
        return True
    if not text[after].isspace():
        return _glued(text, at, stop_end, after, end)
    follow = after
    while follow < end and text[follow].isspace():
        follow += 1
    if follow >= end:
        return False
    if text[follow].islower() or text[follow] in ",;:%)]}”’»":
        return False
    if mark in "!?" or after > stop_end:
        closed = after > at + 1 and text[after - 1] in "”\"’'»"
        if closed and mark in "!?" and _SPEECH_AFTER.match(text, after, min(end, after + 120)):
            return False
        if mark in "!?":
            return True
    if mark in "…" or text.startswith("..", at):
        return at == 0 or text[at - 1] not in "[("
    return _full_stop_ends(text, at, follow, begun, end)


def _full_stop_ends(text: str, at: int, follow: int, begun: int, end: int) -> bool:
    """Tell whether a single full stop ends the sentence, by the words on both sides."""
    match = _WORD_BEFORE.search(text, max(begun, at - _LOOK), at)
    before = match.group() if match else ""
    if not before:
        return True
    ahead = _NEXT_WORD.match(text, follow, min(end, follow + _LOOK))
    word = ahead.group() if ahead else ""
    last = before.rsplit("-", 1)[-1]
    if before in NEVER_LAST or last in NEVER_LAST:
        return False
    if last in BEFORE_FIGURE and text[follow].isdigit():
        return False
    if before.isdigit() and len(before) <= 3:
        numbering = at - len(before) - begun <= 1  # “1. The first point”
        return not numbering and word not in GERMAN_MONTHS
    if last in EITHER or _ACRONYM.fullmatch(before) or (len(before) == 1 and before.isalpha()):
        return word in STARTERS or text[follow] in '“"«'
    return True


def _glued(text: str, at: int, stop_end: int, after: int, end: int) -> bool:
    """Tell whether two sentences stand glued: a small letter, a stop, a capital or an opening quote."""
    if at == 0 or text[at] not in ".!?…":
        return False
    ahead = text[after]
    if ahead in "\"'":  # it opens, or it would have been passed
        ahead = text[after + 1] if after + 1 < end else " "
        return ahead.isupper() and text[at - 1].islower()
    if ahead in _OPEN:
        return text[at - 1].isalnum() or after > stop_end
    if not ahead.isupper():
        return False
    if after > at + 1 and text[after - 1] in '”"»)]':
        return True
    word = _WORD_BEFORE.search(text, max(0, at - _LOOK), at)
    before = word.group() if word else ""
    following = text[after + 1] if after + 1 < end else " "
    if _DOMAIN_END.match(text, after, end):
        return False
    return (
        len(before) >= 2
        and before[-2:].islower()
        and "." not in before
        and before not in NEVER_LAST
        and (following.islower() or following.isspace() or following in ".’'")
    )
