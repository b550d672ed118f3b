"""Who a phrase stands for: several behind one noun, what is no party, and what its sector is."""

from __future__ import annotations

import pytest

from dateline.events import code
from dateline.model import Mention
from dateline.tags import tag

DAY = "2024-05-17"


def coded(text: str) -> tuple[Mention, ...]:
    return code("a1", text, DAY, tags=tag(text, DAY))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The Kenyan and Ugandan presidents met on Monday.", ["KEN", "UGA"]),
        ("The presidents of Kenya and Uganda met on Monday.", ["KEN", "UGA"]),
        ("Kenya's and Uganda's presidents met on Monday.", ["KEN", "UGA"]),
        ("Indian and Pakistani troops exchanged fire on Monday.", ["IND", "PAK"]),
        ("The foreign ministers of France, Germany and Italy condemned the attack.", ["FRA", "DEU", "ITA"]),
    ],
)
def test_one_noun_of_several_states_is_several_parties(text: str, codes: list[str]) -> None:
    (mention,) = coded(text)
    assert [p.code for p in mention.actors] == codes
    assert all(p.sector in ("GOV", "MIL") for p in mention.actors)
    assert [text[p.start : p.end] for p in mention.actors] == [p.text for p in mention.actors]


def test_a_party_at_an_office_is_none_of_politics() -> None:
    assert coded("“Any office party should offer tea,” the ministry of health said.") == ()
    (mention,) = coded("The splinter party condemned the vote.")
    assert mention.actors[0].sector == "PTY"


def test_force_that_is_used_is_nobody() -> None:
    (mention,) = coded("Iranian security forces used excessive and lethal force to crush protests in Tehran on Friday.")
    assert [p.text for p in mention.actors] == ["Iranian security forces"]


def test_a_name_keeps_its_own_sector() -> None:
    (mention,) = coded("The European Union imposed tariffs on Chinese steel.")
    assert (mention.actors[0].code, mention.actors[0].sector) == ("EUR", None)


def test_a_player_of_a_state_is_none_of_its_government() -> None:
    (mention,) = coded("Police arrested Penn State quarterback Ivan Quill on Monday.")
    assert [(p.text, p.sector) for p in mention.recipients] == [("Penn State quarterback Ivan Quill", None)]


def test_what_bears_a_hyphen_is_no_rebel() -> None:
    assert all(
        p.sector != "REB"
        for m in coded("Turkey seized Iraqi-bound cargo on Monday. Turkey seized a mutual-fund office.")
        for p in m.recipients
    )


@pytest.mark.parametrize(
    "text",
    [
        "HARBOUR, Calif. (MNA) — Police arrested a man on Monday.",
        "Dekalb, Ill. — Police arrested a man on Monday.",
        "CARTHAGE, N.C. (MNA) - Police arrested a man on Monday.",
        "NIAMEY, March 3 (MNA) — Police arrested a man on Monday.",
    ],
)
def test_a_dateline_is_part_of_no_party(text: str) -> None:
    (mention,) = coded(text)
    assert [p.text for p in mention.actors] == ["Police"]


def test_what_stands_between_dashes_is_no_dateline() -> None:
    (mention,) = coded("The Houthis — Iran's allies — attacked a ship on Monday.")
    assert [p.code for p in mention.actors] == ["YEM"]


def test_a_town_before_a_deed_is_where_it_was() -> None:
    mentions = coded("Residents fled a Mosul gun battle between gunmen and police on Monday.")
    assert [p.text for m in mentions if m.type == "ASSAULT" for p in m.actors] == ["gunmen", "police"]


def test_who_breaks_up_a_fight_is_no_side_of_it() -> None:
    mentions = coded("Officers broke up a brawl between farmers and herders on Monday.")
    assert all(p.text != "Officers" for m in mentions if m.type == "ASSAULT" for p in m.actors)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Police said the mayor was arrested without incident on Monday.", "asserted"),
        ("The attack on the base did not kill anyone, the army said.", "asserted"),
        ("The rebels did not attack the base, the army said.", "negated"),
        ("Kenyan lawmakers consider apologizing for the raid.", "hypothetical"),
        ("Marta Quill hopes the president will release the hostages.", "desired"),
        ("The explosion did not cause any casualties.", "asserted"),
    ],
)
def test_status_of_what_only_seems_denied_or_done(text: str, status: str) -> None:
    assert [m.status for m in coded(text)] == [status]


def test_an_open_question_is_no_agreement() -> None:
    mentions = coded("It is not known whether the Kenyan president will agree to free the prisoners.")
    assert all(m.status == "hypothetical" for m in mentions)


def test_an_envoy_is_called_home_from_a_state() -> None:
    (mention,) = coded("Bolivia recalled its ambassador from Asunción for consultations.")
    assert [(p.code, p.text) for p in mention.recipients] == [("PRY", "Asunción")]


def test_what_somebody_is_convicted_of_is_no_part_of_them() -> None:
    mentions = coded("A court in Bucharest convicted former energy minister Ileana Quill of bribery on Wednesday.")
    assert {p.text for m in mentions for p in m.recipients} == {"former energy minister Ileana Quill"}


def test_a_former_minister_is_of_no_government() -> None:
    mentions = coded("The court jailed a former transport minister on Monday.")
    assert {p.sector for m in mentions for p in m.recipients} == {"ELI"}


def test_who_says_that_troops_were_sent_asks_too() -> None:
    mentions = coded("The interior ministry said troops had been sent to the area and asked drivers to leave the road.")
    assert [p.text for m in mentions if m.type == "REQUEST" for p in m.actors] == ["interior ministry"]


def test_a_person_is_no_it() -> None:
    text = "The head of the harbour office denied that he had resigned. It has asked the police to find the letter."
    assert [p.text for m in coded(text) if m.type == "REQUEST" for p in m.actors] == ["harbour office"]
    text = (
        "The mayor of the town, Marta Quill, denied that she had resigned. It has asked the police to find the letter."
    )
    assert all(p.text != "mayor" for m in coded(text) if m.type == "REQUEST" for p in m.actors)


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Kenyan ministers threatened to challenge the quota in court.", None),
        ("Kenyan ministers threatened to bomb the camps of the rebels.", "violence"),
    ],
)
def test_a_threat_is_of_violence_where_violence_is_threatened(text: str, mode: str | None) -> None:
    assert [m.mode for m in coded(text) if m.type == "THREATEN"] == [mode]


def test_an_adjective_is_nobody() -> None:
    assert [a.text for a in tag("Italy held national elections, and a criminal case began.").actors] == ["Italy"]


def test_those_who_died_in_one_raid_are_none_of_the_next() -> None:
    text = "Gunmen ambushed a convoy on Friday. The ambush came two days after an attack on a market, in which 23 farmers died."
    dead = [[c.low for c in m.counts if c.what == "dead"] for m in coded(text)]
    assert [n for n, m in zip(dead, coded(text), strict=True) if "ambush" in m.trigger.text] == [[], []][
        : len(dead) - 1
    ]
    assert [23] in dead


def test_what_a_sentence_of_history_goes_on_to_tell_is_history() -> None:
    text = "In 2021 gunmen seized 270 girls in Zamfara; they were freed after four days."
    assert [(m.historical, m.date and m.date.from_) for m in coded(text)] == [(True, "2021-01-01")] * 2


def test_who_marches_with_others_does_not_march_against_them() -> None:
    (mention,) = coded("Drivers walked off the job on Tuesday with students behind them.")
    assert mention.recipients == ()
