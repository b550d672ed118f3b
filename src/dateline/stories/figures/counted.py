"""A count in its sentence: who or what is counted, of which whole or part, where, when, and who says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.model import Article, AttributionSpan, CountSpan, PlaceSpan, Tags, Words
from dateline.stories.figures.cues import (
    CHANGED,
    CURRENCIES,
    DAILY,
    DAY,
    DENIED,
    EARLIER,
    FLOWS,
    FORECAST,
    GENERAL,
    INSIDE,
    JUDGED,
    MONTH,
    NEEDED,
    OTHER,
    PERIOD,
    PERIOD_NEAR,
    PRONOUNS,
    RISE,
    UNITS,
)
from dateline.text.sentences import sentences
from dateline.text.words import Word, content_forms, fold, stem, words

# What goes on being counted while news comes in: a later number takes an earlier one's place.
TOLLS = frozenset(
    {"dead", "wounded", "missing", "held", "displaced", "rescued", "freed", "casualties", "cases", "homes"}
)
AROUND = 7  # words looked at on either side of a count
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_SPAN = re.compile(
    r"\b(?:a|one|single) (?:single )?day\b(?! (?:after|before|earlier|later|ago))|\b24 hours\b"
    r"|\bover (?:the (?:course|past|last)|\w+ (?:nights?|days?|weeks?|months?))\b"
    r"|\bsince (?:January|February|March|April|May|June|July|August|September|October|November|December)\b",
    re.IGNORECASE,
)
_PUTS = re.compile(
    r"^[\W_]*(?P<who>[\w' -]{2,50}?)(?: had| has| have| later| earlier| initially| also)*"
    r" (?:put|puts|placed|estimated|gave) (?:the|their|its|that) (?:number|figure|toll|count|total|sum)\b"
)
_PAST = re.compile(
    r"\bhad (?:been|put|stood|spoken|given|counted|reported|said)\b"
    r"|\bfirst count\b|\b(?:earlier|initially|previously) ",
    re.IGNORECASE,
)
_ATTACKER = re.compile(
    r"[^.;]{0,25}?\binclud(?:ing|es|ed) (?:the|its|their|his|her|an?|both|all) (?:\w+ )?"
    r"(?:gunm[ae]n|shooters?|attackers?|assailants?|suspects?|bombers?|perpetrators?|killers?|hijackers?)\b",
    re.IGNORECASE,
)
# What a correction takes back is no reading: it says what nobody reports any more.
_TAKEN_BACK = re.compile(
    r"\b(?:earlier|previous|prior|original|first) (?:versions?|editions?) of (?:this|the|our|that) "
    r"(?:article|report|story|piece|post|headline|dispatch)\b",
    re.IGNORECASE,
)
_CLAIM = re.compile(r"\b(?:that|reports?|claims?|having)\b")
_NEXT_CLAUSE = re.compile(r"[,;:]|\b(?:and|but|while|after|before|when)\b")
_RUN_ON = re.compile(r"[,;]? (?:and|but|while) .*\baccording to\b.*", re.DOTALL)
_SIGN = re.compile(r"[$€£¥₹₽₦₺₩₪]")


@dataclass(frozen=True, slots=True)
class Counted:
    """A count with the context that tells what it counts; words are folded stems."""

    article: str
    time: str | None
    count: CountSpan
    said_by: str | None = None
    head: str | None = None  # the noun counted; None where there is none or it says only “people”
    noun: str | None = None  # that noun with the words before it, as written
    bare: bool = False  # no noun at all stands with the number: “said 20”
    kind: frozenset[str] = frozenset()  # the words before that noun: whose soldiers, which candidates
    left: frozenset[str] = frozenset()  # what stands before the count
    right: frozenset[str] = frozenset()  # and behind it
    words: frozenset[str] = frozenset()  # of the whole sentence
    cues: frozenset[str] = frozenset()  # "part", "rise", "forecast", "charge", "denied", …
    unit: str | None = None  # the currency, with what it is paid for (“a gallon”)
    places: frozenset[str] = frozenset()
    spots: tuple[tuple[float, float], ...] = ()  # where these places lie: latitude, longitude
    years: frozenset[str] = frozenset()  # other years than that of the report
    dates: frozenset[str] = frozenset()  # years, months and weekdays named in the sentence
    sentence: tuple[int, int] = (0, 0)
    first: bool = True  # the first of its sort in the article: what the report is about, as news goes
    listed: bool = False  # its sentence has another count of its sort


def counts_of(article: Article, tags: Tags) -> list[Counted]:
    """Give an article's counts with the context that tells what they count."""
    spans = sentences(article.text) if tags.counts else []
    found: list[Counted] = []
    told: set[str] = set()
    kept = [count for count in tags.counts if count.low is not None or count.high is not None]
    for count in kept:
        start, end = next(((s, e) for s, e in spans if s <= count.start < e), (count.start, count.end))
        if _TAKEN_BACK.search(article.text, start, end):
            continue
        beside = sum(other.what == count.what and start <= other.start < end for other in kept)
        made = _counted(article, tags, count, start, max(end, count.end))
        found.append(replace(made, first=count.what not in told, listed=beside > 1))
        if "part" not in made.cues:
            told.add(count.what)
    return found


