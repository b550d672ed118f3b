"""Public feeds to start a desk with, by region and language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.lexicon import DATA
from dateline.lexicon.tables import rows

WORLD = "world"


@dataclass(frozen=True, slots=True)
class StarterFeed:
    """One public feed and its outlet."""

    region: str
    country: str  # ISO 3166-1 alpha-3, where the outlet is seated
    language: str  # BCP 47
    name: str
    address: str
    world: bool  # part of the short list for the whole world


@cache
def starter_feeds() -> tuple[StarterFeed, ...]:
    """Give all feeds of data/starter.tsv in its order."""
    return tuple(
        StarterFeed(r["region"], r["country"], r["language"], r["name"], r["address"], r["world"] == "yes")
        for _, r in rows(DATA / "starter.tsv")
    )


def regions() -> tuple[str, ...]:
    """List the lists that `starter` knows: the whole world's short one, then each region's."""
    return (WORLD, *dict.fromkeys(feed.region for feed in starter_feeds()))


def starter(region: str, language: str | None = None) -> tuple[StarterFeed, ...]:
    """Give the feeds of a region (`world`: the short list), in one language where it is named; none where unknown."""
    name = region.strip().lower().replace("-", "_").replace(" ", "_")
    chosen = (feed for feed in starter_feeds() if feed.region == name or (name == WORLD and feed.world))
    return tuple(feed for feed in chosen if language is None or feed.language == language)
