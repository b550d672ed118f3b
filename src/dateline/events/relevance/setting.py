"""What kind of news an article is: evidence for or against reading its weak signs as political events."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from dateline.events.relevance import causes
from dateline.lexicon.deeds.actions import noun_lemma, verb_class
from dateline.lexicon.deeds.causes import frame
from dateline.lexicon.words.topics import by_words
from dateline.text.words import content_words

_LEAD = 1500  # characters of a text that tell what it is about
_FRAME = 3  # different words that set a frame
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HARD = (
    "conflict-war-and-peace",
    "crime-law-and-justice",
    "politics-and-government",
    "labour",
    "society",
    "disaster-accident-and-emergency-incident",
)
_SOFT = (
    "arts-culture-entertainment-and-media",
    "economy-business-and-finance",
    "lifestyle-and-leisure",
    "science-and-technology",
    "sport",
)
_PLAY = ("sport", "arts-culture-entertainment-and-media", "lifestyle-and-leisure")


@dataclass(frozen=True)
class Setting:
    """An article as evidence: its title and text."""

    title: str | None
    text: str

    @cached_property
    def _topics(self) -> dict[str, float]:
        return by_words(content_words(self.title or ""), content_words(self.text[:_LEAD]))

    def _most(self, slugs: tuple[str, ...]) -> float:
        return max((self._topics.get(slug, 0.0) for slug in slugs), default=0.0)

    @cached_property
    def soft(self) -> bool:
        """Whether sport, culture, business, science or leisure speak louder than politics, conflict and justice."""
        return self._most(_SOFT) > self._most(_HARD)

    @cached_property
    def playful(self) -> bool:
        """Whether sport, culture or leisure do, where harm is mostly play."""
        return self._most(_PLAY) > self._most(_HARD)

    @cached_property
    def labour(self) -> bool:
        """Whether it is of work and unions rather than of war: its strikes are strikes of workers."""
        return self._most(("labour",)) > self._most(("conflict-war-and-peace",))

    @cached_property
    def forceful(self) -> bool:
        """Whether the article begins with a human deed of force."""
        return causes.forceful(f"{self.title or ''} {self.text}")

    @cached_property
    def accident(self) -> bool:
        """Whether the article tells of a force of nature or an accident, and of no human deed of force."""
        return causes.accident(self.title, self.text)

    @cached_property
    def _lead(self) -> frozenset[str]:
        """The nouns and other words of title and lead, in lower case and as lemmas."""
        words = {w.lower() for w in _WORD.findall(f"{self.title or ''} {self.text[:_LEAD]}")}
        return frozenset(words | {noun_lemma(w) for w in words})

    @cached_property
    def fiction(self) -> bool:
        """Whether the article is of a made world, or of one made for the screen."""
        return len(self._lead & frame("work")) >= _FRAME and not self._lead & frame("real")

    @cached_property
    def contest(self) -> bool:
        """Whether the article is of an election, whose sides beat and attack each other in words."""
        return len(self._lead & frame("contest")) >= _FRAME

    @cached_property
    def unrest(self) -> bool:
        """Whether the article's title and lead speak of protest or unrest."""
        return bool(self._lead & verb_class("unrest"))
