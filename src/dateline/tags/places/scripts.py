"""Places in texts of other scripts than Latin: names of countries and towns, by the gazetteer alone.

Nothing is parsed there, so that only what is sure is marked: the longest names, no common word of the language, no
small town by one short name, no part of a person's name where the script has capitals. A name is taken literally, and
of its namesakes for the most populous.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, product

from dateline.lexicon.named.countries import by_iso3
from dateline.lexicon.named.gazetteer import Place, gazetteer
from dateline.lexicon.named.scripts import ORDINARY, SCRIPT, is_korean, is_unspaced, keys_of, script_key
from dateline.lexicon.words.common import common_words, languages
from dateline.model import PlaceSpan
from dateline.text.words import Word, words

LONGEST = 3  # words of a name
LONGEST_RUN = 8  # characters of one in a script without spaces
MOST = 1200  # characters of such a text that are looked through
MOST_SPACED = 20_000  # and of others
READINGS = 24  # of a name of several words, with the endings of each
BIG = 1_000_000  # people: such a city is meant even where its name is a common word
TOWN = 100_000  # people: of two characters, or at a sentence's beginning, only a larger town is one
COUNTRY, CITY = 0.9, 0.7  # confidence, set by hand
_RUN = re.compile(r"[^\W\d_]+")
_STOPS = '.!?\n:«“"»”؟।'


def in_scripts(text: str) -> tuple[PlaceSpan, ...]:
    """Mark the places named in a text whose letters are mostly of other scripts than Latin; none in other texts."""
    if text.isascii():
        return ()
    letters = sum(map(str.isalpha, text))
    if 2 * len(SCRIPT.findall(text)) < letters:
        return ()
    return _vetted(text, sorted([*_spaced(text), *_unspaced(text)]))


# Where a name stands, the places that bear it, and whether it is one whatever else the text names.
Found = tuple[int, int, tuple[Place, ...], bool]


def _vetted(text: str, found: Sequence[Found]) -> tuple[PlaceSpan, ...]:
    """Keep what is sure, and of the rest what lies in a country that the text names otherwise."""
    named = {places[0].country for _, _, places, sure in found if sure and _names_country(places[0])}
    spans = []
    for start, end, places, sure in found:
        place = next((p for p in places if p.country in named), places[0] if sure else None)
        if place is not None:
            spans.append(_span(text, start, end, place))
    return tuple(spans)


def _is_sure(places: Sequence[Place]) -> bool:
    """Tell whether a name means its most populous bearer: no small town, and no country that a capital is called as.

    In Arabic Oman and Amman are written alike.
    """
    if places[0].kind == "country":
        return not any(_is_seat(other) and other.country != places[0].country for other in places[1:])
    return places[0].population >= TOWN


def _is_seat(place: Place) -> bool:
    home = by_iso3().get(place.country or "")
    return home is not None and place.name in home.seats


def _names_country(place: Place) -> bool:
    return place.kind == "country" or place.population >= BIG


def _spaced(text: str) -> Iterator[Found]:
    run = [w for w in words(text[:MOST_SPACED]) if SCRIPT.match(w.text) and not is_unspaced(w.text[0])]
    keys = [tuple(dict.fromkeys(keys_of(word.text))) for word in run]
    readings = {(first, last): _readings(keys[first:last]) for first, last in _stretches(text, run)}
    found = gazetteer().find({key for some in readings.values() for key in some}, table="script")
    taken = 0
    for (first, last), some in readings.items():
        key = next((key for key in some if key in found), None) if first >= taken else None
        if key is None:
            continue
        place, whole = found[key][0], key == some[0]
        if _is_meant(text, run, first, last, key, place, whole):
            plain = place.kind == "country" or whole or _is_cased(run[first]) or is_korean(run[first].text)
            yield run[first].start, run[last - 1].end, found[key], plain and _is_sure(found[key])
            taken = last


def _stretches(text: str, run: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a run that may be one name, the longest first of each beginning."""
    for first in range(len(run)):
        if _is_cased(run[first]) and not run[first].text[:1].isupper():
            continue
        for last in range(min(first + LONGEST, len(run)), first, -1):
            gaps = zip(run[first : last - 1], run[first + 1 : last], strict=True)
            if all(text[a.end : b.start] in (" ", "-", "\u200c") for a, b in gaps):
                yield first, last


def _readings(keys: Sequence[Sequence[str]]) -> list[str]:
    return [" ".join(some) for some in islice(product(*keys), READINGS)]


def _is_meant(text: str, run: Sequence[Word], first: int, last: int, key: str, place: Place, whole: bool) -> bool:
    """Tell whether words mean the place that bears their name."""
    if key in ORDINARY:
        return False
    if place.kind == "country" or last - first > 1:
        return True
    if key in _common() and place.population < BIG:
        return False
    if not _is_cased(run[first]):
        return len(key) > 3 or place.population >= (TOWN if len(key) > 2 else BIG)
    if _begins(text, run[first].start) and not (whole and place.population >= BIG):
        return False
    return not any(_is_capital(text, run, first, other) for other in (first - 1, first + 1))


def _is_cased(word: Word) -> bool:
    return word.text[:1].lower() != word.text[:1].upper()


def _begins(text: str, start: int) -> bool:
    return not text[:start].rstrip() or text[:start].rstrip(" —–-")[-1:] in _STOPS


def _is_capital(text: str, run: Sequence[Word], at: int, other: int) -> bool:
    """Tell whether the word beside is a capitalised one of the same phrase: “Владимир Орленко” is a person."""
    if not 0 <= other < len(run):
        return False
    one, two = sorted((run[at], run[other]), key=lambda word: word.start)
    if text[one.end : two.start] != " " or not run[other].text[:1].isupper():
        return False
    return other > at or not _begins(text, run[other].start)


def _unspaced(text: str) -> Iterator[Found]:
    runs = [(m.start(), m.group()) for m in _RUN.finditer(text[:MOST]) if is_unspaced(m.group()[0])]
    cut = {
        (start + at, start + end): script_key(run[at:end])
        for start, run in runs
        for at in range(len(run) - 1)
        for end in range(min(at + LONGEST_RUN, len(run)), at + 1, -1)
    }
    found = gazetteer().find(set(cut.values()), table="script")
    taken = 0
    for (start, end), key in cut.items():
        if start < taken or key not in found or key in ORDINARY:
            continue
        place = found[key][0]
        small = end - start == 2 and place.population < TOWN
        if place.kind != "country" and (small or (key in _common() and place.population < BIG)):
            continue
        yield start, end, found[key], _is_sure(found[key])
        taken = end


@cache
def _common() -> frozenset[str]:
    return frozenset(
        script_key(word) for language in languages() for word in common_words(language) if SCRIPT.match(word)
    )


def _span(text: str, start: int, end: int, place: Place) -> PlaceSpan:
    country = place.kind == "country"
    return PlaceSpan(
        start=start,
        end=end,
        text=text[start:end],
        role="literal",
        name=place.name,
        geonames_id=place.geonames_id,
        country=place.country,
        admin1=place.division,
        lat=None if country else place.lat,
        lon=None if country else place.lon,
        precision="country" if country else "city",
        confidence=COUNTRY if country else CITY,
    )
