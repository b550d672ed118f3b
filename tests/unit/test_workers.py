"""Records run in order, and a bad one harms no other."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from dateline.workers import Failed, collecting_seldom, ordered


def double(n: int) -> int:
    return 2 * n


def troublesome(n: int) -> int:
    if n == 3:
        raise ValueError("three")
    if n == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    if n == 7:
        time.sleep(30)
    return n


def forgiving(n: int) -> int:
    """Take every failure of a first try for the try's own, as a second opinion on a page does."""
    try:
        time.sleep(5)
    except Exception:  # noqa: BLE001 - what the test is about
        time.sleep(5)
    return n


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order(jobs: int) -> None:
    assert list(ordered(double, range(100), jobs=jobs)) == [(n, 2 * n) for n in range(100)]


def test_one_bad_record_stops_no_other() -> None:
    answers = dict(ordered(troublesome, range(40), jobs=2, limit=1))
    assert answers[3] == Failed("ValueError: three")
    assert answers[5] == Failed("took its process down")
    assert answers[7] == Failed("took more than 1 seconds")
    assert [n for n in range(40) if answers[n] != n] == [3, 5, 7]


def test_the_time_limit_is_nobodys_own_failure() -> None:
    begun = time.monotonic()
    assert list(ordered(forgiving, [1], jobs=1, limit=1)) == [(1, Failed("took more than 1 seconds"))]
    assert time.monotonic() - begun < 4


def test_a_result_comes_while_the_next_item_is_still_awaited() -> None:
    seen = threading.Event()

    def slow() -> Iterator[int]:
        yield 1
        assert seen.wait(20), "the first result was held back"
        yield 2

    for item, _answer in ordered(double, slow(), jobs=2):
        if item == 1:
            seen.set()


def test_an_error_of_the_source_reaches_the_caller() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        list(ordered(double, broken(), jobs=2))


def test_the_callers_collector_is_as_it_was() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyError), collecting_seldom():
        assert gc.get_threshold() != before and gc.get_freeze_count() > 0
        raise KeyError
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)
