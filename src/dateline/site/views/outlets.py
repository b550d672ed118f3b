"""Outlets in numbers: how much each published of late, and how much of that was somebody else's text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.model import Card
from dateline.site import links, words
from dateline.site.views import lists
from dateline.site.visit import Visit

LOOKED_AT = 1000  # reports, the newest, that outlets are counted in
SHOWN = 300


@dataclass(frozen=True, slots=True)
class OutletLine:
    """One outlet."""

    name: str
    href: str | None
    country: str | None
    country_href: str | None
    reports: int
    copied: int
    share: str  # of its reports, those that are copies
    last: str | None  # the moment of its newest report


def outlet_lines(visit: Visit) -> list[OutletLine]:
    """Count the newest reports by outlet, those with most first."""
    cards = [card for card in visit.reader.latest_cards(limit=LOOKED_AT) if card.id not in visit.withdrawn]
    families = visit.reader.families([card.id for card in cards])
    copies = {id for id, family in families.items() if family.original != id}
    gathered: dict[str, list[Card]] = {}
    for card in cards:
        domain = card.publisher.domain if card.publisher else None
        gathered.setdefault(domain or lists.outlet_name(card), []).append(card)
    made = [_line(held, copies) for held in gathered.values()]
    return sorted(made, key=lambda line: (-line.reports, line.name.casefold()))[:SHOWN]


def _line(held: Sequence[Card], copies: set[str]) -> OutletLine:
    first = held[0]
    publisher = first.publisher
    country = publisher.country if publisher and publisher.country and words.is_country(publisher.country) else None
    copied = sum(card.id in copies for card in held)
    return OutletLine(
        name=lists.outlet_name(first),
        href=links.source(publisher.domain) if publisher and publisher.domain else None,
        country=words.country(country) if country else None,
        country_href=links.place(country) if country else None,
        reports=len(held),
        copied=copied,
        share=words.percent(copied / len(held)),
        last=first.published,
    )
