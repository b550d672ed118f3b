"""The pairs of articles that were scored in one go: how probable each link is, and from which features."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from dateline.stories.linking.features import Matrix
from dateline.stories.linking.gather import Pair, pair


@dataclass(slots=True)
class Scored:
    """Scored pairs; where two articles of one moment asked for each other, the first to ask is the one that counts."""

    chance: dict[Pair, float] = field(default_factory=dict)
    _asked: dict[int, tuple[list[int], Matrix]] = field(default_factory=dict)  # article → those it asked for
    _asker: dict[Pair, int] = field(default_factory=dict)
    _partners: dict[int, dict[int, None]] = field(default_factory=dict)

    def add(
        self, serial: int, others: list[int], rows: Matrix, chances: Sequence[float], fresh: Collection[int]
    ) -> None:
        """Take in an article's rows; `fresh` are the articles that are placed together with it."""
        self._asked[serial] = others, rows
        self._partners.setdefault(serial, {}).update(dict.fromkeys(others))
        for other, chance in zip(others, chances, strict=True):
            key = pair(serial, other)
            if key not in self.chance:
                self.chance[key] = chance
                self._asker[key] = serial
            if other in fresh:
                self._partners.setdefault(other, {})[serial] = None

    def partners(self, serial: int) -> Collection[int]:
        """Give the articles that one was scored with."""
        return self._partners.get(serial, {})

    def features(self, one: int, other: int) -> list[float]:
        """Give the features of a scored pair."""
        asker = self._asker[pair(one, other)]
        others, rows = self._asked[asker]
        found: list[float] = rows[others.index(other if asker == one else one)].tolist()
        return found
