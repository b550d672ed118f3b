"""Finds the names in a text that may be places, and what stands around each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dateline.lexicon.named.actors import index as actors
from dateline.lexicon.named.actors import is_state
from dateline.lexicon.named.gazetteer import Place, gazetteer, spelled_freely
from dateline.lexicon.named.names import Token, joined, loose, tokens
from dateline.lexicon.named.places import (
    context_words,
    country_names,
    demonyms,
    family_names,
    given_names,
    ordinary_words,
)
from dateline.lexicon.words.timewords import time_words

_LONGEST = 6  # words in one name
_AFTER = ("weak", "public", "private", "before_family", "before_capital", "names_person", "speaks", "hyphen")
_LISTED_AS = 300_000  # people: towns of our own list are those that news speaks of
_TOWN = 20_000  # people: a smaller town, or one by another name, does not win over a known party
_KNOWN = 10_000  # people: only larger towns are looked for under other spellings
_CLUB = re.compile(r" (?:A?FC|CF|SC|FK|SV|BC|RFC)\b")
_SCORE_AHEAD = re.compile(r" \d{1,2}[-–]\d{1,2} [A-ZÀ-Þ]")
_SCORE_BEHIND = re.compile(r"\w \d{1,2}[-–]\d{1,2} $")
_JOIN = re.compile(r"[ \u00a0]?[-‐‑–]?[ \u00a0]?|[.] |[ ]?['’]|[.]-|\n(?!\n)")


@dataclass(slots=True)
class Name:
    """A stretch of text that may name a place."""

    first: int  # index of its first token
    last: int  # index after its last token
    start: int
    end: int
    text: str
    key: str
    places: tuple[Place, ...]
    demonym: bool = False
    container: Name | None = None  # the place that the text says it lies in
    contains: bool = False  # it is such a container
    features: dict[str, float] = field(default_factory=dict)
    chosen: Place | None = None
    share: float = 0.0  # how far the chosen place is ahead of the others, 0 to 1
    keep: float = 0.0  # probability that it is a place
    acts: bool = False  # a verb follows that people do
    division: bool = False  # the text calls it a province, region, county …


def names(text: str) -> tuple[Sequence[Token], list[Name]]:
    """Find the longest names of the gazetteer and of peoples in a text, none overlapping, in order."""
    run = tokens(text)
    shout = _shouts(run)
    spans = _spans(text, run)
    named = [joined(run, i, j) for i, j in spans]
    keys = set(named)
    found = gazetteer().find(sorted(keys))
    found.update(_variants(text, run, spans, named, found))
    adjectives = demonyms()
    people = {k: adjectives[k] for k in keys if k in adjectives}
    homes = gazetteer().find(sorted({home for home, _ in people.values()}))
    result: list[Name] = []
    taken = 0
    for (i, j), name in zip(spans, named, strict=True):
        if i < taken:
            continue
        demonym = name in people and not (
            name in country_names() and j - i == 1 and name in ("us", "uk", "uae", "vatican")
        )
        places = found.get(name, ())
        if demonym:
            home, code = people[name]
            places = tuple(p for p in homes.get(home, ()) if (not code or p.country == code)) or homes.get(home, ())
            places = tuple(p for p in places if p.kind == "country") or places
        if not places or not _allowed(text, run, i, j, name, shout) or _is_other(name, places, run, i, j):
            continue
        result.append(
            Name(
                i,
                j,
                run[i].start,
                _end(text, run[j - 1], name),
                text[run[i].start : _end(text, run[j - 1], name)],
                name,
                places,
                demonym,
            )
        )
        taken = j
    _containers(text, result)
    return run, result


def _is_other(name: str, places: tuple[Place, ...], run: Sequence[Token], i: int, j: int) -> bool:
    """Tell whether a name is a weekday or a known party, and places bear it only by the way: “Hamas”, “from Monday”.

    Months may be towns (March, May); a party that is called as a town of its own name stays one (“Santander”).
    """
    if j - i == 1 and name in time_words().classes["weekday"]:
        return True
    parties = actors().names.get(name, ())
    if not parties or any(is_state(party) for party in parties) or not all(p.kind == "city" for p in places):
        return False
    if name in actors().capitals and not all(token.upper for token in run[i:j]):
        return False
    return not any(place.main and place.population >= _TOWN for place in places)


def _variants(
    text: str,
    run: Sequence[Token],
    spans: list[tuple[int, int]],
    named: list[str],
    found: dict[str, tuple[Place, ...]],
) -> dict[str, tuple[Place, ...]]:
    """Look up other spellings of transliterated names that the gazetteer lacks, where the text says “in” or “near”."""
    wanted: dict[str, str] = {}
    for (i, j), name in zip(spans, named, strict=True):
        if name in found or len(name) < 6 or not i or run[i - 1].key not in context_words("locative"):
            continue
        if text[run[i - 1].end : run[i].start] != " " or any(
            t.key in ordinary_words() or t.key in given_names() for t in run[i:j]
        ):
            continue
        if j < len(run) and run[j].capital and text[run[j - 1].end : run[j].start] == " ":
            continue
        wanted[name] = loose(name)
    likely = gazetteer().find(sorted(set(wanted.values())), table="loose")
    close = {}
    for name, like in wanted.items():
        places = tuple(p for p in likely.get(like, ()) if p.population >= _KNOWN)
        if places:
            close[name] = places
    return close


def _shouts(run: Sequence[Token]) -> bool:
    words = [t for t in run if len(t.text) > 2 and t.text.isalpha()]
    return len(words) > 8 and sum(t.upper for t in words) > 0.6 * len(words)


def _spans(text: str, run: Sequence[Token]) -> list[tuple[int, int]]:
    """List the runs of tokens that may be one name, by where they begin, the longest first."""
    spans: list[tuple[int, int]] = []
    capitals = [token.capital for token in run]
    for i in range(len(run)):
        if not capitals[i]:
            continue
        ends = [i + 1]
        for j in range(i + 1, min(i + _LONGEST, len(run))):
            gap = text[run[j - 1].end : run[j].start]
            if run[j - 1].possessive and gap not in ("'s ", "’s "):
                break
            if len(gap) > 3 or (gap not in (" ", "-", "'s ", "’s ") and not _JOIN.fullmatch(gap)):
                break
            if gap.startswith(".") and run[j - 1].key not in context_words("abbreviated") and len(run[j - 1].text) > 1:
                break
            if capitals[j]:
                ends.append(j + 1)
            elif run[j].key not in context_words("inner"):
                break
        spans.extend((i, j) for j in reversed(ends))
    return spans


def _end(text: str, token: Token, name: str) -> int:
    point = text[token.end : token.end + 1] == "." and name in context_words("states") and "." not in token.text[-1:]
    return token.end + 1 if point else token.end


def _allowed(text: str, run: Sequence[Token], i: int, j: int, name: str, shout: bool) -> bool:
    token = run[i]
    if j - i > 1:
        return True
    dotted = "." in token.text
    if name in context_words("states") and name != "la":
        before = text[max(0, token.start - 2) : token.start]
        comma = before.endswith(", ") and i > 0 and run[i - 1].capital
        point = text[token.end : token.end + 1] == "." or dotted
        if comma and (len(name) < 3 or point):
            return True
        if len(name) <= 4 and not (
            comma or (point and dotted) or (point and i > 0 and run[i - 1].key in context_words("locative"))
        ):
            return False
    if name in context_words("capitals_only"):
        return (token.upper or dotted) and (not shout or name not in ("us", "it") or dotted)
    return len(name) > 2 or not token.text.isascii() or name in ("po",)


def _containers(text: str, found: list[Name]) -> None:
    """Tie “Paris, Texas” and “Rome in Italy” together; a container may hold a list of places before it."""
    for here, there in pairwise(found):
        gap = text[here.end : there.start]
        if here.demonym or there.demonym:
            continue
        if gap in (", ", " (", ", in ") or (gap == " in " and not there.container):
            # Divisions and countries hold towns; a town holds its parts only in speech.
            outer = [p for p in there.places if p.kind in ("country", "admin1", "admin2", "region", "continent")]
            inside = [p for p in here.places if any(lies_in(p, o) for o in outer)]
            if outer and inside:
                here.container, there.contains = there, True


def lies_in(place: Place, outer: Place) -> bool:
    """Tell whether a place lies in a country or division, by their codes."""
    if place.id == outer.id or place.kind == "country":
        return False
    if outer.kind == "country":
        return place.country == outer.country
    if outer.kind == "admin1":
        return place.country == outer.country and place.admin1 == outer.admin1 and place.kind != "admin1"
    if outer.kind == "admin2":
        near = place.lat is not None and outer.lat is not None and abs(place.lat - outer.lat) < 0.8
        return place.country == outer.country and place.admin1 == outer.admin1 and near and place.kind == "city"
    return False


def features(text: str, run: Sequence[Token], found: list[Name]) -> None:
    """Set the features, each between 0 and 1, that tell whether a name is a place (listed in tools/fit_places.py)."""
    lower = {t.key for t in run if not t.capital}
    persons = _persons(text, run)
    teams = frozenset(name.key for name in found if _is_team(text, name))
    good: dict[str, int] = {}
    for name in found:
        before = run[name.first - 1] if name.first else None
        if before and _adjacent(text, before.end, name.start) and before.key in context_words("locative"):
            good[name.key] = good.get(name.key, 0) + 1
    for name in found:
        name.features = _features(text, run, name, lower, persons, good)
        name.features["team"] = float(name.key in teams and not name.features["locative"])


def _adjacent(text: str, left: int, right: int) -> bool:
    return text[left:right] in (" ", "-", "’s ", "'s ", "\u00a0")


def _is_team(text: str, name: Name) -> bool:
    """Tell a club from the place it is called after: “Cordillera FC”, “Rambla 2-1 Cordillera”."""
    ahead, behind = text[name.end : name.end + 12], text[max(0, name.start - 8) : name.start]
    return bool(_CLUB.match(ahead) or _SCORE_AHEAD.match(ahead) or _SCORE_BEHIND.search(behind))


def _persons(text: str, run: Sequence[Token]) -> frozenset[str]:
    """Collect the last words of what look like persons: after a given name or a title."""
    found = set()
    for one, two in pairwise(run):
        gap = text[one.end : two.start]
        if not (two.capital and one.capital and gap in (" ", ". ")):
            continue
        if one.key in given_names() or one.key in context_words("title") or (len(one.text) == 1 and gap == ". "):
            found.add(two.key)
    return frozenset(found)


def _features(
    text: str, run: Sequence[Token], name: Name, lower: set[str], persons: frozenset[str], good: dict[str, int]
) -> dict[str, float]:
    """Give what speaks for and against a name's being a place here: what it is, and what stands before and after it."""
    before = run[name.first - 1] if name.first else None
    left = before if before and _adjacent(text, before.end, name.start) else None
    if before and left is None and text[before.end : name.start] == ". " and before.key in context_words("title"):
        left = before
    after = run[name.last] if name.last < len(run) else None
    right = after if after and text[name.end : after.start] in (" ", "-", "’s ", "'s ") else None
    located = left is not None and left.key in context_words("locative")
    f = {"bias": 1.0, **_of_itself(name, located), **_of_before(text, run, name, left)}
    f |= _of_after(text, name, right, given=bool(f["given"]) and not located)
    f["weak"] = max(f["weak"], float(left is not None and left.key in context_words("weak")))
    single = name.last - name.first == 1
    f["owned"] = float(name.last > 0 and run[name.last - 1].possessive)
    f["inside"] = float(name.container is not None)
    f["contains"] = float(name.contains)
    f["person"] = float(single and name.key in persons and not located)
    f["lower"] = float(single and name.key in lower)
    f["elsewhere"] = min(good.get(name.key, 0) - f["locative"], 2) / 2 if good.get(name.key) else 0.0
    f["comma_after"] = float(text[name.end : name.end + 2] == ", ")
    f["shout"] = float(run[name.first].upper and len(name.text) > 4)
    return f


