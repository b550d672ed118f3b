"""Whether harm has a human doer: by the words of its sentence, and failing those by what its article is about.

PLOVER's ASSAULT is deliberate: what an earthquake, a shipwreck or an illness does is no event.
"""

from __future__ import annotations

import re

from dateline.events.syntax.tree import Tree
from dateline.events.syntax.triggers import Trigger
from dateline.lexicon.deeds.actions import noun_lemma, verb_forms
from dateline.lexicon.deeds.causes import deeds, failing, forces, harmless_blasts, near

_WORD = re.compile(r"[^\W\d_]+")
_TRAFFIC = re.compile(
    r"\bhit-and-run\b|\b(?:dangerous|careless|drunk) driving\b|\b(?:car|road|bus) (?:crash|accident)\b", re.I
)
_LEAD = 600  # characters of a text that tell what it is about
_WITHIN = frozenset("in by from of under during after amid because due".split())
_BLASTS = frozenset(("explosion", "blast", "explode"))
_FAILED = {form for verb in failing() for form in verb_forms(verb)}
_DONE = {form for word in deeds() for form in verb_forms(word)} | deeds()


def blameless(tree: Tree, trigger: Trigger) -> bool:
    """Tell whether the sentence lays a harm on a force of nature, an accident or an illness and on nobody's deed."""
    own = {*trigger.words, *trigger.helpers}
    rest = [i for i in range(len(tree)) if i not in own]
    if human({tree.lower[i] for i in rest}):
        return False
    if any(tree.is_noun(i) and noun_lemma(tree.lower[i]) in forces() for i in rest):
        return True
    return any(noun_lemma(tree.lower[i]) in near() for i in _around(tree, trigger)) or any(
        _failed(tree, i) for i in rest
    )


def human(words: set[str]) -> bool:
    """Tell whether words, in lower case, show a human deed of force."""
    bare = {noun_lemma(word) for word in words} | words
    return bool(bare & _DONE) or bool(bare & _BLASTS and not bare & harmless_blasts())


def _around(tree: Tree, trigger: Trigger) -> list[int]:
    """List what a harm hangs on: its subject, its agent, and what it happened in, under or after."""
    found = []
    for i in {trigger.token, *trigger.helpers, tree.first(trigger.token)}:
        if not tree.passive(i):
            found += tree.kids(i, "nsubj")
        for prep in tree.kids(i, "agent", "prep"):
            if tree.deps[prep] == "agent" or tree.lower[prep] in _WITHIN:
                found += tree.kids(prep, "pobj")
    return found


def _failed(tree: Tree, i: int) -> bool:
    """A thing sank, collapsed or crashed: a verb of failing that has no object and is no passive."""
    return (
        tree.is_verb(i)
        and tree.lower[i] in _FAILED
        and not tree.kids(i, "dobj", "agent", "nsubjpass", "auxpass")
        and bool(tree.kids(i, "nsubj") or tree.deps[i] in ("relcl", "acl", "advcl", "amod"))
    )


def forceful(text: str) -> bool:
    """Tell whether the beginning of a text speaks of a human deed of force."""
    return human({w.lower() for w in _WORD.findall(text[: 3 * _LEAD])})


def accident(title: str | None, text: str) -> bool:
    """Tell whether an article's title and lead speak of a force or an accident and of no human deed of force."""
    if _TRAFFIC.search(f"{title or ''} {text[:_LEAD]}") and not human({w.lower() for w in _WORD.findall(text[:_LEAD])}):
        return True
    head = {w.lower() for w in _WORD.findall(title or "")}
    words = head | {w.lower() for w in _WORD.findall(text[:_LEAD])}
    return (_forces(head) and not human(head)) or (_forces(words) and not human(words))


def _forces(words: set[str]) -> bool:
    return bool((words | {noun_lemma(w) for w in words}) & forces())
