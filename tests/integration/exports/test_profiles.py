"""Profiles of events, read back by pandas and DuckDB, the tools they are for."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import UsageError
from dateline.exports import FORMATS, write
from dateline.exports.profiles import PROFILES
from dateline.lexicon.deeds.scales import cow, goldstein, intensity, region, standing
from dateline.lexicon.named.countries import countries
from dateline.model import (
    Article,
    Confidence,
    CountReport,
    Event,
    EventCount,
    EventDate,
    Mention,
    Party,
    PlaceSpan,
    Publisher,
    Words,
)
from dateline.store.memory import MemoryStore

_TEXT = "Army jets bombed a market in Port Vell on Saturday; at least 19 people died."
_ARTICLE = Article(
    "a1",
    "https://harbour.example/1",
    "Market bombed",
    _TEXT,
    published="2026-03-01T10:00:00+01:00",
    language="en",
    publisher=Publisher("Harbour; Ledger", "harbour.example", "ESP"),
)
_VELL = PlaceSpan(29, 38, "Port Vell", "literal", "Port Vell", 7, "ESP", "Catalonia", 41.37, 2.18, "city")
_SPAIN = PlaceSpan(0, 5, "Spain", "literal", "Spain", 8, "ESP", None, None, None, "country")
_ARMY = Party("Army jets", 0, 9, "Armed Forces", "ESP", "MIL")
_PEOPLE = Party("people", 64, 70, None, None, "CVL")
_BOMBED = Event(
    "e1",
    "s1",
    "ASSAULT",
    "aerial",
    "195",
    ("military", "terrorism"),
    (_ARMY,),
    (_PEOPLE,),
    (_SPAIN, _VELL),
    EventDate("2026-02-28", "2026-02-28", "day"),
    (EventCount("dead", 19, None, "at_least", (CountReport(19, None, "at_least", None, "m1"),)),),
    (),
    "asserted",
    (),
    False,
    ("m1",),
    ("a1",),
    1,
)
_CLASH = replace(
    _BOMBED, id="e2", mode="firearms", cameo=None, recipients=(Party("rebels", 0, 6, None, "ESP", "REB"),), counts=()
)
_TALKS = replace(_BOMBED, id="e3", type="CONSULT", mode="visit", cameo="042", counts=(), date=None, places=())
_THREAT = replace(_BOMBED, id="e4", status="planned")
_OLD = replace(_BOMBED, id="e5", historical=True)
_MENTION = Mention(
    "m1", "a1", (0, 77), Words("bombed", 10, 16), "ASSAULT", actors=(_ARMY,), confidence=Confidence(0.87)
)
_DESK = MemoryStore(articles=[_ARTICLE], events=[_BOMBED, _CLASH, _TALKS, _THREAT, _OLD], mentions=[_MENTION])
_TABLES = [(name, what) for name, tables in PROFILES.items() for what in tables]


def _file(folder: Path, what: str, format: str, profile: str) -> Path:
    path = folder / f"{profile}-{what}.{format}"
    with path.open("wb") as stream:
        write(what, format, _DESK, stream, profile=profile)
    return path


def _frame(folder: Path, what: str, profile: str) -> Any:
    import pandas

    return pandas.read_csv(_file(folder, what, "csv", profile), dtype={"EventCode": str, "EventRootCode": str})


@pytest.mark.parametrize(("profile", "columns"), [("plover", 40), ("acled", 31), ("cameo", 61)])
def test_the_columns_are_those_of_the_data_set(profile: str, columns: int) -> None:
    assert len(PROFILES[profile]["events"].columns) == columns
    assert len(PROFILES["cameo"]["mentions"].columns) == 16


@pytest.mark.parametrize(("profile", "what"), _TABLES)
def test_pandas_and_duckdb_read_the_same(tmp_path: Path, profile: str, what: str) -> None:
    import duckdb

    frame = _frame(tmp_path, what, profile)
    path = _file(tmp_path, what, "parquet", profile)
    table = duckdb.sql(f"select * from '{path}'").df()
    assert list(frame.columns) == list(table.columns) == list(PROFILES[profile][what].columns)
    assert len(frame) == len(table) and len(frame) > 0
    first = next(iter(frame.columns))
    assert list(frame[first]) == list(table[first])
    assert frame.isna().to_numpy().tolist() == table.isna().to_numpy().tolist()
    text = _file(tmp_path, what, "jsonl", profile).read_text(encoding="utf-8")
    assert len(text.splitlines()) == len(frame)


@pytest.mark.parametrize("what", [what for what, formats in FORMATS.items() if "parquet" in formats])
def test_native_parquet_has_the_rows_of_csv(tmp_path: Path, what: str) -> None:
    import duckdb
    import pandas

    table = duckdb.sql(f"select * from '{_file(tmp_path, what, 'parquet', 'native')}'").df()
    path = _file(tmp_path, what, "csv", "native")
    frame = pandas.read_csv(path)
    assert list(table.columns) == list(frame.columns) and len(table) == len(frame)


def test_plover(tmp_path: Path) -> None:
    frame = _frame(tmp_path, "events", "plover")
    assert list(frame["Event ID"]) == ["e1", "e2", "e3"]
    row = frame.iloc[0]
    assert (row["Event Date"], row["Event Mode"], row["Intensity"]) == ("2026-02-28", "aerial", -9.5)
    assert (row["Quad Code"], row["Contexts"]) == ("MATERIAL CONFLICT", "military;terrorism")
    assert (row["Actor Name"], row["Actor Country"], row["Actor COW"]) == ("Armed Forces", "ESP", 230)
    assert (row["Primary Recipient Sector"], row["Recipient Name Raw"]) == ("CVL", "people")
    assert (row["City"], row["Province"], row["Country"], row["GeoNames ID"]) == ("Port Vell", "Catalonia", "Spain", 7)
    assert (row["Source"], row["Publication Date"], row["Language"]) == ("Harbour, Ledger", "2026-03-01", "en")
    assert frame["Placename"].isna().tolist() == [False, False, True]


def test_acled(tmp_path: Path) -> None:
    frame = _frame(tmp_path, "events", "acled")
    assert list(frame["event_id_cnty"]) == ["e1", "e2"]  # talks are none of its events
    bombed, clash = frame.iloc[0], frame.iloc[1]
    assert (bombed["event_type"], bombed["sub_event_type"]) == ("Explosions/Remote violence", "Air/drone strike")
    assert (bombed["inter1"], bombed["inter2"], bombed["fatalities"]) == ("State forces", "Civilians", 19)
    assert (bombed["civilian_targeting"], bombed["time_precision"], bombed["geo_precision"]) == (
        "Civilian targeting",
        1,
        1,
    )
    assert (bombed["iso"], bombed["region"], bombed["location"]) == (724, "Europe", "Port Vell")
    assert "(a1, 10–16)" in bombed["notes"]
    assert (clash["sub_event_type"], clash["interaction"]) == ("Armed clash", "State forces-Rebel group")
    assert frame["fatalities"].isna().tolist() == [False, True]  # not 0: nobody said so


def test_cameo(tmp_path: Path) -> None:
    frame = _frame(tmp_path, "events", "cameo")
    row = frame.iloc[0]
    assert (row["GLOBALEVENTID"], row["SQLDATE"], row["EventCode"], row["EventRootCode"]) == (
        "e1",
        20260228,
        "195",
        "19",
    )
    assert (row["QuadClass"], row["GoldsteinScale"], row["NumSources"]) == (4, -10.0, 1)
    assert (row["Actor1Code"], row["Actor1Type1Code"], row["ActionGeo_CountryCode"]) == ("ESPMIL", "MIL", "ESP")
    assert (row["ActionGeo_FullName"], row["DATEADDED"]) == ("Port Vell, Catalonia, Spain", 20260301090000)
    assert list(frame["EventCode"])[1] == "18"  # the root that ASSAULT stands for
    mention = _frame(tmp_path, "mentions", "cameo").iloc[0]
    assert (mention["ActionCharOffset"], mention["Actor1CharOffset"], mention["Confidence"]) == (10, 0, 87)
    assert (mention["MentionSourceName"], mention["Extras"]) == ("harbour.example", "m1")


@pytest.mark.parametrize(
    ("what", "format", "profile", "word"),
    [
        ("stories", "csv", "plover", "events"),
        ("mentions", "csv", "acled", "events"),
        ("events", "geojson", "cameo", "csv"),
    ],
)
def test_what_a_profile_lacks_is_said(what: str, format: str, profile: str, word: str) -> None:
    with pytest.raises(UsageError, match=word):
        write(what, format, _DESK, io.BytesIO(), profile=profile)


@pytest.mark.parametrize("profile", list(PROFILES))
def test_every_table_is_described(profile: str) -> None:
    described = (Path(__file__).parents[3] / "docs/reference/profiles.md").read_text(encoding="utf-8")
    section = (
        described.split(f"## {profile}\n")[1]
        .split("\n## ")[0]
        .replace("Recipient", "Actor")
        .replace("Actor2", "Actor1")
    )
    names = [
        name.replace("Recipient", "Actor").replace("Actor2", "Actor1")
        for table in PROFILES[profile].values()
        for name in table.columns
    ]
    groups = ("Actor1", "ActionGeo_")  # described as a group
    assert [name for name in names if f"`{name}`" not in section and not name.startswith(groups)] == []


def test_the_scales_know_every_type_and_country() -> None:
    types = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"
    assert {standing(type_).quad for type_ in types.split()} == {1, 2, 3, 4}
    assert intensity("RETREAT", "disarm") == 10 and intensity("RETREAT", None) == 6.5 and goldstein("0872") == 5.0
    assert cow("FRA") == 220 and cow("PSE") is None
    known = {country.iso3 for country in countries()}
    numbers = [number for code in known if (number := cow(code)) is not None]
    assert len(numbers) == len(set(numbers)) > 190
    assert sorted(c.iso3 for c in countries() if region(c.iso3) is None and c.population > 100_000) == []
