"""Joining scored articles and stories, the strongest link first."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Pair = tuple[int, int]
# Members of a group that an article must have been scored with: of a larger one not all can be, and that it was not
# with the rest says nothing.
ENOUGH = 8


def pair(one: int, other: int) -> Pair:
    """Name a pair of articles the same way round whatever comes first."""
    return (one, other) if one < other else (other, one)


@dataclass(slots=True)
class Tie:
    """The links between two groups of articles: the sum of their probabilities and the two highest of them."""

    total: float = 0.0
    best: float = 0.0
    second: float = 0.0
    count: int = 0

    def add(self, chance: float) -> None:
        """Take one more link in."""
        self.total += chance
        self.count += 1
        if chance > self.best:
            self.best, self.second = chance, self.best
        elif chance > self.second:
            self.second = chance

    def join(self, other: Tie) -> None:
        """Take in the links of another pair of groups."""
        self.total += other.total
        self.count += other.count
        self.best, self.second = sorted((self.best, self.second, other.best, other.second), reverse=True)[:2]

    def means(self, pairs: int) -> tuple[float, float]:
        """Give the mean over so many pairs of articles and over the best two of them; one not scored counts as 0."""
        return self.total / max(pairs, self.count), (self.best + self.second) / min(2, pairs)


@dataclass(slots=True)
class _Cluster:
    story: str | None
    old: int  # members that it had, of those scored
    new: list[int]
    first: int  # rank of its first article, to break ties
    links: dict[int, Tie] = field(default_factory=dict)  # to other clusters

    @property
    def size(self) -> int:
        return self.old + len(self.new)


def gather(
    articles: Sequence[int],
    chances: Mapping[Pair, float],
    stories: Mapping[str, Sequence[int]],
    worth: Callable[[float, float], float],
    threshold: float,
) -> list[tuple[str | None, list[int]]]:
    """Join articles to each other and to stories by average link until no link is at or above the threshold.

    `chances` holds the probability of each scored pair (one that was not scored counts as 0, up to ENOUGH), `stories`
    the members of the open stories, `worth` makes a cluster link's strength of its mean and of the mean of its best.
    Gives each group that holds any of the articles: its story, or None where it is a new one, and the articles. No two
    stories are joined here. `articles` must come in an order that does not depend on how they were given.
    """
    clusters = _clusters(articles, chances, stories)
    heap: list[tuple[float, int, int, int, int]] = []

    def push(one: int, other: int) -> None:
        a, b = clusters[one], clusters[other]
        if a.story is not None and b.story is not None:
            return
        tie, pairs = a.links[other], min(a.size, b.size) * min(max(a.size, b.size), ENOUGH)
        strength = round(worth(*tie.means(pairs)), 6)
        if strength >= threshold:
            low, high = sorted((a.first, b.first))
            heapq.heappush(heap, (-strength, low, high, one, other))

    for one, cluster in clusters.items():
        for other in cluster.links:
            if one < other:
                push(one, other)
    made = len(clusters)
    while heap:
        _, _, _, one, other = heapq.heappop(heap)
        if one in clusters and other in clusters:
            _merge(clusters, one, other, made)
            for third in clusters[made].links:
                push(made, third)
            made += 1
    return [(c.story, c.new) for c in clusters.values() if c.new]


def _clusters(
    articles: Sequence[int], chances: Mapping[Pair, float], stories: Mapping[str, Sequence[int]]
) -> dict[int, _Cluster]:
    clusters: dict[int, _Cluster] = {}
    home: dict[int, int] = {}
    for story, members in stories.items():
        for member in members:
            home[member] = len(clusters)
        clusters[len(clusters)] = _Cluster(story, len(members), [], -1 - len(clusters))
    for rank, article in enumerate(articles):
        home[article] = len(clusters)
        clusters[len(clusters)] = _Cluster(None, 0, [article], rank)
    for (one, other), chance in chances.items():
        a, b = home.get(one), home.get(other)
        if a is not None and b is not None and a != b:
            tie = clusters[a].links.get(b)
            if tie is None:
                tie = clusters[a].links[b] = clusters[b].links[a] = Tie()
            tie.add(chance)
    return clusters


def _merge(clusters: dict[int, _Cluster], one: int, other: int, made: int) -> None:
    a, b = clusters.pop(one), clusters.pop(other)
    links: dict[int, Tie] = {}
    for part in (a, b):
        for third, tie in part.links.items():
            if third in clusters:
                links.setdefault(third, Tie()).join(tie)
    for third, link in links.items():
        neighbour = clusters[third].links
        neighbour.pop(one, None)
        neighbour.pop(other, None)
        neighbour[made] = link
    clusters[made] = _Cluster(
        a.story if a.story is not None else b.story,
        a.old + b.old,
        a.new + b.new,
        min(a.first, b.first),
        links,
    )
