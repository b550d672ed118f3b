"""Events as GeoJSON (RFC 7946): one feature for each place of an event, as precise as the report and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from dateline import codec
from dateline.exports.tables import joined
from dateline.model import Event, PlaceSpan


def write(events: Iterable[Event], stream: BinaryIO) -> int:
    """Write a FeatureCollection to a binary stream, a feature a line; give how many features.

    Only a place with coordinates is a Point: a country, and an event without a place, have a null geometry.
    """
    stream.write(b'{"type":"FeatureCollection","features":[')
    count = 0
    for event in events:
        for feature in _features(event):
            stream.write(b",\n" if count else b"\n")
            stream.write(codec.encode(feature))
            count += 1
    stream.write(b"\n]}\n")
    return count


def _features(event: Event) -> Iterator[dict[str, Any]]:
    places: list[PlaceSpan | None] = [place for place in event.places if place.role == "literal"]
    for number, place in enumerate(places or [None], 1):
        yield {
            "type": "Feature",
            "id": f"{event.id}.{number}",
            "geometry": _point(place),
            "properties": _properties(event, place),
        }


def _point(place: PlaceSpan | None) -> dict[str, Any] | None:
    if place is None or place.lat is None or place.lon is None or place.precision == "country":
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def _properties(event: Event, place: PlaceSpan | None) -> dict[str, Any]:
    return {
        "event": event.id,
        "story": event.story,
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "historical": event.historical,
        "date_from": event.date.from_ if event.date else None,
        "date_to": event.date.to if event.date else None,
        "date_grain": event.date.grain if event.date else None,
        "actors": joined(p.name or p.text for p in event.actors),
        "recipients": joined(p.name or p.text for p in event.recipients),
        "place": (place.name or place.text) if place else None,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "precision": place.precision if place else None,
        "counts": [{"what": c.what, "low": c.low, "high": c.high, "qualifier": c.qualifier} for c in event.counts],
        "independent_reports": event.independent_reports,
        "articles": list(event.articles),
        "revision": event.revision,
    }
