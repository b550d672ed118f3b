"""A desk's own lists: files of the same form as the shipped ones, in its folder `lexicon/`, for that desk alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

from dateline import lexicon, workers
from dateline.lexicon.named import actors
from dateline.lexicon.outlets import agencies, reposters

FILES = ("actors.tsv", "agencies.toml", "outlets.toml", "places.tsv", "reposters.toml")


def use_folder(folder: Path) -> None:
    """Know the own lists of one desk, and no other desk's, here and in every process that starts from here.

    Their entries go before the shipped ones of the same name. Raises InputError where a list is wrong.
    """
    for lists in (actors, agencies, reposters):
        lists.use_folder(folder)
    workers.at_start(use_folder, folder)


def fingerprint(folder: Path) -> str:
    """Hash the shipped lists and, after a plus sign, a desk's own, so that a record can say what it was made with."""
    found = [folder / name for name in FILES if (folder / name).is_file()]
    digest = hashlib.sha256()
    for path in found:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return lexicon.fingerprint() + (f"+{digest.hexdigest()[:16]}" if found else "")
