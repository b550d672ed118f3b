"""What hubs tell the site, kept as files until the next pass reads it: the site answers at once and writes no record.

A file is there whole or not at all, also after a power cut; a pass removes it once what it says is in the store.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dateline.errors import SourceError

FOLDER = "pushed"  # within the desk's folder
MOST, MOST_BYTES = 2_000, 200_000_000  # files and bytes that wait: no hub can fill the disk
_END = ".push"

Kind = Literal["news", "verified", "stopped", "denied"]


@dataclass(frozen=True, slots=True)
class Message:
    """What a hub told about one subscription."""

    subscription: str
    kind: Kind
    body: bytes = b""
    charset: str | None = None
    lease: int | None = None  # seconds
    why: str | None = None


class Inbox:
    """The messages that wait, oldest first."""

    def __init__(self, desk: Path) -> None:
        self.folder = desk / FOLDER

    def put(self, message: Message) -> None:
        """Keep a message; one that waits already is kept once. Raises SourceError where too much waits."""
        self.folder.mkdir(parents=True, exist_ok=True)
        waiting = self._files()
        head = {
            name: value
            for name in ("subscription", "kind", "charset", "lease", "why")
            if (value := getattr(message, name)) is not None
        }
        data = json.dumps(head).encode() + b"\n" + message.body
        name = hashlib.sha256(data).hexdigest()[:32]
        if any(path.name.endswith(f"-{name}{_END}") for path in waiting):
            return
        if len(waiting) >= MOST or sum(_size(path) for path in waiting) + len(data) > MOST_BYTES:
            raise SourceError(f"{self.folder} holds {len(waiting)} messages of hubs: read them with 'dateline run'.")
        path = self.folder / f"{time.time_ns():020d}-{name}{_END}"
        part = path.with_suffix(".part")
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)

    def is_empty(self) -> bool:
        """Tell whether nothing waits."""
        return not self._files()

    def waiting(self) -> Iterator[tuple[Path, Message | None]]:
        """Yield each file with its message, None where it cannot be read; remove it when it is done with."""
        for path in self._files():
            yield path, _read(path)

    def _files(self) -> list[Path]:
        try:
            return sorted(path for path in self.folder.iterdir() if path.suffix == _END)
        except FileNotFoundError:
            return []


def _read(path: Path) -> Message | None:
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        return Message(body=body, **json.loads(head))
    except (OSError, ValueError, TypeError):
        return None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
