"""Reads the tab-separated lists: a comment block with the source, a line of column names, one entry a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dateline.errors import InputError


def rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, column → text) for each entry of a list.

    Lines that begin with # and empty lines are skipped; the first other line names the columns; columns left off at the
    end of a line are empty. Raises InputError where a line has more columns than the head, or the file is not UTF-8.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path} cannot be read ({error}); save it as UTF-8 text with tabs between columns."
        ) from error
    head: list[str] | None = None
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if head is None:
            head = cells
            continue
        if len(cells) > len(head):
            raise InputError(
                f"{path}, line {number}: {len(cells)} columns where the head has {len(head)}; check the tabs."
            )
        yield number, dict(zip(head, cells + [""] * (len(head) - len(cells)), strict=True))


def items(cell: str) -> tuple[str, ...]:
    """Split a cell that holds several names, parted by |."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
