"""A table of words and phrases that answers quickly whether one begins or ends with a word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Phrases(Generic[T]):
    """Phrases (lower case, single spaces) → values, looked up among a sentence's words."""

    __slots__ = ("_first", "_last", "_table", "longest")

    def __init__(self, items: Iterable[tuple[str, T]]) -> None:
        """Keep the first value given for each phrase."""
        self._table: dict[str, T] = {}
        self._first: dict[str, int] = {}  # first word → most words of a phrase that begins so
        self._last: dict[str, int] = {}
        for phrase, value in items:
            self._table.setdefault(phrase, value)
            parts = phrase.split(" ")
            self._first[parts[0]] = max(len(parts), self._first.get(parts[0], 0))
            self._last[parts[-1]] = max(len(parts), self._last.get(parts[-1], 0))
        self.longest = max(self._first.values(), default=0)

    def __contains__(self, word: object) -> bool:
        """Tell whether a word or phrase is listed."""
        return word in self._table

    def get(self, phrase: str) -> T | None:
        """Give a phrase's value; None where it is not listed."""
        return self._table.get(phrase)

    def at(self, words: Sequence[str], index: int) -> tuple[int, T] | None:
        """Give (words taken, value) of the longest phrase that begins at a word."""
        most = self._first.get(words[index]) if index < len(words) else None
        if most is None:
            return None
        for count in range(min(most, len(words) - index), 0, -1):
            joined = " ".join(words[index : index + count]) if count > 1 else words[index]
            if joined in self._table:
                return count, self._table[joined]
        return None

    def before(self, words: Sequence[str], index: int) -> tuple[int, T] | None:
        """Give (words taken, value) of the longest phrase that ends just before a word."""
        most = self._last.get(words[index - 1]) if index > 0 else None
        if most is None:
            return None
        for count in range(min(most, index), 0, -1):
            joined = " ".join(words[index - count : index]) if count > 1 else words[index - 1]
            if joined in self._table:
                return count, self._table[joined]
        return None
