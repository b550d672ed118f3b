"""Saved aggregator pages of our own: other reposters, layouts and words than any that was measured."""

from __future__ import annotations

import pytest

from dateline.articles import furniture, read
from dateline.articles.furniture.captions import split_credit
from dateline.articles.furniture.related import flag, item
from dateline.articles.meta import when
from dateline.articles.meta.names import people
from dateline.model import Article, Page, RelatedItem

PAGE = """Published on 4 March 2026 | Soldiers guard the bridge at Aruma after the shelling. (Reuters photo)

Shells fell on the bridge at Aruma for a third night, the mayor said. newsmill.example “We counted forty,” she told reporters.

The army said it had not fired. It blamed the Red Dune Front, which did not comment. newsmill.example

Talks are to resume on Friday in Muscat, officials of both sides said.

You may also like:

The Harbour Ledger »

Storm shuts ports in the northFerries will stay in harbour until Friday, the northern ports authority said. Full story →

Bridge at Aruma was built in 1911The old bridge carried the first trains to the coast. Full story →

Minister defends new dam on Kasai river before parliament in stormy sessionA bakery in Ghent that sold loaves shaped like swans has closed after forty years of losses. Full story →
"""


def article(text: str, **given: str) -> Article:
    made = read(Page("p", text=text, **given))  # type: ignore[arg-type]
    assert isinstance(made, Article)
    return made


def test_marks_labels_captions_and_lists_leave_the_body() -> None:
    made = article(PAGE)
    assert made.text.split("\n\n") == [
        "Shells fell on the bridge at Aruma for a third night, the mayor said. “We counted forty,” she told reporters.",
        "The army said it had not fired. It blamed the Red Dune Front, which did not comment.",
        "Talks are to resume on Friday in Muscat, officials of both sides said.",
    ]
    assert (made.published, made.published_from) == ("2026-03-04", "text")
    assert made.images[0].caption == "Soldiers guard the bridge at Aruma after the shelling."
    assert made.images[0].credit == "Reuters"
    assert made.agency == ()
    assert made.publisher and made.publisher.name == "The Harbour Ledger"
    assert made.republisher and made.republisher.domain == "newsmill.example"
    assert [removed.text for removed in made.removed].count("newsmill.example") == 2


def test_glued_items_are_split_and_mispairings_flagged() -> None:
    items = article(PAGE).related
    assert [(i.title, i.suspect) for i in items] == [
        ("Storm shuts ports in the north", False),
        ("Bridge at Aruma was built in 1911", False),
        ("Minister defends new dam on Kasai river before parliament in stormy session", True),
    ]
    assert items[2].why
    assert items[0].summary == "Ferries will stay in harbour until Friday, the northern ports authority said."


def test_an_address_inside_a_sentence_stays() -> None:
    text = "The group said on mark.example that it was ready. Nobody answered its call for talks on Monday."
    assert article(text + "\n\n" + text + " The end came quickly for all of them.").text.startswith(text)


@pytest.mark.parametrize(
    ("line", "title", "summary"),
    [
        ("Toll rises to 19Officials say more bodies were found. Read more ⮕", "Toll rises to 19", "Officials say more bodies were found."),
        ("TikTok ban looms‘We will fight it’, company says. More »", "TikTok ban looms", "‘We will fight it’, company says."),
        ("McDonald's to open in LagosThe chain plans 300 jobs.", "McDonald's to open in Lagos", "The chain plans 300 jobs."),
        ("Rebels meet envoyMUSCAT: The sides met for two hours. Read more", "Rebels meet envoy", "MUSCAT: The sides met for two hours."),
        ("Tres muertos en CaliLa policía investiga el ataque. Leer más »", "Tres muertos en Cali", "La policía investiga el ataque."),
        ("Why the iPhone got dearer and what follows", "Why the iPhone got dearer and what follows", None),
        ("Sales rose once more", "Sales rose once more", None),
    ],
)  # fmt: skip
def test_titles_are_split_from_summaries(line: str, title: str, summary: str | None) -> None:
    made = item(line)
    assert made is not None
    assert (made.title, made.summary) == (title, summary)


