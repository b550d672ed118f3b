"""A coder of parties: marks who is named in a text and gives each its PLOVER code and sector."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dateline.lexicon.named.actors import is_state, role_words, words
from dateline.lexicon.named.countries import by_iso3
from dateline.lexicon.named.names import Token, tokens
from dateline.lexicon.named.places import context_words, family_names, given_names
from dateline.lexicon.words.common import common_words
from dateline.model import ActorSpan, PlaceSpan
from dateline.tags.actors.offices import in_business, is_team, is_university
from dateline.tags.actors.pieces import Piece, gap, pieces
from dateline.tags.actors.resolve import Coded, code, whole
from dateline.text.words import stop_words

_JOINED = frozenset((" ", "-", "‑", "\u00a0"))


_TITLES = frozenset(("dr", "mr", "mrs", "ms", "prof"))
_SOME = 0.005  # percent of people: what fewer are called is an ordinary word first
_LONGEST = 14  # pieces of one phrase: no party has a longer name


def actors(text: str, published: str | None = None, places: Sequence[PlaceSpan] | None = None) -> tuple[ActorSpan, ...]:
    """Mark the parties of a text, in order, with name, PLOVER code and sector.

    Offsets are code points into `text`. `published` (RFC 3339 or a plain date) decides which office a person held,
    `places` (the toponyms of the same text) where a town beside a party lies; without them the largest of its name.
    Countries are marked where they act or are spoken of, not where they only say where something is (“in Syria”). A
    code is None where the words do not tell it; a body without a country (“the army”) takes the one that the text
    speaks of most.
    """
    run = tokens(text)
    found = pieces(text, run)
    day = published[:10] if published else None
    home = _home(found, 0.75)
    placed = None if places is None else _placed(run, places)
    spans: list[ActorSpan] = []
    persons: dict[str, Coded] = {}
    bodies: dict[str, str] = {}  # “the army”, after “Syria’s army”
    chunks = _chunks(text, run, found)
    for n, chunk in enumerate(chunks):
        shared = _shared(text, run, chunk, chunks[n + 1] if n + 1 < len(chunks) else None)
        there = _there(text, run, found, chunk)
        if not shared and not there and not _party(text, run, chunk):
            continue
        last = next((p.key for p in reversed(chunk) if p.kind == "role"), "")
        coded = code(run, chunk, day, there or bodies.get(last, home), guess=there is not None, placed=placed)
        if coded is None:
            continue
        if there and coded.code is None:
            coded = replace(coded, code=there, confidence=0.7)
        if shared and coded.sector in (None, "CVL"):
            coded = replace(coded, sector=shared)
        if coded.sector in ("GOV", "COP") and not any(p.named for p in chunk) and in_business(text, run, chunk, placed):
            coded = replace(coded, code=None, sector=None, confidence=0.5)
        if is_team(text, run, chunk):
            coded = replace(coded, code=None, sector="SOC", confidence=0.5)
        elif last == "state" and coded.sector == "GOV" and is_university(run, chunk, placed):
            coded = replace(coded, sector="EDU")
        if last and coded.code in by_iso3() and any(p.named for p in chunk):
            bodies[last] = coded.code or ""
        _remember(run, chunk, coded, persons)
        spans.append(_make(text, run, coded, chunk[0].first, chunk[-1].last))
    spans.extend(_again(text, run, found, spans, persons))
    spans.sort(key=lambda s: (s.start, s.end))
    return tuple(spans)


def _placed(run: Sequence[Token], places: Sequence[PlaceSpan]) -> dict[int, str]:
    """Map the tokens of toponyms to the country they lie in."""
    starts = [token.start for token in run]
    return {
        n: place.country
        for place in places
        if place.country
        for n in range(max(bisect_right(starts, place.start) - 1, 0), bisect_right(starts, place.end - 1))
    }


def _shared(text: str, run: Sequence[Token], chunk: list[Piece], other: list[Piece] | None) -> str | None:
    """Give the sector of a noun that two names share: “Israeli and Egyptian officials”, “US and coalition troops”."""
    if other is None or any(p.kind != "name" or not is_state(p.entries[0]) for p in chunk):
        return None
    between = text[run[chunk[-1].last - 1].end : run[other[0].first].start]
    roles = [p for p in other if p.kind == "role" and not p.dropped]
    if between not in (" and ", ", ", " or ", " and the ") or not roles:
        return None
    adjective = chunk[-1].entries[0].demonym or chunk[-1].key in ("us", "uk", "uae")
    return roles[-1].sector if adjective and (other[0].kind == "name" or roles[-1].sector == "MIL") else None


def resolve(phrase: str, published: str | None = None, context: str | None = None) -> ActorSpan | None:
    """Code a phrase that is known to name a party; None where it holds neither a known name nor a noun of parties.

    Offsets are into `phrase`. `context` is a country code (alpha-3), or the text around the phrase, from which the
    country of bodies without one (“the army”) is taken.
    """
    run = tokens(phrase)
    if not run:
        return None
    day = published[:10] if published else None
    result = whole(phrase, run, day, _context(context))
    if result is None:
        return None
    coded, first, last = result
    return _make(phrase, run, coded, first, last)


def _context(context: str | None) -> str | None:
    if context is None or context in by_iso3():
        return context
    run = tokens(context)
    found = pieces(context, run)
    return _home(found, 0.0)


def _home(found: Sequence[Piece], share: float) -> str | None:
    """Give the country that has at least a share of all mentions of countries, and more than any other.

    Where a share is asked for, one mention alone (of a whole text) is not enough to guess by.
    """
    counts: Counter[str] = Counter()
    for piece in found:
        if piece.named and piece.entries[0].code in by_iso3() and piece.entries[0].sector not in ("JRN", "BUS"):
            counts[piece.entries[0].code or ""] += 1
    top = counts.most_common(2)
    if not top or (len(top) > 1 and top[0][1] == top[1][1]) or top[0][1] < max(share * counts.total(), 3 * share - 1):
        return None
    return top[0][0]


def _chunks(text: str, run: Sequence[Token], found: Sequence[Piece]) -> list[list[Piece]]:
    """Gather neighbouring pieces into phrases, each with a name or a noun of parties."""
    chunks: list[list[Piece]] = []
    current: list[Piece] = []
    for n, piece in enumerate(found):
        if current and _continues(text, run, current, piece, found, n):
            current.append(piece)
            continue
        chunks.append(current)
        current = [piece] if piece.kind in ("name", "role", "plain", "former", "capital", "prefix") else []
    chunks.append(current)
    trimmed = (_trim(chunk) for chunk in chunks)
    return [chunk for chunk in trimmed if any(p.kind in ("name", "role") for p in chunk)]


def _continues(
    text: str, run: Sequence[Token], current: list[Piece], piece: Piece, found: Sequence[Piece], n: int
) -> bool:
    between = gap(text, run, piece.first)
    last = current[-1]
    if len(current) >= _LONGEST:
        return False
    short = run[last.last - 1]  # “Gen. Kalo”; but “he told the AP. Kalo” is two sentences
    ends = short.upper and not run[piece.first].upper
    if between not in _JOINED and not (between == ". " and len(short.text) <= 3 and short.capital and not ends):
        return False
    if piece.kind == "patron":
        return last.kind in ("name", "role") and (between != " " or last.dropped)
    if piece.kind == "other":
        return _bridge(current, piece, found, n)
    if piece.kind == "capital" and piece.key in _TITLES:
        return False  # “before a party Dr Kalo eats”
    if piece.kind == "capital":
        # A person's name after an office or another part of it; anything else begins a phrase of its own.
        return last.kind in ("role", "capital") or (last.kind == "name" and not last.entries[0].person)
    if last.kind == "name" and piece.kind == "name" and between != " ":
        return False  # “the Israel-Hamas war”: two parties
    if last.kind == "name" and piece.kind == "name":
        return not (last.entries[0].person and piece.entries[0].person)
    if last.kind == "capital" and piece.kind == "name" and not any(p.kind == "role" for p in current):
        return between == " " and not is_state(piece.entries[0])
    return True


def _bridge(current: list[Piece], piece: Piece, found: Sequence[Piece], n: int) -> bool:
    """“the president of Syria”, “the king of the Netherlands”: “of” between an office and a name."""
    if current[-1].kind == "name" and current[-1].entries[0].demonym and piece.key.isalpha() and len(piece.key) > 3:
        # One noun between a people and a noun of parties: “Ivorian cocoa farmers”.
        ahead = found[n + 1 : n + 2]
        plain = not piece.key.endswith(("s", "ed", "ing")) and piece.key not in stop_words("en")
        return plain and bool(ahead) and ahead[0].kind == "role"
    if piece.key == "of":
        ahead = [p for p in found[n + 1 : n + 3] if p.key != "the"][:1]
        return current[-1].kind == "role" and bool(ahead) and ahead[0].kind == "name"
    if piece.key == "the":
        return current[-1].key == "of"
    return False


def _trim(chunk: list[Piece]) -> list[Piece]:
    while chunk and (chunk[-1].kind in ("plain", "former", "other", "patron", "prefix")):
        chunk = chunk[:-1]
    while chunk and chunk[0].kind in ("plain", "other", "patron") and not any(p.dropped for p in chunk[:1]):
        chunk = chunk[1:]
    return chunk


def _party(text: str, run: Sequence[Token], chunk: list[Piece]) -> bool:
    names = [p for p in chunk if p.named]
    roles = [p for p in chunk if p.kind == "role" and not p.dropped]
    if not names and not roles:
        return False
    if names and not roles and (_given(text, run, names[-1]) or text[run[names[-1].last - 1].end :].startswith("$")):
        return False
    first = chunk[0].first
    before = run[first - 1].key if first else ""
    if names and not roles:
        if all(is_state(p.entries[0]) for p in names):
            return _acts(text, run, names, before)
        return True
    if not names and all(p.key in words("nouns", "beside") for p in roles):
        capital = any(p.kind == "capital" for p in chunk)
        determined = before in ("the", "a", "an") and any(
            p.sector in ("MIL", "COP", "GOV", "JUD", "LEG") for p in roles
        )
        return capital or (determined and roles[-1].key in _BODIES) or any(p.dropped for p in chunk)
    return True


def _given(text: str, run: Sequence[Token], piece: Piece) -> bool:
    """Tell a person's given name from the country that is spelled so (Chad Kalo)."""
    if piece.last >= len(run) or piece.last - piece.first > 1 or not is_state(piece.entries[0]):
        return False
    token, after = run[piece.first], run[piece.last]
    if piece.key not in given_names() or token.possessive or token.upper or not after.capital or after.upper:
        return False
    if text[token.end : after.start] != " " or after.key in role_words():
        return False
    return _surname(after.key) and not any(e.demonym for e in piece.entries)


