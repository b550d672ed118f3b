"""Parties are found and coded: by our own sentences, and by the rules that decide close calls."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.tags.actors import actors, resolve

GOLDEN = Path(__file__).parents[2] / "golden" / "actors.jsonl"
GSR = Path(__file__).parents[4] / "shared/bench/events/plover_gsr_dev.jsonl"


def _at(spans, start, end):
    overlaps = [(min(s.end, end) - max(s.start, start), -s.start, s) for s in spans if s.start < end and start < s.end]
    return max(overlaps, key=lambda t: t[:2])[2] if overlaps else None


def test_our_own_sentences_reach_their_bars():
    total = codes = sectors = with_sector = 0
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        spans = actors(record["text"], record["published"])
        for gold in record["actors"]:
            span = _at(spans, gold["start"], gold["end"])
            total += 1
            codes += span is not None and span.code == gold["code"]
            if "sector" in gold:
                with_sector += 1
                sectors += span is not None and span.sector == gold["sector"]
    assert total >= 300
    assert codes / total >= 0.92
    assert sectors / with_sector >= 0.85


@pytest.mark.bench_data
@pytest.mark.skipif(not GSR.exists(), reason="the measuring data is not beside the project")
def test_parties_of_the_gold_standard_records():
    right = total = 0
    for line in GSR.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        for side in ("actors", "recipients"):
            for party in record["gold"][side]:
                if party["code_ok"]:
                    total += 1
                    found = resolve(party["text"], None, record["text"])
                    right += found is not None and found.code in party["code_ok"]
    assert right / total >= 0.90


@pytest.mark.parametrize(
    ("phrase", "code", "sector"),
    [
        ("Iran-backed militia groups", None, "REB"),
        ("Iran-aligned groups", None, "REB"),
        ("pro-Russian separatists", None, "REB"),
        ("Iranian-backed Houthis", "YEM", "REB"),
        ("government-backed militia", None, "PRM"),
        ("Syria’s army", "SYR", "MIL"),
        ("the Turkish foreign minister", "TUR", "GOV"),
        ("US defence secretary Lloyd Austin", "USA", "GOV"),
        ("a senior U.S. official", "USA", "GOV"),
        ("UN peacekeepers", "UNO", "MIL"),
        ("the king of the Netherlands", "NLD", "GOV"),
        ("Mosul police", "IRQ", "COP"),
        ("workers in Lyon", "FRA", "LAB"),
        ("NATO-member Norway", "NOR", None),
        ("anti-government protesters", None, "CVL"),
        ("human rights groups", "NGO", None),
        ("a former Peruvian minister", "PER", "ELI"),
    ],
)
def test_a_phrase_is_coded(phrase, code, sector):
    found = resolve(phrase)
    assert found is not None
    assert (found.code, found.sector) == (code, sector)


def test_a_phrase_without_a_party_is_none():
    assert resolve("the weather") is None
    assert resolve("") is None


def test_the_context_names_the_country_of_a_body_without_one():
    assert resolve("the army", context="SYR").code == "SYR"
    assert resolve("the army", context="Shelling went on across Syria, Syrian state media said").code == "SYR"
    assert resolve("the army").code is None
    assert resolve("Iran-backed militias", context="USA").code is None


def test_an_office_holds_for_its_time_only():
    assert resolve("Angela Merkel", "2015-01-01").sector == "GOV"
    assert resolve("Angela Merkel", "2024-01-01").sector == "ELI"
    assert resolve("Taliban fighters", "2010-05-01").sector == "REB"
    assert resolve("the Taliban", "2023-05-01").sector == "GOV"


def test_a_last_name_stands_for_the_person_introduced_before():
    text = "Norwegian defence minister Ola Brattvik arrived on Monday. Brattvik met nobody."
    spans = actors(text)
    assert [(s.text, s.code, s.sector) for s in spans] == [
        ("Norwegian defence minister Ola Brattvik", "NOR", "GOV"),
        ("Brattvik", "NOR", "GOV"),
    ]


def test_two_parties_joined_by_a_hyphen_are_two():
    spans = actors("The Israel-Hamas war went on.")
    assert [(s.text, s.code) for s in spans] == [("Israel", "ISR"), ("Hamas", "PSE")]


def test_the_same_army_later_in_a_text_is_the_same():
    spans = actors("Syria’s army shot at drones. Lebanon stayed calm. The army gave no toll.")
    assert [s.code for s in spans if "army" in s.text] == ["SYR", "SYR"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The rebel Lake Basin Alliance signed a truce.", None),  # no town in Ohio
        ("Party leader Saran Otgonbayar spoke to reporters.", None),  # no district of India
        ("Mosul police closed the bridge.", "IRQ"),
        ("Nice police closed the promenade.", "FRA"),
    ],
)
def test_a_country_is_taken_from_towns_not_from_words_or_persons(text: str, code: str | None) -> None:
    assert [span.code for span in actors(text)][:1] == [code]


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_spans_that_quote_it(text):
    spans = actors(text)
    assert spans == actors(text)
    for span in spans:
        assert text[span.start : span.end] == span.text


def test_hostile_texts_end_soon():
    for text in ("x" * 300_000, "Syria " * 30_000, "🙂" * 50_000, "مصر " * 20_000, "-" * 100_000, "US-" * 30_000):
        for span in actors(text):
            assert text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Zora Obama spoke.", "Zora Obama"),
        ("Minister Zora Obama spoke.", "Zora Obama"),
        ("Prime Minister Zora Brandt spoke.", None),
        ("Hunter Merkel spoke.", "Hunter Merkel"),
        ("Senator Zora Karzai spoke.", "Zora Karzai"),
        ("President Mohammed Bazoum spoke.", "Mohamed Bazoum"),
        ("President L. Gbagbo spoke.", "Laurent Gbagbo"),
        ("Yesterday Merkel spoke.", "Angela Merkel"),
        ("Deputy minister Lisa Monaco spoke.", "Lisa Monaco"),
        ("Tom Jordan spoke.", "Tom Jordan"),
        ("Will Jordan speak?", "Jordan"),
        ("Syria's Assad spoke.", "Bashar al-Assad"),
    ],
)
def test_a_last_name_is_nobody_elses(text: str, name: str | None) -> None:
    assert [span.name for span in actors(text, "2021-07-22") if span.name] == ([name] if name else [])


def test_a_last_name_alone_is_whose_the_text_has_named() -> None:
    (first, again) = actors("Zora Obama won the race. Obama thanked her crew.", "2021-07-22")
    assert (first.name, again.name) == ("Zora Obama", "Zora Obama")
    assert first.code is None and again.code is None
    spans = actors("Zora Obama met Barack Obama. Obama smiled.", "2021-07-22")
    assert [span.name for span in spans] == ["Zora Obama", "Barack Obama", "Barack Obama"]
