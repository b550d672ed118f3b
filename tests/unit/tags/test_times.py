"""Times: spans, TIMEX3 values and intervals of our own sentences."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.tags.times import times

FRIDAY = "2023-10-27"


def one(text: str, published: str | None = FRIDAY) -> tuple[str, str, str | None, str | None]:
    (span,) = times(text, published)
    assert text[span.start : span.end] == span.text
    return span.text, span.value, span.from_, span.to


@pytest.mark.parametrize(
    ("text", "words", "value", "first", "last"),
    [
        ("They met on Oct 17.", "Oct 17", "2023-10-17", "2023-10-17", "2023-10-17"),
        ("The camp was hit in March.", "March", "2023-03", "2023-03-01", "2023-03-31"),
        ("It was hit three times in the past week.", "the past week", "P1W", "2023-10-21", "2023-10-27"),
        ("Last week a ship sank.", "Last week", "2023-W42", "2023-10-16", "2023-10-22"),
        ("He said Wednesday that all was well.", "Wednesday", "2023-10-25", "2023-10-25", "2023-10-25"),
        ("The court will meet on Monday.", "Monday", "2023-10-30", "2023-10-30", "2023-10-30"),
        ("The vote will be held in March.", "March", "2024-03", "2024-03-01", "2024-03-31"),
        ("Crowds tried to storm the court on Monday.", "Monday", "2023-10-23", "2023-10-23", "2023-10-23"),
        ("They met in the square to mourn on Monday.", "Monday", "2023-10-23", "2023-10-23", "2023-10-23"),
        ("They agreed to meet in Doha on Monday.", "Monday", "2023-10-30", "2023-10-30", "2023-10-30"),
        ("It seized the town in 2014.", "2014", "2014", "2014-01-01", "2014-12-31"),
        ("It shut at the end of the 1980s.", "the 1980s", "198", "1980-01-01", "1989-12-31"),
        ("They left two days ago.", "two days ago", "2023-10-25", "2023-10-25", "2023-10-25"),
        ("It lasted 45 minutes.", "45 minutes", "PT45M", None, None),
        (
            "It was built in the third quarter of 1989.",
            "the third quarter of 1989",
            "1989-Q3",
            "1989-07-01",
            "1989-09-30",
        ),
    ],
)
def test_values_and_intervals(text: str, words: str, value: str, first: str | None, last: str | None) -> None:
    assert one(text) == (words, value, first, last)


def test_time_of_day_with_its_day() -> None:
    (span,) = times("The raid began at roughly 4.30am local time today near the river.", FRIDAY)
    assert (span.value, span.kind, span.grain) == ("2023-10-27T04:30", "time", "minute")
    assert (span.from_time, span.from_) == ("2023-10-27T04:30", "2023-10-27")


def test_today_is_the_day_at_the_sources_own_offset() -> None:
    (span,) = times("It began today.", "2024-03-01T23:30:00-05:00")
    assert span.value == "2024-03-01"


@pytest.mark.parametrize(
    ("text", "words", "value", "first", "last"),
    [
        ("Drones struck the port overnight.", "overnight", "2023-10-26TNI", "2023-10-26", "2023-10-27"),
        ("They will march overnight.", "overnight", "2023-10-27TNI", "2023-10-27", "2023-10-28"),
        (
            "Shells fell overnight into Wednesday.",
            "overnight into Wednesday",
            "2023-10-24TNI",
            "2023-10-24",
            "2023-10-25",
        ),
        (
            "Overnight on Tuesday a bridge fell.",
            "Overnight on Tuesday",
            "2023-10-24TNI",
            "2023-10-24",
            "2023-10-25",
        ),
    ],
)
def test_a_night_joins_two_days(text: str, words: str, value: str, first: str, last: str) -> None:
    assert one(text) == (words, value, first, last)


HISTORY = (
    "The war began in June 1923. On 22 June, three armies crossed the Orla. The next day they took Besk. By early July "
    "the capital was besieged, and on 3 August it fell. In December the king fled; in January a truce was signed. That "
    "spring, 40,000 men died. In 1926 a treaty was signed in May. It was broken in 1931 and again in 1933."
)
TOLD = "1923-06 1923-06-22 1923-06-23 1923-07 1923-08-03 1923-12 1924-01 1924-SP 1926 1926-05 1931 1933"


@pytest.mark.parametrize("published", [None, "2015-05-02"])
def test_history_counts_from_the_year_it_tells(published: str | None) -> None:
    assert [span.value for span in times(HISTORY, published)] == TOLD.split()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "It began on 15 March 2011 and by 25 April tanks were there. In May it rained.",
            "2011-03-15 2011-04-25 2023-05",
        ),
        ("The strike on 3 March 2022 killed two. The next day, a third died.", "2022-03-03 2022-03-04"),
        ("Talks on 3 March 2022 failed. They will meet the next day.", "2022-03-03 2023-10-28"),
    ],
)
def test_a_date_with_its_year_lends_it_to_the_rest_of_its_sentence(text: str, values: str) -> None:
    assert [span.value for span in times(text, FRIDAY)] == values.split()


def test_without_publication_nothing_relative_is_guessed() -> None:
    (span,) = times("He came on Friday.", None)
    assert (span.value, span.from_, span.grain) == ("XXXX-WXX-5", None, None)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("He will leave early on Tuesday local time.", ["2023-10-31"]),
        ("It is payable Dec. 15 and expires Jan. 2.", ["2023-12-15", "2024-01-02"]),
        ("It began on October 3-5.", ["2023-10-03/2023-10-05"]),
        ("Every Friday they pray; they meet twice a week.", ["XXXX-WXX-5", "P1W"]),
        ("The bus left at 16:30 on Thursday.", ["2023-10-26T16:30"]),
        ("He died last night.", ["2023-10-26TNI"]),
        ("It closed in the winter of 1994.", ["1994-WI"]),
        ("The 45-year-old won 2014 votes.", []),
        ("The strike on 3 March 2022 killed two. The following day, a third man died.", ["2022-03-03", "2022-03-04"]),
        ("In the next two weeks, perhaps.", ["P2W"]),
        ("He said.Last week it rained.", ["2023-W42"]),
        ("The weekend was calm.", ["2023-W42-WE"]),
        ("He may march in sun and fall.", []),
        (
            "Gunmen came on Sunday. They left at 9 p.m. or in the morning.",
            ["2023-10-22", "2023-10-22T21:00", "2023-10-22TMO"],
        ),
        ("They will sail on Sunday. The port opens in the morning.", ["2023-10-29", "2023-10-27TMO"]),
        ("The raid came in the early hours of Tuesday, at dawn on Monday.", ["2023-10-24TMO", "2023-10-23TMO"]),
        ("A fire broke out on Tuesday; the previous night had been calm.", ["2023-10-24", "2023-10-23TNI"]),
        ("Four died in March. The previous night had been calm.", ["2023-03"]),
        ("It opened on Christmas Day and will close on New Year's Eve.", ["2022-12-25", "2023-12-31"]),
        ("It was an overnight success.", []),
        ("It fell in the first half of 2020 and the early 1990s.", ["2020-H1", "199"]),
        ("It happened several years ago, in the 20th century.", ["PAST_REF", "19"]),
        ("Half an hour later; two and a half years; 3 1/2 years", ["PT30M", "P2Y6M", "P3Y6M"]),
    ],
)
def test_more_values(text: str, values: list[str]) -> None:
    assert [span.value for span in times(text, FRIDAY)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("El martes, dos soldados murieron; el 12 de marzo de 2022 hubo otro ataque.", ["2023-10-24", "2022-03-12"]),
        ("Hier, trois civils ont été tués; le 1er octobre, deux autres.", ["2023-10-26", "2023-10-01"]),
        ("Am Dienstag starben drei Menschen, am 3. März 2021 zwei.", ["2023-10-24", "2021-03-03"]),
        ("Na terça-feira, duas pessoas morreram; em 5 de maio de 2020, três.", ["2023-10-24", "2020-05-05"]),
        ("قتل ثلاثة أشخاص يوم الثلاثاء، وفي 12 مارس 2022 قتل اثنان", ["2023-10-24", "2022-03-12"]),
    ],
)
def test_common_dates_of_other_languages(text: str, values: list[str]) -> None:
    spans = times(text, FRIDAY)
    assert [span.value for span in spans] == values
    assert all(text[span.start : span.end] == span.text for span in spans)


_PIECES = ["Friday", "last ", "week", " in ", "March ", "3", "-", "5", ", ", "2020", "the ", "two ", "years ", "ago", "9 p.m.", " ", "\n\n", "every ", "99999", "first ", "quarter ", "1980s", "'", "yesterday", "31/12/1999"]  # fmt: skip


@given(
    st.lists(st.sampled_from(_PIECES), max_size=30).map("".join),
    st.sampled_from([None, FRIDAY, "0001-01-01", "9999-12-31"]),
)
def test_spans_quote_exactly_and_intervals_are_days(text: str, published: str | None) -> None:
    at = 0
    for span in times(text, published):
        assert at <= span.start < span.end and text[span.start : span.end] == span.text
        at = span.end
        if span.from_ and span.to:
            assert date.fromisoformat(span.from_) <= date.fromisoformat(span.to)


@given(st.text(max_size=120))
def test_any_text_is_taken(text: str) -> None:
    for span in times(text, FRIDAY):
        assert text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    "unit",
    [
        "x",
        "1",
        "1 ",
        "Friday ",
        "3 March ",
        "the ",
        "last ",
        "a year ",
        "two ",
        "two-",
        "9:30",
        ".",
        "يوم ",
        "\U0001f600",
        "years and ",
    ],
)
def test_hostile_texts_take_time_in_proportion(unit: str) -> None:
    begun = process_time()
    times((unit * 200_000)[:200_000], FRIDAY)
    assert process_time() - begun < 8


@pytest.mark.parametrize(
    ("text", "published", "values"),
    [
        ("SELMOUTH, March 2 (Coast Wire) — The mayor left yesterday.", "2021-03-04", ["2021-03-02", "2021-03-01"]),
        ("SELMOUTH, Norland, Dec. 31 — The mayor left today.", "2021-01-01", ["2020-12-31", "2020-12-31"]),
        ("SELMOUTH, March 2 (Coast Wire) — The mayor left yesterday.", "2021-06-04", ["2021-03-02", "2021-06-03"]),
        ("The Selmouth meeting of March 2 — The mayor left today.", "2021-03-04", ["2021-03-02", "2021-03-04"]),
        ("The two mayors meet Monday in Selmouth.", "2021-03-03", ["2021-03-08"]),
        ("The two mayors did not meet Monday in Selmouth.", "2021-03-03", ["2021-03-01"]),
        ("Sales fell in the quarter ended Oct. 31.", "2021-10-27", ["2020-10-31"]),
        ("The mill closes on Oct. 31.", "2021-10-27", ["2021-10-31"]),
    ],
)
def test_day_of_writing_and_what_is_arranged(text: str, published: str, values: list[str]) -> None:
    found = [span.value for span in times(text, published) if span.grain == "day"]
    assert found == values


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("Soldiers used dogs to search the port on Monday.", False),
        ("The barge had been trying to reach the lock on Monday when it sank.", False),
        ("Medics were sent to the dam to treat the wounded on Monday.", False),
        ("The attempt to free the divers on Monday failed.", False),
        ("The envoy, speaking on Monday, vowed to return.", False),
        ("The envoy was to have met them on Monday.", False),
        ("The envoy was to meet them on Monday.", True),
        ("Dockers called a strike for Monday.", True),
        ("The hearing was moved to Monday.", True),
        ("Ahead of Monday's vote, soldiers guarded the ballots.", True),
        ("The sides agreed to meet in the capital on Monday.", True),
        ("The court is to sit on Monday.", True),
    ],
)
def test_an_infinitive_is_past_where_the_verb_it_hangs_on_tells_what_was_done(text: str, ahead: bool) -> None:
    assert [span.value for span in times(text, FRIDAY)] == ["2023-10-30" if ahead else "2023-10-23"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A panel will look into the Jan. 6 riot at the port.", "2021-01-06"),
        ("Senators want to know who led the storming of the port on Jan. 6.", "2021-01-06"),
        ("Families will gather to remember the March 2 crash.", "2021-03-02"),
        ("The group is planning an attack on the port on Jan. 6.", "2022-01-06"),
        ("The Nov. 3 election will be held by mail.", "2021-11-03"),
    ],
)
def test_an_incident_that_is_known_has_been(text: str, value: str) -> None:
    assert [span.value for span in times(text, "2021-07-20")] == [value]
