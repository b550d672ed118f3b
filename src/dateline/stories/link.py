"""Linking as a stream: each article goes to the story it belongs to, or begins one.

The candidates of an article come from an inverted index over a sliding window; a logistic scorer over named features
gives the probability that two articles tell the same story; an article joins the story where the mean over its members,
mixed with the best of them, is highest, if that is above the threshold. The work for one article has an upper limit
whatever the window holds: so many terms asked, so many postings a term, so many candidates, so many members a story.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from dateline.model import Article, Happening, Link, Tags
from dateline.stories.linking.features import NAMES, Matrix, compare, complete, nearness, rivals
from dateline.stories.linking.gather import Pair, gather, pair
from dateline.stories.linking.model import LinkModel
from dateline.stories.linking.repair import Move, repair
from dateline.stories.linking.sketch import PAIR, sketch
from dateline.stories.linking.window import Window, two_languages
from dateline.text.moments import instant, to_moment

WINDOW_DAYS = 7
CANDIDATES = 40  # articles scored for one article
STORIES = 10  # stories of candidates whose other members are scored too
MEMBERS = 8  # members scored of one story: the newest
SHARED_WORDS = 8  # words in common kept to explain a link
_DAY = 86_400.0

Item = tuple[Article, Tags, str | None]


@dataclass(slots=True)
class _Scored:
    """What is known of a pair of articles: the probability of a link and the features it came from."""

    probability: float
    features: tuple[float, ...]


class Linker:
    """Places articles into stories, in the order of their publication.

    With `across`, articles in two languages join where the names, places and numbers that both have leave little doubt.
    """

    def __init__(
        self, model: LinkModel | None = None, *, window_days: float = WINDOW_DAYS, across: bool = False
    ) -> None:
        self.model = model or LinkModel.load()
        self._window = Window(window_days * _DAY, across=across)
        self._story: dict[int, str] = {}  # serial → story
        self._members: dict[str, list[int]] = {}  # story → serials in the window, in order of publication
        self._pins: dict[str, str] = {}  # article → story
        self._arrivals = 0
        self.history: list[Happening] = []  # what the last `settle` did

    def place(self, article: Article, tags: Tags, family: str | None = None) -> Link:
        """Put one article into its story and say why."""
        return self.place_all([(article, tags, family)])[0]

    def place_all(self, items: Sequence[Item]) -> list[Link]:
        """Put articles of one moment into their stories together, so that their order among each other changes nothing.

        A story that begins here is named by the first of its articles in the order given.
        """
        made = [self._add(item) for item in items]
        serials = [serial for serial, _ in made]
        scored = self._score(serials)
        groups = gather(
            self._in_order(serials),
            {key: known.probability for key, known in scored.items()},
            self._open_stories(serials, scored),
            self.model.strength,
            self.model.threshold,
        )
        links: dict[int, Link] = {}
        for story, members in groups:
            name = story if story is not None else self._window.sketches[min(members)].id
            before = list(self._members.get(name, ()))
            for serial in sorted(members):
                links[serial] = self._explain(serial, name, before, scored, made[serials.index(serial)][1])
                before.append(serial)
            for serial in members:
                self._join(serial, name)
        self._slide()
        return [links[serial] for serial in serials]

    def restore(self, article: Article, tags: Tags, family: str | None, story: str) -> None:
        """Put an article that was placed before a restart back where it was; in order of publication."""
        serial, _ = self._add((article, tags, family))
        self._join(serial, story)
        self._slide()

    def forget_before(self, moment: str) -> None:
        """Forget the articles published before a moment; undated ones stay."""
        when = instant(moment)
        if when is not None:
            self._forget(when.timestamp())

    def pin(self, article: str, story: str) -> None:
        """Put an article into a story for good: repair never moves it, nor merges two stories that both hold pins."""
        self._pins[article] = story
        serial = self._window.serial_of.get(article)
        if serial is not None and self._story.get(serial) != story:
            self._leave(serial)
            self._join(serial, story)

    def settle(self, now: str | None = None) -> dict[str, str]:
        """Merge and split the stories in the window where that is sure; gives the new story of each moved article.

        What was done stands in `history` afterwards, dated `now` (else the newest article's moment).
        """
        pinned = {self._window.serial_of[a] for a in self._pins if a in self._window.serial_of}
        moves = repair(self._window, self._story, self._members, pinned, self.model)
        newest = self._window.newest
        time = now or (to_moment(datetime.fromtimestamp(newest, UTC)) if newest is not None else "")
        moved: dict[str, str] = {}
        self.history = []
        for move in moves:
            for serial in move.articles:
                self._leave(serial)
                self._join(serial, move.new)
                moved[self._window.sketches[serial].id] = move.new
            self.history.extend(_told(move, time))
        return moved

    def _leave(self, serial: int) -> None:
        story = self._story.pop(serial, None)
        if story is not None:
            self._members[story].remove(serial)
            if not self._members[story]:
                del self._members[story]

    def _slide(self) -> None:
        newest = self._window.newest
        if newest is not None:
            self._forget(newest - self._window.seconds)

    def _forget(self, seconds: float) -> None:
        for serial in self._window.older_than(seconds):
            self._leave(serial)
            self._window.remove(serial)

    def _add(self, item: Item) -> tuple[int, dict[int, str]]:
        article, tags, family = item
        old = self._window.serial_of.get(article.id)
        if old is not None:
            self._leave(old)
            self._window.remove(old)
        made, labels = sketch(article, tags, family, self._arrivals)
        self._arrivals += 1
        return self._window.add(made), labels

    def _join(self, serial: int, story: str) -> None:
        self._story[serial] = story
        members = self._members.setdefault(story, [])
        members.append(serial)
        members.sort(key=lambda s: self._window.sketches[s].key)

    def _in_order(self, serials: Sequence[int]) -> list[int]:
        return sorted(serials, key=lambda serial: self._window.sketches[serial].key)

    def _score(self, serials: Sequence[int]) -> dict[Pair, _Scored]:
        """Score each article with its candidates and with the members of their stories."""
        asked: list[tuple[int, list[int], Matrix]] = []
        crowds: dict[Pair, list[float]] = {}
        for serial in self._in_order(serials):
            others = self._others(serial)
            if others:
                rows = compare(self._window, serial, others)
                crowd = rivals(nearness(rows).tolist(), [self._story.get(s, s) for s in others])
                asked.append((serial, others, rows))
                for other, value in zip(others, crowd, strict=True):
                    crowds.setdefault(pair(serial, other), []).append(value)
        scored: dict[Pair, _Scored] = {}
        for serial, others, rows in asked:
            # Two articles of one moment see each other's rivals: the mean, so that neither comes first.
            means = [sum(seen) / len(seen) for seen in (crowds[pair(serial, other)] for other in others)]
            full = complete(rows, means)
            for other, row, chance in zip(
                others, full, self.model.probability(full, self._foreign(serial, others)), strict=True
            ):
                scored.setdefault(pair(serial, other), _Scored(float(chance), tuple(row.tolist())))
        return scored

    def _foreign(self, serial: int, others: Sequence[int]) -> list[bool]:
        sketches = self._window.sketches
        return [two_languages(sketches[serial], sketches[other]) for other in others]

    def _others(self, serial: int) -> list[int]:
        found = self._window.candidates(serial, CANDIDATES)
        stories: dict[str, None] = {}
        for other in found:
            story = self._story.get(other)
            if story is not None and len(stories) < STORIES:
                stories[story] = None
        for story in stories:
            found.extend(s for s in self._members[story][-MEMBERS:] if self._window.can_meet_serials(serial, s))
        return list(dict.fromkeys(found))

    def _open_stories(self, serials: Sequence[int], scored: dict[Pair, _Scored]) -> dict[str, list[int]]:
        """Give the stories that any of the articles was scored with, each with its newest members."""
        mine = set(serials)
        names = {self._story[s] for key in scored for s in key if s not in mine}
        return {name: self._members[name][-MEMBERS:] for name in sorted(names)}

    def _explain(
        self, serial: int, story: str, before: list[int], scored: dict[Pair, _Scored], labels: dict[int, str]
    ) -> Link:
        sketches = self._window.sketches
        known = [(scored[pair(serial, s)], s) for s in before if pair(serial, s) in scored]
        if not known:
            return Link(sketches[serial].id, story, None, None)
        best, nearest = max(known, key=lambda each: (each[0].probability, sketches[each[1]].key))
        return Link(
            sketches[serial].id,
            story,
            best.probability,
            sketches[nearest].id,
            tuple(
                (name, round(value, 3))
                for name, value in zip(NAMES, best.features, strict=True)
                if value and not name.endswith("_undated")
            ),
            self._shared(serial, nearest, labels),
        )

    def _shared(self, serial: int, other: int, labels: dict[int, str]) -> tuple[str, ...]:
        mine, theirs = self._window.sketches[serial], self._window.sketches[other]
        common = mine.terms[np.isin(mine.terms, theirs.terms) & (mine.flags != PAIR)]
        order = np.lexsort((common, -self._window.rarity(common)))
        words = (labels.get(int(common[at]), "") for at in order)
        unique = {word.casefold(): word for word in reversed([w for w in words if w])}
        return tuple(reversed(unique.values()))[:SHARED_WORDS]


def _told(move: Move, time: str) -> list[Happening]:
    number = f"{len(move.articles)} article{'' if len(move.articles) == 1 else 's'}"
    if move.merged:
        return [
            Happening(move.old, time, f"merged into {move.new}", f"their links are {move.strength:.2f} strong"),
            Happening(move.new, time, f"took {number} over from {move.old}", f"links of {move.strength:.2f}"),
        ]
    why = f"the strongest link to the rest is {move.strength:.2f}"
    return [
        Happening(move.old, time, f"{number} split off to {move.new}", why),
        Happening(move.new, time, f"split off from {move.old}", why),
    ]


def _plain(features: Sequence[float]) -> tuple[tuple[str, float], ...]:
    """Name the features that are there, without those that only repeat others for undated articles."""
    named = zip(NAMES, features, strict=True)
    return tuple((name, round(value, 3)) for name, value in named if value and not name.endswith("_undated"))
