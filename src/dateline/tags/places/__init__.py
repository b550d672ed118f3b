"""A geoparser without a server: finds place names, decides which place each is, and says how it is meant."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache

from dateline.lexicon.named.names import Token
from dateline.lexicon.named.places import weights
from dateline.model import PlaceSpan
from dateline.tags.places.choose import choose
from dateline.tags.places.find import Name, features, names
from dateline.tags.places.role import precision, role
from dateline.tags.places.scripts import in_scripts

_ENOUGH = 0.5  # probability from which a name is called a place


def places(text: str, *, title: str | None = None) -> tuple[PlaceSpan, ...]:
    """Mark every toponym of a text, in order, with the place it names, its role, precision and confidence.

    Offsets are code points into `text`; latitudes and longitudes are degrees (WGS 84), None for countries and for what
    the gazetteer does not hold. `title` is context only. The gazetteer is GeoNames (CC BY 4.0) with our own supplement;
    how the weights were fitted, and on what, stands in tools/fit_places.py. Where most letters are of another script
    than Latin, countries and towns are marked by their names alone.
    """
    head = f"{title}\n\n" if title else ""
    whole = head + text
    run, found = names(whole)
    features(whole, run, found)
    for name in found:
        name.keep = 0.0 if name.features["team"] or _is_person(name) else _probability(name.features, _coefficients())
    choose(found)
    spans = []
    for name in found:
        if name.keep < _ENOUGH or name.start < len(head):
            continue
        spans.append(_span(whole, run, name, len(head)))
    abroad = in_scripts(text)
    return tuple(sorted((*spans, *abroad), key=lambda span: span.start)) if abroad else tuple(spans)


def _is_person(name: Name) -> bool:
    """Tell “Victoria said”, where no country of that name speaks, and “Jordan Ellis”, before a name that is no word."""
    if name.features["names_person"] and not (name.features["public"] or name.features["inside"]):
        return True
    speaks = name.features["speaks"] and name.features["given"]
    return bool(speaks and not name.features["country"] and not name.features["inside"])


@cache
def _coefficients() -> Mapping[str, float]:
    return weights("keep")


def _probability(values: Mapping[str, float], coefficients: Mapping[str, float]) -> float:
    total = sum(coefficients.get(name, 0.0) * value for name, value in values.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _span(text: str, run: Sequence[Token], name: Name, shift: int) -> PlaceSpan:
    place = name.chosen or name.places[0]
    located = place.kind != "country"
    return PlaceSpan(
        start=name.start - shift,
        end=name.end - shift,
        text=name.text,
        role=role(text, run, name),
        name=place.name,
        geonames_id=place.geonames_id,
        country=place.country,
        admin1=place.division,
        lat=place.lat if located else None,
        lon=place.lon if located else None,
        precision=precision(text, name),
        confidence=round(name.keep * (0.5 + 0.5 * name.share), 3),
    )
