"""Events in POLECAT's 40 columns (Halterman, Bagozzi, Beger, Schrodt, Scarborough 2023), each event one row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dateline import __version__
from dateline.exports.profiles.common import Profile, Sources, called, iso_day, joined, names, scene
from dateline.exports.tables import Cell, Row
from dateline.lexicon.deeds.scales import cow, intensity, standing
from dateline.lexicon.named.countries import by_iso3
from dateline.model import Event, Party

_PARTY = (
    "{} Name",
    "{} Country",
    "{} COW",
    "Primary {} Sector",
    "{} Sectors",
    "{} Title",
    "{} Name Raw",
    "Wikipedia {} ID",
)
_QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
_FEATURES = {
    "city": "populated place",
    "near": "populated place",
    "site": "spot",
    "country": "country",
    "admin1": "adm1",
}

COLUMNS: dict[str, type] = {
    "Event ID": str,
    "Event Date": str,
    "Event Type": str,
    "Event Mode": str,
    "Intensity": float,
    "Quad Code": str,
    "Contexts": str,
    **{column.format("Actor"): str for column in _PARTY},
    **{column.format("Recipient"): str for column in _PARTY},
    "Placename": str,
    "City": str,
    "District": str,
    "Province": str,
    "Country": str,
    "Latitude": float,
    "Longitude": float,
    "GeoNames ID": int,
    "Raw Placename": str,
    "Feature Type": str,
    "Source": str,
    "Publication Date": str,
    "Story People": str,
    "Story Organizations": str,
    "Story Locations": str,
    "Language": str,
    "Version": str,
}


def rows(event: Event, sources: Sources) -> Iterator[Row]:
    """Give the row of an event that happened, or is said to have: POLECAT has no column for any other status."""
    if event.status not in ("asserted", "alleged") or event.historical:
        return
    cards, place = sources.cards(event.articles), scene(event)
    country = by_iso3().get(place.country or "") if place else None
    in_town = place is not None and place.precision in ("city", "near", "site")
    yield {
        "Event ID": event.id,
        "Event Date": iso_day(event),
        "Event Type": event.type,
        "Event Mode": event.mode,
        "Intensity": intensity(event.type, event.mode),
        "Quad Code": _QUADS[standing(event.type).quad],
        "Contexts": joined(event.contexts, ";"),
        **_party("Actor", event.actors),
        **_party("Recipient", event.recipients),
        "Placename": (place.name or place.text) if place else None,
        "City": (place.name or place.text) if place and in_town else None,
        "District": None,
        "Province": place.admin1 if place else None,
        "Country": country.name if country else None,
        "Latitude": place.lat if place else None,
        "Longitude": place.lon if place else None,
        "GeoNames ID": place.geonames_id if place else None,
        "Raw Placename": place.text if place else None,
        "Feature Type": _FEATURES.get(place.precision or "") if place else None,
        "Source": names(cards),
        "Publication Date": next((card.published[:10] for card in cards if card.published), None),
        "Story People": None,
        "Story Organizations": None,
        "Story Locations": joined((p.name or p.text for p in sources.toponyms(event)), ";"),
        "Language": joined((card.language for card in cards), ";"),
        "Version": f"dateline {__version__}",
    }


def _party(role: str, parties: Iterable[Party]) -> dict[str, Cell]:
    found = list(parties)
    states = [party.code for party in found if party.code in by_iso3()]
    sectors = [party.sector for party in found if party.sector]
    cells: tuple[Cell, ...] = (
        joined((called(party) for party in found), ";"),
        joined((party.code for party in found), ";"),
        joined((str(number) for code in states if (number := cow(code)) is not None), ";"),
        sectors[0] if sectors else None,
        joined(sectors, ";"),
        None,
        joined((party.text for party in found), ";"),
        None,
    )
    return {column.format(role): cell for column, cell in zip(_PARTY, cells, strict=True)}


POLECAT = Profile(COLUMNS, rows)
