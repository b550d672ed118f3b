"""What a party is in public life: a body that acts politically, people, a private body, or a mere thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from dateline.events.relevance.things import nobody
from dateline.events.syntax.tree import Tree
from dateline.lexicon.deeds.actions import noun_lemma
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
    if nobody(party.text) and not (party.code in _BEYOND and nobody(party.name or "")):
        return "thing"  # but the World Food Programme is a body by that name
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


def adjective(party: Party, tree: Tree) -> bool:
    """Tell whether a nation only says whose somebody else is (a *Serbian* duo, a *U.S.* car maker)."""
    if party.sector is not None or party.code not in by_iso3():
        return False
    tokens = tree.tokens_of(party.start, party.end)
    head = tree.heads[tokens[-1]] if tokens else -1
    return bool(tokens) and tree.deps[tokens[-1]] in ("amod", "compound", "nmod") and tree.words[head].islower()


def without(party: Party, deed: tuple[int, int]) -> Party:
    """Take a deed's own words off the end of a party that was read together with them (*Kenya's prosecution*)."""
    start, end = deed
    if not party.start < start < end == party.end:
        return party
    text = party.text[: start - party.start].rstrip()
    text = text.removesuffix("’s").removesuffix("'s") or party.text
    return replace(party, text=text, end=party.start + len(text))


def several(party: Party) -> bool:
    """Tell whether a party is people in the plural (residents, farmers of the valley)."""
    words = party.text.split(" of ")[0].split()
    return bool(words) and noun_lemma(words[-1].lower()) != words[-1].lower()


def armed(parties: Iterable[Party]) -> bool:
    return any(p.sector in ("MIL", "COP", "REB", "PRM", "UAF") for p in parties)


def officials(parties: Iterable[Party]) -> bool:
    """Tell whether a party is public by what it is, not only a country (whose name is also that of a team)."""
    return any(standing(p) == "public" and p.sector is not None for p in parties)
