"""Whose a party is where its words alone mislead: towns of one name, offices of firms, given names, companies."""

from __future__ import annotations

import pytest

from dateline.tags import tag
from dateline.tags.actors import actors


def coded(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(a.text, a.code, a.sector) for a in tag(text).actors]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The firm is under investigation by the New York State Attorney General.", "USA"),  # no York in Canada
        ("Carthage, Texas, was calm on Monday. Carthage police closed a road in Texas.", "USA"),
        ("The University of Georgia in Athens, Georgia, closed on Monday, as did Emory in Atlanta, Georgia.", "USA"),
        ("The West Columbia City Council met in West Columbia, South Carolina.", "USA"),
    ],
)
def test_a_town_beside_a_party_lies_where_the_text_puts_it(text: str, code: str) -> None:
    found = [c for _, c, _ in coded(text) if c]
    assert found and set(found) == {code}


@pytest.mark.parametrize(
    "text", ["Wells Fargo analysts saw the fall.", "Taylor Quill fans cheered.", "The East division won the cup."]
)
def test_part_of_a_name_is_no_town(text: str) -> None:
    assert [code for _, code, _ in coded(text)] in ([None], [])


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("The Zedcom senior vice president spoke.", None),
        ("He serves as President and CEO of Zedcom.", None),
        ("Marta Quill, president of Zedcom, met investors.", None),
        ("Chief Strategy Officer Ivan Quill joined the firm.", None),
        ("A Zedcom spokeswoman said the sale was over.", None),
        ("The vice president of Kenya spoke.", "GOV"),
        ("The president of the republic spoke.", "GOV"),
        ("The police officer Ivan Quill spoke.", "COP"),
        ("The army spokesman spoke.", "MIL"),
    ],
)
def test_an_office_of_a_firm_is_none_of_a_state(text: str, sector: str | None) -> None:
    assert coded(text)[0][2] == sector


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Chad Oquill said the game was fine.", []),
        ("Chad said the talks were fine.", ["TCD"]),
        ("Let us go home, they said.", []),
        ("A LeT commander was seen.", ["PAK"]),
        ("Marta Quill states that it is so.", []),
        ("The sale brought US$3 million.", []),
    ],
)
def test_words_that_are_spelled_like_a_party(text: str, codes: list[str]) -> None:
    assert [code for _, code, _ in coded(text) if code] == codes


def test_an_agency_does_not_make_its_country_the_one_spoken_of() -> None:
    text = "The army left, sources told the AP. The AP saw it leave. The AP asked the army why."
    assert {a.code for a in actors(text) if a.sector == "MIL"} == {None}


def test_two_sentences_are_no_name() -> None:
    assert [a.text for a in actors("She told the AP. Quill left.")] == ["AP"]
    assert next(a.text for a in actors("He met U.S. Sen. Marta Quill.")).startswith("U.S. Sen")


def test_what_no_person_is_called_is_not_remembered_as_one() -> None:
    text = "Quill of the District Attorney's Office spoke. The Office was closed. Police Chief Marta Quill left. Quill spoke."
    assert "Office" not in [a.text for a in actors(text)]


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("The Sacramento Kings won on Monday.", "SOC"),
        ("The Ottawa Senators lost at home.", "SOC"),
        ("Ottawa senators met the miners.", "LEG"),
        ("Mosul Rebels Attack Town.", "REB"),
        ("Florida State sued the league on Friday.", "EDU"),
        ("New York State sued the firm.", "GOV"),
        ("Lagos State closed its schools.", "GOV"),
        ("West Darfur State in Sudan lifted the curfew.", "GOV"),
    ],
)
def test_a_club_or_university_is_none_of_what_its_name_says(text: str, sector: str) -> None:
    assert coded(text)[0][2] == sector
