"""Which of a sentence's places is where something happened."""

from __future__ import annotations

from dateline.events.drafts import Draft
from dateline.events.roles.parties import Finder
from dateline.events.spans import details
from dateline.lexicon.deeds.actions import noun_lemma
from dateline.model import PlaceSpan, Tags

_WHERE = frozenset(
    "in at near on off inside outside around along across throughout within over above into between through by "
    "beyond beside behind under".split()
)
_BODILY = frozenset(("ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"))


class Where:
    """Knows the literal places of one sentence."""

    def __init__(self, finder: Finder, span: tuple[int, int], tags: Tags) -> None:
        self.tree, self.span, self.tags, self._finder = finder.tree, span, tags, finder

    def stands(self, place: PlaceSpan, draft: Draft) -> bool:
        """Tell whether a place is where the draft's action was, by the preposition that brings it."""
        tree = self.tree
        tokens = tree.tokens_of(place.start, place.end)
        if not tokens:
            return False
        at = details.top(tree, tokens)
        while tree.deps[at] in ("conj", "compound", "appos", "nmod", "poss") and tree.heads[at] != at:
            at = tree.heads[at]
        if tree.deps[at] != "pobj":
            if place.precision == "country":  # a country that does or suffers something is a party
                return draft.type == "ASSAULT" and tree.deps[at] == "dobj"
            return draft.type in _BODILY and tree.deps[at] != "nsubj"
        word = tree.lower[tree.heads[at]]
        up = tree.heads[tree.heads[at]]
        if word == "with" or (
            word in ("of", "with", "to", "from")
            and noun_lemma(tree.lower[up]) in ("border", "tie", "relation", "war", "conflict", "tension")
        ):
            return False
        if draft.type not in _BODILY:
            delivered = draft.type == "AID" and word in ("to", "into") and place.precision != "country"
            return delivered or word in _WHERE - {"on", "over"}
        if word == "from" and tree.is_noun(up) and up not in (draft.trigger.token, *draft.trigger.helpers):
            return False  # under pressure from X
        return word in _WHERE or word in ("of", "from", "to", "against", "toward", "towards", "for")

    def literal(self) -> list[PlaceSpan]:
        out = []
        for place in self.tags.places:
            if place.role != "literal" or place.start < self.span[0] or place.end > self.span[1]:
                continue
            tokens = self.tree.tokens_of(place.start, place.end)
            if tokens and not self._is_name_part(tokens) and not self._finder.backed(place):
                out.append(place)
        return out

    def near(self, place: PlaceSpan, draft: Draft) -> bool:
        """Tell whether no other verb stands between a place and the draft's trigger (as tensions rise in X, …)."""
        tree = self.tree
        at = tree.token_at(place.start)
        if at is None:
            return False
        mine = {draft.trigger.token, *draft.trigger.helpers, *draft.trigger.words}
        for up in [at, *tree.above(at)]:
            if up in mine:
                return True
            if (
                tree.deps[up] in ("advcl", "relcl")
                and tree.is_verb(up)
                and not any(v in ("take", "occur", "happen", "be", "locate") for v in tree.verb(up))
            ):
                return False
        return True

    def _is_name_part(self, tokens: list[int]) -> bool:
        """Tell whether a place stands before a noun that is no place (the Aden government), so that it names a
        party.
        """
        tree = self.tree
        top = details.top(tree, tokens)
        return (
            tree.deps[top] in ("compound", "amod", "nmod")
            and noun_lemma(tree.lower[tree.heads[top]])
            not in (
                "city",
                "town",
                "province",
                "region",
                "district",
                "village",
                "airport",
                "capital",
                "border",
                "area",
                "department",
                "state",
                "suburb",
                "base",
                "camp",
                "neighborhood",
                "neighbourhood",
                "bridge",
                "hospital",
                "school",
                "university",
                "port",
                "station",
                "market",
                "coast",
                "valley",
                "county",
                "governorate",
                "church",
                "mosque",
                "prison",
                "jail",
            )
            and not tree.tags[tree.heads[top]].startswith("NNP")
        )