def test_a_summary_that_goes_on_from_its_title_is_not_suspect() -> None:
    made = flag(
        [
            RelatedItem(
                "Army shoots down drones over two northern cities",
                "The action comes hours after a deadly attack.",
                None,
            )
        ]
    )
    assert not made[0].suspect


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("27 de octubre de 2023", "2023-10-27"),
        ("27. Oktober 2023, 14:05 Uhr", "2023-10-27T14:05:00Z"),
        ("٢٧ أكتوبر ٢٠٢٣", "2023-10-27"),
        ("۵ آبان ۱۴۰۲", "2023-10-27"),
        ("12 בחשון 5784", "2023-10-27"),
        ("2023年10月27日", "2023-10-27"),
        ("27 октября 2023 г.", "2023-10-27"),
        ("27 ตุลาคม 2566", "2023-10-27"),
        ("27 Ekim 2023", "2023-10-27"),
        ("Oct. 27th, 2023 | 2:05 pm EDT", "2023-10-27T14:05:00-04:00"),
        ("12 ربيع الآخر 1445", "2023-10-27"),
        ("الجمعة 27 تشرين الأول 2023", "2023-10-27"),
        ("جمعه ۵ آبان ۱۴۰۲", "2023-10-27"),
        ("27 अक्टूबर 2023", "2023-10-27"),
        ("২৭ অক্টোবর ২০২৩", "2023-10-27"),
        ("27 de outubro de 2023", "2023-10-27"),
        ("27 octobre 2023 à 14h05", "2023-10-27T14:05:00Z"),
        ("27 ottobre 2023", "2023-10-27"),
        ("2023년 10월 27일", "2023-10-27"),
        ("27 października 2023", "2023-10-27"),
        ("27 жовтня 2023", "2023-10-27"),
        ("27 tháng 10 năm 2023", "2023-10-27"),
        ("27 Οκτωβρίου 2023", "2023-10-27"),
        ("October 27, 2023, 14:05 IST", "2023-10-27"),
    ],
)
def test_dates_are_read_in_many_languages_and_calendars(text: str, moment: str) -> None:
    assert [found.moment for found in when.find(text)] == [moment]


def test_an_ambiguous_date_is_not_guessed() -> None:
    assert when.find("3/4/2023") == []


@pytest.mark.parametrize(
    ("byline", "names", "wires"),
    [
        ("By Ann Lee and Omar El-Sayed, AFP", ["Ann Lee", "Omar El-Sayed"], ["AFP"]),
        ("Staff reporters", [], []),
        ("By ANN LEE The Associated Press", ["Ann Lee"], ["AP"]),
        ("Ann O&#39;Neil | ann@paper.example", ["Ann O'Neil"], []),
        ("مراسل القنديل", [], []),
    ],
)
def test_bylines_are_people(byline: str, names: list[str], wires: list[str]) -> None:
    assert people(byline) == (names, wires)


@pytest.mark.parametrize(
    ("text", "words", "credit"),
    [
        ("A boat. (Photo by Jane Doe/AFP)", "A boat.", "Jane Doe/AFP"),
        ("A boat burns. — Bernama pic", "A boat burns.", "Bernama"),
        ("Image source, Reuters", "", "Reuters"),
    ],
)
def test_picture_credits_are_split_off(text: str, words: str, credit: str) -> None:
    assert split_credit(text) == (words, credit)


def test_brackets_in_a_sentence_are_no_credit() -> None:
    assert split_credit("Minister Ali said (on Monday)") is None


@pytest.mark.parametrize(
    ("line", "routes"),
    [
        ("MRN / AFRICA / 1940", True),
        ("QWN|ASIA|0730 GMT", True),
        ("NATO / OTAN", False),
        ("The score was 3 / 4 in 1940", False),
        ("MRN / AFRICA / 1940 people fled", False),
    ],
)
def test_the_routing_line_of_a_wire_is_no_part_of_the_report(line: str, routes: bool) -> None:
    told = "Shells fell on the bridge at Aruma for a third night, the mayor said."
    article = read(
        Page("x", html=f"<article><h1>Shells on Aruma</h1><p>{line}</p><p>{told}</p><p>{told}</p></article>")
    )
    assert isinstance(article, Article)
    assert (line in article.text) is not routes
    assert [r.why for r in article.removed if r.text == line] == (["the line that routes an agency's report"] * routes)


def test_an_outlets_mark_left_under_the_text_is_no_text() -> None:
    told = "The ferry of Orlen went back to work on Monday, its crew said."
    made = furniture.strip([told, "harbourpost »"])
    assert (made.kept, made.sources) == ([told], ["harbourpost"])
    assert furniture.strip([told, "Next page »"]).sources == []
