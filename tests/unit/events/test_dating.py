"""The day of a deed that its own sentence does not give."""

from __future__ import annotations

import pytest

from dateline.events import code, merge
from dateline.model import EventDate, Mention
from dateline.tags import tag

DAY = "2024-05-17"  # a Friday


def coded(text: str) -> tuple[Mention, ...]:
    return code("a1", text, DAY, tags=tag(text, DAY))


def told(text: str, word: str) -> EventDate:
    found = next(m.date for m in coded(text) if text.find(word) == m.trigger.start)
    assert found is not None
    return found


def days(text: str, word: str) -> tuple[str | None, str | None]:
    found = told(text, word)
    return found.from_, found.to


def test_a_deed_named_again_has_the_day_of_its_other_telling() -> None:
    text = (
        "Rebels have kidnapped nine teachers in Bria, the mayor said.\n\n"
        "The kidnapping of the teachers took place on 11 May."
    )
    found = told(text, "kidnapped")
    assert (found.from_, found.to) == ("2024-05-11", "2024-05-11")
    assert found.start is not None and text[found.start : found.end] == found.text  # the words stand where they are


def test_the_same_sufferer_has_one_day() -> None:
    text = (
        "Gunmen killed judge Tomas Arrieta outside his house, police said. The city is in mourning.\n\n"
        "Judge Arrieta was killed by gunmen on Tuesday as he left his car."
    )
    assert days(text, "killed") == ("2024-05-14", "2024-05-14")
    events = merge(coded(text), order=["a1"], families={})
    assert [e.date.from_ for e in events if e.type == "ASSAULT" and e.date] == ["2024-05-14"]


def test_a_tale_goes_on_on_its_day() -> None:
    text = "Militants attacked a village near Mopti on Wednesday. They burned the school and abducted three nurses."
    assert days(text, "abducted") == ("2024-05-15", "2024-05-15")


@pytest.mark.parametrize(
    "second",
    [
        "They have abducted three nurses.",  # at some time until now
        "They had abducted three nurses.",  # before
        "They abducted three nurses elsewhere recently.",  # told afresh
    ],
)
def test_what_is_no_part_of_the_tale_keeps_its_own_day(second: str) -> None:
    text = f"Militants attacked a village near Mopti on Wednesday. {second}"
    assert days(text, "abducted") != ("2024-05-15", "2024-05-15")


def test_a_reason_need_not_be_of_the_same_day() -> None:
    text = "The clinic was evacuated on Thursday because it was hit by a rocket fired by rebels on Tuesday night."
    found = [m.date.from_ for m in coded(text) if m.type == "ASSAULT" and m.date]
    assert found and set(found) == {"2024-05-14"}


def test_that_very_day_is_the_day_named_last() -> None:
    text = "The council met in Bamako on 12 May.\n\nOn that very day gunmen killed Colonel Issa Traore in Kidal."
    assert days(text, "killed") == ("2024-05-12", "2024-05-12")


def test_a_deed_some_hours_before_another() -> None:
    text = "The murder of the editor on Thursday came only 12 hours after gunmen shot dead judge Ana Ruiz in Cali."
    assert days(text, "shot") == ("2024-05-15", "2024-05-16")


def test_two_days_of_one_sufferer_leave_the_day_open() -> None:
    text = (
        "Police have arrested students in Kano.\n\nPolice arrested students on Monday.\n\n"
        "Police arrested students on Wednesday."
    )
    assert days(text, "arrested") == (None, "2024-05-17")


def test_what_is_yet_to_begin_does_not_end_before() -> None:
    text = "The army and the rebels signed a truce on Friday. The ceasefire is to begin on Monday at dawn."
    for mention in coded(text):
        when = mention.date
        assert when is None or when.from_ is None or when.to is None or when.from_ <= when.to, mention