def _counted(article: Article, tags: Tags, count: CountSpan, start: int, end: int) -> Counted:
    sentence = words(article.text[start:end])
    first, last = count.start - start, count.end - start
    before = [w for w in sentence if w.end <= first]
    inside = [w for w in sentence if w.start >= first and w.end <= last]
    behind = [w for w in sentence if w.start >= last]
    head, kind, noun = _noun(inside, article.language)
    cues = _cues(article.text[start:end], before, inside, behind, first, last)
    places = [p for p in tags.places if start <= p.start < end and _pins(p)]
    speech = _speech(count, tags.attribution)
    if speech is not None and speech.verb is not None and _denies(article.text, speech.verb, count):
        cues |= {"denied"}
    return Counted(
        article.id,
        article.published,
        count,
        _name(speech) or _puts(article.text[start : count.start]),
        head,
        noun,
        _is_bare(inside),
        kind,
        _stems(before[-AROUND:], article.language),
        _stems(behind[:AROUND], article.language),
        _stems([*before, *inside, *behind], article.language),
        cues,
        _unit(count, behind),
        frozenset(p.name for p in places if p.name),
        tuple((p.lat, p.lon) for p in places if p.lat is not None and p.lon is not None),
        _years(article, start, end, count),
        _dates(article, start, end, count),
        (start, end),
    )


def _denies(text: str, verb: Words, count: CountSpan) -> bool:
    """Tell whether a verb denies the number: “denied that 20 had died”, not “denied wrongdoing in three cases”."""
    if fold(verb.text) not in DENIED or verb.end > count.start:
        return False
    between = text[verb.end : count.start]
    return len(between) < 12 or bool(_CLAIM.search(between) and not _NEXT_CLAUSE.search(between))


def _noun(inside: Sequence[Word], language: str | None) -> tuple[str | None, frozenset[str], str | None]:
    """Give the head noun of a count's own words, what stands before it, and both as written; no figures or hedges."""
    forms: list[tuple[str, str]] = []
    for word in inside:
        stems = () if word.text[0].isdigit() else content_forms(word.text, language)
        forms.extend((form, word.text) for form in stems if form not in UNITS)
    if not forms or forms[-1][0] in GENERAL:
        return None, frozenset(form for form, _ in forms if form not in GENERAL), None
    noun = " ".join(text for _, text in forms)
    return forms[-1][0], frozenset(form for form, _ in forms[:-1] if form not in GENERAL), noun


def _is_bare(inside: Sequence[Word]) -> bool:
    """Tell whether a count has no noun of its own, not even “people”."""
    return all(word.text[0].isdigit() or stem(fold(word.text)) in UNITS for word in inside)


def _stems(some: Sequence[Word], language: str | None) -> frozenset[str]:
    return frozenset(
        form
        for word in some
        if not word.text[0].isdigit()
        for form in content_forms(word.text, language)
        if form not in UNITS
    )


