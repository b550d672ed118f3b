"""Invented pages in the form of the aggregator pages that readers save, with the events they tell."""

from __future__ import annotations

import pytest
from tests.golden.events.scoring import Score, pages, score


def _whole(held: bool) -> list[Score]:
    return [score(path) for path in pages(held=held)]


@pytest.mark.parametrize(("held", "share"), [(False, 1.0), (True, 0.73)], ids=["mended on", "held"])
def test_core_events_come_out_complete(held: bool, share: float) -> None:
    found = _whole(held)
    asked, complete = sum(s.asked for s in found), sum(s.complete for s in found)
    assert complete >= share * asked, [s.wrong for s in found]


@pytest.mark.parametrize("held", [False, True], ids=["mended on", "held"])
def test_no_rule_is_broken_and_little_is_extra(held: bool) -> None:
    for one in _whole(held):
        assert one.broken == ()
        assert len(one.extra) <= 5, one.extra
