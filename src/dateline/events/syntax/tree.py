"""A parsed sentence as plain lists, which are quicker to walk than spaCy's own objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lexicon.deeds.actions import Index, noun_lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc

OBJECTS = ("dobj", "dative", "oprd", "attr")


class Tree:
    """One sentence: words, tags, labels and heads by token number; offsets count in the article's text."""

    def __init__(self, doc: Doc, start: int, index: Index) -> None:
        tokens = list(doc)
        self.start = start
        self.words = [t.text for t in tokens]
        self.lower = [w.lower() for w in self.words]
        self.tags = [t.tag_ for t in tokens]
        self.deps = [t.dep_ for t in tokens]
        self.heads = [t.head.i for t in tokens]
        self.starts = [start + t.idx for t in tokens]
        self.ends = [start + t.idx + len(t.text) for t in tokens]
        self.children: list[list[int]] = [[] for _ in tokens]
        for i, head in enumerate(self.heads):
            if head != i:
                self.children[head].append(i)
        self.end = self.ends[-1] if tokens else start
        self._index = index
        self._spans: dict[int, tuple[int, int]] = {}

    def rehung(self) -> None:
        """Bring the children in line with heads that were changed."""
        self.children = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                self.children[head].append(i)
        self._spans.clear()

    def __len__(self) -> int:
        return len(self.words)

    def lemma(self, i: int) -> str:
        """Give a noun without its plural; two words that a hyphen joins (cease-fire) are one."""
        word = noun_lemma(self.lower[i])
        if i > 1 and self.lower[i - 1] == "-" and self.ends[i - 1] == self.starts[i] and self.heads[i - 2] == i:
            return f"{self.lower[i - 2]}-{word}"
        return word

    def verb(self, i: int) -> tuple[str, ...]:
        """List the verbs that the word may be a form of; two words that a hyphen joins (test-fired) are one."""
        if i > 1 and self.lower[i - 1] == "-" and self.ends[i - 1] == self.starts[i]:
            joined = self._index.verbs.get(f"{self.lower[i - 2]}-{self.lower[i]}")
            if joined:
                return joined
        return self._index.verbs.get(self.lower[i], ())

    def is_verb(self, i: int) -> bool:
        return self.tags[i].startswith("VB")

    def pronoun(self, i: int) -> bool:
        """Tell a pronoun (us) from a name that is spelled like it (US)."""
        return self.tags[i] in ("PRP", "PRP$", "WP", "WDT", "WP$") or (
            self.lower[i] == "that" and self.tags[i] in ("DT", "IN")
        )

    def is_noun(self, i: int) -> bool:
        return self.tags[i].startswith("NN")

    def kids(self, i: int, *deps: str) -> list[int]:
        """List the children that stand in one of these relations."""
        return [c for c in self.children[i] if self.deps[c] in deps]

    def subtree(self, i: int) -> tuple[int, int]:
        """Give the first and last token of all that hangs on a word."""
        if i not in self._spans:
            low, high, todo, seen = i, i, [i], {i}
            while todo:
                for child in self.children[todo.pop()]:
                    if child not in seen:
                        seen.add(child)
                        low, high = min(low, child), max(high, child)
                        todo.append(child)
            self._spans[i] = (low, high)
        return self._spans[i]

    def above(self, i: int) -> list[int]:
        """List the words above a word, nearest first."""
        found: list[int] = []
        while self.heads[i] != i and len(found) < 60:
            i = self.heads[i]
            found.append(i)
        return found

    def under(self, i: int, top: int) -> bool:
        return i == top or top in self.above(i)

    def group(self, i: int) -> list[int]:
        """List a word and all that is coordinated with it."""
        found = [i]
        for one in found:
            found += [c for c in self.kids(one, "conj") if c not in found]
        return found

    def first(self, i: int) -> int:
        """Give the word that leads a coordination."""
        while self.deps[i] == "conj" and self.heads[i] != i:
            i = self.heads[i]
        return i

    def token_at(self, offset: int) -> int | None:
        """Find the token that holds an offset of the article."""
        low, high = 0, len(self.starts)
        while low < high:
            middle = (low + high) // 2
            if self.ends[middle] <= offset:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self.starts) and self.starts[low] <= offset else None

    def tokens_of(self, start: int, end: int) -> list[int]:
        """List the tokens that a span of the article touches."""
        return [i for i in range(len(self.words)) if self.starts[i] < end and start < self.ends[i]]

    def passive(self, i: int) -> bool:
        """Tell whether a verb stands in the passive, also without its auxiliary (killed in a blast)."""
        if self.kids(i, "auxpass", "nsubjpass"):
            return True
        if self.tags[i] not in ("VBN", "VBD"):
            return False
        if self.deps[i] in ("acl", "amod") and self.tags[i] == "VBN":
            return True
        if self.deps[i] == "conj":
            head = self.first(i)
            if head != i and self.passive(head) and not self.kids(i, "nsubj", "aux"):
                return not self.kids(i, "dobj")
        return bool(self.kids(i, "agent") and not self.kids(i, "dobj"))

    def negated(self, i: int) -> bool:
        if self.kids(i, "neg"):
            return True
        if any(self.lower[c] in ("no", "never", "neither", "nobody") for c in self.children[i]):
            return True
        return any(self.nobody(c) for c in self.kids(i, "nsubj", "nsubjpass", "dobj"))

    def nobody(self, i: int) -> bool:
        """Tell whether a phrase says that there is none: nobody, no one, none of the staff, no shots."""
        if self.lower[i] in ("nobody", "none", "nothing", "no-one", "neither", "anyone", "anybody"):
            return True
        return any(self.lower[c] == "no" for c in self.kids(i, "det"))
