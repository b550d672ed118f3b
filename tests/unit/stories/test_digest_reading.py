"""What a digest is for its reader: it stands alone, opens with the newest state, and is still when nothing new comes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import Article as A
from dateline.stories import digest
from dateline.stories.digest import fresh, in_order
from dateline.stories.digest.candidates import bare, leans
from dateline.stories.digest.runs import Reference, common

FERRY = A(
    "a1",
    None,
    "Ferry with 80 aboard sinks off Selm",
    "A ferry with 80 people aboard sank off the island of Selm on Monday night, the Varn coast guard said. "
    "“I held on to a door until the morning came, and I thought of my mother,” Ida Morl said. "
    "Fishing boats pulled 52 people from the water before dawn, according to the harbour office of Selm.",
    "2026-04-06T22:00:00Z",
)
DAWN = A(
    "a2",
    None,
    "Selm ferry: 52 rescued, 28 missing",
    "Rescuers were looking for 28 people on Tuesday after a ferry sank off Selm with 80 aboard. "
    "He said the sea was too rough for divers. “We heard nothing and then everything,” he told Radio Varn. "
    "The coast guard of Varn sent two helicopters to the wreck of the ferry.",
    "2026-04-07T06:00:00Z",
)
RAISED = A(
    "a3",
    None,
    "Nine found dead in wreck of Selm ferry",
    "Divers found nine people dead in the wreck of the ferry off Selm on Wednesday, the Varn coast guard said. "
    "But 19 were still missing. Prosecutors in Varn opened an inquiry into the company that ran the ferry to Selm.",
    "2026-04-08T11:00:00Z",
)
STORY = [FERRY, DAWN, RAISED]


def test_the_newest_state_opens_and_no_colour_does() -> None:
    made = digest("s", STORY)
    assert made.sentences[0].article == "a3"
    for length in (1, 2, 3):
        assert "“" not in digest("s", STORY[:length]).sentences[0].text


def test_several_independent_reports_are_quoted() -> None:
    assert len({quote.article for quote in digest("s", STORY).sentences}) >= 2


def test_no_quotation_leans_on_a_sentence_left_out() -> None:
    for words in (20, 40, 80, 160):
        for quote in digest("s", STORY, words=words).sentences:
            assert not leans(quote.text)
            assert quote.text[0] not in "“" or "said" in quote.text


@given(
    st.permutations(STORY),
    st.sampled_from(STORY),
    st.sets(st.integers(min_value=0, max_value=2), min_size=1),
)
@settings(max_examples=40, deadline=None)
def test_a_report_that_adds_nothing_changes_nothing(order: list[A], told: A, kept: set[int]) -> None:
    sentences = told.text.split(". ")
    again = ". ".join(sentences[at] for at in sorted(kept) if at < len(sentences)).rstrip(".") + "."
    echo = replace(told, id="a9", text=again, published="2026-04-08T18:00:00Z")
    assert digest("s", [*order, echo]) == digest("s", STORY)


def test_a_report_with_a_new_number_is_no_echo() -> None:
    again = replace(RAISED, id="a9", published="2026-04-08T18:00:00Z", text=RAISED.text.replace("19", "17"))
    assert [a.id for a in fresh(in_order([*STORY, again]))] == ["a1", "a2", "a3", "a9"]
    assert fresh([RAISED, replace(RAISED, id="a9")]) == [RAISED]


def test_opinion_is_not_quoted_beside_news_and_is_alone() -> None:
    view = replace(RAISED, id="a4", kind="opinion", title="The ferry off Selm should never have sailed")
    assert digest("s", [FERRY, view]).sentences == digest("s", [FERRY]).sentences
    assert digest("s", [view]).sentences


@given(st.lists(st.sampled_from([*STORY, replace(FERRY, id="a5")]), min_size=1, max_size=4, unique_by=lambda a: a.id))
@settings(max_examples=30, deadline=None)
def test_quotations_are_exact_and_no_one_twice(articles: list[A]) -> None:
    texts = {a.id: a.text for a in articles}
    quotes = digest("s", articles).sentences
    assert 1 <= len(quotes) <= 6
    assert all(texts[q.article][q.start : q.end] == q.text for q in quotes)
    assert len({q.text for q in quotes}) == len(quotes)


@pytest.mark.parametrize(
    "text",
    [
        "He said the toll could rise.",
        "“I will not leave,” she told Radio Varn.",
        "In a statement, he said on Monday that the bridge was safe.",
        "“Torv did it,” he said.",
        "As she left the court, the crowd cheered.",
        "Hours later the ministry gave way.",
        "The army had lost a convoy the day before.",
        "Orlen began it in March.",
        "Kastra did the same on Friday.",
        "Not everyone is convinced.",
        "That week the council voted.",
        "None of it was real, the Orlen garrison said.",
        "On Tuesday Kastra had both, on the same street.",
        "The police saw the one and the drivers of Kastra the other.",
        "The Orlen coalition says as many as 20,000.",
        "Kastra says that this is untrue.",
    ],
)
def test_what_leans(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    [
        "There were nearly 4.7 million checks in March, the Orlen office said.",
        "The minister said he would go.",
        "Torv said she would stay.",
        "In his first speech, President Morl said taxes would fall.",
        "This week, the Orlen council voted.",
        "Both the senate and the house of Kastra voted.",
        "Another 6,000 people left Orlen.",
        "It is unclear whether the bridge at Kastra holds.",
        "“Duty calls,” Torv said, adding that she would stay.",
        "The two-day strike at Orlen began a day after the vote.",
        "Most of this year's crop was lost, the Orlen office said.",
        "Kastra has both coasts and mountains.",
        "Brokers said the rate had fallen to 21.",
        "Police in Orlen said 12 people died.",
        "Torv said this year was the driest since 1961.",
    ],
)
def test_what_stands_alone(text: str) -> None:
    assert not leans(text)


def test_a_subject_without_its_name_is_bare() -> None:
    assert bare("The attack was the third since May.") and bare("The regional governor said so.")
    assert not bare("The Orlen council was dissolved.") and not bare("The mayor of Orlen was freed.")


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_the_longest_common_run_is_that_of_the_textbook(one: list[str], other: list[str]) -> None:
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            table[i + 1][j + 1] = table[i][j] + 1 if a == b else max(table[i][j + 1], table[i + 1][j])
    assert common(one, Reference.of(other)) == table[-1][-1]


def test_a_question_that_a_report_asks_is_not_quoted_one_that_somebody_asked_may_be() -> None:
    assert leans("Was the company paid for the crossing to Selm?")
    assert not leans("“Was the company paid for the crossing?” Ida Morl asked the harbour office of Selm.")
    asking = replace(FERRY, text=f"Was the ferry to Selm overloaded with 80 aboard? {FERRY.text}")
    assert all(not quote.text.endswith("?") for quote in digest("s1", [asking, DAWN]).sentences)
