"""Whether two mentions may tell the same happening, and what speaks for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from dateline.lexicon.named.places import given_names
from dateline.model import CountSpan, EventDate, Mention, Party, PlaceSpan

_BACKED = re.compile(r"[-– ](?:backed|aligned|supported|funded|sponsored|allied|linked)\b", re.I)
_TOLD = frozenset(("asserted", "alleged", "denied"))
_WORD = re.compile(r"[^\W_]{3,}")
_NUMBER = re.compile(r"\d[\d,.]*")
_WEAK = frozenset(
    "the and group groups new former two three four several some other others members leader leaders senior "
    "official officials more than least".split()
)
_OWN_SIDE = frozenset(("GOV", "MIL", "COP", "LEG", "JUD", "SPY", "ELI", None))
_PERHAPS = 0.25  # gunmen told of first may be the rebels named later, where the victims are the same
_UNKNOWN = frozenset(("UAF", "REB", "PRM", "CRM", "UNK", None))
_MEANS = frozenset(
    (
        "aerial",
        "drone",
        "firearms",
        "explosives",
        "heavy-weapons",
        "suicide-attack",
        "abduct",
        "primitive",
        "sexual",
        "torture",
        "unconventional",
        "beat",
        "crowd-control",
    )
)
_BODILY = frozenset(("ASSAULT", "COERCE"))
_OPEN = 7  # days: how far back an interval without a beginning may reach


def support(one: Mention, other: Mention, *, same_article: bool) -> float | None:
    """Weigh what speaks for one happening behind both; None where they contradict each other."""
    if one.type != other.type or one.historical != other.historical or not _statuses(one, other):
        return None
    if not _modes(one, other) or (same_article and _other_victims(one, other)):
        return None
    score, doers = 0.0, 1.0
    for side, weight in (("actors", 2.0), ("recipients", 1.5)):
        found = parties(getattr(one, side), getattr(other, side))
        if found is None or (side == "recipients" and doers == _PERHAPS and not found):
            return None
        score, doers = score + weight * found, found
    where = places(one.places, other.places)
    if where is None:
        return None
    when = dates(one.date, other.date)
    if when is None:
        return None
    numbers = counts(one.counts, other.counts, same_article)
    if numbers is None:
        return None
    score += 1.5 * where + when + numbers
    if set(one.modes) & set(other.modes):
        score += 0.5
    if one.trigger.text.lower().split()[-1] == other.trigger.text.lower().split()[-1]:
        score += 0.5
    return score


def _other_victims(one: Mention, other: Mention) -> bool:
    """Tell whether a deed to the body was done to people who bear other names; one article spells a name one way."""
    if one.type not in _BODILY or not one.recipients or not other.recipients:
        return False
    names = [[_name(p) for p in m.recipients] for m in (one, other)]
    return all(names[0] + names[1]) and not any(a & b for a in names[0] for b in names[1])


def _name(party: Party) -> frozenset[str]:
    """Give the words a person is named by, without nation and office; none where a party is no person by name."""
    words = party.text.split()
    if len(words) < 2 or not any(w.casefold() in given_names() for w in words if w[:1].isupper()):
        return frozenset()
    return frozenset(w.casefold() for w in words[-2:])


def _statuses(one: Mention, other: Mention) -> bool:
    return one.status == other.status or {one.status, other.status} <= _TOLD


def _modes(one: Mention, other: Mention) -> bool:
    a, b = set(one.modes) & _MEANS, set(other.modes) & _MEANS
    return not a or not b or bool(a & b) or one.type != "ASSAULT"


def parties(one: Sequence[Party], other: Sequence[Party]) -> float | None:
    """Compare two sides: 1 where any party is the same, 0 where one side is empty, None where they differ."""
    if not one or not other:
        return 0.0
    best = max(party(a, b) for a in one for b in other)
    again = len({a.code for a in one if a.code} & {b.code for b in other if b.code}) > 1
    return best + 0.3 * again if best > 0 else None


def party(one: Party, other: Party) -> float:
    """Tell how far two parties are the same: by code and side, or by the words that stand for them."""
    if one.code and other.code:
        if one.code != other.code:
            return 0.0
        if one.name and one.name == other.name:
            return 1.0
        if (one.sector in _OWN_SIDE) == (other.sector in _OWN_SIDE) or None in (one.sector, other.sector):
            return 1.0
        return 0.4 if _shared(one, other) else 0.0
    if bool(one.code) != bool(other.code) and (_BACKED.search(one.text) or _BACKED.search(other.text)):
        return 0.0  # whom a state backs is many groups
    if _shared(one, other):
        return 0.8
    if "UAF" in (one.sector, other.sector) and {one.sector, other.sector} <= _UNKNOWN:
        return _PERHAPS
    if one.code or other.code:
        return 0.3 if one.sector is not None and one.sector == other.sector else 0.0
    return 0.3 if one.sector is not None and one.sector == other.sector else 0.0


def _shared(one: Party, other: Party) -> bool:
    a, b = _words(one), _words(other)
    if a and all(w.isdigit() for w in a):
        return bool(a & set(_NUMBER.findall(other.text)))
    if b and all(w.isdigit() for w in b):
        return bool(b & set(_NUMBER.findall(one.text)))
    return bool(a & b)


def _words(party: Party) -> set[str]:
    text = f"{party.text} {party.name or ''}"
    found = {w.lower().removesuffix("s") for w in _WORD.findall(text)} - _WEAK
    return found or set(_NUMBER.findall(text))  # “arrests 12”, where the text says “12 people”


def places(one: Sequence[PlaceSpan], other: Sequence[PlaceSpan]) -> float | None:
    """Compare two sets of places along their hierarchy: 1 the same town, .5 one within the other, None apart."""
    if not one or not other:
        return 0.0
    best = max(_place(a, b) for a in one for b in other)
    return best if best >= 0 else None


def _place(one: PlaceSpan, other: PlaceSpan) -> float:
    if one.geonames_id is not None and one.geonames_id == other.geonames_id:
        return 0.6 if one.precision == "country" else 1.0
    if one.name and one.name == other.name and one.country == other.country:
        return 0.6 if one.precision == "country" else 1.0
    if one.country != other.country or one.country is None:
        return -1.0
    wide = ("country", "region", "offshore")
    if one.precision in wide or other.precision in wide:
        return 0.5
    if one.admin1 and one.admin1 == other.admin1 and "admin1" in (one.precision, other.precision):
        return 0.7
    return -1.0


def span(found: EventDate) -> tuple[date, date] | None:
    """Give a date's interval as two days; an open beginning reaches a week back, an open end is one day."""
    try:
        first = date.fromisoformat(found.from_[:10]) if found.from_ else None
        last = date.fromisoformat(found.to[:10]) if found.to else None
    except ValueError:
        return None
    if first is None and last is None:
        return None
    if first is None and last is not None:
        return date.fromordinal(max(1, last.toordinal() - _OPEN)), last
    return first or last, last or first  # type: ignore[return-value]


def dates(one: EventDate | None, other: EventDate | None) -> float | None:
    """Compare two dates: 1 where both are told and meet, 0 where one is unknown, None where they lie apart."""
    a, b = one and span(one), other and span(other)
    if one is None or other is None or not a or not b:
        return 0.0
    slack = timedelta(days=0 if one.text and other.text else 1)
    if a[0] > b[1] + slack or b[0] > a[1] + slack:
        return None
    return 1.0 if one.text and other.text else 0.3


def counts(one: Sequence[CountSpan], other: Sequence[CountSpan], same_article: bool) -> float | None:
    """Compare counts of the same thing: 1 where they agree; in one article different tolls are different events."""
    score = 0.0
    for a in one:
        for b in other:
            if a.what != b.what:
                continue
            if _meet(a, b):
                score = 1.0
            elif same_article and a.what in ("dead", "wounded", "attacks"):
                return None
    return score


def _meet(one: CountSpan, other: CountSpan) -> bool:
    low = max(one.low if one.low is not None else 0, other.low if other.low is not None else 0)
    high = min(one.high if one.high is not None else low, other.high if other.high is not None else low)
    return low <= high
