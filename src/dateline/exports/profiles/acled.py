"""Events in ACLED's 31 columns of 2023: what its codebook covers of ours, and nothing that we would have to invent.

ACLED's coders read reports and decide; these rows are what our records support. What they cannot say stands in
docs/reference/profiles.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dateline.exports.profiles.common import Profile, Sources, called, days, joined, names, scene
from dateline.exports.tables import Row
from dateline.lexicon.deeds.scales import region
from dateline.lexicon.named.countries import by_iso3
from dateline.model import Event, Party, PlaceSpan

COLUMNS: dict[str, type] = {
    **dict.fromkeys(("event_id_cnty", "event_date"), str),
    **dict.fromkeys(("year", "time_precision"), int),
    **dict.fromkeys(("disorder_type", "event_type", "sub_event_type"), str),
    **dict.fromkeys(("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction"), str),
    "civilian_targeting": str,
    "iso": int,
    **dict.fromkeys(("region", "country", "admin1", "admin2", "admin3", "location"), str),
    **dict.fromkeys(("latitude", "longitude"), float),
    "geo_precision": int,
    **dict.fromkeys(("source", "source_scale", "notes"), str),
    "fatalities": int,
    "tags": str,
    "timestamp": int,
}


class _Kind(NamedTuple):
    disorder: str
    event: str
    sub: str


_VIOLENCE, _DEMONSTRATIONS, _STRATEGIC = "Political violence", "Demonstrations", "Strategic developments"
_REMOTE = "Explosions/Remote violence"
_ASSAULTS = {  # modes whose means decide
    "aerial": _Kind(_VIOLENCE, _REMOTE, "Air/drone strike"),
    "drone": _Kind(_VIOLENCE, _REMOTE, "Air/drone strike"),
    "heavy-weapons": _Kind(_VIOLENCE, _REMOTE, "Shelling/artillery/missile attack"),
    "explosives": _Kind(_VIOLENCE, _REMOTE, "Remote explosive/landmine/IED"),
    "suicide-attack": _Kind(_VIOLENCE, _REMOTE, "Suicide bomb"),
    "unconventional": _Kind(_VIOLENCE, _REMOTE, "Chemical weapon"),
    "abduct": _Kind(_VIOLENCE, "Violence against civilians", "Abduction/forced disappearance"),
    "sexual": _Kind(_VIOLENCE, "Violence against civilians", "Sexual violence"),
    "destroy": _Kind(_STRATEGIC, _STRATEGIC, "Looting/property destruction"),
    "crowd-control": _Kind(_DEMONSTRATIONS, "Protests", "Protest with intervention"),
}
_OTHERS = {
    ("PROTEST", "riot"): _Kind(_DEMONSTRATIONS, "Riots", "Violent demonstration"),
    ("PROTEST", "vandalize"): _Kind(_DEMONSTRATIONS, "Riots", "Violent demonstration"),
    ("PROTEST", None): _Kind(_DEMONSTRATIONS, "Protests", "Peaceful protest"),
    ("RETREAT", "withdraw"): _Kind(_STRATEGIC, _STRATEGIC, "Non-violent transfer of territory"),
    ("RETREAT", "ceasefire"): _Kind(_STRATEGIC, _STRATEGIC, "Agreement"),
    ("RETREAT", "disarm"): _Kind(_STRATEGIC, _STRATEGIC, "Disrupted weapons use"),
    ("COERCE", "arrest"): _Kind(_STRATEGIC, _STRATEGIC, "Arrests"),
    ("MOBILIZE", None): _Kind(_STRATEGIC, _STRATEGIC, "Change to group/activity"),
}
_CLASH = _Kind(_VIOLENCE, "Battles", "Armed clash")
_ATTACK = _Kind(_VIOLENCE, "Violence against civilians", "Attack")

_FORCES = ("MIL", "COP", "SPY")
_STATE = ("MIL", "GOV", "COP", "SPY", "JUD", "LEG")
_ARMED = {"REB": "Rebel group", "UAF": "Political militia", "PRM": "Political militia", "CRM": "Political militia"}
_CIVILIANS = ("CVL", "REF", "JRN", "MED", "EDU", "AGR", "BUS", "LAB", "REL", "SOC", "PTY", "OPP", "ELI")


def rows(event: Event, sources: Sources) -> Iterator[Row]:
    """Give the row of an event that ACLED's codebook covers: it has a day, a country, and is asserted or alleged."""
    kind, place = _kind(event), scene(event)
    first, last = days(event)
    day = first or last
    if kind is None or day is None or place is None or place.country is None:
        return
    if event.status not in ("asserted", "alleged") or event.historical:
        return
    country = by_iso3().get(place.country)
    sides = _sides(event, kind)
    inter = [_inter(side, kind, place.country) if side else None for side in sides]
    cards = sources.cards(event.articles)
    yield {
        "event_id_cnty": event.id,
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": 1 if first == last else 2 if first and last and (last - first).days < 7 else 3,
        "disorder_type": kind.disorder,
        "event_type": kind.event,
        "sub_event_type": kind.sub,
        "actor1": called(sides[0]) if sides[0] else None,
        "assoc_actor_1": joined(called(party) for party in _rest(event, sides[0])),
        "inter1": inter[0],
        "actor2": called(sides[1]) if sides[1] else None,
        "assoc_actor_2": None,
        "inter2": inter[1],
        "interaction": "-".join(name for name in inter if name) or None,
        "civilian_targeting": "Civilian targeting" if _at_civilians(event) else None,
        "iso": _numeric(country.iso2 if country else None),
        "region": region(place.country),
        "country": country.name if country else None,
        "admin1": place.admin1,
        "admin2": None,
        "admin3": None,
        "location": place.name or place.text,
        "latitude": place.lat,
        "longitude": place.lon,
        "geo_precision": _precision(place),
        "source": names(cards),
        "source_scale": None,
        "notes": _notes(event, sources),
        "fatalities": _fatalities(event),
        "tags": "alleged" if event.status == "alleged" else None,
        "timestamp": None,
    }


