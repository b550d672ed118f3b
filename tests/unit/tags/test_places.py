"""Places are found, told apart by their document, and marked with how they are meant and how precisely they say where."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.lexicon.named.gazetteer import Gazetteer, ensure, gazetteer
from dateline.tags.places import places

BENCH = Path(__file__).parents[4] / "shared/bench"


def _one(text, name):
    return next(span for span in places(text) if span.text == name)


@pytest.mark.bench_data
@pytest.mark.skipif(not BENCH.exists(), reason="the measuring data is not beside the project")
@pytest.mark.parametrize(("name", "exact", "near", "end"), [("lgl", 0.74, 0.68, 0.52), ("trnews", 0.82, 0.78, 0.66)])
def test_the_sets_reach_their_bars(tmp_path, name, exact, near, end):
    gold = BENCH / "places" / f"{name}.jsonl"
    out = tmp_path / "pred.jsonl"
    with out.open("w", encoding="utf-8") as stream:
        for line in gold.read_text(encoding="utf-8").strip().split("\n"):
            record = json.loads(line)
            spans = [
                {"start": s.start, "end": s.end, "geonames_id": s.geonames_id, "lat": s.lat, "lon": s.lon}
                for s in places(record["text"])
            ]
            stream.write(json.dumps({"id": record["id"], "spans": spans}) + "\n")
    done = subprocess.run(
        [sys.executable, str(BENCH / "score_places.py"), str(gold), str(out)],
        capture_output=True,
        text=True,
        check=True,
    )
    figures = json.loads(done.stdout.strip().split("\n")[-1])
    assert figures["exact_f1"] >= exact
    assert figures["acc161"] >= near
    assert figures["end_f1"] >= end


@pytest.mark.parametrize(
    ("text", "name", "country", "role", "precision"),
    [
        ("The strikes took place near Abu Kamal in Syria.", "Abu Kamal", "SYR", "literal", "near"),
        ("A warship shot down drones off the coast of Yemen.", "Yemen", "YEM", "literal", "offshore"),
        ("A tanker was hit in the Red Sea on Monday.", "Red Sea", None, "literal", "offshore"),
        ("Shells fell across southern Syria.", "Syria", "SYR", "literal", "region"),
        ("Clashes went on in Aleppo province.", "Aleppo", "SYR", "literal", "admin1"),
        ("Clashes went on in Aleppo.", "Aleppo", "SYR", "literal", "city"),
        ("Speaker Ola Brandt (D-Calif.) rejected two of them.", "Calif.", "USA", "metonym", "admin1"),
        ("Sens. Jo Mann of Maine and Ola Brandt of Oregon met.", "Oregon", "USA", "metonym", "admin1"),
        ("Jo Mann, an Iowa Republican, spoke.", "Iowa", "USA", "metonym", "admin1"),
        ("Gov. Brandt spoke at the University of Iowa.", "Iowa", "USA", "literal", "admin1"),
        ("Tokyo said it would protest.", "Tokyo", "JPN", "metonym", "city"),
        ("Washington accused the group.", "Washington", "USA", "metonym", "city"),
        ("Syrian villagers fled.", "Syrian", "SYR", "demonym", "country"),
        ("A drone was fired at US forces in Iraq.", "US", "USA", "demonym", "country"),
        ("The US has soldiers there.", "US", "USA", "metonym", "country"),
        ("He moved to Paris, Texas, in May.", "Paris", "USA", "literal", "city"),
        ("The fire in London, Ontario, was out.", "London", "CAN", "literal", "city"),
        ("Trucks reached Deir Ezzor on Friday.", "Deir Ezzor", "SYR", "literal", "city"),
        ("Aid came to the port of Hudaydah.", "Hudaydah", "YEM", "literal", "city"),
        ("Sirens sounded in Kiev.", "Kiev", "UKR", "literal", "city"),
        ("Families left Zamzam camp in North Darfur.", "Zamzam", "SDN", "literal", "camp"),
    ],
)
def test_a_place_in_its_sentence(text, name, country, role, precision):
    span = _one(text, name)
    assert text[span.start : span.end] == name
    assert (span.country, span.role) == (country, role)
    assert span.precision == ("site" if precision == "camp" else precision)


def test_a_country_has_an_id_and_is_not_a_pin_in_its_middle():
    span = _one("Talks were held in Syria.", "Syria")
    assert span.geonames_id == 163843
    assert span.lat is None
    assert span.lon is None


def test_the_document_decides_which_springfield():
    text = "Police in Springfield closed Interstate 44. Traffic backed up to Joplin, and to Branson, Mo."
    span = _one(text, "Springfield")
    assert (span.country, span.admin1) == ("USA", "Missouri")


def test_persons_are_no_places():
    assert not places("Victoria Brown said Madison Cole would call.")
    assert not [
        s for s in places("Officer Dallas Freeman spoke. Freeman said no more.") if s.text in ("Dallas", "Freeman")
    ]


def test_a_name_means_one_thing_in_a_document():
    text = "The mayor of Athens, Georgia, spoke. Athens has a new school. Later, Athens voted."
    assert {s.admin1 for s in places(text) if s.text == "Athens"} == {"Georgia"}


def test_the_title_is_context_only():
    spans = places("The bridge in Paris was closed.", title="Storm hits Paris, Texas")
    assert [(s.text, s.start, s.admin1) for s in spans] == [("Paris", 14, "Texas")]


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_spans_that_quote_it(text):
    spans = places(text)
    assert spans == places(text)
    for span in spans:
        assert text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    "text",
    ["x" * 300_000, "Paris " * 20_000, "🙂" * 50_000, "مصر " * 20_000, "US-" * 30_000, "Paris, Texas, " * 10_000],
)
def test_hostile_texts_end_soon(text):
    for span in places(text):
        assert text[span.start : span.end] == span.text


def test_the_index_opens_at_once():
    path = ensure()
    started = time.perf_counter()
    assert Gazetteer(path).find(["damascus"])["damascus"][0].country == "SYR"
    assert time.perf_counter() - started < 0.2


def test_keys_without_a_place_are_left_out():
    assert gazetteer().find(["no such place at all"]) == {}


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Rebels took Goma.", ["COD"]),
        ("Goma fell to the rebels.", ["COD"]),
        ("Chad Smith of Texas spoke of Chad.", ["USA", "TCD"]),
        ("Jordan Ellmore said Jordan was calm.", ["JOR"]),
        ("The mayor of San Jose spoke in Fresno, California.", ["USA", "USA", "USA"]),
        ("The mayor of San Jose flew home to Costa Rica.", ["CRI", "CRI"]),
    ],
)
def test_towns_that_are_taken_and_persons_called_like_countries(text: str, countries: list[str]) -> None:
    assert [span.country for span in places(text)] == countries


def test_clubs_are_no_places() -> None:
    text = "Cordillera FC lost 2-1 in Cordillera. The match belonged to Cordillera until it did not."
    assert [(span.start, span.text) for span in places(text)] == [(26, "Cordillera")]
    assert places("Rambla 2-1 Toledo: a late header tips it. Toledo had led.") == ()
    assert [span.text for span in places("Floods hit Toledo on 2-3 May.")] == ["Toledo"]


def test_weekdays_and_known_parties_are_no_places() -> None:
    assert (
        places("A longer strike is planned from Monday unless talks succeed. In Tuesday’s vote both sides lost.") == ()
    )
    assert [span.text for span in places("Rockets were fired at Hamas fighters near Rafah.")] == ["Rafah"]
    assert [span.text for span in places("The bank Santander opened a branch in Santander.")][-1] == "Santander"


SCRIPTS = {
    "قال محافظ البنك في أكرا إن التضخم في غانا يتراجع": [("أكرا", "Accra"), ("غانا", "Ghana")],
    "وصلت القافلة من مدينة دوسو في النيجر إلى جزيرة صغيرة": [("دوسو", "Dosso"), ("النيجر", "Niger")],
    "وصلت القافلة إلى عمان وفيها ورقة وبيان إن شاء الوزير قرأه": [],  # Oman or Amman; “a paper”, “a statement that”
    "والنيجر بلد كبير، وقد سافر الوزير إلى لندن": [("والنيجر", "Niger"), ("لندن", "London")],
    "Колонна шла из Ниамея к границе с Бенином, сообщила армия Нигера.": [
        ("Ниамея", "Niamey"),
        ("Бенином", "Benin"),
        ("Нигера", "Niger"),
    ],
    "Центральный банк молчит, а Владимир Орленко того не сказал.": [],
    "利比亚南部塞卜哈的市场起火，死者超过三十人。": [("利比亚", "Libya"), ("塞卜哈", "Sabha")],
    "ガーナ中央銀行の総裁はアクラで述べた。": [("ガーナ", "Ghana"), ("アクラ", "Accra")],
    "서울에서 회의가 열렸고 미국은 참석하지 않았다": [("서울에서", "Seoul"), ("미국은", "United States")],
    "लीबिया की राजधानी में बैठक हुई": [("लीबिया", "Libya")],
}


@pytest.mark.parametrize("text", SCRIPTS)
def test_countries_and_towns_are_found_in_other_scripts(text: str) -> None:
    found = places(text)
    assert [(span.text, span.name) for span in found] == SCRIPTS[text]
    assert all(text[span.start : span.end] == span.text for span in found)


def test_a_quoted_word_of_another_script_is_no_place_of_an_english_text() -> None:
    assert [span.text for span in places("The sign at the gate in Accra said “Нигер” in large letters.")] == ["Accra"]


def test_countries_have_their_names_in_other_languages() -> None:
    text = "El terremoto sacudió Turquía y el norte de Siria; Mauricio Vela lo vio desde Egipto."
    assert [span.name for span in places(text)] == ["Turkey", "Syria", "Egypt"]


@pytest.mark.parametrize("word", ["Ливииами ", "والنيجرين ", "利比亚", "서울에서 "])
def test_a_long_text_of_another_script_costs_no_more_than_its_beginning(word: str) -> None:
    start = time.process_time()
    places(word * 20_000)
    assert time.process_time() - start < 5
