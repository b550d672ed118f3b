"""Cuts a text into the pieces that names of parties are made of: names, nouns of parties, modifiers, other words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from dateline.lexicon.named.actors import Entry, index, is_state, role_longest, roles, words
from dateline.lexicon.named.names import Token, joined, key
from dateline.lexicon.named.places import given_names, ordinary_words
from dateline.text.words import stop_words

Kind = Literal["name", "role", "plain", "capital", "patron", "prefix", "former", "other"]


@dataclass(slots=True)
class Piece:
    """Neighbouring tokens of one kind."""

    kind: Kind
    first: int  # index of its first token
    last: int  # index after its last
    key: str
    entries: tuple[Entry, ...] = ()
    sector: str | None = None
    dropped: bool = False  # a patron, holder or target: not the party itself

    @property
    def named(self) -> bool:
        """Tell whether the piece is a name that may be the party."""
        return self.kind == "name" and not self.dropped


def pieces(text: str, run: Sequence[Token], first: int = 0, last: int | None = None) -> list[Piece]:
    """Cut tokens first to last into pieces: the longest name or noun at each place."""
    end = len(run) if last is None else last
    found: list[Piece] = []
    i = first
    while i < end:
        name, role = _name(text, run, i, end), _role(text, run, i, end)
        if name and role and role.last > name.last:
            name = None  # “Labour minister” is an office, not the party
        piece = name or role or _word(run, i)
        found.append(piece)
        i = piece.last
    _unname(text, run, found)
    _drop(text, run, found)
    return found


def _unname(text: str, run: Sequence[Token], found: list[Piece]) -> None:
    """Give a known last name, or a state's, to whom the text has by it: “Zora Obama”, “Tom Jordan”, of no known state.

    The same name alone is then that other's, unless the text names the known one in full.
    """
    other: dict[str, Entry] = {}
    for before, piece in pairwise(found):
        if piece.key not in other and _is_others(text, run, before, piece):
            name = text[run[before.first].start : run[piece.first].end]
            other[piece.key] = Entry(name, None, None, (), None, None, True, OTHER)
    longer = [p for p in found if p.kind == "name" and p.last - p.first > 1 and p.entries[0].person]
    full = {p.key.rpartition(" ")[2] for p in longer}
    for n, piece in enumerate(found):
        if piece.kind != "name" or piece.last - piece.first > 1 or piece.key not in other:
            continue
        if piece.key not in full or (n and _is_others(text, run, found[n - 1], piece)):
            found[n] = Piece("name", piece.first, piece.last, piece.key, (other[piece.key],))


def _is_others(text: str, run: Sequence[Token], before: Piece, piece: Piece) -> bool:
    """Tell whether the given name before a last name is that of another than who, or what state, bears it."""
    if piece.kind != "name" or piece.last - piece.first > 1 or before.kind != "capital" or before.last != piece.first:
        return False
    word = run[before.first]
    if before.key in _VERBS_TOO or word.upper or text[word.end : run[piece.first].start] != " ":
        return False
    if not piece.entries[0].person:
        entry = piece.entries[0]
        return is_state(entry) and not any(e.demonym or e.seat for e in piece.entries) and before.key in given_names()
    if before.key in ordinary_words() and before.key not in given_names():
        return False
    return not any(alike(before.key, word) for entry in piece.entries for word in key(entry.name).split())


def alike(name: str, other: str) -> bool:
    """Tell whether a given name is an initial or a spelling of another (keys, see `names.key`)."""
    return other.startswith(name) if len(name) < 3 else SequenceMatcher(None, name, other).ratio() >= _SPELLING


def gap(text: str, run: Sequence[Token], i: int) -> str:
    """Give the text between token i - 1 and token i, without a possessive ending."""
    between = text[run[i - 1].end : run[i].start]
    return between[2:] if run[i - 1].possessive else between


def _reach(text: str, run: Sequence[Token], i: int, end: int, most: int) -> int:
    j = i + 1
    while j < min(end, i + most):
        between = gap(text, run, j)
        if between not in (" ", "-", "‑", "–", "\u00a0", "") and not (between == ". " and len(run[j - 1].text) <= 2):
            break
        if run[j - 1].possessive and between != " ":
            break
        j += 1
    return j


def _name(text: str, run: Sequence[Token], i: int, end: int) -> Piece | None:
    known = index()
    token = run[i]
    head = {"st": "saint", "mt": "mount", "ft": "fort"}.get(token.key, token.key)
    most = known.longest.get(head)
    if not most:
        return None
    for j in range(_reach(text, run, i, end, most), i, -1):
        name = joined(run, i, j) if j - i > 1 else head
        held = known.names.get(name)
        if not held or not any(t.capital for t in run[i:j]):
            continue
        if j - i == 1 and name in known.capitals and not (_capitals(token.text) or "." in token.text):
            continue
        return Piece("name", i, j, name, held)
    return None


def _capitals(word: str) -> bool:
    """Tell whether a word is written as initials are (UN, LeT)."""
    return len(word) > 1 and (word.isupper() or sum(c.isupper() for c in word) > 1)


def _role(text: str, run: Sequence[Token], i: int, end: int) -> Piece | None:
    most = role_longest().get(run[i].key)
    if not most:
        return None
    for j in range(_reach(text, run, i, end, most), i, -1):
        if any(t.possessive for t in run[i : j - 1]):
            continue
        noun = " ".join(t.key for t in run[i:j])
        sector = roles().get(noun)
        if noun == "states" and j - i == 1 and i and run[i - 1].capital and not run[i].capital:
            continue  # “Marta Kalo states that …”
        if noun in _ADJECTIVES and j < len(run) and not run[j].capital and text[run[j - 1].end : run[j].start] == " ":
            continue  # “national elections”, “a criminal case”
        if sector:
            return Piece("role", i, j, noun, sector=sector)
    return None


OTHER = "this text"  # the source of an entry that no list holds
_SPELLING = 0.6  # share of letters in common order: Mohamed and Muhammad, not Zora and Barack
_VERBS_TOO = frozenset("will may grant mark hope can see so art frank bill rich long".split())  # given names, too
_ADJECTIVES = frozenset(("national", "criminal"))
_TOLD = frozenset(
    "killed captured wounded injured jailed imprisoned detained exiled displaced stranded elected".split()
)


def _word(run: Sequence[Token], i: int) -> Piece:
    token = run[i]
    kind: Kind = "other"
    if token.key in words("modifiers", "former"):
        kind = "former"
    elif token.key in words("patrons", "words") or token.key in words("patrons", "led"):
        kind = "patron"
    elif token.key in words("patrons", "prefixes"):
        kind = "prefix"
    elif token.key in _TOLD and i and run[i - 1].key in roles():
        kind = "other"  # “gunmen killed farmers”: the verb of a sentence, not “killed farmers”
    elif token.key in words("modifiers", "plain") or token.key[:1].isdigit():
        kind = "plain"
    elif token.capital and token.key not in stop_words("en"):
        kind = "capital"
    return Piece(kind, i, i + 1, token.key)


def _drop(text: str, run: Sequence[Token], found: list[Piece]) -> None:
    """Mark the names that are patrons (“Iran-backed”), holders (“rebel-held”) or targets (“anti-government”)."""
    for n, piece in enumerate(found):
        if piece.kind not in ("name", "role"):
            continue
        after = found[n + 1] if n + 1 < len(found) else None
        before = found[n - 1] if n else None
        hyphen = after is not None and gap(text, run, after.first) in ("-", "‑", "–")
        if (
            after is not None
            and after.kind == "patron"
            and (hyphen or (piece.kind == "name" and _space_patron(text, run, after, found, n)))
        ):
            piece.dropped = True
        if before is not None and before.kind == "prefix" and gap(text, run, piece.first) in ("-", "‑", "–"):
            piece.dropped = True
        if before is not None and before.key == "by" and n > 1 and found[n - 2].kind == "patron":
            piece.dropped = True


def _space_patron(text: str, run: Sequence[Token], patron: Piece, found: list[Piece], n: int) -> bool:
    """“Iran backed militias”: a patron without its hyphen stands before another party noun."""
    if patron.key not in ("backed", "aligned", "allied", "sponsored") or gap(text, run, patron.first) != " ":
        return False
    return n + 2 < len(found) and found[n + 2].kind == "role" and found[n + 2].sector in ("REB", "PRM", "MIL")
