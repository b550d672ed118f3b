"""Gives the words of a party their PLOVER code and sector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dateline.lexicon.named.actors import Entry, index, is_state, words
from dateline.lexicon.named.countries import by_iso3
from dateline.lexicon.named.gazetteer import gazetteer
from dateline.lexicon.named.names import Token, key
from dateline.lexicon.named.places import ordinary_words
from dateline.tags.actors.pieces import OTHER, Piece, alike, pieces

_ARMED = frozenset(("REB", "PRM", "CRM", "UAF"))
_STRONG = frozenset(("COP", "MED", "JRN", "REF", "CVL", "EDU", "LEG", "JUD", "LAB"))  # “Hamas police” are police
_TAILS = frozenset(
    ("of", "in", "from", "at", "near", "throughout", "across", "inside", "around", "outside", "under", "within")
)
_CUTS = frozenset(
    (
        "to",
        "for",
        "by",
        "with",
        "against",
        "who",
        "that",
        "which",
        "on",
        "over",
        "between",
        "whose",
        "where",
        "ordered",
        "living",
    )
)
_STATELY = frozenset(("GOV", "MIL", "COP", "JUD", "LEG", "SPY", "ELI"))
_BACKERS = frozenset(
    (
        "backed",
        "aligned",
        "allied",
        "supported",
        "sponsored",
        "funded",
        "armed",
        "trained",
        "linked",
        "affiliated",
        "loyal",
    )
)
_ENVOYS = frozenset(
    ("ambassador", "envoy", "special envoy", "permanent representative", "mission", "delegation", "negotiator")
)
_FORE = frozenset("new old north south east west northern southern eastern western upper lower central".split())
_LARGE = 20_000  # people: the name of a smaller town beside a noun places no party
_SMALL = 5_000  # … and of a smaller one alone
_WORD = 200_000  # … and of one that is called as an ordinary word is: “the Alliance”, but “Nice police”


@dataclass(frozen=True, slots=True)
class Coded:
    """What the words of a party stand for."""

    name: str | None
    code: str | None
    sector: str | None
    confidence: float
    person: bool = False


def code(
    run: Sequence[Token],
    found: Sequence[Piece],
    day: str | None,
    context: str | None,
    *,
    guess: bool = True,
    placed: Mapping[int, str] | None = None,
) -> Coded | None:
    """Code the pieces of one phrase; None where they name no party at all.

    `day` is the day of the report (or None), `context` the country (alpha-3) that nouns of state bodies mean where no
    other is named; with `guess` unofficial parties (rebels, students) take it too. `placed` gives the country of the
    tokens that the text's toponyms hold; without it a town is the largest of its name. Whom only the text names, by a
    last name that a list holds for another, has that name and what the words beside it tell.
    """
    coded = _listed(run, found, day, context, guess, placed)
    other = next((p.entries[0].name for p in found if p.named and p.entries[0].source == OTHER), None)
    if other is None or (coded and coded.name):
        return coded
    return replace(coded, name=other, person=True) if coded else Coded(other, None, None, 0.5, person=True)


def _listed(
    run: Sequence[Token],
    found: Sequence[Piece],
    day: str | None,
    context: str | None,
    guess: bool,
    placed: Mapping[int, str] | None,
) -> Coded | None:
    """Code what the lists know of a phrase, as `code` has it."""
    head, tail = _split(found)
    roles = [p for p in head if p.kind == "role" and not p.dropped]
    former = any(p.kind == "former" for p in head)
    named = [(p, _entry(p, day)) for p in head if p.named and p.entries[0].source != OTHER]
    person = _person(head, named, day, roles)
    if person:
        return _of_person(person, roles, day, former)
    body = _body(named, roles)
    if body:
        return Coded(body.name, body.code, _body_sector(body, roles, former), 0.95)
    sector = _own_sector(named, roles, former)
    if sector == "REB" and roles and roles[-1].key == "groups" and not any(p.dropped for p in found):
        sector = None  # “Iran-aligned groups” fight, “farm groups” do not
    country = _country(run, named, roles)
    if country and tail and any(p.key == "ethnic" for p in head):
        there = _tail(run, tail, day, placed)
        if there:
            return Coded(None, there, sector or "CVL", 0.8)
    sector = _proxy(found, sector)
    if country:
        piece, entry = country
        there = None if entry.demonym or entry.seat else _party((placed or {}).get(piece.first))
        if there and there != entry.code:  # Georgia, of the United States
            return Coded(None, there, sector if roles or sector else entry.sector, 0.8)
        return _of_country(country, roles, sector)
    if roles and roles[-1].key in words("nouns", "neutral"):
        body = _tail_body(tail, day)
        if body:
            return Coded(body.name, body.code, body.sector or sector, 0.8)
    # what follows a noun of parties is a person's own name: “party leader Saran Otgonbayar”
    before = [p for p in head if not roles or p.first < roles[-1].first]
    town = _town(run, before, _LARGE if roles else _SMALL, placed) or _tail(run, tail, day, placed)
    if sector == "NGO":
        return Coded(None, "NGO", None, 0.8)
    if town:
        return Coded(None, town, sector, 0.8 if roles else 0.6)
    if not roles and not any(_is_people(entry) for _, entry in named):
        return None
    if any(p.dropped and p.kind == "name" for p in found):
        return Coded(None, None, sector, 0.5)
    return _by_context(sector, context, guess)


def _own_sector(named: Sequence[tuple[Piece, Entry]], roles: Sequence[Piece], former: bool) -> str | None:
    """Give the sector that the nouns of a phrase tell; of those who held an office once, that of elites."""
    sector = _sector(roles, "CVL" if any(_is_people(entry) for _, entry in named) else None)
    if former and sector in ("GOV", "MIL", "LEG", "SPY", "JUD", None) and (roles or named):
        return "ELI"
    return sector


def _of_country(country: tuple[Piece, Entry], roles: Sequence[Piece], sector: str | None) -> Coded:
    piece, entry = country
    if not roles and sector is None:
        sector = "GOV" if entry.seat else entry.sector or _people(piece, entry)
    if sector == "NGO":
        return Coded(None, "NGO", None, 0.8)
    return Coded(entry.name, entry.code, sector, 0.95 if not entry.seat else 0.9)


def _by_context(sector: str | None, context: str | None, guess: bool) -> Coded:
    """Give bodies of a state, and others where that may be guessed, the country that the text speaks of."""
    stately = sector in _STATELY
    if context and (stately or (guess and sector not in ("BUS", "REL", "MED", "JRN", "SOC", None))):
        return Coded(None, context, sector, 0.6 if stately else 0.4)
    return Coded(None, None, sector, 0.5)


def _proxy(found: Sequence[Piece], sector: str | None) -> str | None:
    """Forces that somebody backs are armed groups; those that a government backs stand at its side."""
    if sector not in ("MIL", "REB"):
        return sector
    for here, there in pairwise(found):
        backed = here.dropped and there.kind == "patron" and there.key in _BACKERS
        for_or_against = there.dropped and here.kind == "prefix"
        if backed or for_or_against:
            government = (here if backed else there).kind == "role"
            return "PRM" if government and (backed or here.key == "pro") else "REB"
    return sector


def _tail_body(tail: Sequence[Piece], day: str | None) -> Entry | None:
    found = [_entry(piece, day) for piece in tail if piece.named]
    return next((entry for entry in found if not is_state(entry) and not _is_people(entry)), None)


def _split(found: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Part a phrase at the first preposition after a name or noun; what follows “to”, “by” or “who” is dropped."""
    head: list[Piece] = []
    tail: list[Piece] = []
    inside = head
    for piece in found:
        if piece.kind == "other" and any(p.kind in ("name", "role", "capital") for p in head):
            if piece.key in _CUTS:
                if inside is tail or piece.key not in ("living", "ordered"):
                    break
                continue
            if piece.key in _TAILS:
                inside = tail
                tail.append(piece)
                continue
        inside.append(piece)
    return head, tail