_BODIES = frozenset(
    ("court", "cabinet", "officer", "officers", "minister", "ambassador", "governor", "mayor", "premier", "officials")
)


_AUXILIARY = frozenset(
    (
        "has",
        "have",
        "had",
        "will",
        "would",
        "could",
        "may",
        "might",
        "must",
        "should",
        "can",
        "does",
        "did",
        "do",
        "is",
        "was",
        "host",
    )
)


def _second(run: Sequence[Token], piece: Piece) -> bool:
    """“Paris and Berlin agreed”: the second of two capitals before a verb."""
    return (
        piece.first > 1
        and run[piece.first - 1].key == "and"
        and run[piece.first - 2].capital
        and piece.last < len(run)
        and (run[piece.last].key in context_words("acts"))
    )


def _acts(text: str, run: Sequence[Token], names: Sequence[Piece], before: str) -> bool:
    """Tell whether a state named alone is a party: not after a word of place, nor as the adjective of a thing."""
    piece = names[-1]
    entry = piece.entries[0]
    if before in context_words("locative") and before not in ("from",):
        return False
    if before == "the" and piece.first > 1 and run[piece.first - 2].key in context_words("locative"):
        return False
    after = (
        run[piece.last].key
        if piece.last < len(run) and text[run[piece.last - 1].end : run[piece.last].start] == " "
        else ""
    )
    seat = any(e.seat for e in piece.entries) and not any(not (e.seat or e.demonym) for e in piece.entries)
    if seat:
        ahead = run[piece.last : piece.last + 3]
        pair = after == "and" and len(ahead) == 3 and ahead[1].capital and ahead[2].key in context_words("acts")
        told = before in context_words("acts") and before not in _AUXILIARY
        return pair or told or (bool(after) and after in context_words("acts")) or _second(run, piece)
    if entry.demonym and not piece.key.endswith("s"):
        return False
    return before not in ("of", "from") or after in context_words("acts")


