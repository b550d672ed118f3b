"""One word, two senses: each rule with a sentence that it drops and, beside it, one that it must leave."""

from __future__ import annotations

import pytest

from dateline.events import code
from dateline.events.relevance.setting import Setting
from dateline.events.relevance.standing import standing, without
from dateline.events.relevance.things import intangible, nobody
from dateline.model import Mention, Party
from dateline.tags import tag

DAY = "2024-05-17"  # a Friday
TRADE = (
    "Shares of retailers fell on Friday as investors weighed profits, sales and the outlook of the company's stores."
)
FILM = "The trailer for the sequel shows its protagonist, a villain from the first film, in a new gameplay episode."
STUMP = "The candidates of the primary met voters in Iowa before the debate, and the polls put the frontrunner ahead."


def coded(text: str, title: str | None = None) -> tuple[Mention, ...]:
    return code("a1", text, DAY, title=title, tags=tag(text, DAY))


def types(text: str, title: str | None = None) -> set[str]:
    return {m.type for m in coded(text, title)}


@pytest.mark.parametrize(
    ("kind", "other", "meant"),
    [
        # what has no body cannot be stabbed or attacked
        ("ASSAULT", "The rebels slashed their spending in Mali.", "The rebels slashed two guards in Mali."),
        # a thing threatens nobody
        (
            "THREATEN",
            "Sudanese policies threaten the growth of exports.",
            "Sudanese generals threatened Chad with war on Monday.",
        ),
        # to insist that something is so asks for nothing
        (
            "REQUEST",
            "Kenya insisted that the road was open.",
            "Kenya insisted that Uganda withdraw its troops.",
        ),
        ("REQUEST", "Kenya seeks to build a railway.", "Kenya sought help from Uganda on Monday."),
        ("REQUEST", "A Kenyan minister requested anonymity.", "Kenya requested the release of two hostages from Chad."),
        # to deny a rumour refuses nobody anything
        (
            "REJECT",
            "Kenya's minister denied a rumour of his marriage.",
            "Kenya's minister rejected the Ugandan demand.",
        ),
        ("REJECT", "Kenya's minister rejected the theory.", "Kenya's minister rejected the Ugandan offer."),
        # what lets something happen need not give way
        (
            "CONCEDE",
            "Kenya built a canal, allowing barges to reach the lake.",
            "Kenya allowed the rebels to return on Monday.",
        ),
        ("CONCEDE", "Kenya's Rents Act allows tenants to leave.", "Kenya allowed the rebels to return on Monday."),
        ("AID", "The Kenyan minister helped write the song.", "The Kenyan army helped Uganda rebuild the bridge."),
        ("COOPERATE", "Kenya exported 90 million tons of tea.", "Kenya sold maize to Uganda on Monday."),
        # what a talk is about takes no part in it
        (
            "CONSULT",
            "The Kenyan minister appeared on a stage to discuss the ruling of the Kenyan court.",
            "The Kenyan minister discussed the ruling with the Ugandan president.",
        ),
        (
            "CONSULT",
            "The Kenyan minister held a news conference.",
            "The Kenyan minister held talks with Ugandan officials.",
        ),
        ("ACCUSE", "A Kenyan general is in charge of the Ugandan camp.", "Kenya filed charges against Uganda's envoy."),
        ("PROTEST", "Kenyan families sat down together.", "Kenyan workers blocked the road to the capital."),
        ("COOPERATE", "The Kenyan minister testified.", "Kenya extradited two suspects to Uganda."),
        # antiquity is no news
        ("ASSAULT", "The Romans destroyed the temple in 70 A.D.", "The rebels destroyed the temple in 2023."),
        (
            "ASSAULT",
            "Troops attacked Kandahar in the 12th century.",
            "On Monday troops attacked the 12th-century church.",
        ),
        ("ASSAULT", "Troops burned Kandahar in 330 B.C.", "Gunmen attacked a school in Vancouver, B.C., on Monday."),
    ],
)
def test_sense(kind: str, other: str, meant: str) -> None:
    assert kind not in types(other)
    assert kind in types(meant)


@pytest.mark.parametrize(
    "text",
    [
        "They will ask you to verify your account number.",
        "Private colleges attack the problem with lower prices.",
        "These firms offer a discount to the city's shoppers.",
    ],
)
def test_advice_and_custom_in_soft_news(text: str) -> None:
    assert not types(f"{TRADE}\n\n{text}", "Retailers' shares fall as sales slow")


