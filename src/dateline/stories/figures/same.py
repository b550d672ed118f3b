"""Whether two counts are of the same thing, and the rows that counts of one thing make.

Counts that agree are weighed by a logistic function of named features, with coefficients fitted by
tools/fit_figures.py. Counts that contradict each other are of one thing only where much speaks for it: they are what
two reports tell first of its sort, in much the same words, and nothing tells them apart.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.model import CountSpan
from dateline.stories.figures.counted import TOLLS, Counted
from dateline.stories.figures.features import NAMES, features, share
from dateline.stories.figures.intervals import agree, apart, is_vague, middle
from dateline.stories.figures.speakers import speakers_differ

TOLL_APART = 1.0  # a toll may rise tenfold between two reports
FIXED_APART = 0.15  # what does not run differs by no more than two fifths
FIXED_WORDS = 0.4  # of the shorter sentence, what two contradicting counts of such a thing share
RIVAL_WORDS = 0.25  # what the sentences of two speakers share
VAGUE_APART = 1.0  # “dozens” is not said of thousands, nor “hundreds of thousands of dollars” of 25 million
CHANGE_REACH = 60  # characters between the two numbers of a change
BESIDE = 250  # characters between two speakers' numbers for one thing, in one report
BOUND_APART = 0.15  # “more than a trillion” is not said of six: who gives a bound gives one near the number
MANY = 3  # fewer people than this are the same by chance
PEOPLE = frozenset({"people", "troops", "police", "fighters", "protesters"})  # of whom no state is said
FAR_KM = 200.0  # two tolls from places this far apart are of two happenings
MOST_OF_A_SORT = 240  # counts of one sort that are compared; a long story tells the same numbers again and again
MEMBERS = 12  # of a row that a count is held against
_TELLING = ("part", "other", "whole", "rise", "needed", "period", "forecast", "charge")


@dataclass(frozen=True, slots=True)
class SameModel:
    """Coefficients in the order of features.NAMES, and the probability from which two counts are of one thing."""

    intercept: float
    coefficients: tuple[float, ...]
    threshold: float

    def probability(self, row: Sequence[float]) -> float:
        """Give the probability that two counts with these features are of one thing."""
        logit = self.intercept + sum(c * x for c, x in zip(self.coefficients, row, strict=True))
        return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, logit))))


@cache
def shipped() -> SameModel:
    """Load the shipped coefficients."""
    raw = json.loads((files("dateline.stories.figures") / "same.json").read_text(encoding="utf-8"))
    return SameModel(raw["intercept"], tuple(raw["coefficients"][name] for name in NAMES), raw["threshold"])


class Comparison:
    """The counts of one story, to be held against each other."""

    def __init__(self, counted: Sequence[Counted], model: SameModel | None = None) -> None:
        """Note which article gives which numbers."""
        self.counted = counted
        self._model = model or shipped()
        self._given: dict[tuple[str, str], set[tuple[object, object]]] = {}
        self._stands: dict[tuple[str, str], list[int]] = {}
        self._first = {(each.article, each.count.what): each.count for each in counted if each.first}
        for each in counted:
            self._given.setdefault((each.article, each.count.what), set()).add(_interval(each.count))
            self._stands.setdefault((each.article, each.count.what), []).append(each.count.start)

    def rival(self, one: Counted, other: Counted) -> bool:
        """Tell whether the article of one of two unequal counts has the other's number itself."""
        return self._tells(one, other) or self._tells(other, one)

    def _tells(self, one: Counted, other: Counted) -> bool:
        """Tell whether the article of one count has another's number too."""
        return _interval(other.count) in self._given.get((one.article, other.count.what), ())

    def probability(self, one: Counted, other: Counted) -> float:
        """Give how surely two counts are of the same thing, 0 to 1."""
        if kept_apart(one, other) or _far_off(one.count, other.count):
            return 0.0
        least = self._model.threshold if self._is_toll_of_both(one, other) else 0.0
        if agree(one.count, other.count):
            return max(least, self._model.probability(features(one, other, self.rival(one, other))))
        return max(least, self._model.threshold if self._contradicts(one, other) else 0.0)

    def holds(self, probability: float) -> bool:
        """Tell whether a probability is enough."""
        return probability >= self._model.threshold

    def same(self, one: Counted, other: Counted) -> bool:
        """Tell whether two counts are of the same thing."""
        return self.holds(self.probability(one, other))

    def _contradicts(self, one: Counted, other: Counted) -> bool:
        """Tell whether two contradicting counts are of one thing nevertheless."""
        if one.count.what != other.count.what:
            return False
        if self.changed(one, other) or self.rivals(one, other):
            return True
        if one.count.what in TOLLS or not _of_a_kind(one, other) or self.rival(one, other) or _parted(one, other):
            return False
        if min(middle(one.count), middle(other.count)) < MANY or (
            one.dates and other.dates and not one.dates & other.dates
        ):
            return False
        return apart(one.count, other.count) <= FIXED_APART and share(one.words, other.words) >= FIXED_WORDS

    def changed(self, one: Counted, other: Counted) -> bool:
        """Tell whether a report says that a number became the other: “rose to 19 from 12”, “the toll had been 12”."""
        if one.article != other.article or "period" in one.cues | other.cues or _parted(one, other):
            return False
        first, last = sorted((one, other), key=lambda c: c.count.start)
        near = one.sentence == other.sentence and last.count.start - first.count.end < CHANGE_REACH
        if near and ("from" in one.cues) != ("from" in other.cues):
            return not self._between(first, last)
        if last.count.what not in TOLLS or "past" not in last.cues or not first.first or first.years != last.years:
            return False
        return first.head == last.head and not (last.cues | first.cues) & {"part", "other"}

    def rivals(self, one: Counted, other: Counted) -> bool:
        """Tell whether two speakers give their numbers for the same people: “officials said 3 … residents said 20”.

        In two reports they do so only where neither report has the other's number itself, and both tell theirs first.
        """
        if one.unit is not None or not speakers_differ(one, other) or _parted(one, other) or one.years != other.years:
            return False
        if any((cue in one.cues) != (cue in other.cues) for cue in _TELLING) or not _may_be_told_by_two(one, other):
            return False
        if one.article == other.article:
            return abs(one.count.start - other.count.end) < BESIDE
        if not (self._leads(one) and self._leads(other)) or self.rival(one, other):
            return False
        if apart(one.count, other.count) > TOLL_APART or "period" in one.cues | other.cues:
            return False
        return share(one.words, other.words) >= RIVAL_WORDS

    def listed_beside(self, one: Counted, other: Counted) -> bool:
        """Tell whether one sentence lists two numbers: “two women and one man”, none that changed or is disputed."""
        if one.article != other.article or one.sentence != other.sentence or agree(one.count, other.count):
            return False
        if one.count.what in TOLLS and "past" in one.cues & other.cues and one.head == other.head:
            return False  # “the count had been three in the morning and seven at noon”
        return one.count.what == other.count.what and not self.changed(one, other) and not self.rivals(one, other)

    def _leads(self, each: Counted) -> bool:
        """Tell whether a count is what its report tells first of its sort, or says that again."""
        first = self._first.get((each.article, each.count.what))
        return each.first or (first is not None and agree(first, each.count))

    def _between(self, first: Counted, last: Counted) -> bool:
        """Tell whether a third number of their sort stands between two of one report."""
        return any(
            first.count.start < start < last.count.start for start in self._stands[first.article, first.count.what]
        )

    def _is_toll_of_both(self, one: Counted, other: Counted) -> bool:
        """Tell whether two counts are the toll that each of two reports tells first, and nothing sets them apart."""
        if one.count.what not in TOLLS or one.count.what != other.count.what or not _of_a_kind(one, other):
            return False
        low, high = sorted((one, other), key=lambda c: middle(c.count))
        if "past" not in low.cues and not agree(one.count, other.count) and self._tells(low, high):
            return False  # its report has the whole toll further down
        return apart(one.count, other.count) <= TOLL_APART and not _far_apart(one, other)


