"""Stories that reach across languages: off by default, by names, by an encoder."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dateline.model import Article, Tags
from dateline.stories import E5, Linker
from dateline.stories.linking.encoder import CHARACTERS, installed, likeness, meaning

ENGLISH = Article(
    "a1",
    None,
    "Mill burns in Kastra",
    "A mill burned at dawn in Kastra and two guards were hurt, the fire brigade said on Monday.",
    "2026-03-01T08:00:00Z",
    language="en",
)
SPANISH = Article(
    "a2",
    None,
    "Arde un molino en Kastra",
    "Un molino ardió al amanecer en Kastra y dos guardias resultaron heridos, dijeron el lunes los bomberos.",
    "2026-03-01T09:00:00Z",
    language="es",
)
FOOTBALL = Article(
    "a3",
    None,
    "El Nordhall gana la copa",
    "El club ganó la copa en los penaltis ante cuarenta mil personas y celebró hasta la madrugada.",
    "2026-03-01T10:00:00Z",
    language="es",
)


class Words:
    """An encoder that knows two things: fire and football."""

    def vector(self, text: str) -> np.ndarray:
        assert len(text) <= CHARACTERS
        fire = any(word in text for word in ("burn", "ardió"))
        return np.array([1.0, 0.2] if fire else [0.2, 1.0], dtype=np.float32) / np.float32(np.sqrt(1.04))


def stories(linker: Linker) -> list[str]:
    return [linker.place(article, Tags()).story for article in (ENGLISH, SPANISH, FOOTBALL)]


def test_a_story_is_of_one_language_unless_asked() -> None:
    assert stories(Linker()) == ["a1", "a2", "a3"]


def test_an_encoder_joins_what_means_the_same() -> None:
    assert stories(Linker(encoder=Words())) == ["a1", "a1", "a3"]


def test_undated_reports_are_not_joined_across_languages() -> None:
    linker = Linker(encoder=Words())
    linker.place(replace(ENGLISH, published=None), Tags())
    assert linker.place(SPANISH, Tags()).story == "a2"


def test_vectors_outlive_a_restart_and_repair_parts_nothing_that_they_join() -> None:
    first, second = Linker(encoder=Words()), Linker(encoder=Words())
    first.place(ENGLISH, Tags())
    assert second.restore_packed(first.packed("a1"), None, "a1")
    assert second.place(SPANISH, Tags()).story == "a1"
    assert second.settle() == {}


def test_a_sketch_without_a_vector_is_compared_by_names() -> None:
    plain, linker = Linker(), Linker(encoder=Words())
    plain.place(ENGLISH, Tags())
    assert linker.restore_packed(plain.packed("a1"), None, "a1")
    assert linker.place(FOOTBALL, Tags()).story == "a3"


def test_what_is_kept_of_a_vector_gives_its_cosines() -> None:
    one, two = meaning(Words(), ENGLISH), meaning(Words(), FOOTBALL)
    assert one.dtype == np.int8
    assert likeness(one, one) == 1.0
    assert likeness(one, two) == pytest.approx(0.4 / 1.04, abs=0.01)
    assert np.isnan(likeness(one, None))


@pytest.mark.skipif(not installed(), reason="needs the extra 'languages'")
def test_the_encoder_of_the_extra_tells_a_translation_from_something_else() -> None:
    encoder = E5()
    mill, molino, copa = (meaning(encoder, article) for article in (ENGLISH, SPANISH, FOOTBALL))
    assert likeness(mill, molino) > 0.87 > 0.84 > likeness(mill, copa)
    assert stories(Linker(encoder=encoder)) == ["a1", "a1", "a3"]