def test_worlds_made_for_the_screen() -> None:
    assert not types(f"{FILM}\n\nThree soldiers attack the villagers with guns.")
    assert types("Three soldiers attacked the villagers with guns.") == {"ASSAULT"}


def test_an_election_is_no_battle() -> None:
    assert "ASSAULT" not in types(f"{STUMP}\n\nSenator Walter Brill beat Governor Anna Holt in Iowa.")
    assert "ASSAULT" in types(f"{STUMP}\n\nGunmen attacked a polling station in Iowa with rifles.")


def test_setting_frames() -> None:
    assert Setting(None, FILM).fiction and not Setting(None, STUMP).fiction
    assert Setting(None, STUMP).contest and not Setting(None, FILM).contest
    assert Setting("Farmers march on the capital", "").unrest and not Setting(None, TRADE).unrest


def party(text: str, code: str | None = "KEN", sector: str | None = "GOV") -> Party:
    return Party(text, 0, len(text), None, code, sector)


def test_what_is_nobody() -> None:
    assert nobody("President Kalo’s involvement") and nobody("the Fair Rents Act") and nobody("poll of Kenyans")
    assert not nobody("Kenyan government") and not nobody("delegation of Kenya") and not nobody("Bill Kalo")
    assert intangible("prices") and intangible("enjoyment") and not intangible("settlement")
    assert standing(party("President Kalo’s involvement")) == "thing"
    assert standing(party("President Kalo")) == "public"


def test_a_party_read_together_with_its_deed() -> None:
    assert without(Party("Kenya’s prosecution", 4, 23, None, "KEN", None), (12, 23)).text == "Kenya"
    assert without(Party("Kenya", 4, 9, None, "KEN", None), (12, 23)).text == "Kenya"


def test_where_somebody_is_arrested_is_nobody() -> None:
    (mention,) = [m for m in coded("He was arrested a block away from the bank in Nairobi.") if m.type == "COERCE"]
    assert not any("block" in p.text for p in mention.recipients)


def test_a_company_is_hacked_into_and_not_with_a_blade() -> None:
    (mention,) = coded("Two men hacked the Kenyan telephone company on Monday.")
    assert (mention.type, mention.mode) == ("COERCE", "cyber")
    (mention,) = coded("Two men hacked a Kenyan guard to death on Monday.")
    assert mention.type == "ASSAULT"


@pytest.mark.parametrize(
    "text",
    [
        "It is deeply sad to attend a large gathering of bankers in Nairobi.",
    ],
)
def test_what_hurts_or_gathers_in_trade_and_science(text: str) -> None:
    assert not types(f"{TRADE}\n\n{text}", "Retailers' shares fall as sales slow")


def test_dear_goods_hurt_nobody_bodily() -> None:
    told = "Kenyan shoppers may buy fewer goods from Uganda, thereby hurting Ugandan companies."
    assert "ASSAULT" not in types(f"The trade war goes on; troops are not involved.\n\n{told}")
    assert "ASSAULT" in types("Rebels hurt two Ugandan guards with stones on Monday.")


@pytest.mark.parametrize(
    "thing", ["market", "wedding", "funeral", "town hall", "shopping centre", "theatre", "stadium"]
)
@pytest.mark.parametrize(
    "told",
    [
        "Chadian troops shelled a {} in Abeche on Monday.",
        "Missiles hit a {} in Abeche on Monday.",
        "Chad's army denied shelling a {}.",
    ],
)
def test_where_people_come_together_may_be_attacked(thing: str, told: str) -> None:
    text = told.format(thing)
    assert [m.type for m in code("a1", text, "2024-05-17", tags=tag(text, "2024-05-17"))] == ["ASSAULT"]


def test_prices_hit_no_market() -> None:
    text = "Higher tariffs hit the market on Monday."
    assert not code("a1", text, "2024-05-17", tags=tag(text, "2024-05-17"))


@pytest.mark.parametrize(
    ("text", "kind", "mode"),
    [
        ("Qatar hosted talks between Chad's army and three rebel groups.", "CONSULT", "third-party"),
        ("The World Food Programme delivered food to Darfur on Monday.", "AID", None),
        ("Germany will send two more Patriot batteries to Kenya.", "AGREE", None),
        ("Germany will send warships to the coast of Kenya.", "THREATEN", "violence"),
        ("“These attacks on our troops are unacceptable,” governor Ola Mbeko said.", "ACCUSE", "disapprove"),
    ],
)
def test_deeds_that_words_beside_them_must_not_hide(text: str, kind: str, mode: str | None) -> None:
    assert (kind, mode) in {(m.type, m.mode) for m in coded(text)}
