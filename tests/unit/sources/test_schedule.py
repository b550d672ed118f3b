"""When sources are polled and articles looked at again."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Entry, SourceState
from dateline.sources.follow import schedule
from dateline.text.moments import instant

NOW = "2026-03-02T10:00:00Z"


def state(id: str = "o1", **more: int) -> SourceState:
    return SourceState(id, "https://quay.example/f", "feed", **more)


def seconds(made: SourceState, now: str = NOW) -> float:
    then, start = instant(made.next_poll), instant(now)
    assert then is not None
    assert start is not None
    return (then - start).total_seconds()


@given(
    st.text(min_size=1, max_size=8),
    st.one_of(st.none(), st.integers(0, 10**7)),
    st.integers(0, 10**6),
    st.integers(1, 10**5),
)
def test_the_next_poll_is_between_five_minutes_and_a_day(
    id: str, rhythm: int | None, at_least: int, before: int
) -> None:
    made = schedule.succeeded(state(id, interval=before), NOW, rhythm=rhythm, at_least=at_least)
    assert 300 <= (made.interval or 0) <= 86_400
    assert 300 <= seconds(made) <= 86_400


def test_the_interval_follows_the_rhythm() -> None:
    quick = [Entry(str(n), published=f"2026-03-02T{n:02}:00:00Z") for n in range(9)]
    slow = [Entry("a", published="2026-02-27T10:00:00Z"), Entry("b", published="2026-03-05T10:00:00Z")]
    assert schedule.rhythm_of(quick, NOW) == 9600
    assert schedule.rhythm_of(slow, NOW) == 7 * 86_400
    assert schedule.rhythm_of([Entry("a")], NOW) is None
    assert schedule.succeeded(state(), NOW, rhythm=9600).interval == 4800
    assert schedule.succeeded(state(interval=4800), NOW, rhythm=None).interval == 6000


def test_sources_added_at_once_are_spread_over_the_interval() -> None:
    states = [schedule.succeeded(state(f"o{n}"), NOW, rhythm=7200) for n in range(5000)]
    for _ in range(3):  # and stay so
        states = [schedule.succeeded(s, s.next_poll or "", rhythm=7200) for s in states]
    minutes = Counter(int(seconds(s)) // 60 % 60 for s in states)
    assert len(minutes) == 60
    assert max(minutes.values()) < 2 * 5000 / 60
    gaps = {seconds(s, s.last_success or "") for s in states}
    assert gaps == {3600}


@given(st.text(min_size=1, max_size=8), st.integers(0, 40))
def test_errors_back_off_to_a_day_and_no_further(id: str, errors: int) -> None:
    made = schedule.failed(state(id, errors_in_a_row=errors), "broken", NOW)
    assert 300 <= seconds(made) <= 86_400
    assert made.errors_in_a_row == errors + 1
    assert not made.paused
    assert made == schedule.failed(state(id, errors_in_a_row=errors), "broken", NOW)
    if errors > 10:
        assert seconds(made) >= 64_800


def test_errors_of_one_host_come_back_apart() -> None:
    assert len({seconds(schedule.failed(state(f"o{n}", errors_in_a_row=5), "x", NOW)) for n in range(50)}) > 40


def test_what_the_publisher_says_of_freshness() -> None:
    def good(ttl: int | None = None, **headers: str) -> int:
        return schedule.good_for({k.replace("_", "-"): v for k, v in headers.items()}, ttl, NOW)

    assert good(cache_control="public, max-age=600") == 600
    assert good(cache_control="max-age=600", age="100") == 500
    assert good(cache_control="max-age=99999999") == 86_400
    assert good(cache_control="no-cache", expires="Mon, 02 Mar 2026 12:00:00 GMT") == 0
    assert good(expires="Mon, 02 Mar 2026 12:00:00 GMT") == 7200
    assert good(expires="Mon, 02 Mar 2026 12:00:00 GMT", date="Mon, 02 Mar 2026 11:00:00 GMT") == 3600
    assert good(expires="0") == 0
    assert good(3600, cache_control="max-age=60") == 3600
    assert good() == 0


def test_articles_are_looked_at_again_four_times() -> None:
    first, last, looks = NOW, None, []
    for _ in range(10):
        at = schedule.next_look(first, last)
        if at is None:
            break
        looks.append(at)
        last = at
    assert looks == ["2026-03-02T11:00:00Z", "2026-03-02T16:00:00Z", "2026-03-03T10:00:00Z", "2026-03-09T10:00:00Z"]
    assert schedule.recheck_due(NOW, None, "2026-03-02T11:00:00Z")
    assert not schedule.recheck_due(NOW, None, "2026-03-02T10:59:59Z")
    assert not schedule.recheck_due(NOW, "2026-03-09T10:00:00Z", "2027-03-02T10:00:00Z")
    # A desk that slept looks once, not once for each look it missed.
    assert schedule.next_look(NOW, "2026-03-04T10:00:00Z") == "2026-03-09T10:00:00Z"


def test_a_state_without_times_is_due_and_a_paused_one_never() -> None:
    from dataclasses import replace

    assert schedule.is_due(state(), NOW)
    assert not schedule.is_due(replace(state(), paused=True), NOW)
    assert schedule.is_due(replace(state(), next_poll=NOW), NOW)
    late = instant(NOW)
    assert late is not None
    assert not schedule.is_due(replace(state(), next_poll=(late + timedelta(seconds=1)).isoformat()), NOW)
