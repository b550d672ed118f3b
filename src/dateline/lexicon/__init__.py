"""What a person reads and mends: the lists in data/, one loader module beside them for each."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@cache
def fingerprint(*patterns: str) -> str:
    """Hash the data lists of the lexicon, names and contents, so that a record can say what it was made with.

    `patterns` are globs over file names; without any, every list counts.
    """
    digest = hashlib.sha256()
    for path in sorted(DATA.rglob("*")):
        wanted = not patterns or any(path.match(pattern) for pattern in patterns)
        if wanted and path.is_file() and path.suffix in (".toml", ".tsv", ".json"):
            digest.update(path.relative_to(DATA).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