def _of_a_kind(one: Counted, other: Counted) -> bool:
    """Tell whether two reports tell both counts first of their sort, with the same noun, and nothing parts them."""
    if one.article == other.article or not (one.first and other.first) or one.years != other.years:
        return False
    return one.head == other.head and all((cue in one.cues) == (cue in other.cues) for cue in _TELLING)


def rows(comparison: Comparison) -> list[list[Counted]]:
    """Gather counts into rows of one thing each, in the order given: a count goes where it fits best on average."""
    made: list[list[Counted]] = []
    per_sort: dict[str, int] = {}
    for each in comparison.counted:
        sort = each.count.what
        per_sort[sort] = per_sort.get(sort, 0) + 1
        if per_sort[sort] > MOST_OF_A_SORT:
            continue
        best, home = 0.0, None
        for row in made:
            strength = _fit(comparison, each, row[:MEMBERS])
            if strength > best:
                best, home = strength, row
        if home is None:
            made.append([each])
        else:
            home.append(each)
    return _whole(comparison, made)


def _whole(comparison: Comparison, made: Sequence[list[Counted]]) -> list[list[Counted]]:
    """Join the rows of one toll: a state that one report passed and another began with draws counts to itself."""
    joined: list[list[Counted]] = []
    for row in made:
        home = next((other for other in joined if _one_toll(comparison, row, other)), None)
        if home is None:
            joined.append(row)
        else:
            home.extend(row)
    return joined


