"""Exports of a small desk, read back by the tools they are for."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import codec
from dateline.errors import UsageError
from dateline.exports import FORMATS, write
from dateline.exports.files import into
from dateline.exports.tables import COLUMNS
from dateline.model import (
    Article,
    CountReport,
    Event,
    EventCount,
    EventDate,
    EventFilter,
    Figure,
    Headline,
    Image,
    Member,
    Mention,
    Party,
    PlaceSpan,
    Publisher,
    Quote,
    Reading,
    Rights,
    SourceState,
    Story,
    Words,
)
from dateline.store.memory import MemoryStore

_TEXT = "At least 19 people died in Port Vell, the mayor said.\n\n“No count”, said the =police."
_ARTICLE = Article(
    "a1",
    "https://harbour.example/1",
    'Quake, "strong", in Port Vell',
    _TEXT,
    published="2026-03-01T10:00:00+01:00",
    publisher=Publisher("Harbour; Ledger", "harbour.example", "ESP"),
    agency=("MNA", "Orsk Wire"),
    images=(Image("https://harbour.example/i", "A caption", None),),
)
_RESERVED = replace(_ARTICLE, id="a2", title="=HYPERLINK(1)", rights=Rights("reserved"))
_VELL = PlaceSpan(27, 36, "Port Vell", "literal", "Port Vell", 7, "ESP", "Catalonia", 41.37, 2.18, "city")
_SPAIN = PlaceSpan(0, 5, "Spain", "literal", "Spain", 8, "ESP", None, 40.0, -4.0, "country")
_MOSCOW = PlaceSpan(0, 6, "Moscow", "metonym", "Moscow", 9, "RUS", None, 55.7, 37.6, "city")
_EVENT = Event(
    "e1",
    "s1",
    "ASSAULT",
    "aerial",
    None,
    ("military", "terror"),
    (Party("-rebels", 0, 7, "Rebels", "ESP", "REB"), Party("army", 9, 13, None, None, "MIL")),
    (),
    (_VELL, _SPAIN, _MOSCOW),
    EventDate("2026-02-28", "2026-03-01", "day"),
    (EventCount("dead", 19, None, "at_least", (CountReport(19, None, "at_least", None, "m1"),)),),
    (),
    "asserted",
    (),
    False,
    ("m1",),
    ("a1",),
    1,
)
_BARE = replace(_EVENT, id="e2", places=(), date=None, counts=(), actors=(), historical=True)
_MENTION = Mention("m1", "a1", (0, 53), Words("died", 19, 23), "ASSAULT", places=(_VELL,))
_FIGURE = Figure("f1", "s1", "dead", None, "disputed", (Reading(19, None, "at_least", "mayor", "a1", 0, 11, None),) * 2)
_STORY = Story(
    "s1",
    Headline("Quake", "a1"),
    (Quote(_TEXT[:53], "a1", 0, 53),),
    (Member("a1", "original"), Member("a2", "independent")),
    2,
    places=(_VELL,),
    topics=("disaster",),
    figures=(_FIGURE,),
)
_SOURCES = (
    SourceState("o1", "https://x.example/feed?a=1&b=2", "feed", "X <& Co>\x07", topics=("world",)),
    SourceState("o2", "/home/pages", "path", "pages"),
    SourceState("o3", "https://y.example/", "site"),
)
_DESK = MemoryStore(
    articles=[_RESERVED, _ARTICLE], stories=[_STORY], events=[_BARE, _EVENT], mentions=[_MENTION], sources=_SOURCES
)


def _written(what: str, format: str, **given: Any) -> bytes:
    stream = io.BytesIO()
    write(what, format, _DESK, stream, **given)
    return stream.getvalue()


def _rows(what: str, **given: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_written(what, "csv", **given).decode("utf-8"), newline="")))


@pytest.mark.parametrize(
    ("what", "kind", "records"),
    [
        ("stories", Story, [_STORY]),
        ("events", Event, [_EVENT, _BARE]),
        ("mentions", Mention, [_MENTION]),
        ("figures", Figure, [_FIGURE]),
        ("sources", SourceState, list(_SOURCES)),
    ],
)
def test_json_lines_give_the_records_back(what: str, kind: type[Any], records: list[Any]) -> None:
    lines = _written(what, "jsonl").splitlines()
    assert [codec.decode(line, kind) for line in lines] == records


def test_articles_keep_their_text_unless_it_is_reserved() -> None:
    own, reserved = (codec.decode(line, Article) for line in _written("articles", "jsonl").splitlines())
    assert own == _ARTICLE
    assert (reserved.text, reserved.images, reserved.title) == ("", (), "=HYPERLINK(1)")
    kept = [codec.decode(line, Article).text for line in _written("articles", "jsonl", rights="private").splitlines()]
    assert kept == [_TEXT, _TEXT]
    short = [codec.decode(line, Article).text for line in _written("articles", "jsonl", rights="link").splitlines()]
    assert short == [_TEXT[:160], ""]
    assert [row["text"] for row in _rows("articles", rights="strict")] == ["", ""]


def test_csv_reads_back() -> None:
    first, second = _rows("articles")
    assert first["text"] == _TEXT and first["title"] == _ARTICLE.title and first["agency"] == "MNA; Orsk Wire"
    assert first["modified"] == "" and second["title"] == "'=HYPERLINK(1)" and second["tdm"] == "reserved"
    event, bare = _rows("events")
    assert (event["dead_low"], event["dead_high"], event["wounded_low"], event["counts"]) == (
        "19",
        "",
        "",
        "dead: 19..",
    )
    assert (event["actor"], event["actor_sector"], event["actor_code"]) == ("'-rebels; army", "REB; MIL", "ESP")
    assert (event["lat"], event["lon"], event["precision"]) == ("41.37", "2.18", "city")
    assert (event["date_from"], event["date_to"], event["historical"]) == ("2026-02-28", "2026-03-01", "false")
    assert bare["lat"] == bare["date_from"] == bare["dead_low"] == bare["counts"] == "" and bare["historical"] == "true"
    assert [row["reading"] for row in _rows("figures")] == ["1", "2"]
    assert _rows("stories")[0]["article_ids"] == "a1; a2" and _rows("mentions")[0]["trigger"] == "died"
    assert [row["id"] for row in _rows("sources")] == ["o1", "o2", "o3"]


@pytest.mark.parametrize("what", [what for what, formats in FORMATS.items() if "csv" in formats])
def test_every_column_is_described(what: str) -> None:
    described = (Path(__file__).parents[3] / "docs/reference/exports.md").read_text(encoding="utf-8")
    section = described.split(f"## {what}\n")[1].split("\n## ")[0]
    assert [name for name in COLUMNS[what] if f"`{name}`" not in section] == []
    assert next(csv.reader(io.StringIO(_written(what, "csv").decode("utf-8"), newline=""))) == list(COLUMNS[what])


@given(st.lists(st.text(max_size=20), min_size=1, max_size=3))
def test_any_title_is_one_cell(titles: list[str]) -> None:
    articles = [replace(_ARTICLE, id=f"a{n}", title=t, text=t) for n, t in enumerate(titles) if t.isprintable()]
    stream = io.BytesIO()
    write("articles", "csv", MemoryStore(articles=articles), stream)
    rows = list(csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8"), newline="")))
    assert [row["text"].removeprefix("'") for row in rows] == [a.text.removeprefix("'") for a in articles]


def test_geojson_has_points_only_for_what_is_a_point() -> None:
    made = json.loads(_written("events", "geojson"))
    assert made["type"] == "FeatureCollection"
    shapes = [(f["id"], f["geometry"] and f["geometry"]["coordinates"]) for f in made["features"]]
    assert shapes == [("e1.1", [2.18, 41.37]), ("e1.2", None), ("e2.1", None)]
    assert made["features"][0]["properties"]["event"] == "e1"
    empty = io.BytesIO()
    assert write("events", "geojson", MemoryStore(), empty) == 0
    assert json.loads(empty.getvalue()) == {"type": "FeatureCollection", "features": []}


def test_events_of_a_filter_come_newest_first() -> None:
    assert [row["id"] for row in _rows("events", filter=EventFilter(historical=None))] == ["e1", "e2"]
    assert [row["id"] for row in _rows("events", filter=EventFilter(historical=True))] == ["e2"]


def test_opml_holds_the_sources_of_the_web() -> None:
    outlines = ElementTree.fromstring(_written("sources", "opml")).findall("body/outline")
    assert [o.get("xmlUrl") or o.get("htmlUrl") for o in outlines] == [
        "https://x.example/feed?a=1&b=2",
        "https://y.example/",
    ]
    assert outlines[0].get("text") == "X <& Co>" and outlines[0].get("category") == "world"


@pytest.mark.parametrize(
    ("what", "format", "profile", "word"),
    [("tales", "csv", "native", "tales"), ("stories", "geojson", "native", "jsonl"), ("events", "csv", "x", "native")],
)
def test_what_is_not_known_is_said(what: str, format: str, profile: str, word: str) -> None:
    with pytest.raises(UsageError, match=word):
        write(what, format, _DESK, io.BytesIO(), profile=profile)


def test_a_file_is_there_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), into(path, io.BytesIO()) as stream:
        stream.write(b"half")
        raise ZeroDivisionError
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]
    with into(path, io.BytesIO()) as stream:
        stream.write(b"new")
    assert path.read_bytes() == b"new"
    with pytest.raises(UsageError, match="cannot be written"), into(tmp_path / "no" / "x.csv", io.BytesIO()):
        pass
    default = io.BytesIO()
    with into(None, default) as stream:
        stream.write(b"out")
    assert default.getvalue() == b"out"