def _entry(piece: Piece, day: str | None) -> Entry:
    """Choose among the entries of one name: the one that holds on the day, else the last before it, else the first."""
    if len(piece.entries) == 1 or day is None:
        return piece.entries[0]
    for entry in piece.entries:
        if entry.holds(day) and (entry.from_ or entry.to or not entry.person):
            return entry
    before = [e for e in piece.entries if e.to and e.to < day]
    return max(before, key=lambda e: e.to or "") if before else piece.entries[0]


def _person(
    head: Sequence[Piece],
    named: Sequence[tuple[Piece, Entry]],
    day: str | None,
    roles: Sequence[Piece],
) -> Entry | None:
    people = [entry for _, entry in named if entry.person]
    if people:
        return people[-1]
    # A last name after an office: “President Gbagbo”; only where no country or body is named that says otherwise.
    if roles and roles[-1].sector in ("GOV", "MIL", "LEG"):
        for piece in reversed(head):
            if piece.kind == "capital" and piece.first >= roles[-1].last:
                held = index().surnames.get(piece.key)
                if held:
                    codes = {entry.code for _, entry in named if entry.code}
                    fits = [e for e in held if (not codes or e.code in codes) and _may_be(e, piece, head, roles[-1])]
                    held_then = [e for e in fits if day is None or e.holds(day)]
                    # a general of the name of some country's president, at another time, is another
                    fits = held_then if roles[-1].sector == "MIL" else held_then or fits
                    if fits and len({e.code for e in fits}) == 1:
                        return fits[0]
                break
    return None


