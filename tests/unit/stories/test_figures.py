"""Figures on invented reports: what is one thing, how readings stand to each other, and which are left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import Article, CountSpan, Figure, Publisher, Qualifier
from dateline.stories import figures
from dateline.stories.figures import agree
from dateline.tags import tag

MONDAY, TUESDAY, LATER = "2026-03-02T08:00:00Z", "2026-03-03T09:00:00Z", "2026-03-03T10:00:00Z"


def report(id: str, text: str, published: str | None = MONDAY, outlet: str | None = None) -> Article:
    return Article(id, None, None, text, published, publisher=Publisher(outlet or f"Outlet {id}", f"{id}.example"))


def made(*articles: Article, families: dict[str, str] | None = None) -> tuple[Figure, ...]:
    kinds = ("counts", "attribution", "places")
    return figures("s1", articles, {a.id: tag(a.text, a.published, kinds=kinds) for a in articles}, families or {})


def numbers(figure: Figure) -> list[tuple[float | None, float | None]]:
    return [(r.low, r.high) for r in figure.readings]


def test_a_toll_that_rises_is_updated_in_order_of_time() -> None:
    early = report("a1", "A bomb killed 12 people in the market of Orlen on Monday, the fire brigade said.")
    late = report("a2", "The number of people killed in Monday's blast has risen to 19, the ministry said.", TUESDAY)
    (figure,) = made(late, early)
    assert (figure.what, figure.relation, numbers(figure)) == ("dead", "updated", [(12, 12), (19, 19)])
    assert [r.time for r in figure.readings] == [MONDAY, TUESDAY]
    assert figure.readings[1].said_by == "the ministry"


def test_what_a_correction_takes_back_is_no_reading() -> None:
    early = report("a1", "Floods at Orlen killed 13 people, the fire brigade said.")
    mended = report(
        "a2",
        "Correction: an earlier version of this article said 14 people had drowned at Orlen.\n\n"
        "The floods at Orlen killed 13 people, the fire brigade said.",
        TUESDAY,
    )
    (figure,) = made(early, mended)
    assert (figure.relation, numbers(figure)) == ("agree", [(13, 13), (13, 13)])


def test_a_report_of_which_only_the_day_is_known_comes_after_that_days_others() -> None:
    early = report("a2", "A bomb killed 12 people in the market of Orlen on Monday, the fire brigade said.")
    undated = report("a1", "The number of people killed in Monday's blast has risen to 19, it said.", MONDAY[:10])
    (figure,) = made(undated, early)
    assert (figure.relation, numbers(figure)) == ("updated", [(12, 12), (19, 19)])


def test_a_later_and_higher_at_least_is_an_update_but_no_dispute() -> None:
    early = report("a1", "At least three people died in the quake at Orlen, officials said.")
    late = report("a2", "At least seven people died in the quake at Orlen, officials said.", TUESDAY)
    assert made(early, late)[0].relation == "updated"
    assert made(early, report("a2", late.text, MONDAY))[0].relation == "agree"


def test_two_speakers_at_one_time_are_disputed() -> None:
    (figure,) = made(
        report(
            "a1",
            "A strike hit a depot, killing eight people according to the mayor and more than 30 according to residents.",
        ),
        report("a2", "The strike on the depot killed eight people, the mayor said.", LATER),
    )
    assert figure.relation == "disputed"
    assert {r.said_by for r in figure.readings} == {"the mayor", "residents"}


def test_a_crowd_is_disputed_where_two_count_it() -> None:
    (figure,) = made(
        report(
            "a1",
            "Thousands marched in Orlen. Police put the number of protesters at about 3,000. Organisers said up to 20,000 had come.",
        ),
        report("a2", "About 3,000 protesters marched in Orlen, police said."),
    )
    assert (figure.what, figure.relation) == ("protesters", "disputed")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A blast at Orlen killed 12 people.", "The blast at Orlen killed 12 people, 3 of them children."),
        ("A blast killed 12 people at Orlen on Monday.", "In 2009 a blast at Orlen killed 26 people."),
        ("The loan was worth $120 million, the bank said.", "The loan was worth 110 million euros, the bank said."),
        ("The blast killed nine people at Orlen, including the bomber.", "The blast killed eight people at Orlen."),
        ("The man faces two counts of murder in Orlen.", "The man killed three people in Orlen."),
    ],
)
def test_different_things_are_not_held_against_each_other(one: str, other: str) -> None:
    assert all(figure.relation == "agree" for figure in made(report("a1", one), report("a2", other, TUESDAY)))


def test_a_bound_is_not_said_of_a_number_many_times_as_large() -> None:
    budget = report("a1", "The Orlen council on Friday passed a budget of $6 million for the year, its clerk said.")
    gap = "The Orlen council on Friday passed a budget that leaves a gap of more than ${} million, its clerk said."
    assert made(budget, report("a2", gap.format(1), LATER)) == ()
    (figure,) = made(budget, report("a2", gap.replace("that leaves a gap of", "of").format(5), LATER))
    assert figure.relation == "agree"


def test_earlier_states_that_a_report_tells_stand_before_its_own() -> None:
    first = report("a1", "The flood at Orlen has killed 14 people, the agency said. The toll had been nine.", TUESDAY)
    other = report("a2", "Fourteen people died in the flood at Orlen.", TUESDAY)
    (figure,) = made(first, other)
    assert (numbers(figure), figure.relation) == ([(9, 9), (14, 14), (14, 14)], "updated")


def test_one_publisher_alone_gives_no_figure() -> None:
    text = "The club has 400 members and 30 boats."
    assert made(report("a1", text), report("a1b", text, outlet="x")) != ()
    twice = [Article(i, None, None, text, MONDAY, publisher=Publisher("Bee", "bee.example")) for i in ("b1", "b2")]
    assert made(*twice) == ()


def test_copies_and_opinion_give_no_readings() -> None:
    text = "A bomb killed 12 people in the market of Orlen."
    assert made(report("a1", text), report("a2", text), families={"a1": "c1", "a2": "c1"}) == ()
    column = Article("a2", None, None, text, MONDAY, kind="opinion", publisher=Publisher("Bee", "bee.example"))
    assert made(report("a1", text), column) == ()


def test_the_same_thing_by_another_word() -> None:
    (figure,) = made(
        report("a1", "The navy arrested 23 pirates in the gulf on Monday."),
        report("a2", "The 23 suspects held by the navy in the gulf will be tried."),
    )
    assert figure.relation == "agree" and len(figure.readings) == 2


def span(
    low: float | None, high: float | None, qualifier: Qualifier = "exactly", text: str = "", what: str = "money"
) -> CountSpan:
    return CountSpan(0, 1, text, what, low, high, qualifier)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (span(19, None, "at_least"), span(23, 23), True),
        (span(19, None, "at_least"), span(12, 12), False),
        (span(50, 50, "about"), span(48, 48), True),
        (span(24, None, "dozens"), span(30, 30), True),
        (span(2e12, 2e12), span(2.3e12, 2.3e12), True),
        (span(1e12, 1e12, "about", "nearly $1 trillion"), span(1.2e12, 1.2e12), False),
        (span(139e6, 139e6, "about", "almost $139 million"), span(138.7e6, 138.7e6), True),
        (span(80e6, 80e6, "about", "nearly $80 million"), span(82e6, 82e6), False),
        (span(50, 50, what="dead"), span(49, 49, what="dead"), False),
        (span(3_000_000, 3_000_000, what="cases"), span(3_009_611, 3_009_611, what="cases"), True),
        (span(600_001, None, "more_than", what="dead"), span(600_000, 600_000, what="dead"), True),
        (span(None, 20_000, "up_to", what="protesters"), span(3_000, 3_000, what="protesters"), False),
        (span(None, 4, "up_to", what="people"), span(4, 4, what="people"), True),
    ],
)
def test_intervals_agree_with_room_for_rounding(one: CountSpan, other: CountSpan, wanted: bool) -> None:
    assert agree(one, other) is wanted
    assert agree(other, one) is wanted


SENTENCES = st.sampled_from(
    [
        "At least 12 people died at Orlen.",
        "The toll rose to 19.",
        "Police arrested 30 people, 4 of them women.",
        "The levy of $7 million was paid in 2014.",
        "Dozens were wounded, the mayor said.",
        "Residents put the number at 40.",
    ]
)


@given(st.lists(st.lists(SENTENCES, max_size=4).map(" ".join), min_size=1, max_size=4))
@settings(deadline=None)
def test_figures_quote_their_articles_and_the_order_given_changes_nothing(texts: list[str]) -> None:
    articles = [report(f"a{i}", text, TUESDAY if i % 2 else MONDAY) for i, text in enumerate(texts)]
    found = made(*articles)
    assert found == made(*reversed(articles))
    by_id = {a.id: a.text for a in articles}
    for figure in found:
        assert len(figure.readings) >= 2
        for reading in figure.readings:
            assert 0 <= reading.start < reading.end <= len(by_id[reading.article])


def test_a_long_story_stays_quick() -> None:
    import time

    text = " ".join(
        f"At least {n} people were killed at Orlen and {n + 3} wounded, officials said." for n in range(10, 40)
    )
    articles = [report(f"a{i}", text) for i in range(40)]
    tags = tag(text, MONDAY, kinds=("counts", "attribution", "places"))
    begun = time.perf_counter()
    figures("s1", articles, {a.id: tags for a in articles}, {})
    assert time.perf_counter() - begun < 20


def test_a_state_that_one_report_passed_and_another_began_with_makes_no_second_toll() -> None:
    blog = (
        "That is all from us for now. Eleven people have died and 310 are injured in Orlen.\n\n"
        "Seven people are now confirmed dead. Four of them were found in one house.\n\n"
        "Officials say three people are confirmed dead."
    )
    (figure,) = made(
        report("a1", "A quake at Orlen killed at least three people, officials said.", "2026-03-02T01:00:00Z"),
        report("a2", blog, "2026-03-02T02:00:00Z"),
        report("a3", "Officials said at least seven people had been killed in the quake.", "2026-03-02T05:00:00Z"),
        report(
            "a4",
            "The disaster office of Orlen said 11 people had died in the quake that struck before dawn."
            " The count had been three in the early morning and seven at noon.",
            TUESDAY,
        ),
    )
    assert (figure.what, figure.relation) == ("dead", "updated")
    assert (3, None) in numbers(figure)
    assert (7, None) in numbers(figure)
    assert (11, 11) in numbers(figure)


@pytest.mark.parametrize(
    "text",
    [
        "Five victims suffered minor injuries, the sheriff said. Three suspects are at large, a spokeswoman said.",
        "Almost 130 million people have had one dose, the Orlen Board of Health said. The OBH said 84 million people"
        " have had two.",
        "Orlen denied that its pilots were drunk, and thanked all who searched for the plane, in which 176 people were"
        " killed.",
    ],
)
def test_two_things_side_by_side_are_no_dispute(text: str) -> None:
    others = [report("a2", "All 176 people on board were killed, the airline said."), report("a3", text, LATER)]
    assert all(f.relation != "disputed" for f in made(report("a1", text), *others))


def test_two_speakers_are_no_rivals_where_one_report_has_both_numbers() -> None:
    later = "A gunman went on to two shops. Eight people were killed at three shops in Orlen."
    whole = f"The sheriff said four people were killed at a shop in Orlen.\n\n{'It was a cold evening. ' * 12}{later}"
    figures = made(report("a1", "A gunman killed eight people in Orlen, officials said."), report("a2", whole, TUESDAY))
    assert all(f.relation == "agree" for f in figures)


def test_words_for_many_do_not_agree_with_whatever_is_more() -> None:
    assert not made(
        report("a1", "He took hundreds of thousands of dollars from the fund for a bridge at Orlen."),
        report("a2", "He raised $25 million with the fund for a bridge at Orlen."),
    )
    assert not made(
        report("a1", "More than 105 million people in the country have had both doses."),
        report("a2", "The plan is that 160 million people in the country have had both doses by July."),
    )


def test_one_report_gives_one_price() -> None:
    figures = made(
        report("a1", "The mayor presented a $2 trillion plan for the roads of Orlen."),
        report("a2", "The $2.25 trillion plan for the roads of Orlen follows the $1.9 trillion plan for its schools."),
        report("a3", "The council will vote on the roughly $2 trillion plan for the roads of Orlen."),
    )
    assert all(f.relation == "agree" for f in figures)
    assert all((1.9e12, 1.9e12) not in numbers(f) for f in figures)


def test_a_number_changed_to_the_next_one_and_not_to_a_later_one() -> None:
    both = "The plan raises the credit from $2,000 up to $3,600 for small children and $3,000 for others."
    assert all(
        {(2000, 2000), (3000, 3000)} - set(numbers(f)) for f in made(report("a1", both), report("a2", both, TUESDAY))
    )


def test_who_only_judges_a_thing_is_not_where_its_number_comes_from() -> None:
    figures = made(
        report("a1", "The mayor of Orlen welcomed a $3 million plan for the harbour."),
        report("a2", "A $3 million plan for the harbour of Orlen was put forward, the council said.", TUESDAY),
    )
    assert [[r.said_by for r in f.readings] for f in figures] == [[None, "the council"]]
