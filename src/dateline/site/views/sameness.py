"""Made once for the same records: a key that is the record itself, not what it says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class Same(Generic[T]):
    """Stands for one record as a key of a cache: to compare what records say would take longer than to use them.

    The store gives an unchanged row as the same record, and a changed one as another. A cache that holds the key holds
    the record, so that its place in memory is nobody else's.
    """

    __slots__ = ("it",)

    def __init__(self, it: T) -> None:
        """Stand for a record."""
        self.it = it

    def __hash__(self) -> int:
        """Give where the record lies."""
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        """Tell whether both are one."""
        return isinstance(other, Same) and self.it is other.it


class SameAll(Generic[T]):
    """Stands for a row of records as a key of a cache, hashed and compared at once rather than one by one."""

    __slots__ = ("_places", "them")

    def __init__(self, them: Iterable[T]) -> None:
        """Stand for records in their order."""
        self.them = tuple(them)
        self._places = tuple(map(id, self.them))

    def __hash__(self) -> int:
        """Give the hash of where the records lie."""
        return hash(self._places)

    def __eq__(self, other: object) -> bool:
        """Tell whether both are the same records in the same order."""
        return isinstance(other, SameAll) and self._places == other._places
