"""The action lexicon reads, covers every type, and inflects its words."""

from __future__ import annotations

import pytest

from dateline.lexicon.deeds.actions import index, noun_lemma, patterns, verb_forms
from dateline.lexicon.deeds.weapons import weapons
from dateline.lexicon.words.truecase import truecase

TYPES = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip


def test_at_least_1200_patterns_over_all_types() -> None:
    acts = {(p.type, p.text, p.part) for p in patterns() if p.type != "CONTROL"}
    assert len(acts) >= 1200
    assert {kind for kind, _, _ in acts} == TYPES


def test_every_pattern_has_words() -> None:
    for pattern in patterns():
        assert pattern.lemma and pattern.part in ("v", "n", "a")
        assert all(step.word or step.heads for step in pattern.steps), pattern.text


@pytest.mark.parametrize(
    ("lemma", "form"),
    [("shoot", "shot"), ("stab", "stabbed"), ("rally", "rallied"), ("cancel", "cancelled"), ("seize", "seizing")],
)
def test_verb_forms(lemma: str, form: str) -> None:
    assert form in verb_forms(lemma)
    assert lemma in index().verbs[form]


def test_noun_lemmas() -> None:
    assert [noun_lemma(w) for w in ("clashes", "gunmen", "parties", "crisis", "police")] == [
        "clash",
        "gunman",
        "party",
        "crisis",
        "police",
    ]


def test_weapons_are_found_by_their_last_word() -> None:
    assert (("car", "bomb"), "explosives") in weapons()["bomb"]


def test_case_comes_back_letter_for_letter() -> None:
    text = "LIMA, 4 MAY -- [TEXT] THE PERUVIAN ARMY KILLED THREE GUERRILLAS NEAR AYACUCHO ON MONDAY, THE MINISTER SAID."
    cased = truecase(text)
    assert cased.upper() == text
    assert "the Peruvian army killed three guerrillas near Ayacucho on Monday" in cased.replace("The", "the")


def test_mixed_case_stays() -> None:
    text = "The Peruvian army killed three guerrillas near Ayacucho on Monday."
    assert truecase(text) is text
