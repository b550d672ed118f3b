"""How a place name is meant (where something is, a people, or those who act from there) and how precisely it says where."""

from __future__ import annotations

import re

from dateline.lexicon.countries import by_seat
from dateline.lexicon.names import Token
from dateline.lexicon.places import context_words
from dateline.model import PlaceRole, Precision
from dateline.tags.places_find import Name

_SITES = frozenset(("site", "base", "camp", "canal"))
_WATERS = frozenset(("sea", "strait", "ocean"))
_NEAR = re.compile(r"\b(?:near|outside|close to|not far from|(?:north|south|east|west|northeast|northwest|southeast|southwest) of)"
                   r"(?: the)?(?: (?:city|town|village|port|capital|settlement) of)?\s*$", re.I)  # fmt: skip
_OFF = re.compile(
    r"\b(?:off(?: the)?(?: \w+)?(?: coasts?| shores?)?(?: of)?|coasts? of|shores? of|waters (?:of|off|around)|offshore from)(?: the)?\s*$",
    re.I,
)
_PART = re.compile(
    r"\b(?:(?:north|south|east|west|northeast|northwest|southeast|southwest|central|north-?east|north-?west|south-?east|south-?west)(?:ern)?"
    r"|rural|mainland|upper|lower|(?:north|south|east|west|centre|center|parts?|much|swathes|regions?|areas?|outskirts|border) of)(?: the)?[ -]$",
    re.I,
)
_ACTS = frozenset(
    """say says said accuse accuses accused warn warns warned announce announces announced agree agrees agreed want wants wanted ask asks asked
    urge urges urged deny denies denied reject rejects rejected condemn condemns condemned demand demands demanded threaten threatens
    threatened impose imposes imposed back backs backed support supports supported refuse refuses refused claim claims claimed call calls
    called hope hopes hoped plan plans planned seek seeks sought offer offers offered pledge pledges pledged vow vows vowed insist insists
    insisted consider considers considered express expresses expressed blame blames blamed welcome welcomes welcomed recognise recognises
    recognised recognize recognizes recognized sign signs signed send sends sent deploy deploys deployed launch launches launched order
    orders ordered expel expels expelled summon summons summoned recall recalls recalled sanction sanctions sanctioned oppose opposes opposed
    believe believes believed fear fears feared view views viewed see sees saw think thinks thought decide decides decided approve approves
    approved invite invites invited strike strikes struck attack attacks attacked invade invades invaded retaliate retaliates retaliated has
    have had will would could may might must should can does did do is was
    tell tells told win wins won beat beats lose loses lost face faces faced play plays played host hosts hosted join joins joined""".split()
)
_WEAK_ACTS = frozenset(
    "has have had will would could may might must should can does did do is was lose loses lost win wins won host hosts hosted face faces faced".split()
)
_TOWARDS = frozenset(
    "against with between to by accuse accused accuses accusing urged urge urges urging told asked warned warning told pressed pressuring helped supports support backed defend blames blamed criticised criticized sanctions".split()
)
_RELATIONS = frozenset(
    "relations ties talks war conflict tensions dispute agreement deal treaty sanctions alliance summit negotiations aid cooperation pressure embassy government administration officials official".split()
)


def role(text: str, run: list[Token], name: Name) -> PlaceRole:
    """Say how a place name is meant: literal, demonym, or metonym (those who act from there or are acted upon).

    A country before a party's noun (“US forces”) counts as a demonym; a capital or country as the doer of a verb that only
    people do (“Tokyo said”) is a metonym, as is one beside “relations”, “talks” or “against”.
    """
    if name.demonym:
        return "demonym"
    place = name.chosen or name.places[0]
    country = place.kind == "country"
    seat = name.key in by_seat()
    before = (
        run[name.first - 1]
        if name.first and text[run[name.first - 1].end : name.start] in (" ", "-", " the ")
        else None
    )
    after = run[name.last] if name.last < len(run) else None
    gap = text[name.end : after.start] if after else ""
    located = before is not None and before.key in context_words("locative")
    if located:
        return "literal"
    if (
        country
        and after
        and gap == " "
        and not after.capital
        and (after.key in _party_nouns() or name.key in ("us", "uk", "uae"))
    ):
        if name.key in ("us", "uk", "uae") and after.key in _ACTS:
            return "metonym"
        return "demonym" if after.key not in _RELATIONS or name.key in ("us", "uk", "uae") else "metonym"
    if (
        country
        and gap == "-"
        and after
        and after.key in ("led", "backed", "aligned", "supported", "allied", "sponsored", "funded", "based")
    ):
        return "metonym" if after.key != "based" else "literal"
    if country or seat or place.kind in ("continent",):
        if (
            after
            and gap == " "
            and after.key in _ACTS
            and (after.key not in _WEAK_ACTS or country or seat)
            and not _copular(after.key, run, name)
        ):
            return "metonym"
        if before and before.key in _TOWARDS and not before.capital:
            return (
                "metonym"
                if before.key not in ("to", "by", "with", "between") or (country and _relational(run, name))
                else "literal"
            )
        if after and gap in ("’s ", "'s ") and after.key in _RELATIONS | _party_nouns():
            return "metonym"
    return "literal"


def _copular(verb: str, run: list[Token], name: Name) -> bool:
    return verb in ("is", "was", "are") and (
        name.last + 1 >= len(run) or run[name.last + 1].key in ("a", "an", "the", "in", "one", "home")
    )


def _relational(run: list[Token], name: Name) -> bool:
    return any(t.key in _RELATIONS for t in run[max(0, name.first - 4) : name.first])


def _party_nouns() -> frozenset[str]:
    return context_words("parties")


def precision(text: str, run: list[Token], name: Name) -> Precision:
    """Say how precisely a name, with the words before it, says where: “near X”, “off the coast of Y”, “southern Z”."""
    place = name.chosen or name.places[0]
    before = text[max(0, name.start - 48) : name.start]
    if place.kind in _WATERS or (
        not name.demonym
        and _OFF.search(before)
        and not re.search(r"\boff\s*$", before)
        or re.search(r"\boff (?:the )?$", before)
        and place.kind in ("country", "region", "admin1", "island")
    ):
        return "offshore"
    if not name.demonym and place.kind not in ("country", "continent") and _NEAR.search(before):
        return "near"
    if place.kind == "country":
        return "region" if not name.demonym and _PART.search(before) else "country"
    if place.kind == "city":
        return "city"
    if place.kind in _SITES:
        return "site"
    if place.kind == "admin1":
        return "region" if _PART.search(before) else "admin1"
    return "region"
