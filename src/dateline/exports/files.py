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
    """Give a stream that becomes the file `path` at the end of the block, or `stream` where there is no path.

    Raises UsageError where the file cannot be written; where the block raises, the file is left as it was.
    """
    if path is None:
        yield stream
        stream.flush()
        return
    aside = path.with_name(f"{path.name}.part")
    try:
        with aside.open("wb") as made:
            yield made
            made.flush()
            os.fsync(made.fileno())
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise UsageError(f"{path} cannot be written: {error.strerror or error}.") from None
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