def _may_be(entry: Entry, last: Piece, head: Sequence[Piece], role: Piece) -> bool:
    """Tell whether the given names between an office and a last name allow a person: “Minister Jane Obama” is none."""
    own = key(entry.name).split()
    given = [p.key for p in head if p.kind == "capital" and role.last <= p.first < last.first]
    return all(any(alike(name, word) for word in own) for name in given)


def _of_person(entry: Entry, roles: Sequence[Piece], day: str | None, former: bool) -> Coded:
    sector = entry.sector
    if former or (day and entry.to and entry.to < day[: len(entry.to)] and sector in ("GOV", "MIL", "LEG", "SPY")):
        sector = "ELI"
    elif roles and roles[-1].sector in ("GOV", "MIL", "LEG", "OPP", "PTY", "REL") and sector not in _ARMED:
        sector = roles[-1].sector
    return Coded(entry.name, entry.code, sector, 0.95, person=True)


def _body(named: Sequence[tuple[Piece, Entry]], roles: Sequence[Piece]) -> Entry | None:
    """Find the named body: the last name that is no state; an envoy to it is of the state that sends him."""
    bodies = [entry for _, entry in named if not is_state(entry) and not _is_people(entry)]
    if not bodies:
        return None
    states = len(named) > len(bodies)
    if states and roles and roles[-1].key in _ENVOYS:
        return None
    return bodies[-1]


def _is_people(entry: Entry) -> bool:
    """Tell whether an entry is a people without a state: its country is told by the words beside it, if at all."""
    return entry.code is None and entry.sector == "CVL"


def _body_sector(entry: Entry, roles: Sequence[Piece], former: bool) -> str | None:
    sector = _sector(roles, entry.sector)
    if former and sector in ("GOV", "MIL", "LEG", "SPY", "JUD"):
        return "ELI"
    if entry.sector in _ARMED or entry.sector in ("PTY", "MIL", "COP", "SPY", "LEG", "JUD", "OPP"):
        return (
            sector
            if roles and roles[-1].sector in _STRONG and roles[-1].key not in words("nouns", "neutral")
            else entry.sector
        )
    return sector or entry.sector


