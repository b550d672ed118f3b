"""Events and mentions in the columns of GDELT 2.0's two tables, which code CAMEO."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dateline.exports.profiles.common import Profile, Sources, called, days, joined, scene
from dateline.exports.tables import Cell, Row
from dateline.lexicon.deeds.scales import goldstein, standing
from dateline.lexicon.named.countries import by_iso3
from dateline.model import Event, Mention, Party, PlaceSpan
from dateline.text.moments import instant

_ACTOR = (
    *("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code"),
    *("Type1Code", "Type2Code", "Type3Code"),
)
_GEO = {"Type": int, "FullName": str, "CountryCode": str, "ADM1Code": str, "ADM2Code": str, "Lat": float, "Long": float}
_GEO_COLUMNS = {**_GEO, "FeatureID": str}

EVENT_COLUMNS: dict[str, type] = {
    "GLOBALEVENTID": str,
    **dict.fromkeys(("SQLDATE", "MonthYear", "Year"), int),
    "FractionDate": float,
    **{f"Actor{number}{name}": str for number in (1, 2) for name in _ACTOR},
    "IsRootEvent": int,
    **dict.fromkeys(("EventCode", "EventBaseCode", "EventRootCode"), str),
    "QuadClass": int,
    "GoldsteinScale": float,
    **dict.fromkeys(("NumMentions", "NumSources", "NumArticles"), int),
    "AvgTone": float,
    **{f"{whose}Geo_{name}": kind for whose in ("Actor1", "Actor2", "Action") for name, kind in _GEO_COLUMNS.items()},
    "DATEADDED": int,
    "SOURCEURL": str,
}
MENTION_COLUMNS: dict[str, type] = {
    "GLOBALEVENTID": str,
    **dict.fromkeys(("EventTimeDate", "MentionTimeDate", "MentionType"), int),
    **dict.fromkeys(("MentionSourceName", "MentionIdentifier"), str),
    **dict.fromkeys(("SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText"), int),
    "Confidence": int,
    "MentionDocLen": int,
    "MentionDocTone": float,
    **dict.fromkeys(("MentionDocTranslationInfo", "Extras"), str),
}
_TYPES = {"country": 1, "admin1": 5, "region": 5, "city": 4, "site": 4, "near": 4, "offshore": 4}
_WEB = 1  # MentionType: an address on the web


def event_rows(event: Event, sources: Sources) -> Iterator[Row]:
    """Give the row of an event that happened, or is said to have: CAMEO's table has no column for another status."""
    first, last = days(event)
    day = first or last
    if event.status not in ("asserted", "alleged") or event.historical:
        return
    cards = sources.cards(event.articles)
    code = event.cameo or standing(event.type).cameo
    yield {
        "GLOBALEVENTID": event.id,
        **_day(day),
        **_actor(1, event.actors[0] if event.actors else None),
        **_actor(2, event.recipients[0] if event.recipients else None),
        "IsRootEvent": None,
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": standing(event.type).quad,
        "GoldsteinScale": goldstein(code),
        "NumMentions": len(event.mentions),
        "NumSources": event.independent_reports,
        "NumArticles": len(event.articles),
        "AvgTone": None,
        **_place("Actor1", None),
        **_place("Actor2", None),
        **_place("Action", scene(event)),
        "DATEADDED": _stamp(next((card.published for card in cards if card.published), None)),
        "SOURCEURL": next((card.url for card in cards if card.url), None),
    }


def mention_rows(event: Event, sources: Sources) -> Iterator[Row]:
    """Give a row for each sentence that tells an event of `event_rows`."""
    if event.status not in ("asserted", "alleged") or event.historical:
        return
    first, last = days(event)
    cards = {card.id: card for card in sources.cards(event.articles)}
    for mention in sources.mentions(event):
        card = cards.get(mention.article)
        yield {
            "GLOBALEVENTID": event.id,
            "EventTimeDate": _number(first or last),
            "MentionTimeDate": _stamp(card.published if card else None),
            "MentionType": _WEB,
            "MentionSourceName": card.publisher.domain if card and card.publisher else None,
            "MentionIdentifier": (card.url if card else None) or mention.article,
            "SentenceID": None,
            "Actor1CharOffset": _offset(mention.actors),
            "Actor2CharOffset": _offset(mention.recipients),
            "ActionCharOffset": mention.trigger.start,
            "InRawText": 1,
            "Confidence": _confidence(mention),
            "MentionDocLen": None,
            "MentionDocTone": None,
            "MentionDocTranslationInfo": None,
            "Extras": mention.id,
        }


def _day(day: date | None) -> dict[str, Cell]:
    part = round(day.year + ((day.month - 1) * 30 + day.day) / 365, 4) if day else None  # as GDELT's codebook reckons
    return {
        "SQLDATE": _number(day),
        "MonthYear": day.year * 100 + day.month if day else None,
        "Year": day.year if day else None,
        "FractionDate": part,
    }


def _actor(number: int, party: Party | None) -> dict[str, Cell]:
    cells: dict[str, Cell] = dict.fromkeys((f"Actor{number}{name}" for name in _ACTOR), None)
    if party is not None:
        state = party.code if party.code in by_iso3() else None
        cells[f"Actor{number}Code"] = f"{party.code or ''}{party.sector or ''}" or None
        cells[f"Actor{number}Name"] = called(party).upper()
        cells[f"Actor{number}CountryCode"] = state
        cells[f"Actor{number}KnownGroupCode"] = party.code if party.code and not state else None
        cells[f"Actor{number}Type1Code"] = party.sector
    return cells


def _place(whose: str, place: PlaceSpan | None) -> dict[str, Cell]:
    cells: dict[str, Cell] = {f"{whose}Geo_{name}": None for name in _GEO_COLUMNS}
    if place is not None:
        country = by_iso3().get(place.country or "")
        cells[f"{whose}Geo_Type"] = _TYPES.get(place.precision or "")
        cells[f"{whose}Geo_FullName"] = joined(
            (place.name or place.text, place.admin1, country.name if country else None), ", "
        )
        cells[f"{whose}Geo_CountryCode"] = place.country
        cells[f"{whose}Geo_Lat"], cells[f"{whose}Geo_Long"] = place.lat, place.lon
        cells[f"{whose}Geo_FeatureID"] = str(place.geonames_id) if place.geonames_id else None
    return cells


def _number(day: date | None) -> int | None:
    return day.year * 10000 + day.month * 100 + day.day if day else None


def _stamp(moment: str | None) -> int | None:
    """Write a moment as YYYYMMDDHHMMSS in UTC; a bare day at its midnight."""
    when = instant(moment) if moment else None
    return int(when.strftime("%Y%m%d%H%M%S")) if when else None


def _offset(parties: tuple[Party, ...]) -> int | None:
    return parties[0].start if parties else None


def _confidence(mention: Mention) -> int | None:
    return round(100 * mention.confidence.type) if mention.confidence.type is not None else None


EVENTS = Profile(EVENT_COLUMNS, event_rows)
MENTIONS = Profile(MENTION_COLUMNS, mention_rows)
