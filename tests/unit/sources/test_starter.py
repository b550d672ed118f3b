"""The list of feeds to start with."""

from __future__ import annotations

from pathlib import Path

import pycountry
import pytest

from dateline.lexicon.outlets import starter
from dateline.sources import clean


def test_each_feed_is_a_public_address_of_an_outlet_in_a_country() -> None:
    found = starter.starter_feeds()
    assert len(found) >= 150
    assert len({feed.address for feed in found}) == len(found)
    for feed in found:
        assert clean.link(feed.address) == feed.address
        assert pycountry.countries.get(alpha_3=feed.country), feed
        assert pycountry.languages.get(alpha_2=feed.language), feed
        assert feed.name


def test_regions_and_languages_choose() -> None:
    assert starter.regions() == (
        "world",
        "africa",
        "asia",
        "europe",
        "latin_america",
        "middle_east",
        "north_america",
        "oceania",
    )
    world = starter.starter("world")
    assert 20 <= len(world) <= 60
    assert {feed.region for feed in world} == set(starter.regions()[1:])
    assert all(len(starter.starter(region)) >= 10 for region in starter.regions())
    assert starter.starter("Latin America", "es")
    assert {feed.language for feed in starter.starter("africa", "fr")} == {"fr"}
    assert starter.starter("atlantis") == ()


def test_a_desk_begins_with_a_list(tmp_path: Path) -> None:
    from dateline.cli.desk import init
    from dateline.desk import Desk
    from dateline.errors import UsageError

    init(tmp_path / "desk", "oceania")
    desk = Desk.open(tmp_path / "desk")
    assert {(s.address, s.name, s.topics, s.kind) for s in desk.reader.sources()} == {
        (feed.address, feed.name, ("oceania",), "feed") for feed in starter.starter("oceania")
    }
    desk.close()
    with pytest.raises(UsageError, match="there are world, africa"):
        init(tmp_path / "other", "atlantis")
    assert not (tmp_path / "other").exists()