def _sector(roles: Sequence[Piece], own: str | None) -> str | None:
    """Give the sector of the last noun; a neutral one (“spokesman”) takes that of the noun or name before it."""
    for piece in reversed(roles):
        if piece.key in words("nouns", "neutral") and (own or len(roles) > 1):
            continue
        return piece.sector
    return own or (roles[-1].sector if roles else None)


def _country(
    run: Sequence[Token], named: Sequence[tuple[Piece, Entry]], roles: Sequence[Piece]
) -> tuple[Piece, Entry] | None:
    states = [(piece, entry) for piece, entry in named if entry.code]
    if not states:
        return None
    if roles:
        before = [pair for pair in states if pair[0].first < roles[-1].last]
        if before:
            # “Turkish Kurd refugees”: the first of two adjectives is the state, unless a possessive says otherwise.
            owners = [pair for pair in before if run[pair[0].last - 1].possessive]
            return (owners or before)[0]
    return states[0]


def _people(piece: Piece, entry: Entry) -> str | None:
    plural = piece.key.endswith(("s", "men", "women")) and not piece.key.endswith(("ss", "us"))
    return "CVL" if entry.demonym and plural and piece.key not in ("us", "netherlands") else None


def _town(run: Sequence[Token], head: Sequence[Piece], people: int, placed: Mapping[int, str] | None) -> str | None:
    """Give the country of a town named beside a party noun: “Mosul police”.

    A town is all of the name that stands there: no Taylor of Taylor Swift fans, no York of New York.
    """
    for n, piece in enumerate(head):
        if piece.kind != "capital":
            continue
        if placed and piece.first in placed:
            return _party(placed[piece.first])
        if n and head[n - 1].kind == "capital" and head[n - 1].last == piece.first:
            continue  # the middle of a name
        for width in (3, 2, 1):
            part = head[n : n + width]
            if len(part) == width and all(p.kind in ("capital", "plain") for p in part) and _whole(run, head, n, width):
                found = _known(" ".join(p.key for p in part), people)
                if found:
                    return found
    return None


def _whole(run: Sequence[Token], head: Sequence[Piece], n: int, width: int) -> bool:
    """Tell whether pieces are a whole name: nothing capital before that is part of it (New York), nothing behind."""
    first, last = head[n].first, head[n + width - 1].last
    if first and run[first - 1].key in _FORE and run[first - 1].capital and run[first].start - run[first - 1].end == 1:
        return False
    after = head[n + width] if n + width < len(head) else None
    return after is None or after.kind != "capital" or after.first != last or run[last - 1].possessive


def _known(key: str, people: int) -> str | None:
    """Give the country of the largest place of a name, where it is large enough to be meant."""
    ordinary = key in ordinary_words()
    if key in _FORE:
        return None
    least = max(people, _WORD) if ordinary else people
    for place in gazetteer().find([key]).get(key, ()):
        large = place.population >= least or (place.kind not in ("city", "admin2") and not ordinary)
        if place.country and place.main and large and len(place.name) > 2:
            return _party(place.country)
    return None


def _tail(run: Sequence[Token], tail: Sequence[Piece], day: str | None, placed: Mapping[int, str] | None) -> str | None:
    """Give the country of what follows “of” or “in”: a state, its people, a town or region there."""
    for piece in tail:
        if piece.named:
            entry = _entry(piece, day)
            if entry.code:
                return (placed or {}).get(piece.first) or entry.code if is_state(entry) else entry.code
    return _town(run, [p for p in tail if p.kind in ("capital", "plain")], _SMALL, placed)


def _party(country: str | None) -> str | None:
    found = by_iso3().get(country or "")
    return found.party if found else None


def whole(text: str, run: Sequence[Token], day: str | None, context: str | None) -> tuple[Coded, int, int] | None:
    """Code all of a phrase; gives also the tokens between which it names its party."""
    found = pieces(text, run)
    result = code(run, found, day, context)
    if result is None:
        return None
    used = [p for p in found if p.kind in ("name", "role", "capital")]
    return (result, used[0].first, used[-1].last) if used else None