def _cues(
    text: str, before: Sequence[Word], inside: Sequence[Word], behind: Sequence[Word], first: int, last: int
) -> frozenset[str]:
    """Name what the words around a count say of it: that it is part of a whole, a rise, a forecast, a charge …"""
    near = [fold(w.text) for w in before[-4:]]
    own = [fold(w.text) for w in inside]
    after = [fold(w.text) for w in behind[:4]]
    all_before, everything = {fold(w.text) for w in before}, {fold(w.text) for w in [*before, *inside, *behind]}
    found: set[str] = set()
    if set(near[-3:]) & INSIDE or _of_them(own, after) or (near[-1:] == ["of"] and near[-2:-1] == ["one"]):
        found.add("part")
    if (set(own) - _hedge(own)) & OTHER or set(near[-2:]) & OTHER or set(after[:1]) & OTHER:
        found.add("other")
    if _ATTACKER.match(text[last:]):
        found.add("attacker")
    if after[:1] == ["including"] or "including" in after or near[-2:] == ["out", "of"]:
        found.add("whole")
    if _PAST.search(text[:first]):
        found.add("past")
    if (set(near) & RISE and near[-1] not in ("to", "at")) or near[-1:] == ["by"] or set(after[:2]) & CHANGED:
        found.add("rise")
    if near[-1:] == ["from"]:
        found.add("from")
    if all_before & FORECAST or set(after) & FORECAST:
        found.add("forecast")
    if set(near) & NEEDED or set(after[:2]) & NEEDED:
        found.add("needed")
    if after[:2] in (["counts", "of"], ["count", "of"]):
        found.add("charge")
    if (
        everything & PERIOD
        or set(own) & FLOWS
        or set(near[-2:] + own + after[:2]) & PERIOD_NEAR
        or _SPAN.search(text)
        or ("new" in own and set(own) & DAILY)
    ):
        found.add("period")
    if everything & EARLIER:
        found.add("earlier")
    if text[max(0, first - 1) : first] == "(":
        found.add("bracket")
    return frozenset(found)


def _of_them(own: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether “of them”, “of whom”, “of the victims” makes a count a part of another."""
    whole = ("them", "whom", "those", "the", "these", "his", "her", "their")
    inner = "of" in own and own[own.index("of") + 1 :][:1] and own[own.index("of") + 1] in whole
    return bool(inner) or (after[:1] == ["of"] and bool(after[1:2]) and after[1] in whole[:4])


def _hedge(own: Sequence[str]) -> set[str]:
    """Give “more” where it is the hedge “more than”, not “more people”."""
    return {"more"} if list(own[:2]) == ["more", "than"] else set()


def _unit(count: CountSpan, behind: Sequence[Word]) -> str | None:
    """Give the currency of a sum and what it is paid for: "$", "$ a gallon"."""
    if count.what != "money":
        return None
    sign = _SIGN.search(count.text)
    last = fold(count.text).split()[-1].rstrip("s")
    currency = sign.group() if sign else CURRENCIES.get(last, last)
    rate = [fold(w.text) for w in behind[:3]]
    if rate[:1] and rate[0] in ("a", "an", "per", "each", "every") and rate[1:]:
        return f"{currency} a {rate[1]}"
    return currency


def _years(article: Article, start: int, end: int, count: CountSpan) -> frozenset[str]:
    return frozenset(_YEAR.findall(article.text[start:end])) - {(article.published or "")[:4], count.text}


def _dates(article: Article, start: int, end: int, count: CountSpan) -> frozenset[str]:
    text = article.text[start:end]
    named = {fold(w.text) for w in words(text)}
    months = {m for m in named & MONTH if m not in ("may", "march") or m.title() in text}
    return _years(article, start, end, count) | (named & DAY) | months


def _speech(count: CountSpan, said: Sequence[AttributionSpan]) -> AttributionSpan | None:
    covering = [a for a in said if a.start <= count.start and count.end <= a.end and a.speaker is not None]
    return min(covering, key=lambda a: a.end - a.start, default=None)


def _name(speech: AttributionSpan | None) -> str | None:
    """Give the name or words of a speaker; a pronoun tells nobody who speaks."""
    if speech is None or speech.speaker is None or (speech.verb is not None and fold(speech.verb.text) in JUDGED):
        return None
    name = _RUN_ON.sub("", speech.speaker.name or speech.speaker.text)
    return None if not name or fold(name) in PRONOUNS else name


def _puts(before: str) -> str | None:
    """Give who “put the number at” what follows."""
    found = _PUTS.match(before)
    return found["who"] if found and fold(found["who"]) not in PRONOUNS else None


def _pins(place: PlaceSpan) -> bool:
    return place.role == "literal" and place.precision != "country"
