"""Rights, addresses, words, marks, drawings and feeds by themselves."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
import site_desk as desk
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Article, EventDate, Quote, Rights, RightsSignal
from dateline.site import feeds, links, render, rights, words
from dateline.site.assets import assets
from dateline.site.drawing import maps, timeline
from dateline.site.drawing.room import Area, Point, beside_marks, meet, with_room, written
from dateline.site.views import lists
from dateline.site.views.article import diff
from dateline.site.views.marks import Mark, paragraphs
from dateline.site.visit import FeedItem

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        ("http://a.example:8080/ä b", "http://a.example:8080/%C3%A4%20b"),
        ("HTTPS://A.example/", "https://a.example/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("javascript:alert(1)", None),
        (" java\nscript:alert(1)", None),
        ("\u200bjavascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example/x", None),
        ("https://user:pass@a.example/", None),
        ("https://", None),
        ("https://a.example:99999/", None),
        ("https://[::1/", None),
        ('https://a.example"onclick="x', None),
        ("ftp://a.example/", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, kept: str | None) -> None:
    assert links.outside(url) == kept


@given(st.text())
def test_no_address_gets_out_of_its_attribute(url: str) -> None:
    made = links.outside("https://a.example/" + url)
    assert made is None or (made.startswith("https://a.example") and not set("\"'<> \n") & set(made.replace("'", "")))


@pytest.mark.parametrize(
    ("server", "host", "headers", "setting", "address", "profile"),
    [
        ("127.0.0.1", "127.0.0.1", [], None, None, "private"),
        ("::1", "localhost", [], "private", None, "private"),
        ("127.0.0.1", "evil.example", [], None, None, "link"),
        ("127.0.0.1", "127.0.0.1", ["x-forwarded-for"], "private", None, "link"),
        ("10.0.0.5", "127.0.0.1", [], "private", None, "link"),
        ("127.0.0.1", "127.0.0.1", [], None, "https://news.example", "link"),
        ("127.0.0.1", "127.0.0.1", [], "strict", None, "strict"),
        (None, None, [], None, None, "link"),
    ],
)
def test_full_texts_are_for_the_owner_on_this_machine(
    server: str | None, host: str | None, headers: list[str], setting: str | None, address: str | None, profile: str
) -> None:
    assert rights.profile(desk.settings(rights=setting, address=address), server, host, headers) == profile


@pytest.mark.parametrize(
    ("signals", "limit"),
    [
        ([("robots", "max-snippet:50, noarchive")], 50),
        ([("robots", "max-snippet:50, noindex")], 0),
        ([("robots", "max-snippet:-1")], 160),
        ([("x-robots-tag", "nosnippet")], 0),
        ([("max-snippet", "20")], 20),
        ([("max-snippet", "lots")], 160),
        ([("max-snippet", "300"), ("robots", "max-snippet:90")], 90),
        ([], 160),
    ],
)
def test_the_publishers_limit_is_read(signals: list[tuple[str, str]], limit: int) -> None:
    article = Article("a", None, None, "x", rights=Rights(None, tuple(RightsSignal(n, v, "meta") for n, v in signals)))
    assert rights.allowance(article, "link") == limit


@given(st.text(min_size=1, max_size=600), st.data())
def test_a_budget_is_never_overdrawn(text: str, data: st.DataObject) -> None:
    article = Article("a", None, None, text)
    budget, used = rights.Budget("link"), 0
    for _ in range(4):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(0, len(text)))
        shown = budget.take(article, start, end, around=data.draw(st.integers(0, len(text))))
        if shown is not None:
            assert text[shown.start : shown.start + len(shown.text)] == shown.text
            used += len(shown.text)
    assert used <= rights.SNIPPET


@given(st.text(alphabet="ab \n", max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=5))
def test_marking_changes_no_character(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(a, b, "quote") for a, b in spans]
    pieces = [piece for block in paragraphs(text, 0, marks) for piece in block]
    assert "".join(piece.text for piece in pieces) == text.replace("\n\n", "")


def test_the_innermost_mark_wins() -> None:
    [[a, b, c]] = paragraphs("one two three", 10, [Mark(10, 23, "actor"), Mark(14, 17, "place")])
    assert [(p.text, p.mark.kind if p.mark else None) for p in (a, b, c)] == [
        ("one ", "actor"), ("two", "place"), (" three", "actor"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "text"),
    [
        (19, 19, "exactly", "19"),
        (19, None, "at_least", "at least 19"),
        (13, None, "more_than", "more than 12"),
        (50, 50, "about", "about 50"),
        (None, 40, "up_to", "up to 40"),
        (24, None, "dozens", "dozens"),
        (3, 5, "range", "3–5"),
        (12400, 12400, "exactly", "12,400"),
        (1_500_000, 1_500_000, "exactly", "1.5 million"),
        (None, None, None, "not known"),
    ],
)
def test_intervals_read_as_they_were_said(low: int | None, high: int | None, qualifier: str | None, text: str) -> None:
    assert words.interval(low, high, qualifier) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2026-11-20", "2026-11-20", "20 Nov"),
        ("2026-11-20", "2026-11-22", "20–22 Nov"),
        ("2026-10-30", "2026-11-02", "30 Oct – 2 Nov"),
        ("2025-10-01", "2025-10-31", "October 2025"),
        ("2014-01-01", "2014-12-31", "2014"),
        ("1980-01-01", "1989-12-31", "1980–1989"),
        ("2026-11-20", None, "since 20 Nov"),
        (None, "2026-11-20", "until 20 Nov"),
        (None, None, "date not known"),
    ],
)
def test_dates_are_as_fine_as_they_are_known(first: str | None, last: str | None, text: str) -> None:
    assert words.event_date(EventDate(first, last, None), NOW) == text


def test_moments_are_told_from_the_desks_clock() -> None:
    assert words.ago("2026-11-22T14:48:00Z", NOW) == "12 min ago"
    assert words.ago("2026-11-22T12:00:00+03:00", NOW) == "6 h ago"
    assert words.ago("2026-11-21", NOW) == "yesterday"
    assert words.brief("2026-11-22T14:48:00Z", NOW) == "14:48"
    assert words.full(None) == "undated"


def test_every_type_has_its_mark_and_letters_of_its_own() -> None:
    sheet = assets()["marks.svg"].body.decode()
    assert all(f'<g id="{name}">' in sheet for name in words.TYPES)
    assert len({entry.letters for entry in words.TYPES.values()}) == len(words.TYPES) == 16


def test_countries_can_be_drawn_at_both_scales() -> None:
    for code in ("KEN", "FRA", "RUS", "PSE", "KOS"):
        for scale in ("110m", "50m"):
            assert f'id="{code}"' in assets()[f"world-{scale}.svg"].body.decode()


def _drawn(ids: set[str], **more: object) -> maps.Drawing:
    from dateline.site.views import lists
    from dateline.site.visit import Visit

    visit = Visit(desk.store(), desk.settings(), "private", NOW, "/", {})
    events = [event for event in desk.EVENTS if event.id in ids]
    return maps.draw(events, [lists.event_line(visit, event) for event in events], **more)  # type: ignore[arg-type]


def test_a_country_is_an_area_and_a_town_a_point_with_a_ring() -> None:
    drawn = _drawn({"e1", "e2", "e3"})
    assert [area.code for area in drawn.areas] == ["KEN"]
    [point] = drawn.points
    assert 0 < point.x < 100 and 0 < point.y < 100
    [ring] = drawn.rings
    assert ring.precision == "near" and ring.r == pytest.approx(30 / 111.2 * drawn.grid, abs=0.1)
    assert [row.id for row in drawn.nowhere] == ["e3"]


def test_what_is_written_of_a_country_stands_clear_of_marks_and_of_each_other() -> None:
    point = Point(1, "Nakuru", 50.0, 50.0, "ASSAULT", "city", (), True)
    areas = [Area(n, code, name, 50.0, 50.0, True, ()) for n, code, name in ((2, "KEN", "Kenya"), (3, "UGA", "Uganda"))]
    moved = beside_marks(areas, [point], 600, 400, named=True)
    boxes = [(291, 191, 309, 209), *(written(area, 600, 400, named=True) for area in moved)]
    assert not any(meet(one, other) for at, one in enumerate(boxes) for other in boxes[at + 1 :])
    assert [area.x for area in moved] == [50.0, 50.0]
    (kept,) = with_room([point], moved, 600, 400, named=True)
    assert kept.named is not any(meet((310, 185, 320, 197), box) for box in boxes[1:])


def test_a_point_stands_where_its_degrees_say() -> None:
    [point] = _drawn({"e1"}, world=True).points
    west, south, east, north = maps.WORLD
    assert point.x == pytest.approx((39.6401 - west) / (east - west) * 100, abs=0.02)
    assert point.y == pytest.approx((north + 0.4536) / (north - south) * 100, abs=0.02)


@given(st.floats(-180, 179), st.floats(-90, 89), st.floats(0.01, 300), st.floats(0.01, 150))
def test_any_frame_can_be_drawn_and_zoomed(west: float, south: float, width: float, height: float) -> None:
    frame = (west, south, min(180.0, west + width), min(90.0, south + height))
    drawn = _drawn({"e1", "e2"}, frame=frame)
    assert drawn.frame[2] > drawn.frame[0] and drawn.frame[3] > drawn.frame[1]
    near = maps.zoomed(drawn.frame, 0.5)
    assert -180 <= near[0] <= near[2] <= 180 and -90 <= near[1] <= near[3] <= 90


def test_a_timeline_places_days_and_open_ends() -> None:
    from dateline.site.views import lists
    from dateline.site.visit import Visit

    visit = Visit(desk.store(), desk.settings(), "private", NOW, "/", {})
    events = visit.events_of_story("sflood")
    drawn = timeline.by_event_time(events, [lists.event_line(visit, event) for event in events], NOW)
    assert drawn is not None and drawn.left_out == 1
    closed, open_ = drawn.rows
    assert closed.x == open_.x == pytest.approx(33.33, abs=0.01)
    assert closed.width == pytest.approx(33.33, abs=0.01) and open_.open_right


def test_a_diff_says_what_went_and_came() -> None:
    made = diff("Twenty-two people died there.", "Twenty-three people died there.")
    assert [(c.kind, c.text) for c in made] == [
        ("out", "Twenty-two"), ("in", "Twenty-three"), ("same", " people died there."),
    ]  # fmt: skip


def test_feeds_are_well_formed_whatever_is_in_them() -> None:
    items = [FeedItem("s1", desk.HOSTILE + "\x00\x0b\ud800", "/story/s1", "2026-11-22T14:00:00Z", "x & y", "Out")]
    for form in ("rss", "atom"):
        body = feeds.write(form, title="T & <t>", base="https://news.example", path="/", items=items)
        root = ET.fromstring(body)
        assert desk.HOSTILE in "".join(root.itertext())
    assert b'"version":"https://jsonfeed.org/version/1.1"' in feeds.write(
        "feed", title="T", base="https://news.example", path="/", items=[]
    )


def test_templates_escape_everything() -> None:
    template = render.environment().from_string("<p title='{{ x }}'>{{ x }}</p>")
    assert "<script" not in template.render(x=desk.HOSTILE)


def test_the_twin_of_a_place_with_a_space_is_an_address() -> None:
    from dateline.site import links

    assert links.twin("/place/USA/South Dakota", "json") == "/place/USA/South%20Dakota.json"
    assert links.twin("/", "rss") == "/index.rss"


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        ("Monday", "The council of Orlen sold its ferry on Monday …"),
        ("1911.", "The council of Orlen sold its ferry on Monday, which had run since 1911."),
    ],
)
def test_a_quotation_says_that_its_sentence_goes_on(end: str, shown: str) -> None:
    text = "The council of Orlen sold its ferry on Monday, which had run since 1911. Nobody minded."
    quote = Quote(text[: text.index(end) + len(end)], "a1", 0, text.index(end) + len(end))
    assert lists.quotation(rights.Shown(quote.text, 0), Article("a1", None, None, text), quote) == shown
