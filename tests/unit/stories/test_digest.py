"""Digest, related stories, roles and topics on invented reports."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Article as A
from dateline.model import Family, Publisher
from dateline.stories import build, digest, related
from dateline.stories.digest.candidates import leans
from dateline.stories.topics import topics
from dateline.tags import tag

FIRST = A(
    "a1",
    None,
    "Blast kills 12 in Orlen market",
    "At least 12 people were killed when a bomb tore through the market of Orlen on Monday. "
    "He said the toll could rise. Stalls burned until noon, the Orlen fire brigade said.",
    "2026-03-02T12:00:00Z",
    publisher=Publisher("The Orlen Bee", "bee.example", "CHE"),
    agency=("Meridian News Agency",),
)
COPY = replace(
    FIRST, id="a2", published="2026-03-02T13:00:00Z", publisher=Publisher("Copy Mill", "mill.example", "USA")
)
LATER = A(
    "a3",
    None,
    "Toll in Orlen market blast rises to 19",
    "The bomb in the market of Orlen killed 19 people, the health ministry of Orlen said on Tuesday. "
    "But they warned that others were missing. Surgeons worked through the night at Orlen hospital.",
    "2026-03-03T09:00:00Z",
    publisher=Publisher("Reef Daily", "reef.example", "AUS"),
)
FAMILIES = {"a1": "c1", "a2": "c1"}


def test_every_sentence_quotes_its_article_and_stands_alone() -> None:
    made = digest("s1", [FIRST, COPY, LATER], families=FAMILIES)
    texts = {a.id: a.text for a in (FIRST, COPY, LATER)}
    assert made.sentences
    for quote in made.sentences:
        assert texts[quote.article][quote.start : quote.end] == quote.text
        assert not leans(quote.text)
    assert made.headline is not None and made.headline.text in (FIRST.title, LATER.title)


def test_the_newest_state_comes_first_and_copies_are_not_quoted() -> None:
    made = digest("s1", [FIRST, COPY, LATER], families=FAMILIES)
    assert made.sentences[0].article == "a3"
    assert "a2" not in {quote.article for quote in made.sentences}


def test_the_order_given_changes_nothing() -> None:
    assert digest("s1", [FIRST, COPY, LATER], families=FAMILIES) == digest(
        "s1", [LATER, COPY, FIRST], families=FAMILIES
    )


@given(st.integers(min_value=5, max_value=120))
def test_no_digest_is_longer_than_asked(words: int) -> None:
    made = digest("s1", [FIRST, LATER], words=words)
    assert sum(len(quote.text.split()) for quote in made.sentences) <= words
    assert len(made.sentences) <= 6


def test_an_empty_story_gives_an_empty_digest() -> None:
    made = digest("s1", [A("a", None, None, "")])
    assert made.headline is None and made.sentences == ()


def test_a_story_counts_reports_not_articles() -> None:
    family = Family("c1", "a1", ("a1", "a2"), "same text")
    made = build("s1", [FIRST, COPY, LATER], {}, {"a1": family, "a2": family}, {}, now="2026-03-03T12:00:00Z")
    assert made.independent_reports == 2
    assert [m.role for m in made.articles][:2] == ["original", "copy"]
    assert made.wires == ("Meridian News Agency",)
    assert made.countries == ("AUS", "CHE", "USA")
    assert (made.first_seen, made.last_seen) == (FIRST.published, LATER.published)
    assert made.status == "developing"


def test_a_quiet_story_is_settled_and_one_taken_back_withdrawn() -> None:
    late = "2026-03-09T12:00:00Z"
    assert build("s1", [FIRST, LATER], {}, {}, {}, now=late).status == "settled"
    gone = build("s1", [FIRST], {}, {}, {}, withdrawn={"a1"}, now=late)
    assert gone.status == "withdrawn" and gone.sentences == () and gone.independent_reports == 0


VISIT = A(
    "s",
    None,
    "Ambassador visits Kastra",
    "Ambassador Lena Torv met farmers of the Harvest Front in Kastra. She praised the new bridge and its engineers. "
    "The crossing, built over three years by a cooperative of stonecutters, shortens the road to market by an hour. "
    "Pupils sang, and the guest planted a walnut tree beside the eastern pier before a lunch of lamb and barley.",
    "2026-03-01",
)
RAID = A(
    "n",
    None,
    "Raid on mill denied",
    "A mill was burned at dawn and two guards were tied up. The owners blame the Harvest Front, which has its office "
    "in Kastra and says that it was not there. Sacks of flour worth 40,000 crowns went up in smoke. Detectives found "
    "three empty canisters in a ditch, and asked whoever saw a grey van that night to come forward.",
    "2026-03-04",
)


def test_related_names_what_both_have_and_not_what_looks_alike() -> None:
    far = A("f", None, "Ambassadors of taste", "Cooks in Assadia cooked ambassadorial dinners of beet.", "2026-03-04")
    (found,) = related(VISIT, [far, RAID])
    assert found.id == "n"
    assert found.why in ("both: Harvest Front, Kastra; 3 days apart", "both: Kastra, Harvest Front; 3 days apart")


def test_related_needs_two_names_and_a_name_inside_a_longer_word_is_none() -> None:
    one = replace(RAID, text=RAID.text.replace("the Harvest Front", "a union"))
    assert related(VISIT, [one]) == []
    looks = replace(RAID, text=RAID.text.replace("Kastra", "Kastrania").replace("Harvest Front", "Harvester Frontier"))
    assert related(VISIT, [looks]) == []


def test_a_name_and_its_possessive_are_one_name() -> None:
    one = A(
        "o", None, "Talks begin", "Chad's government and a coalition of herders met on a boat in Chad to talk of wells."
    )
    other = A(
        "p", None, "Market burns", "Fuel sellers fled to Chad after a fire, and Chad's government sent them blankets."
    )
    marks = {a.id: tag(a.text, a.published, kinds=("places", "actors")) for a in (one, other)}
    assert related(one, [other], tags=marks) == [], "one name alone is no reason"


def test_a_correction_is_not_quoted() -> None:
    notes = (
        "An earlier version of this article said 14 people had drowned.",
        "Correction: 13 people drowned in Orlen.",
    )
    for note in notes:
        made = digest("s1", [replace(FIRST, text=f"{note}\n\n{FIRST.text}"), LATER])
        assert made.sentences and all(note not in quote.text for quote in made.sentences)


def test_what_is_likely_one_story_is_not_called_related() -> None:
    again = replace(VISIT, id="t", title="Envoy visits Kastra", published="2026-03-02")
    assert related(VISIT, [again]) == []


def test_topics_need_evidence() -> None:
    cup = A(
        "t", None, "Penalty shootout decides cup final", "The goalkeeper saved twice as the football club won the cup."
    )
    assert topics([cup])[0] == "sport"
    assert topics([A("t", None, "A quiet afternoon", "Nothing much went on in the lane behind the mill.")]) == ()
    assert topics([replace(cup, categories=("Weather",), title="A note", text="A note.")]) == ("weather",)