def _one_toll(comparison: Comparison, row: Sequence[Counted], other: Sequence[Counted]) -> bool:
    """Tell whether what reports tell first of their sort in two rows is one toll, and nothing else bars it."""
    if row[0].count.what not in TOLLS or row[0].count.what != other[0].count.what:
        return False
    leading = [[c for c in some[:MEMBERS] if c.first] for some in (row, other)]
    pairs = [(a, b) for a in leading[0] for b in leading[1]]
    if not pairs or not all(comparison.same(a, b) for a, b in pairs):
        return False
    every = [(a, b) for a in row[:MEMBERS] for b in other[:MEMBERS]]
    return not any(_barred(a, b) or comparison.listed_beside(a, b) or _told_apart(a, b) for a, b in every)


def _told_apart(one: Counted, other: Counted) -> bool:
    """Tell whether places, years or cues set two counts of a toll apart, so that neither is a state of the other."""
    return _parted(one, other) or one.years != other.years or bool((one.cues ^ other.cues) & {"part", "other", "whole"})


def _fit(comparison: Comparison, each: Counted, row: Sequence[Counted]) -> float:
    """Give how well a count fits into a row; 0 where it does not: most of the row's articles must hold it the same.

    Of each article the count that is nearest is asked, since a report also tells earlier states of its toll.
    """
    best: dict[str, float] = {}
    against: list[bool] = []
    for member in row:
        if _barred(each, member) or comparison.listed_beside(each, member):
            return 0.0
        probability = comparison.probability(each, member)
        holds = comparison.holds(probability)
        if member.article == each.article and not holds:
            if each.count.what not in TOLLS and not agree(each.count, member.count):
                return 0.0  # one report gives one number for what does not run
            continue
        best[member.article] = max(probability, best.get(member.article, 0.0))
        if not agree(each.count, member.count):
            against.append(holds)
    held = [comparison.holds(probability) for probability in best.values()]
    if not held or 2 * sum(held) < len(held) or (against and not any(against) and not _told_earlier(each, row)):
        return 0.0
    return sum(best.values()) / len(best)


def _told_earlier(each: Counted, row: Sequence[Counted]) -> bool:
    """Tell whether the row has the number itself: then it may contradict what else stands there."""
    return any(_interval(each.count) == _interval(member.count) for member in row)


def kept_apart(one: Counted, other: Counted) -> bool:
    """Tell whether two counts cannot be of one thing: another currency, a count of charges, one span."""
    if one.article == other.article and one.count.start < other.count.end and other.count.start < one.count.end:
        return True
    if _barred(one, other):
        return True
    return one.count.what != other.count.what and not _may_mean_the_same(one, other)


def _barred(one: Counted, other: Counted) -> bool:
    """Tell whether no row holds both: other currencies, charges and dead, a toll with and without the attacker."""
    if one.unit != other.unit or ("charge" in one.cues) != ("charge" in other.cues):
        return True
    return ("attacker" in one.cues) != ("attacker" in other.cues) and not agree(one.count, other.count)


def _may_mean_the_same(one: Counted, other: Counted) -> bool:
    """Tell whether counts of two sorts may be of the same people: “arrested 23”, “the 23 suspects”."""
    sorts = {one.count.what, other.count.what}
    if _interval(one.count) != _interval(other.count) or not sorts & PEOPLE:
        return False
    return sorts <= PEOPLE | TOLLS - {"homes"} and middle(one.count) >= MANY


def _may_be_told_by_two(one: Counted, other: Counted) -> bool:
    """Tell whether two counts are of the same people by their nouns: not “five victims” and “three suspects”."""
    if one.count.what != "people":
        return one.head == other.head or None in (one.head, other.head)
    if min(middle(one.count), middle(other.count)) < MANY:
        return False
    return one.head == other.head if one.bare == other.bare else None in (one.head, other.head)


def _parted(one: Counted, other: Counted) -> bool:
    """Tell whether places or the words before the noun set two counts apart."""
    pairs = ((one.kind, other.kind), (one.places, other.places))
    return any(a and b and not a & b for a, b in pairs)


def _far_apart(one: Counted, other: Counted) -> bool:
    """Tell whether all places named with two counts lie far from each other."""
    if not one.spots or not other.spots:
        return False
    return min(_kilometres(a, b) for a in one.spots for b in other.spots) > FAR_KM


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Give the distance of two points (latitude, longitude in degrees) on the globe."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    step = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12_742.0 * math.asin(min(1.0, math.sqrt(step)))


def _far_off(one: CountSpan, other: CountSpan) -> bool:
    """Tell whether one of two numbers is vague, or a bound, and lies far from the other; a toll may rise far."""
    far = apart(one, other)
    if is_vague(one) or is_vague(other):
        return far > VAGUE_APART
    bounded = any(count.high is None and count.low is not None for count in (one, other))
    return bounded and not {one.what, other.what} & TOLLS and far > BOUND_APART


def _interval(count: CountSpan) -> tuple[object, object]:
    return count.low, count.high
