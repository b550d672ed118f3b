"""Mentions: what a sentence leans on, history, habits, patrons, headlines, capitals."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.events import code
from dateline.model import Mention, Tags
from dateline.tags import tag

DAY = "2024-05-17"  # a Friday


def coded(text: str, day: str | None = DAY) -> tuple[Mention, ...]:
    return code("a1", text, day, tags=tag(text, day))


def codes(parties: tuple[object, ...]) -> list[str | None]:
    return [getattr(p, "code", None) for p in parties]


def test_definite_strikes_take_their_doer_from_the_strikes_told_before() -> None:
    text = "French airstrikes on northern Mali killed four people. The strikes also wounded nine villagers."
    first, second = coded(text)
    assert codes(first.actors) == codes(second.actors) == ["FRA"]
    carried = second.actors[0]
    assert text[carried.start : carried.end] == carried.text  # the evidence stands in the earlier sentence
    assert carried.end <= second.sentence[0]


def test_a_backed_group_is_not_its_patron() -> None:
    (mention,) = coded("Four guards were killed in Basra by Iran-backed militiamen on Tuesday.")
    assert "IRN" not in codes(mention.actors)
    assert mention.actors[0].sector in ("REB", "PRM")


def test_an_old_date_makes_history() -> None:
    (mention,) = coded("In 2014 the rebels seized the town of Bria.")
    assert mention.historical
    assert mention.date is not None and mention.date.from_ == "2014-01-01"


def test_habits_have_no_day() -> None:
    (mention,) = coded("Chadian troops often attack rebel camps in Tibesti.")
    assert mention.status == "habitual"
    assert mention.date is None


def test_a_demand_in_a_quotation_is_a_request_of_the_speaker() -> None:
    mentions = coded("“Rwandan attacks on our villages must stop,” Congolese defence minister Jean Kalala said.")
    request = next(m for m in mentions if m.type == "REQUEST")
    assert request.mode == "yield"
    assert codes(request.actors) == ["COD"]


def test_a_flood_is_nobodys_deed() -> None:
    assert not coded("Floods killed 40 people in Sindh on Monday.")


def test_deployed_troops_are_no_casualties() -> None:
    for mention in coded("Italy has 900 troops in Niger, which attacked a village in March."):
        assert not any(c.what in ("dead", "wounded") for c in mention.counts)


def test_capitals_are_read_like_any_text() -> None:
    text = (
        "QUITO, 3 MAY 2024 (ANDINA) -- [TEXT] ECUADORAN POLICE REPORTED THAT THREE GUERRILLAS KIDNAPPED A FARMER IN LOJA"
        " YESTERDAY.  THE INTERIOR MINISTER CONDEMNED THE KIDNAPPING."
    )
    mention = coded(text, "2024-05-03")[0]
    assert (mention.type, mention.mode) == ("ASSAULT", "abduct")
    assert [p.name for p in mention.places] == ["Loja"]
    assert mention.date is not None and mention.date.from_ == "2024-05-02"


def test_without_tags_or_text_nothing_fails() -> None:
    assert code("a1", "", None) == ()
    assert code("a1", "Rebels attacked the town.", None, tags=Tags())


_PIECES = st.sampled_from(
    [
        "Syrian troops",
        "The strikes",
        "shelled",
        "a market in Homs",
        "on Tuesday",
        "killed 12 people",
        ", officials said.",
        "“We want them to stop,”",
        "said.",
        "The minister",
        "refused to",
        "meet",
        "\n\n",
        "if",
        "Peru and Chile",
        "-backed",
        "which",
        "held talks",
        "\u200b",
        "é",
        "5",
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_PIECES, max_size=14))
def test_every_span_quotes_and_the_same_text_gives_the_same_mentions(pieces: list[str]) -> None:
    text = " ".join(pieces)
    mentions = coded(text)
    assert mentions == coded(text)
    for m in mentions:
        spans = [m.trigger, *m.actors, *m.recipients, *m.places, *m.counts, *m.weapons, *m.attributed_to]
        if m.date is not None and m.date.text is not None:
            spans.append(m.date)
        for span in spans:
            assert text[span.start : span.end] == span.text
        assert m.sentence[0] <= m.trigger.start < m.trigger.end <= m.sentence[1]
    assert len({m.id for m in mentions}) == len(mentions)


def test_a_deed_without_a_doer_is_alleged_where_the_next_sentence_only_suspects_one() -> None:
    text = "A bomb killed two guards in Garissa on Monday. The attack was attributed to the Red Lions by the police."
    assert {m.status for m in coded(text) if m.type == "ASSAULT"} == {"alleged"}


def test_who_blames_another_has_surely_struck() -> None:
    text = "French troops shelled rebels in Mali, whom they blamed for a bomb attack in Niger."
    struck = next(m for m in coded(text) if m.trigger.text == "shelled")
    assert struck.status == "asserted"


def test_a_doer_named_apart_from_the_doubt_stays_sure() -> None:
    text = "Kenyan soldiers killed three herders near Garissa. Police in Lima suspect a baker of the murder of a nun."
    killed = next(m for m in coded(text) if m.trigger.text == "killed")
    assert killed.status == "asserted"


def test_a_deed_that_is_named_again_is_alleged_where_only_somebody_suspects_its_doer() -> None:
    text = (
        "A bomb exploded outside a bank in Garissa on Monday. Nobody was hurt. Shops stayed shut. Buses ran late. "
        "The explosion was the work of the Red Lions, a radio station believes."
    )
    assert next(m for m in coded(text) if m.trigger.text.endswith("exploded")).status == "alleged"


def test_a_prison_sentence_is_a_sanction_and_an_arrest() -> None:
    made = coded("A court in Sofia on Monday sentenced Plamen Dobrev to seven years in prison.")
    assert [(m.type, m.mode) for m in made] == [("SANCTION", "convict"), ("COERCE", "arrest")]
    fined = coded("A court in Sofia on Monday fined Plamen Dobrev 900 euros.")
    assert [(m.type, m.mode) for m in fined] == [("SANCTION", "convict")]


def test_its_soldiers_are_those_of_the_subject_above() -> None:
    (mention,) = coded("Kenya denied that its soldiers had shelled a village in Somalia.")
    assert (codes(mention.actors), mention.status) == (["KEN"], "denied")


def test_who_only_tells_of_a_deed_does_not_suffer_it() -> None:
    (mention,) = coded(
        "Peruvian troops shelled a village near Ayacucho, killing nine farmers, residents and a rebel group said."
    )
    assert not any("group" in p.text or "residents" in p.text for p in mention.recipients)


def test_a_part_of_the_dead_is_not_counted_twice() -> None:
    (mention,) = coded("A bomb killed eleven people, among them four children, in Garissa on Monday.")
    assert [(c.what, c.low) for c in mention.counts] == [("dead", 11)]


def test_who_is_held_by_police_is_arrested() -> None:
    (mention,) = coded("Two fishermen were held by harbour police on Monday.")
    assert (mention.type, mention.mode) == ("COERCE", "arrest")
    assert [p.text for p in mention.actors] == ["harbour police"]
    assert [p.text for p in mention.recipients] == ["Two fishermen"]
    for text in ("A memorial service was held by police for the two men in Kano.", "Talks were held for two days."):
        assert not [m for m in coded(text) if m.type in ("COERCE", "ASSAULT")]


def test_hours_lengths_and_lists_are_no_parties() -> None:
    text = (
        "Three men were arrested by the army in Goma, a short drive from the border. "
        "Were soldiers killed by rebels in Bria? The roster was attacked by the nurses' union on Tuesday evening."
    )
    heads = {p.text.split()[-1].lower() for m in coded(text) for p in (*m.actors, *m.recipients)}
    assert heads and not heads & {"were", "drive", "roster", "evening"}
