"""What harms without anybody's deed: forces of nature, accidents, illness; from data/causes.toml."""

from __future__ import annotations

import tomllib
from functools import cache

from dateline.lexicon import DATA


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads((DATA / "causes.toml").read_text(encoding="utf-8"))


@cache
def forces() -> frozenset[str]:
    """Give the nouns of what harms without a doer wherever they stand, as lemmas."""
    return frozenset(word for words in _data()["forces"].values() for word in words.split())


@cache
def near() -> frozenset[str]:
    """Give the nouns of what may harm without a doer where the harm hangs on them."""
    return frozenset(_data()["near"]["things"].split())


@cache
def harmless_blasts() -> frozenset[str]:
    """Give the words beside which an explosion is an accident."""
    return frozenset(_data()["told"]["explosion"].split())


@cache
def failing() -> frozenset[str]:
    """Give the verbs that say, without an object, that a thing failed by itself."""
    return frozenset(_data()["fails"]["verbs"].split())


@cache
def deeds() -> frozenset[str]:
    """Give the words that show a human deed of force."""
    return frozenset(_data()["deeds"]["words"].split())


@cache
def fiction() -> frozenset[str]:
    """Give the nouns of what tells or rehearses a happening that is none."""
    return frozenset(_data()["told"]["fiction"].split())


@cache
def frame(name: str) -> frozenset[str]:
    """Give the words that together show what kind of world an article is of: `work` or `contest`."""
    return frozenset(_data()["told"][name].split())
