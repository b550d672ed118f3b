"""How a place name is meant (as a place, a people, or those who act from there) and how precisely it says where."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.lexicon.named.actors import words
from dateline.lexicon.named.countries import by_seat
from dateline.lexicon.named.gazetteer import Place
from dateline.lexicon.named.names import Token
from dateline.lexicon.named.places import context_words
from dateline.model import PlaceRole, Precision
from dateline.tags.places.find import Name

_SITES = frozenset(("site", "base", "camp", "canal"))
_WATERS = frozenset(("sea", "strait", "ocean"))
_SHORT = frozenset(("us", "uk", "uae"))
_SIDE = r"(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)"
_NEAR = re.compile(
    rf"\b(?:near|outside|close to|not far from|{_SIDE} of)(?: the)?"
    r"(?: (?:city|town|village|port|capital|settlement) of)?\s*$",
    re.I,
)
_OFF = re.compile(r"\b(?:(?:coasts?|shores?) of|waters (?:of|off|around)|offshore from)(?: the)?\s*$", re.I)
_JUST_OFF = re.compile(r"\boff (?:the )?$", re.I)
_PART = re.compile(
    rf"\b(?:(?:{_SIDE}|central)(?:ern)?|rural|mainland|upper|lower"
    rf"|(?:{_SIDE}|centre|center|parts?|much|swathes|regions?|areas?|outskirts|border) of)(?: the)?[ -]$",
    re.I,
)


# Whom somebody speaks for: “(D-Calif.)”, “R-Ohio”, “Sen. Ola Brandt of Maine”, “an Iowa Republican”.
_SEAT = re.compile(
    r"(?:(?<=[\s(,])[DRI][-–]"
    r"|\b(?:Reps?|Sens?|Govs?|Senators?|Representatives?|Congress(?:wo)?m[ae]n|Governors?|MPs?|Lawmakers?)\.?"
    r"(?: (?:and|of|[A-Z][\w.’'-]*,?)){0,11} [A-Z][\w’'-]+,? (?:a (?:Republican|Democrat) )?of )$"
)
_PARTISANS = frozenset("republican republicans democrat democrats".split())


def role(text: str, run: Sequence[Token], name: Name) -> PlaceRole:
    """Say how a place name is meant: literal, demonym, or metonym (those who act from there or are acted upon).

    A country before a noun of parties (“US forces”) counts as a demonym; a capital or country as the doer of a verb
    that people do (“Tokyo said”) is a metonym, as is one beside “relations”, “talks” or “against”.
    """
    if name.demonym:
        return "demonym"
    if _seat(text, run, name):
        return "metonym"
    place = name.chosen or name.places[0]
    country = place.kind == "country"
    before = _before(text, run, name)
    after = run[name.last] if name.last < len(run) else None
    gap = text[name.end : after.start] if after else ""
    noun = after is not None and gap == " " and not after.capital and after.key in context_words("parties")
    if country and noun and (name.key in _SHORT or before is None or before.key not in context_words("locative")):
        return "demonym"
    if country and after is not None and after.key == "and" and name.key in _SHORT and _party_ahead(run, name):
        return "demonym"  # “US and coalition troops”
    if before is not None and before.key in context_words("locative"):
        return "literal"
    if country and name.key in _SHORT and after is not None and gap == " " and _goes_on(after):
        return _short(text, run, name, after)
    if (
        country
        and after is not None
        and gap == "-"
        and after.key in words("patrons", "words") | words("patrons", "led")
    ):
        return "literal" if after.key == "based" else "metonym"
    if country and after is not None and gap in ("-", "–") and after.capital and _relation_ahead(run, name):
        return "metonym"  # “the Israel-Hamas conflict”
    if not (country or name.key in by_seat() or place.kind == "continent"):
        return "literal"
    if after is not None and gap == " " and after.key in context_words("acts") and _does(after.key, run, name, country):
        return "metonym"
    if (
        after is not None
        and gap in ("’s ", "'s ")
        and after.key in context_words("relations") | context_words("parties")
    ):
        return "metonym"
    if before is not None and not before.capital and before.key in context_words("towards"):
        beside = before.key in ("to", "by", "with", "between", "and")
        return "metonym" if not beside or (country and _relational(run, name)) else "literal"
    return "literal"


def _seat(text: str, run: Sequence[Token], name: Name) -> bool:
    """Tell whether a name says whom a politician speaks for."""
    if _SEAT.search(text, max(0, name.start - 90), name.start):
        return True
    return name.last < len(run) and run[name.last].key in _PARTISANS and text[name.end : run[name.last].start] == " "


def _party_ahead(run: Sequence[Token], name: Name) -> bool:
    return any(token.key in context_words("parties") for token in run[name.last + 1 : name.last + 3])


def _goes_on(after: Token) -> bool:
    return not after.capital and after.key not in context_words("links")


def _before(text: str, run: Sequence[Token], name: Name) -> Token | None:
    """Give the word before a name, an article left out."""
    i = name.first - 1
    if i >= 0 and run[i].key == "the":
        i -= 1
    if i < 0 or text[run[i].end : name.start] not in (" ", "-", " the "):
        return None
    return run[i]


def _short(text: str, run: Sequence[Token], name: Name, after: Token) -> PlaceRole:
    """Tell “the US hit back” from “US airstrikes”: after an article, what is no noun of parties is a verb."""
    if after.key in context_words("acts"):
        return "metonym"
    if after.key in context_words("weak") or after.key in context_words("locative"):
        return "literal"
    article = name.first > 0 and run[name.first - 1].key == "the" and text[run[name.first - 1].end : name.start] == " "
    return "metonym" if article else "demonym"


def _does(verb: str, run: Sequence[Token], name: Name, country: bool) -> bool:
    """Tell a deed from a state: “Syria is the scene” and “Lyon has three airports” place something there."""
    if verb in ("is", "was", "are"):
        ahead = run[name.last + 1].key if name.last + 1 < len(run) else ""
        return country and ahead not in ("", "a", "an", "the", "in", "one", "home", "where", "still", "calm", "now")
    return country or verb not in context_words("weak_acts")


def _relation_ahead(run: Sequence[Token], name: Name) -> bool:
    return any(token.key in context_words("relations") for token in run[name.last + 1 : name.last + 3])


def _relational(run: Sequence[Token], name: Name) -> bool:
    return any(token.key in context_words("relations") for token in run[max(0, name.first - 6) : name.first])


def precision(text: str, name: Name) -> Precision:
    """Say how precisely a name, with the words before it, says where: “near X”, “off the coast of Y”, “southern Z”."""
    place = name.chosen or name.places[0]
    before = text[max(0, name.start - 48) : name.start]
    if place.kind in _WATERS or (not name.demonym and _offshore(before, place)):
        return "offshore"
    if name.demonym or place.kind == "continent":
        return "country" if place.kind == "country" else "region" if place.kind != "city" else "city"
    if place.kind != "country" and _NEAR.search(before):
        return "near"
    if place.kind == "country":
        return "region" if _PART.search(before) else "country"
    if name.division and place.kind in ("city", "admin1"):
        return "admin1"
    if place.kind == "city":
        return "city"
    if place.kind in _SITES:
        return "site"
    if place.kind == "admin1":
        return "region" if _PART.search(before) else "admin1"
    return "region"


def _offshore(before: str, place: Place) -> bool:
    if _JUST_OFF.search(before):  # “off Yemen”, “off Hodeidah”, but not “off a road”
        return place.kind in ("country", "region", "admin1", "island", "city")
    return bool(_OFF.search(before))
