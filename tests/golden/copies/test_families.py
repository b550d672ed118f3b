"""Copies on our own set: whole, cut, retitled, edited, merged; look-alikes with other facts stand alone."""

from __future__ import annotations

import pytest
from tests.golden.copies.families import Given, families
from tests.golden.copies.measuring import figures, wrong

from dateline.articles.copies import choose, is_copy
from dateline.articles.index import MemoryIndex
from dateline.model import Article
from dateline.text.shingles import sampled


@pytest.fixture(scope="module")
def given() -> list[Given]:
    return list(families())


def test_recall_and_precision(given: list[Given]) -> None:
    measured = figures(given)
    assert measured["families"] >= 60
    assert measured["look_alikes"] >= 60
    assert measured["recall"] >= 0.97, wrong(given)
    assert measured["precision"] >= 0.99, wrong(given)


def test_every_kind_of_copy_is_found(given: list[Given]) -> None:
    lost = wrong(given)
    assert lost["whole"] == lost["retitled"] == lost["halved"] == lost["edited"] == lost["look-alike"] == 0


def test_a_text_cut_short_is_a_copy_and_another_day_of_the_same_bulletin_is_none(given: list[Given]) -> None:
    texts = {one.article.id: one.article.text for one in given}
    whole = next(id for id in texts if "#" not in id)
    assert is_copy(texts[f"{whole}#halved"], texts[whole])
    assert not is_copy(texts["frame-0-0"], texts["frame-0-1"])


def test_shingles_do_not_depend_on_case_quotes_or_composed_letters() -> None:
    one = "Die Brücke über die Ahle, sagte der Rat am „Montag“, bleibt bis Ende März für Lastwagen gesperrt. " * 3
    assert sampled(one) == sampled(one.upper().replace("STRASSE", "strasse"))
    assert sampled(one) == sampled(one.replace("ü", "ü").replace("„", '"').replace("“", '"'))
    assert sampled("three words only") == []


def test_index_finds_texts_after_it_has_grown_and_leaves_out_boilerplate() -> None:
    index = MemoryIndex(most=8)
    shared = [at * 7919 << 20 for at in range(1, 6)]
    for number in range(3000):
        index.add(f"t{number}", [(number * 100 + at) * 2654435761 << 18 & (1 << 62) - 1 for at in range(20)] + shared)
    own = [(1234 * 100 + at) * 2654435761 << 18 & (1 << 62) - 1 for at in range(20)]
    assert dict(index.candidates(own))["t1234"] >= 20
    assert len(dict(index.candidates(shared))) == 8
    assert index.sizes(["t7", "nowhere"]) == {"t7": 25}
    assert list(index.candidates([])) == []


def test_a_merger_never_takes_the_place_of_the_text_it_was_made_from() -> None:
    dam = "The dam at Corriden will be raised by two metres before the next rains."
    families_moved = "Forty families on the eastern bank were told to move by June and offered land near Yarrow."
    strike = "Miners in Lunsk voted to end a strike of six weeks after the owners raised their offer. " * 3
    first = Article("a", None, "One", f"{dam} {families_moved}")
    merged = Article("b", None, "Two", f"{dam} {strike}")
    fuller = Article("c", None, "Three", f"{dam} {families_moved} Engineers from Ostwell will pour concrete in May.")
    assert choose(first, merged)[0] is first
    assert choose(first, fuller) == (fuller, "the fullest text")