def _of_itself(name: Name, located: bool) -> dict[str, float]:
    """Give what the name is, wherever it stands; `located`: a preposition of place is before it."""
    kinds = {p.kind for p in name.places}
    best = max(p.population or (_LISTED_AS if p.kind == "city" else 0) for p in name.places)
    single = name.last - name.first == 1
    ordinary = single and name.key in ordinary_words()
    return {
        "demonym": float(name.demonym),
        "country": float("country" in kinds),
        "admin1": float("admin1" in kinds),
        "admin2": float("admin2" in kinds and not single),
        "region": float(bool(kinds - {"country", "admin1", "admin2", "city"})),
        "main": float(any(p.main or (len(name.key) > 4 and p.country in spelled_freely()) for p in name.places)),
        "size": min(len(str(best)) - 1, 7) / 7 if best else 0.0,
        "long": float(not single),
        "word": float(ordinary and not located),
        "word_located": float(ordinary and located),
        "given": float(single and name.key in given_names()),
        "family": float(single and name.key in family_names()),
        "short": float(len(name.key) < 5),
        "locative": float(located),
    }


def _of_before(text: str, run: Sequence[Token], name: Name, left: Token | None) -> dict[str, float]:
    """Give what stands before it: “south of”, “the University of”, a title, a given name."""
    of = left is not None and left.key == "of" and name.first > 1
    of_area = of and run[name.first - 2].key in context_words("area")
    capital = left is not None and left.capital
    joined = capital and left is not None and text[left.end : name.start] == " "
    title = capital and left is not None and left.key in context_words("title")
    return {
        "of_area": float(of_area),
        "of_other": float(of and not of_area and run[name.first - 2].capital),
        "title": float(title),
        "after_given": float(joined and left is not None and left.key in given_names()),
        "after_capital": float(joined and not title),
        "after_start": float(_begins(text, name.start)),
    }


def _of_after(text: str, name: Name, right: Token | None, *, given: bool) -> dict[str, float]:
    """Give what stands after it, and note on the name whether it acts or is divided there.

    `given`: it is a given name that no preposition of place is before.
    """
    if right is None:
        name.acts = name.division = False
        return dict.fromkeys(_AFTER, 0.0)
    owned = text[name.end : right.start] != " "
    capital = right.capital and not owned
    public, private = right.key in context_words("public"), capital and right.key in context_words("private")
    name.acts = not owned and right.key in context_words("acts")
    name.division = not owned and right.key in context_words("division")
    found = (
        not owned and right.key in context_words("falls"),
        public,
        private,
        capital and right.key in family_names(),
        capital and not public and not private,
        given and capital and (right.key in family_names() or right.key not in ordinary_words()),
        right.key in context_words("person_verbs"),
        text[name.end : right.start] == "-",
    )
    return {feature: float(value) for feature, value in zip(_AFTER, found, strict=True)}


def _begins(text: str, start: int) -> bool:
    head = text[max(0, start - 3) : start].rstrip(" “\"'‘(")
    return start == 0 or not head or head[-1] in ".!?\n:;”"
