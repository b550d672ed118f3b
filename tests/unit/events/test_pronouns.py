"""Whom a pronoun means: the party that fits and stands near, and nobody where the text leaves it open."""

from __future__ import annotations

import pytest

from dateline.events import code
from dateline.events.roles.antecedents import agrees
from dateline.model import Mention
from dateline.tags import tag

DAY = "2026-03-12"


def coded(text: str) -> tuple[Mention, ...]:
    return code("a1", text, DAY, tags=tag(text, DAY))


def doers(text: str, trigger: str) -> list[str]:
    found = [m for m in coded(text) if m.trigger.text.startswith(trigger)]
    return [p.text for m in found for p in m.actors]


@pytest.mark.parametrize(
    ("pronoun", "words", "plural", "fits"),
    [
        ("he", "president of Kenya", False, True),
        ("she", "police", False, False),
        ("he", "soldiers", False, False),
        ("her", "harbour actions", True, False),
        ("they", "minister", False, False),
        ("they", "the army", False, True),
        ("they", "Kenyan President Amos Kalo", False, False),
        ("they", "White House", False, True),
        ("they", "Republicans", True, True),
        ("they", "Okello", False, True),  # a name may be that of a band of men
        ("it", "the ministry", False, True),
    ],
)
def test_number_and_person(pronoun: str, words: str, plural: bool, fits: bool) -> None:
    assert agrees(pronoun, words, plural=plural) is fits


def test_the_party_of_the_sentence_before() -> None:
    text = "President Juma Okello of Kenya accused Uganda of spying. He threatened to close the border with Uganda."
    assert doers(text, "threatened") == doers(text, "accused")


def test_she_is_not_the_police() -> None:
    text = "Police in Nairobi arrested a woman on Monday after she threatened to bomb the parliament of Kenya."
    assert all("police" not in doer.lower() for doer in doers(text, "threatened"))


def test_another_person_in_between_leaves_it_open() -> None:
    near = "President Juma Okello of Kenya accused Uganda of spying. He threatened to close the border with Uganda."
    assert doers(near, "threatened")
    between = near.replace(" He ", " President Peter Wasswa of Uganda was at a wedding in Gulu. He ")
    assert not any("Okello" in doer for doer in doers(between, "threatened"))


def test_one_too_far_off_leaves_it_open() -> None:
    first = "President Juma Okello of Kenya accused Uganda of spying."
    rain = " The rain went on and on, and the boats lay at the quay with their nets over the side." * 8
    text = f"{first}{rain} He threatened to close the border with Uganda."
    assert not any("Okello" in doer for doer in doers(text, "threatened"))


def test_i_is_who_speaks_and_nobody_else() -> None:
    text = (
        "Speaker Ama Owusu of the parliament of Ghana met the couple in Accra.\n\n"
        "“Every night I pray for the safe return of the hostages in Mali,” the singer wrote."
    )
    assert not any("Owusu" in p.text for m in coded(text)[1:] for p in m.actors)


def test_a_court_named_as_the_place_of_a_sentence_has_not_been_sentenced() -> None:
    text = "The judge told Moro that his actions put people at risk and jailed him for six months at Kano Crown Court."
    found = [m for m in coded(text) if m.type == "SANCTION"]
    assert [[p.text for p in m.actors] for m in found] == [["Kano Crown Court"]]
    assert not any(p.sector == "JUD" for m in coded(text) for p in m.recipients)


@pytest.mark.parametrize(
    ("first", "second", "known"),
    [
        ("Kenyan President Amos Kalo visited Uganda on Monday.", "He accused Sudan of lying.", True),
        ("The Kenyan army attacked Kismayo on Monday.", "He accused Sudan of lying.", False),
        ("Kenyan President Amos Kalo visited Uganda on Monday.", "They accused Sudan of lying.", False),
        (
            "Kenyan President Amos Kalo met Ugandan President Peter Onyal on Monday.",
            "“Rain is coming,” said Anna Holt. “He accused Sudan of lying.”",
            False,
        ),
    ],
)
def test_a_pronoun_without_a_fitting_antecedent_names_nobody(first: str, second: str, known: bool) -> None:
    said = [m for m in coded(f"{first} {second}") if m.type == "ACCUSE"]
    assert any(p.code == "KEN" for m in said for p in m.actors) is known
