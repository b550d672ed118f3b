"""Where an export goes: a file that is there whole or not at all, or a stream."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from dateline.errors import UsageError


@contextmanager
def into(path: Path | None, stream: BinaryIO) -> Iterator[BinaryIO]:
    """Give a stream that becomes the file `path` at the end of the block; `stream` where there is no path or it is -.

    A link is followed; what is no file (a device, a named pipe) is written into as it stands, never replaced. Raises
    UsageError where the file cannot be written; where the block raises, the file is left as it was.
    """
    if path is None or str(path) == "-":
        yield stream
        stream.flush()
        return
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as made:
                yield made
        else:
            with _whole(path.resolve()) as made:
                yield made
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}.") from None


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    aside = path.with_name(f"{path.name}.part")
    try:
        with aside.open("wb") as made:
            yield made
            made.flush()
            os.fsync(made.fileno())
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
