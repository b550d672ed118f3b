"""Decides which of the places of a name is meant, by what the rest of the document speaks of."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from dateline.lexicon.named.countries import by_seat
from dateline.lexicon.named.gazetteer import Place
from dateline.tags.places.find import Name, lies_in

# How much each sign counts, in the units of the logarithm (base 10) of the population; fitted by tools/fit_places.py.
WEIGHTS: Mapping[str, float] = {
    "main": 1.0,
    "country": 1.5,
    "admin1": 0.6,
    "admin2": -1.0,
    "region": 0.5,
    "votes_country": 2.0,
    "votes_admin1": 2.5,
    "near": 2.0,
}
_NEAR_KM = 120.0
_LISTED = 10_000_000  # ids below this are of our own lists
_KNOWN_SIZE = 5.8
_CALLED = 3.0


def choose(found: Sequence[Name]) -> None:
    """Set `chosen` and `share` of each name: one sense for a name in a document, unless the text says otherwise."""
    _contained(found)
    told = {name.key: name.chosen for name in found if name.container and name.chosen}
    for name in found:
        if name.chosen is None and name.key in told and not name.demonym:
            name.chosen, name.share = told[name.key], 1.0
    for _ in range(2):
        votes = _Votes(found)
        senses: dict[tuple[str, bool], tuple[Place, float]] = {}
        for name in found:
            if name.chosen is not None and name.share >= 1.0:
                continue
            sense = senses.get((name.key, name.demonym))
            if sense is None:
                sense = senses[name.key, name.demonym] = votes.best(name)
            name.chosen, name.share = sense[0], min(sense[1], 0.999)


def _contained(found: Sequence[Name]) -> None:
    for name in reversed(found):
        if not name.container:
            continue
        pairs = [
            (_prior(p) + _prior(o), p, o)
            for o in name.container.places
            for p in name.places
            if lies_in(p, o) and (name.container.chosen is None or name.container.chosen.id == o.id)
        ]
        if not pairs:
            continue
        _, place, outer = max(pairs, key=lambda t: (t[0], -t[1].id))
        name.chosen, name.share = place, 1.0
        name.container.chosen, name.container.share = outer, 1.0


def _prior(place: Place) -> float:
    size = math.log10(place.population + 100)
    kind = place.kind if place.kind in ("country", "admin1", "admin2") else "city" if place.kind == "city" else "region"
    if kind == "region" or (place.kind == "city" and place.population == 0 and place.id < _LISTED):
        size = _KNOWN_SIZE  # our own lists hold what news speaks of
    if place.kind in ("sea", "ocean"):
        size += 2.0  # a coast or province named after a sea is seldom meant
    return size + WEIGHTS["main"] * place.main + WEIGHTS.get(kind, 0.0)


class _Votes:
    """What the document's names say of where it plays."""

    def __init__(self, found: Sequence[Name]) -> None:
        self.countries: defaultdict[str, float] = defaultdict(float)
        self.divisions: defaultdict[tuple[str, str], float] = defaultdict(float)
        self.points: list[tuple[float, float, str]] = []
        self.own: defaultdict[tuple[str, str], float] = defaultdict(float)  # what a name itself gave: (key, place code)
        for name in found:
            if name.keep < 0.3:
                continue
            place, weight = name.chosen, name.keep * (0.4 + 0.6 * name.share)
            if place is None:
                place = max(name.places, key=lambda p: (_prior(p), -p.id))
                weight = name.keep * (1.0 if len(name.places) == 1 or place.kind in ("country", "admin1") else 0.3)
            if place.country:
                self.countries[place.country] += weight
                self.own[name.key, place.country] += weight
                if place.admin1:
                    self.divisions[place.country, place.admin1] += weight
                    self.own[name.key, f"{place.country} {place.admin1}"] += weight
                if (
                    place.lat is not None
                    and place.lon is not None
                    and place.kind not in ("country", "continent", "ocean", "admin1")
                ):
                    self.points.append((place.lat, place.lon, name.key))
        self.points = list(dict.fromkeys(self.points))[:60]

    def best(self, name: Name) -> tuple[Place, float]:
        """Give the likeliest place of a name, and how far it leads (0 to 1)."""
        if len(name.places) == 1:
            return name.places[0], 1.0
        scored = sorted(
            ((self._score(name, place), -place.id, place) for place in name.places),
            reverse=True,
            key=lambda t: t[:2],
        )
        top, second = scored[0], scored[1]
        return top[2], 1 - 1 / (1 + math.exp(min(top[0] - second[0], 30)))

    def _score(self, name: Name, place: Place) -> float:
        score = _prior(place)
        seat = by_seat().get(name.key)
        if seat and place.kind == "city" and place.country == seat.iso3 and place.population > 0:
            score += _CALLED if name.acts else 1.0  # “Washington” is the capital, above all where it acts
        if place.kind in ("admin1", "admin2"):
            if name.division:
                score += _CALLED
            elif any(p.kind == "city" and _bears_the_name(p, place) for p in name.places):
                score -= _CALLED  # “Aleppo” is the city unless the text says province
        # What else the document names: a name must not vote for the sense that was first given to it.
        country = max(
            0.0, self.countries.get(place.country or "", 0.0) - self.own.get((name.key, place.country or ""), 0.0)
        )
        score += WEIGHTS["votes_country"] * country / (country + 2.0)
        if place.admin1 and place.country:
            own = self.own.get((name.key, f"{place.country} {place.admin1}"), 0.0)
            division = max(0.0, self.divisions.get((place.country, place.admin1), 0.0) - own)
            score += WEIGHTS["votes_admin1"] * division / (division + 1.0)
        if place.lat is not None and place.lon is not None and place.kind == "city":
            nearest = [
                math.exp(-_km(place.lat, place.lon, lat, lon) / _NEAR_KM)
                for lat, lon, key in self.points
                if key != name.key
            ]
            score += WEIGHTS["near"] * (1 - math.prod(1 - 0.6 * x for x in nearest))
        return score


def _bears_the_name(city: Place, division: Place) -> bool:
    """Tell whether a city is what a division is called after: it lies in it, or is the greater part of its people."""
    if city.country != division.country:
        return False
    return (city.main and lies_in(city, division)) or city.population * 4 >= division.population


def _km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    east = math.radians(((lon2 - lon1 + 540) % 360) - 180) * math.cos(math.radians((lat1 + lat2) / 2))
    return 6371 * math.hypot(math.radians(lat2 - lat1), east)
