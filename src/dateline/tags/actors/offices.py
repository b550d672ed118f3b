"""Offices that companies and clubs have as well as states: presidents, secretaries, spokesmen of neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.lexicon.named.actors import index, role_words
from dateline.lexicon.named.gazetteer import gazetteer
from dateline.lexicon.named.names import Token
from dateline.tags.actors.pieces import Piece

_OFFICES = frozenset(
    ("president", "presidents", "vice president", "vice-president", "vice presidents", "secretary", "treasurer")
)
_SPEAKERS = frozenset("spokesman spokeswoman spokesperson spokespeople spokesmen adviser advisor".split())
_RANKS = frozenset("senior executive assistant associate corporate group regional".split())  # of vice presidents
_CHIEFS = frozenset("ceo coo cfo cto chief founder co-founder owner publisher chairman".split())
_TEAMS = frozenset(
    "kings senators generals pirates raiders rebels patriots cardinals bishops admirals rangers guardians traders "
    "princes ambassadors monarchs miners farmers bandits".split()
)
_ALSO_STATES = frozenset(("york", "new york", "washington"))  # “State” tells them from a city
_STATES = frozenset("republic nation federation union senate state court country people assembly house".split())


def in_business(text: str, run: Sequence[Token], chunk: Sequence[Piece], placed: Mapping[int, str] | None) -> bool:
    """Tell whether an office that states have too is held in a body the words name, and which is known for none.

    A senior vice president, a president and CEO, a chief strategy officer, the president of Zedcom, a Zedcom spokesman.
    """
    role = next((p for p in reversed(chunk) if p.kind == "role"), None)
    if role is None:
        return False
    joined = role.first and text[run[role.first - 1].end : run[role.first].start] == " "
    before = run[role.first - 1].key if joined else ""
    if role.key in ("officer", "officers"):
        near = [t.key for t in run[max(role.first - 3, 0) : role.first]]
        return "chief" in near and before not in ("police", "fire", "chief", "security", "intelligence")
    if role.key not in _OFFICES and role.key not in _SPEAKERS:
        return False
    if role.key.startswith("vice") and before in _RANKS:
        return True
    after = [t.key for t in run[role.last : role.last + 2]]
    if role.key in _OFFICES and len(after) == 2 and after[0] in ("and", "&") and after[1] in _CHIEFS:
        return True
    alone = sum(p.kind == "role" for p in chunk) == 1
    owner = next((p for p in chunk if p.kind == "capital" and p.first < role.first), None)
    if role.key in _SPEAKERS and alone and owner is not None:
        return owner.first not in (placed or {})
    return alone and bool(after) and after[0] in ("of", "for", "at") and _body(text, run, role.last + 1, placed)


def is_team(text: str, run: Sequence[Token], chunk: Sequence[Piece]) -> bool:
    """Tell a club from those whose name it bears (the Sacramento Kings, the Pittsburgh Pirates)."""
    if len(chunk) < 2 or chunk[-1].key not in _TEAMS:
        return False
    town = chunk[-2].kind == "capital" or (chunk[-2].named and chunk[-2].entries[0].seat)
    if not town or any(p.named for p in chunk[:-2]):
        return False
    last = chunk[-1].last
    after = run[last] if last < len(run) and text[run[last - 1].end : run[last].start] == " " else None
    return run[last - 1].capital and not run[last - 1].upper and (after is None or not after.capital)


def is_university(run: Sequence[Token], chunk: Sequence[Piece], placed: Mapping[int, str] | None) -> bool:
    """Tell *Florida State*, a university, from New York State, Lagos State and West Darfur State."""
    owner, role = chunk[-2:] if len(chunk) > 1 else (None, chunk[-1])
    if owner is None or not run[role.first].capital or owner.kind not in ("capital", "name"):
        return False
    if owner.key in _ALSO_STATES or (placed or {}).get(owner.first) != "USA":
        return False
    return any(p.kind == "admin1" and p.country == "USA" for p in gazetteer().find([owner.key]).get(owner.key, ()))


def _body(text: str, run: Sequence[Token], i: int, placed: Mapping[int, str] | None) -> bool:
    """Tell whether a name that stands for neither a state, a place nor a known body begins at a token."""
    if i >= len(run) or text[run[i - 1].end : run[i].start] != " ":
        return False
    token = run[i]
    known = token.key in index().longest or token.key in role_words() or token.key in _STATES
    return token.capital and not known and i not in (placed or {})