def _kind(event: Event) -> _Kind | None:
    if event.type != "ASSAULT":
        return _OTHERS.get((event.type, event.mode)) or _OTHERS.get((event.type, None))
    made = _ASSAULTS.get(event.mode or "")
    if made is not None:
        return made
    if event.recipients:
        clash = _is_armed(event.actors) and _is_armed(event.recipients)
    else:
        clash = len(event.actors) > 1 and all(_is_armed((party,)) for party in event.actors)
    return _CLASH if clash else _ATTACK if _at_civilians(event) else None


def _is_armed(side: tuple[Party, ...]) -> bool:
    return any(party.sector in (*_FORCES, *_ARMED) for party in side)


def _at_civilians(event: Event) -> bool:
    return any(party.sector in _CIVILIANS for party in event.recipients)


def _sides(event: Event, kind: _Kind) -> tuple[Party | None, Party | None]:
    """Give one party a side. ACLED's order says nothing of who began; ours keeps the doer first."""
    doer = event.actors[0] if event.actors else None
    if event.recipients:
        return doer, event.recipients[0]
    other = event.actors[1] if len(event.actors) > 1 and kind is _CLASH else None
    return doer, other


def _rest(event: Event, side: Party | None) -> list[Party]:
    return [party for party in event.actors if side is not None and party is not side]


def _inter(party: Party, kind: _Kind, country: str) -> str | None:
    if kind.event == "Protests" and party.sector not in _STATE:
        return "Protesters"
    if kind.event == "Riots" and party.sector not in _STATE:
        return "Rioters"
    if party.sector in _STATE:
        home = party.code in (None, by_iso3()[country].party if country in by_iso3() else country)
        return "State forces" if home else "External/Other forces"
    if party.sector in _ARMED:
        return _ARMED[party.sector]
    return "Civilians" if party.sector in _CIVILIANS else None


def _precision(place: PlaceSpan) -> int:
    """Give ACLED's 1 (the town), 2 (near it, or a part of its district) or 3 (a province or country)."""
    return {"site": 1, "city": 1, "near": 2, "offshore": 2}.get(place.precision or "", 3)


def _fatalities(event: Event) -> int | None:
    """Give the least toll reported; None, and never 0, where no report gives one."""
    for count in event.counts:
        if count.what == "dead":
            value = count.low if count.low is not None else count.high
            return int(value) if value is not None else None
    return None


def _notes(event: Event, sources: Sources) -> str | None:
    """Say which words the row rests on: the trigger of each mention with its article and offsets."""
    return joined(
        f"“{mention.trigger.text}” ({mention.article}, {mention.trigger.start}–{mention.trigger.end})"
        for mention in sources.mentions(event)
    )


def _numeric(iso2: str | None) -> int | None:
    import pycountry

    found = pycountry.countries.get(alpha_2=iso2) if iso2 else None
    return int(found.numeric) if found else None


ACLED = Profile(COLUMNS, rows)
