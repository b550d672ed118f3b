"""What a digest may leave out of a sentence, and above all what it may not."""

from __future__ import annotations

import pytest

from dateline.model import Article as A
from dateline.stories import digest
from dateline.stories.digest.afterthoughts import cuts
from dateline.stories.digest.candidates import candidates, parts


@pytest.mark.parametrize(
    ("kept", "left"),
    [
        ("The council of Orlen sold its only ferry on Monday", ", which had run across the bay since 1911."),
        ("President Ida Morl signed the harbour law on Friday", ", ending a quarrel of two years with the fishermen."),
        ("The Varn parliament voted 54 to 46 for the budget", ", including nine members of the opposition."),
        ("The governor of Selm was taken to hospital on Tuesday", " after a collapse at a rally in the old town."),
        ("Two tram drivers were freed in Kastra on Sunday", " amid a growing crisis over the mines."),
        ("The senate of Kastra opened its inquiry on Monday", ", as crowds filled the square before its doors."),
        ("On Friday, a judge in Orlen declared the mill bankrupt", ", leaving 300 workers at home."),
        ("The coast guard of Varn saw the missing trawler", " — the third wreck of this winter off Selm."),
        (
            "Harbour wages rose by 4.5 percent last year, the office said on Monday",
            ", marking the largest rise since 1998.",
        ),
    ],
)
def test_an_afterthought_may_be_left_out(kept: str, left: str) -> None:
    assert kept in [(kept + left)[:at] for at in cuts(kept + left)]


@pytest.mark.parametrize(
    "text",
    [
        # who says so
        "The bridge at Kastra will be closed for three years, according to two people in the ministry.",
        "The minister of Varn took money from a mining company, the Orlen Bee reported on Friday.",
        "The mayor of Selm plans to resign before the summer, citing two people close to her office.",
        "The harbour of Selm was mined by its own navy in March, as officials in Varn said on Monday.",
        "The mine at Kastra poisoned the river for nine years, a study of the university found.",
        "The company hid the losses of its Orlen mill for years, with the prosecutors of Varn saying so in court.",
        # denial, doubt, what became of it
        "The mayor of Orlen was accused of stealing the relief money, which she has denied.",
        "The court of Varn ordered the mine at Kastra to close, which was overturned on appeal.",
        "The newspaper wrote that the bridge at Kastra had fallen, which turned out to be false.",
        "A bomb tore through the market of Orlen on Monday, although nobody was hurt by it.",
        "The harbour police arrested Ida Morl on Tuesday night, but let her go within the hour.",
        "The council of Selm approved the new harbour tunnel, with the condition that it is not paid for by the town.",
        # conditions, and what is still to come
        "The schools of Varn will open their doors again, if the number of cases falls by May.",
        "The schools of Varn will open their doors again after the number of cases has fallen.",
        "The union of Orlen agreed to end its strike at the mill after the last worker is paid.",
        "The ferry to Selm cannot leave the harbour of Varn after the bell has rung twice.",
        "Farmers of Kastra did not leave the square in the capital after the vote in parliament.",
        # what only looks like an end
        "The mayor of the small island town of Selm, who was born in Varn, resigned on Monday.",
        "The ministry announced on Tuesday that the governor of Selm, who was ill for months, is dead.",
        "The governor of Kastra left the burning town hall of Orlen two days after the great flood.",
        "The old lighthouse on the island of Selm was named after the first governor of Varn.",
        "After the storm had torn the roofs off the mill, the mayor of Orlen fled.",
        "The delegates met the bishop of Selm, the governor of Varn and a judge from Kastra.",
        "“We lost the ferry to the storm on Monday night, which was the worst of my life,” Ida Morl said.",
        "Some councillors of Selm welcomed the new harbour tunnel, while others called it a grave.",
        "Was the ferry to Selm sold by the council of Orlen, which had owned it since 1911?",
    ],
)
def test_what_bears_on_a_sentence_stays(text: str) -> None:
    assert cuts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The Orlen council, which met on Monday, sold its ferry to Varn, which wants to run it until May.",
        "The army of Varn took the pass at Kastra on Monday, killing nine rebels, the governor said.",
        "Officials in Varn said the rebels allegedly burned the mill at Kastra, leaving 300 people homeless.",
    ],
)
def test_a_part_keeps_its_source_and_its_doubts(text: str) -> None:
    for at in cuts(text):
        assert text[at:].count("said") == text[at:].count("alleged") == 0
        assert len(text[:at].split()) >= 8


def test_a_digest_quotes_a_part_where_the_whole_has_no_room() -> None:
    article = A(
        "a1",
        None,
        "Orlen council sells ferry",
        "The council of Orlen gave its only ferry away on Monday, which had run across the bay since 1911 with two masters, "
        "four coats of paint, one stoker and a bell that could be heard in Selm on windless mornings in May.",
    )
    (quote,) = digest("s", [article], words=20).sentences
    assert quote.text == "The council of Orlen gave its only ferry away on Monday"
    assert article.text[quote.start : quote.end] == quote.text


def test_no_sentence_is_quoted_twice_in_two_parts() -> None:
    article = A(
        "a1",
        None,
        "Orlen council sells ferry",
        "The council of Orlen sold its only ferry on Monday, which had run across the bay since 1911. "
        "The ferry brought 90,000 people a year to Selm, including most of the pupils of the island.",
    )
    quotes = digest("s", [article], words=200).sentences
    assert len({quote.start for quote in quotes}) == len(quotes)


@pytest.mark.parametrize("language", ["es", "fr", "de"])
def test_only_english_is_quoted_in_part(language: str) -> None:
    text = "The council of Orlen gave its only ferry away on Monday, which had run across the bay since 1911."
    assert parts(next(iter(candidates([A("a1", None, None, text)]))), None)
    assert parts(next(iter(candidates([A("a1", None, None, text)]))), language) == []
