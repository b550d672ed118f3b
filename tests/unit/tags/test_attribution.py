"""Attribution: our own sentences with speakers and verbs; what is said; names; hostile texts."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.lexicon.words.speech import FLAGS, speech
from dateline.tags.attribution import attribution

GOLDEN = Path(__file__).parents[2] / "golden" / "attribution.jsonl"


@pytest.mark.parametrize("part", ["dev", "held"])
def test_golden_sentences(part: str) -> None:
    """Every speaker and verb right in at least 90 of 100 texts; the held part was never tuned on."""
    rows = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["part"] == part]
    right = 0
    for row in rows:
        named = any("name" in says for says in row["says"])
        wanted = {(s["speaker"], s["verb"], s.get("name") if named else None) for s in row["says"]}
        got = {
            (s.speaker.text, s.verb.text, s.speaker.name if named else None)
            for s in attribution(row["text"])
            if s.speaker and s.verb
        }
        right += wanted == got
    assert len(rows) >= 60
    assert right / len(rows) >= 0.9


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“We left,” Rivas said, “and we will not return.”", ["We left", "and we will not return."]),
        ("The court rejected the appeal, his lawyer said.", ["The court rejected the appeal", "the appeal"]),
        ("Police said on Tuesday that two men had been arrested.", ["two men had been arrested"]),
        ("The attack, officials said, killed four people.", ["The attack", "killed four people"]),
        ("The army said three had died, but the rebels said nobody had.", ["three had died", "nobody had"]),
        ("“It is over. Go home,” the mayor said.", ["It is over. Go home"]),
    ],
)
def test_the_span_is_what_is_said(text: str, said: list[str]) -> None:
    assert [span.text for span in attribution(text)] == said


def test_a_pronoun_stands_for_the_last_full_name() -> None:
    text = "Foreign Minister Lena Okoro toured the camp. She said food was short."
    (span,) = attribution(text)
    assert span.speaker is not None and span.verb is not None
    assert (span.speaker.text, span.speaker.name, span.verb.text) == ("She", "Lena Okoro", "said")
    assert text[span.speaker.start : span.speaker.end] == "She"


def test_a_source_without_a_name_has_none() -> None:
    (span,) = attribution("A senior defence official, speaking on condition of anonymity, said the raid was over.")
    assert span.speaker is not None and span.speaker.name is None


def test_every_verb_has_a_flag() -> None:
    lists = speech()
    assert set(lists.flags.values()) == set(FLAGS)
    assert lists.clause <= set(lists.flags) and lists.noun <= set(lists.flags)


_PIECES = ["“", "”", '"', " said ", "said ", "he ", "Ola Brandt ", ", ", ". ", "that ", "adding ", "according to ", "\n\n", "the army ", "denied ", "‘", "’"]  # fmt: skip


@example("according to ”, ")
@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_spans_quote_exactly(text: str) -> None:
    for span in attribution(text):
        assert text[span.start : span.end] == span.text and span.text
        assert span.speaker is not None and text[span.speaker.start : span.speaker.end] == span.speaker.text
        assert span.verb is not None and text[span.verb.start : span.verb.end] == span.verb.text


@pytest.mark.parametrize(
    "unit",
    [
        "x",
        "said ",
        "he said ",
        "“",
        "” ",
        '"a" ',
        "‘",
        ", said X",
        "A said B, ",
        "“a.” ",
        "according to ",
        "٪ ",
        "\U0001f600",
    ],
)
def test_hostile_texts_take_time_in_proportion(unit: str) -> None:
    begun = time.process_time()
    attribution((unit * 100_000)[:100_000])
    assert time.process_time() - begun < 6


def test_the_united_states_state_nothing() -> None:
    text = "The United States imposed a levy, saying two firms had lied. The mayor, pushed by the United States, said no to it."
    spans = attribution(text)
    assert [(span.speaker.text if span.speaker else None, span.text) for span in spans] == [
        ("The United States", "two firms had lied"),
        ("The mayor", "no to it"),
    ]


def test_who_is_accused_says_nothing() -> None:
    assert attribution("The teenager accused of killing two people in Marl will not face charges.") == ()
    (span,) = attribution("The mayor of Marl accused soldiers of killing 40 people.")
    assert span.speaker is not None and span.speaker.text.startswith("The mayor")


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("The mayor dropped the bill they said was dead on Monday.", ["they"]),
        ("The blast hit a bus, injuring an estimated 30 people.", []),
        ("The plan was praised, said during a bill signing ceremony to be the last.", []),
    ],
)
def test_half_a_phrase_says_nothing(text: str, speakers: list[str]) -> None:
    assert [span.speaker.text for span in attribution(text) if span.speaker] == speakers


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Two men were held, according to court documents unsealed on Friday.", "court documents unsealed"),
        ("Some 19 died, according to a report that the ministry kept for a year.", "a report"),
        ("He was charged with fraud for what federal prosecutors said was a scheme of $3 million.", "federal prosecutors"),
        ("Hiring rose in March as employers added 916,000 jobs, the Labour Board said.", "Labour Board"),
        ("Three were hurt, the Justice Department said on Monday.", "the Justice Department"),
    ],
)  # fmt: skip
def test_a_speaker_is_named_by_its_own_words_alone(text: str, speaker: str) -> None:
    assert {span.speaker.name or span.speaker.text for span in attribution(text) if span.speaker} == {speaker}


@pytest.mark.parametrize(
    "text",
    [
        "The economy added 559,000 jobs in May.",
        "Officers responded to a brawl outside a shop at ten, where five were hurt.",
        "Hackers behind an attack that affected hundreds of firms demanded $70 million.",
        "Investigators in these two states conducted interviews with 86 patients.",
        "The country passed six million confirmed cases on Sunday.",
        "In a swift raid the group took three ships, demanding $70 million.",
        "The country accounts for one of every four cases reported worldwide and one of five deaths.",
        "The storm continued on its path on Sunday and killed two.",
        "The board found itself in a quandary over five claims.",
        "The paper dug up old, offensive tweets from a man who raised $1 million.",
    ],
)
def test_what_is_done_is_not_said(text: str) -> None:
    assert not [span.speaker for span in attribution(text)]


def test_nothing_behind_a_comma_is_no_statement() -> None:
    assert attribution("according to Ola Brandt ,") == ()
    assert all(span.text for span in attribution("The army left, according to Ola Brandt, ."))
