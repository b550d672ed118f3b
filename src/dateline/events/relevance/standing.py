"""What a party is in public life: a body that acts politically, people, a private body, or a mere thing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from dateline.lexicon.named.countries import by_iso3
from dateline.model import Party

Standing = Literal["public", "people", "private", "place", "thing"]

_PUBLIC = frozenset("GOV MIL COP JUD LEG REB PRM PTY SPY UAF OPP ELI NGO".split())
_PEOPLE = frozenset("CVL LAB EDU REF CRM AGR REL JRN MED UNK PRE".split())
_PRIVATE = frozenset("BUS SOC".split())
_PARTS = frozenset(
    "North South East West Northern Southern Eastern Western Central Republic Kingdom Islamic Soviet Communist".split()
)
_BEYOND = frozenset("IGO UNO EUR NGO ISM IMG".split())  # codes of parties beyond states, companies apart


def standing(party: Party) -> Standing:
    """Tell a party's standing by its sector, else by whether it is a country, a place with a country's code, or a
    thing.
    """
    if party.code in _BEYOND or party.sector in _PUBLIC:
        return "public"
    if party.sector in _PEOPLE:
        return "people"
    if party.sector in _PRIVATE or party.code == "MNC":
        return "private"
    if party.code is None:
        return "thing"
    country = by_iso3().get(party.code)
    return "public" if country is None or (party.name == country.name and not _branded(party)) else "place"


def _branded(party: Party) -> bool:
    """Tell a company or club that bears a country's name (Harbour Motors Chile) from the country."""
    words = [w for w in party.text.split() if w[:1].isupper() and "-" not in w and not w.isupper() and w not in _PARTS]
    return len(words) > 1 + (party.name or "").count(" ")


def standings(parties: Iterable[Party]) -> frozenset[Standing]:
    return frozenset(standing(p) for p in parties)
