"""Linking as a stream: each article goes to the story it belongs to, or begins one.

The candidates of an article come from an inverted index over a sliding window; a logistic scorer over named features
gives the probability that two articles tell the same story; an article joins the story where the mean over its members,
mixed with the best of them, is highest, if that is above the threshold. The work for one article has an upper limit
whatever the window holds: so many terms asked, so many postings a term, so many candidates, so many members a story,
so many articles of one moment at a time.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from dateline.model import Article, Happening, Link, Tags
from dateline.stories.linking.encoder import Encoder, meaning
from dateline.stories.linking.features import NAMES, Matrix, compare, complete, crowding
from dateline.stories.linking.gather import Pair, gather, pair
from dateline.stories.linking.model import LinkModel
from dateline.stories.linking.repair import Change, Move, repair
from dateline.stories.linking.scored import Scored
from dateline.stories.linking.sketch import PAIR, Sketch, order_of, pack, sketch, unpack
from dateline.stories.linking.window import Window
from dateline.text.moments import instant, to_moment

WINDOW_DAYS = 7
CANDIDATES = 30  # articles scored for one article
STORIES = 5  # stories of candidates whose other members are scored too
MEMBERS = 8  # members scored of one story: the newest
UNDATED = 50_000  # undated articles that the window holds, which no moment closes: the last that came
TOGETHER = 64  # articles of one moment that are placed in one go
SHARED_WORDS = 8  # words in common kept to explain a link
_DAY = 86_400.0

Item = tuple[Article, Tags, str | None]


class Linker:
    """Places articles into stories, in the order of their publication.

    With `across`, articles in two languages join where the names, places and numbers that both have leave little doubt,
    or, with an `encoder`, where its vectors do.
    """

    def __init__(
        self,
        model: LinkModel | None = None,
        *,
        window_days: float = WINDOW_DAYS,
        across: bool = False,
        encoder: Encoder | None = None,
    ) -> None:
        self.model = model or LinkModel.load()
        self._window = Window(window_days * _DAY, across=across or encoder is not None)
        self._encoder = encoder
        self._story: dict[int, str] = {}  # serial → story
        self._members: dict[str, list[int]] = {}  # story → serials in the window, in order of publication
        self._pins: dict[str, str] = {}  # article → story
        self._arrivals = 0
        self.changes: list[Change] = []  # what the last `settle` did
        self.history: list[Happening] = []  # the same in words

    def place(self, article: Article, tags: Tags, family: str | None = None) -> Link:
        """Put one article into its story and say why."""
        return self.place_all([(article, tags, family)])[0]

    def place_all(self, items: Sequence[Item]) -> list[Link]:
        """Put articles of one moment into their stories together, so that their order among each other changes nothing.

        A story that begins here is named by the first of its articles in the order given. Of more than TOGETHER each
        lot is placed before the next, in the order of their moments and ids.
        """
        # Stories that begin here → where the article stands that they are named by, and the first of all.
        begun: dict[str, tuple[int, int]] = {}
        links: dict[int, Link] = {}
        for lot in _lots(items, self._arrivals):
            links.update(self._place(items, lot, begun))
        names = {
            name: self._rename(name, items[first][0].id) for name, (named, first) in begun.items() if first != named
        }
        made = (links[at] for at in range(len(items)))
        return [replace(link, story=new) if (new := names.get(link.story)) else link for link in made]

    def _place(self, items: Sequence[Item], lot: Sequence[int], begun: dict[str, tuple[int, int]]) -> dict[int, Link]:
        """Place the items of a lot together, and note the stories that begin with them."""
        made = {serial: (at, labels) for at in lot for serial, labels in (self._add(items[at]),)}
        serials = list(made)
        self._slide(serials)
        scored = self._score(serials)
        groups = gather(
            self._in_order(serials),
            scored.chance,
            self._open_stories(serials, scored),
            self.model.strength(any(self._window.sketches[serial].seconds is None for serial in serials)),
            self.model.threshold,
        )
        links: dict[int, Link] = {}
        for story, members in groups:
            members.sort()
            first = made[members[0]][0]
            name = self._unused(items[first][0].id) if story is None else story
            if story is None:
                begun[name] = first, first
            elif name in begun:
                begun[name] = begun[name][0], min(first, begun[name][1])
            for serial in members:
                at, labels = made[serial]
                links[at] = self._explain(serial, name, scored, labels)
                self._join(serial, name)
        return links

    def _unused(self, name: str) -> str:
        """Give a name that no story in the window has: an article that came again may have left a story behind."""
        while name in self._members:
            name += "+"
        return name

    def _rename(self, name: str, first: str) -> str:
        """Name a story that has just begun by its first article."""
        if name in self._members:
            members, name = self._members.pop(name), self._unused(first)
            self._members[name] = members
            self._story.update(dict.fromkeys(members, name))
        return name

    def restore(self, article: Article, tags: Tags, family: str | None, story: str) -> None:
        """Put an article that was placed before a restart back where it was; in order of publication.

        What is older than the window of the next article to be placed goes when that one comes.
        """
        serial, _ = self._add((article, tags, family))
        self._join(serial, story)

    def restore_packed(self, data: bytes, family: str | None, story: str) -> bool:
        """Do as `restore` from what `packed` gave, tokenising nothing; False where the bytes must be made anew."""
        made = unpack(data, family, self._arrivals)
        if made is None:
            return False
        self._arrivals += 1
        self._join(self._take(made), story)
        return True

    def packed(self, article: str) -> bytes:
        """Give what linking keeps of an article in the window, for `restore_packed`."""
        return pack(self._window.sketch(self._window.serial_of[article]))

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

    def settle(self, now: str | None = None, stories: Collection[str] | None = None) -> dict[str, str]:
        """Merge and split stories in the window where that is sure; gives the new story of each moved article.

        `stories` are those to be looked at, by what came to them, so that the work does not grow with the window;
        default: all. What was done stands in `history` afterwards, dated `now` (else the newest article's moment).
        """
        pinned = {self._window.serial_of[a] for a in self._pins if a in self._window.serial_of}
        asked = sorted(self._members) if stories is None else sorted(set(stories) & self._members.keys())
        moves = repair(self._window, self._story, self._members, pinned, self.model, asked)
        newest = self._window.newest
        time = now or (to_moment(datetime.fromtimestamp(newest, UTC)) if newest is not None else "")
        moved: dict[str, str] = {}
        self.changes, self.history = [], []
        for move in moves:
            for serial in move.articles:
                self._leave(serial)
                self._join(serial, move.new)
                moved[self._window.sketches[serial].id] = move.new
            ids = tuple(self._window.sketches[serial].id for serial in move.articles)
            self.changes.append(Change(ids, move.old, move.new, _why(move), move.merged))
            self.history.extend(_told(move, time))
        return moved

    def _leave(self, serial: int) -> None:
        story = self._story.pop(serial, None)
        if story is not None:
            self._members[story].remove(serial)
            if not self._members[story]:
                del self._members[story]

    def _slide(self, placed: Sequence[int]) -> None:
        """Forget what the window of the articles to be placed no longer holds, whatever came later than they."""
        moments = [when for serial in placed if (when := self._window.sketches[serial].seconds) is not None]
        if moments:
            self._forget(min(moments) - self._window.seconds)
        for serial in self._window.undated_beyond(UNDATED):
            self._drop(serial)

    def _forget(self, seconds: float) -> None:
        for serial in self._window.older_than(seconds):
            self._drop(serial)

    def _drop(self, serial: int) -> None:
        self._leave(serial)
        self._window.remove(serial)

    def _add(self, item: Item) -> tuple[int, dict[int, str]]:
        article, tags, family = item
        made, labels = sketch(article, tags, family, self._arrivals)
        self._arrivals += 1
        if self._encoder is not None:
            made.meaning = meaning(self._encoder, article)
        return self._take(made), labels

    def _take(self, made: Sketch) -> int:
        old = self._window.serial_of.get(made.id)
        if old is not None:
            self._drop(old)
        return self._window.add(made)

    def _join(self, serial: int, story: str) -> None:
        self._story[serial] = story
        insort(self._members.setdefault(story, []), serial, key=lambda s: self._window.sketches[s].key)

    def _in_order(self, serials: Sequence[int]) -> list[int]:
        return sorted(serials, key=lambda serial: self._window.sketches[serial].key)

    def _score(self, serials: Sequence[int]) -> Scored:
        """Score each article with its candidates and with the members of their stories."""
        asked: list[tuple[int, list[int], Matrix, list[float]]] = []
        together: dict[Pair, list[float]] = {}  # of articles that are placed in one go: the rivals that each sees
        fresh = set(serials)
        for serial in self._in_order(serials):
            others = self._others(serial)
            if others:
                rows = compare(self._window, serial, others)
                crowd = crowding(rows, [self._story.get(s, s) for s in others])
                asked.append((serial, others, rows, crowd))
                for other, value in zip(others, crowd, strict=True):
                    if other in fresh:
                        together.setdefault(pair(serial, other), []).append(value)
        scored = Scored()
        for serial, others, rows, crowd in asked:
            # Two articles of one moment see each other's rivals: the mean, so that neither comes first.
            for at in (at for at, other in enumerate(others) if other in fresh):
                seen = together[pair(serial, others[at])]
                crowd[at] = sum(seen) / len(seen)
            full = complete(rows, crowd)
            chances = self.model.probability(full, self._window.foreign(serial, others)).tolist()
            scored.add(serial, others, full, chances, fresh)
        return scored

    def _others(self, serial: int) -> list[int]:
        found = self._window.candidates(serial, CANDIDATES) + self._window.alike(serial)
        stories: dict[str, None] = {}
        for other in found:
            story = self._story.get(other)
            if story is not None and len(stories) < STORIES:
                stories[story] = None
        for story in stories:
            found.extend(s for s in self._members[story][-MEMBERS:] if self._window.can_meet_serials(serial, s))
        return list(dict.fromkeys(found))

    def _open_stories(self, serials: Sequence[int], scored: Scored) -> dict[str, list[int]]:
        """Give the stories that any of the articles was scored with, each with its newest members."""
        mine = set(serials)
        names = {self._story[s] for key in scored.chance for s in key if s not in mine}
        return {name: self._members[name][-MEMBERS:] for name in sorted(names)}

    def _explain(self, serial: int, story: str, scored: Scored, labels: dict[int, str]) -> Link:
        sketches = self._window.sketches
        there = [s for s in scored.partners(serial) if self._story.get(s) == story]
        if not there:
            return Link(sketches[serial].id, story, None, None)
        best, nearest = max(
            ((scored.chance[pair(serial, s)], s) for s in there), key=lambda each: (each[0], sketches[each[1]].key)
        )
        return Link(
            sketches[serial].id,
            story,
            best,
            sketches[nearest].id,
            _plain(scored.features(serial, nearest)),
            self._shared(serial, nearest, labels),
        )

    def _shared(self, serial: int, other: int, labels: dict[int, str]) -> tuple[str, ...]:
        mine, theirs = self._window.sketches[serial], self._window.sketches[other]
        common = np.intersect1d(mine.terms[mine.flags != PAIR], theirs.terms, assume_unique=True)
        hashes = self._window.terms.hashes(common)
        order = np.lexsort((hashes, -self._window.rarity(common)))
        unique: dict[str, str] = {}
        for term in hashes[order].tolist():
            if word := labels.get(term):
                unique.setdefault(word.casefold(), word)
                if len(unique) == SHARED_WORDS:
                    break
        return tuple(unique.values())


def _lots(items: Sequence[Item], arrivals: int) -> Iterator[list[int]]:
    """Deal items out, in the order of their moments and ids, to lots of at most TOGETHER with no id twice."""
    keys = [order_of(article.published, article.id, arrivals + at) for at, (article, _, _) in enumerate(items)]
    lot: dict[str, int] = {}
    for at in sorted(range(len(items)), key=keys.__getitem__):
        if len(lot) == TOGETHER or items[at][0].id in lot:
            yield sorted(lot.values())
            lot = {}
        lot[items[at][0].id] = at
    if lot:
        yield sorted(lot.values())


def _why(move: Move) -> str:
    if move.merged:
        return f"their links are {move.strength:.2f} strong"
    return f"the strongest link to the rest is {move.strength:.2f}"


def _told(move: Move, time: str) -> list[Happening]:
    number, why = f"{len(move.articles)} article{'' if len(move.articles) == 1 else 's'}", _why(move)
    if move.merged:
        return [
            Happening(move.old, time, f"merged into {move.new}", why),
            Happening(move.new, time, f"took {number} over from {move.old}", why),
        ]
    return [
        Happening(move.old, time, f"{number} split off to {move.new}", why),
        Happening(move.new, time, f"split off from {move.old}", why),
    ]


def _plain(features: Sequence[float]) -> tuple[tuple[str, float], ...]:
    """Name the features that are there, without those that only repeat others for undated articles."""
    named = zip(NAMES, features, strict=True)
    return tuple((name, round(value, 3)) for name, value in named if value and not name.endswith("_undated"))
