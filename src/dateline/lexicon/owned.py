"""Reads the lists of TOML tables: the shipped ones, and before them those that a desk has of its own."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

from dateline.errors import InputError
from dateline.lexicon import DATA

Row = TypeVar("Row")


class OwnedList(Generic[Row]):
    """A shipped TOML list of tables named `key`, with those of a desk before them."""

    def __init__(self, key: str, make: Callable[[Mapping[str, Any]], Row], columns: str) -> None:
        """Name the table that a file has, what makes a row of it, and in words which columns it must have."""
        self.key, self.make, self.columns = key, make, columns
        # the file's name is the plural of what it lists
        self.name = f"{key.removesuffix('y')}ies.toml" if key.endswith("y") else f"{key}s.toml"
        self.own: Path | None = None

    def use_folder(self, folder: Path) -> bool:
        """Take a desk's own list, or none; tell whether this changed anything. Raises InputError where it is wrong."""
        path = folder / self.name
        wanted = path if path.exists() else None
        if wanted is not None:
            self._read(wanted)
        changed, self.own = wanted != self.own, wanted
        return changed

    def rows(self) -> tuple[Row, ...]:
        """Give all rows, the desk's own first."""
        return tuple(row for path in (self.own, DATA / self.name) if path is not None for row in self._read(path))

    def _read(self, path: Path) -> tuple[Row, ...]:
        try:
            return tuple(map(self.make, tomllib.loads(path.read_text(encoding="utf-8"))[self.key]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"{path} is no list of {self.name.removesuffix('.toml')} ({error}): write {self.key} = "
                f"[{{ {self.columns} }}, …]."
            ) from None