def _there(text: str, run: Sequence[Token], found: Sequence[Piece], chunk: list[Piece]) -> str | None:
    """Give the country that follows a noun of parties: “rebels in eastern Congo”; soldiers may be from elsewhere."""
    if any(p.named for p in chunk) or chunk[-1].kind != "role" or chunk[-1].sector == "MIL":
        return None
    i = chunk[-1].last
    if i >= len(run) or run[i].key not in ("in", "of", "from", "across") or text[run[i - 1].end : run[i].start] != " ":
        return None
    place = bisect_right(found, i, key=lambda piece: piece.first)
    for piece in found[place : place + 3]:
        if piece.named and is_state(piece.entries[0]) and not piece.entries[0].demonym:
            return piece.entries[0].code
        if piece.key not in _DIRECTIONS:
            return None
    return None


_DIRECTIONS = frozenset(
    ("the", "northern", "southern", "eastern", "western", "central", "north", "south", "east", "west", "rural")
)


def _remember(run: Sequence[Token], chunk: list[Piece], coded: Coded, persons: dict[str, Coded]) -> None:
    """Keep the last name of a person who is introduced with an office or full name."""
    last = chunk[-1]
    introduced = last.kind == "capital" and any(p.kind == "role" for p in chunk) and _surname(last.key)
    if (coded.person or introduced) and run[last.last - 1].capital:
        persons[run[last.last - 1].key] = coded


def _surname(key: str) -> bool:
    """Tell whether a word may be a person's last name (no Office, no March)."""
    return key not in common_words() or family_names().get(key, 0.0) >= _SOME


def _make(text: str, run: Sequence[Token], coded: Coded, first: int, last: int) -> ActorSpan:
    start, end = run[first].start, run[last - 1].end
    return ActorSpan(start, end, text[start:end], coded.name, coded.code, coded.sector, coded.confidence)


def _again(
    text: str, run: Sequence[Token], found: Sequence[Piece], spans: Sequence[ActorSpan], persons: dict[str, Coded]
) -> list[ActorSpan]:
    """Mark the last names of persons who were introduced with office or full name before."""
    taken = sorted((span.start, span.end) for span in spans)
    again = []
    for piece in found:
        coded = persons.get(piece.key)
        if coded is None or piece.kind not in ("capital", "name"):
            continue
        start, end = run[piece.first].start, run[piece.last - 1].end
        at = bisect_right(taken, (start, len(text) + 1))
        if not any(s < end and start < e for s, e in taken[max(0, at - 1) : at + 1]):
            again.append(_make(text, run, coded, piece.first, piece.last))
    return again
