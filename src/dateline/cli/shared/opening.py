"""Find and open the desk that a command is about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.config import default_desk

if TYPE_CHECKING:
    from dateline.desk import Desk


def desk_folder() -> Path:
    """Name the desk's folder: --desk, else DATELINE_DESK, else ./desk."""
    return default_desk()


@contextmanager
def open_desk() -> Iterator[Desk]:
    """Open the desk; raises ConfigError where there is none."""
    from dateline.desk import Desk

    desk = Desk.open(desk_folder())
    try:
        yield desk
    finally:
        desk.close()
