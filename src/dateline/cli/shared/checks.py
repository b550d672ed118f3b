"""What `dateline doctor` looks at."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import DatelineError


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at, whether it is sound, and what was seen."""

    name: str
    sound: bool
    said: str


def run_checks(folder: Path) -> Iterator[Check]:
    """Yield each check as it is done; none raises."""
    yield _guard("Python", lambda: sys.version.split()[0])
    yield _guard("lexicon", _lexicon)
    yield _guard("places", _places)
    yield _guard("parser", _parser)
    yield _guard("disk", lambda: _disk(folder))
    yield _guard("languages", lambda: _languages(folder))
    if (folder / "dateline.toml").exists():
        yield _guard("desk", lambda: _desk(folder))
    else:
        yield Check("desk", True, f"none in {folder} yet: 'dateline init {folder}' makes one")


def _guard(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except DatelineError as error:
        return Check(name, False, str(error))
    except Exception as error:  # noqa: BLE001 - a doctor reports whatever is wrong
        return Check(name, False, f"{type(error).__name__}: {error}")


def _lexicon() -> str:
    from dateline import lexicon

    return f"data lists read, fingerprint {lexicon.fingerprint()[:12]}"


def _places() -> str:
    from dateline.tags.places import places

    found = places("The minister arrived in Nairobi on Monday.")
    if not any(p.country == "KEN" for p in found):
        raise DatelineError("the gazetteer does not find Nairobi: remove its index and start again")
    return "gazetteer finds Nairobi"


def _parser() -> str:
    from dateline.text.parse import model_name

    return f"language model {model_name()}"


def _languages(folder: Path) -> str:
    from dateline import config
    from dateline.stories.linking.encoder import EXTRA, PACKAGE, installed

    there = (folder / config.FILE).exists()
    across = config.load(folder).stories.across_languages if there else config.StorySettings().across_languages
    if across == "encoder" and not installed():
        raise DatelineError(
            f"[stories] across_languages = 'encoder' needs the package {PACKAGE}: install 'dateline[{EXTRA}]', "
            "or write 'names'"
        )
    if across == "encoder":
        return f"stories reach across languages by the encoder of {PACKAGE}"
    if across == "names":
        return "stories reach across languages by the names, places and numbers that both texts have"
    have = f"{PACKAGE} is installed" if installed() else f"better with 'dateline[{EXTRA}]' and 'encoder'"
    return f"each story is of one language; [stories] across_languages = 'names' joins several ({have})"


def _disk(folder: Path) -> str:
    at = folder if folder.exists() else Path()
    free = shutil.disk_usage(at.absolute()).free / 1e9
    if free < 0.5:
        raise DatelineError(f"only {free:.1f} GB free beside {at.absolute()}: make room before the next pass")
    return f"{free:.0f} GB free"


def _desk(folder: Path) -> str:
    from dateline.desk import Desk

    desk = Desk.open(folder)
    try:
        desk.check()
        counts = desk.reader.counts()
        failing = sum(1 for s in desk.reader.sources() if s.error)
        return f"{folder} is whole: {counts.articles} articles, {counts.stories} stories; {failing} sources fail"
    finally:
        desk.close()
