"""Made once for the same records: a key that is the record itself, not what it says."""

from __future__ import annotations

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
