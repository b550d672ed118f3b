"""Set phrases: each with a sentence that tells no deed and, beside it, one that does."""

from __future__ import annotations

import pytest

from dateline.events import code
from dateline.tags import tag

DAY = "2024-05-17"


def types(text: str) -> set[str]:
    return {m.type for m in code("a1", text, DAY, tags=tag(text, DAY))}


@pytest.mark.parametrize(
    ("kind", "other", "meant"),
    [
        # the reader's own part
        (
            "CONSULT",
            "For more on the governor's plan, call the office or visit the Kenyan ministry's web site.",
            "Ministers visited Chad on Monday.",
        ),
        # only the draft of a law
        ("MOBILIZE", "The Kenyan senate introduced draft laws.", "The Kenyan senate introduced conscription."),
        ("ASSAULT", "Kenyans do not need a booster shot at this time.", "Kenyans shot at soldiers in Chad."),
        ("COOPERATE", "Kenya and Chad traded barbs in May.", "Kenya traded with Chad in May."),
        ("COOPERATE", "Kenya is invested in having quiet borders.", "Kenya invested in Chad."),
        ("SUPPORT", "Speaking in Chad, the Kenyan minister smiled.", "The Kenyan minister praised Chad."),
        # fires are fought
        ("ASSAULT", "Firefighters launched an attack on the flames.", "Rebels launched an attack on the guards."),
        ("ASSAULT", "Soldiers fought the fire in Mali.", "Soldiers fought the rebels in Mali."),
        # what has no body hurts nobody on purpose
        ("ASSAULT", "Farmers were hit by Chinese tariffs.", "Farmers were hit by Chinese soldiers."),
        ("AID", "Lower Dutch tax rates helped the refugees.", "Dutch soldiers helped the refugees."),
        # habits are broken with, too
        (
            "SANCTION",
            "The Kenyan president broke with decades of policy.",
            "The Kenyan president broke with Chad over the border.",
        ),
        # liked, or asked
        (
            "REQUEST",
            "The Kenyan governor does not appeal to voters.",
            "The Kenyan governor appealed to voters for calm.",
        ),
        # the public is told where to call
        (
            "REQUEST",
            "Witnesses are asked to call Officer Marta Quill of the Kenyan police.",
            "Kenyan police asked villagers to leave the valley.",
        ),
        ("REQUEST", "Kenyan police appealed for witnesses.", "Kenyan police appealed for calm."),
        # led, pressed
        ("REQUEST", "The Kenyan general commands the brigade.", "The Kenyan general commanded the rebels to leave."),
        # words alone
        ("AGREE", "The Kenyan police offered an opinion.", "The Kenyan police offered to leave the valley."),
        ("REJECT", "A Kenyan official declined further comment.", "A Kenyan official declined the rebels' offer."),
        # a release of news
        (
            "RETREAT",
            "Two men fled, according to a release from the Kenyan police.",
            "The release of two hostages by Kenyan rebels ended the siege.",
        ),
        # paid for
        ("AID", "The Kenyan mayor awarded contracts to builders.", "The Kenyan mayor gave food to refugees."),
        # traffic
        (
            "ASSAULT",
            "A boy was killed in a hit-and-run in Leeds on Monday.",
            "A boy was killed by gunmen in Leeds on Monday.",
        ),
        ("ASSAULT", "A man was hit by a car and killed on Monday.", "A man was hit by a bullet and killed on Monday."),
        # theft
        ("COERCE", "A Kenyan thief stole paintings from the church.", "Kenyan soldiers stole food from the farmers."),
        # gardens and task forces
        ("MOBILIZE", "Agents spent a day digging in the garden.", "Kenyan troops were digging in near the border."),
        # whose business it is
        (
            "ASSAULT",
            "Power companies are cracking down on protesters who do not pay.",
            "Kenyan police are cracking down on protesters.",
        ),
        # let go from a job, home from a hospital
        (
            "RETREAT",
            "The teacher was let go from her job on Friday.",
            "The hostage was let go by the rebels on Friday.",
        ),
        ("RETREAT", "The victims were treated and released.", "The hostages were freed and released."),
        # a blitz of words
        (
            "THREATEN",
            "The Kenyan president will launch a media blitz on Friday.",
            "The Kenyan president will launch an offensive on Friday.",
        ),
        # tests
        ("MOBILIZE", "The Kenyan agency conducted a soil test.", "The Kenyan army conducted a missile test."),
        # what is on offer
        ("AGREE", "Kenyan counties offer the plate.", "Kenyan ministers offered to meet the rebels."),
        # habits of use, machines
        (
            "ASSAULT",
            "Drug abuse in Kenya claimed the lives of 2,000 people.",
            "Rebels in Kenya claimed the lives of 20 people.",
        ),
        ("ASSAULT", "Russia hacked the Kenyan election.", "Rebels hacked two farmers to death in Kenya."),
        ("ASSAULT", "Hackers hijacked Kenyan web sites on Monday.", "Rebels hijacked two Kenyan buses on Monday."),
        # hearts, helicopters, names, causes
        ("ASSAULT", "The Kenyan minister suffered a heart attack.", "The Kenyan army suffered an attack."),
        (
            "ASSAULT",
            "The Kenyan climber had been dropped off by helicopter near a hut.",
            "Bombs were dropped by an army helicopter near a Kenyan hut.",
        ),
        (
            "ASSAULT",
            "The Kenyan team was led by A.J. Slaughter and Marta Quill.",
            "The Kenyan army led the slaughter of 20 farmers.",
        ),
        (
            "ASSAULT",
            "Kenyan ministers fought to maintain the protection of elephants.",
            "Kenyan soldiers fought the rebels to maintain the truce.",
        ),
        # thieves
        (
            "PROTEST",
            "Thieves smashed their car through the window of a shop in Nairobi.",
            "Protesters smashed windows of shops in Nairobi.",
        ),
        # telephones
        (
            "REQUEST",
            "Kenyan soldiers made hoax calls to the ambulance.",
            "Kenyan soldiers made a call for peace talks.",
        ),
        # shops, liver and snow
        ("COERCE", "While it works the liver shuts up shop.", "Kenyan police shut up the shops of two traders."),
        # in the sense of a confession
        (
            "CONCEDE",
            "A man who admitted to having plotted against the army was sentenced.",
            "The Kenyan president apologised to the rebels.",
        ),
        # offices of firms
        (
            "RETREAT",
            "The chief executive of Zedcom resigned on Monday.",
            "The Kenyan interior minister resigned on Monday.",
        ),
    ],
)
def test_an_idiom_is_told_from_a_deed(kind: str, other: str, meant: str) -> None:
    assert kind not in types(other), other
    assert kind in types(meant), meant


def test_advice_asks_nobody_of_public_life_for_anything() -> None:
    assert types("“Doctors should always ask about the home,” Marta Quill said.") == set()
    assert types("“The rebels must leave the valley,” the Kenyan president said.") == {"REQUEST"}


def test_a_court_is_where_a_case_is_brought_and_not_whom_it_accuses() -> None:
    text = "The Kenyan government filed a lawsuit in Lagos High Court on Monday."
    assert [
        p.sector for m in code("a1", text, DAY, tags=tag(text, DAY)) for p in m.recipients if p.sector == "JUD"
    ] == []


def test_a_release_of_news_frees_nobody() -> None:
    assert "RETREAT" not in types("The Kenyan army's news release was read out in Chad.")
    assert "RETREAT" in types("The release of nine hostages by Chad was praised.")
