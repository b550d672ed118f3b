"""Doubt about the doer: a deed is only alleged where the text nearby says that its author is merely suspected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.events.drafts import Draft
from dateline.model import Party

_SUSPECTED = r"alleged(?:ly)?|suspected|presumed|presumably|purported(?:ly)?|supposed(?:ly)?"
_LAID_ON = (
    r"attribut(?:ed?|es|ing)|ascrib(?:ed?|es|ing)|imput(?:ed?|es|ing)|blam(?:ed?|es|ing)|accus(?:ed?|es|ing|ations?)|"
    r"allegations?|suspects?|suspecting|suspicions?|implicat(?:ed?|es|ing)|(?:believed|thought|presumed) to|"
    r"responsible|responsibility|charged with|link(?:ed|s|ing)? to|(?:may|might|could) (?:be|have been)|"
    r"(?:the )?work of|opinion of|points? to|pointed to|pointing to|behind the|believ(?:e|es|ed|ing) that|blame"
)
_DEED = (
    r"attack\w*|kill\w*|murder\w*|massacre\w*|bomb\w*|blasts?|explosions?|crimes?|assassinat\w*|abduct\w*|"
    r"kidnap\w*|deaths?|raids?|shootings?|slayings?|assaults?|incidents?|executions?|ambush\w*|acts?|actions?"
)
_HEDGE = re.compile(rf"\b(?:{_SUSPECTED})\b", re.I)
_BLAME = re.compile(rf"\b(?:{_LAID_ON})\b", re.I)
_VIOLENCE = re.compile(rf"\b(?:{_DEED})\b", re.I)
_AGAIN = re.compile(rf"(?<=\bthe )(?:[a-z]+ )?(?:{_DEED})\b|(?<=\bthis )(?:{_DEED})\b", re.I)
_WORD = re.compile(r"[^\W\d_]{4,}")
_SIDES = frozenset(("REB", "PRM", "MIL", "COP", "GOV"))  # parties that are known, if not by name
_NEXT = 2  # sentences between a deed and the doubt about who did it
_STEM = 5  # letters that an event noun and its verb have in common (explode, explosion)
_COMMON = frozenset(
    "with that from this other people member members leader leaders person persons several police soldier soldiers "
    "government national group groups president minister official officials civilian civilians their they were".split()
)


@dataclass(frozen=True, slots=True)
class _Doubt:
    sentence: int
    start: int  # of the words that doubt
    words: frozenset[str]  # of the sentence
    deeds: frozenset[str]  # the beginnings of the words for the deed
    own: bool  # the doubt is about the doer of a deed that this sentence tells itself


def doubt(drafts: Sequence[Draft], text: str, sentences: Sequence[tuple[int, int]]) -> None:
    """Set the status of violent deeds to alleged where the text beside them only suspects or accuses somebody of them.

    The doubt belongs to a deed told in the same sentence or within two of it, or, where nobody knows the deed's
    doer, to one with whose victim its sentence shares a word, or that it names again (*the bombing was the work of …*).
    A deed whose known doer is named apart from the doubt stays as it is unless the doubt names both sides again, or
    somebody is quoted for it: who is accused of one attack may surely have made another. History keeps its status.
    """
    found = [d for n, span in enumerate(sentences) for d in _doubts(n, text, span, drafts)]
    if not found:
        return
    for draft in drafts:
        if draft.type != "ASSAULT" or draft.status != "asserted" or draft.historical:
            continue
        here = next((n for n, (start, end) in enumerate(sentences) if start <= draft.span[0] < end), None)
        if here is not None and any(_concerns(one, draft, here) for one in found):
            draft.status = "alleged"


def _doubts(number: int, text: str, span: tuple[int, int], drafts: Sequence[Draft]) -> list[_Doubt]:
    said = text[span[0] : span[1]]
    match = _HEDGE.search(said) or (_BLAME.search(said) if _VIOLENCE.search(said) else None)
    if match is None:
        return []
    deeds = frozenset(found.group()[:_STEM].lower() for found in _AGAIN.finditer(said))
    start = span[0] + match.start()
    own = any(p.start <= start < p.end for d in drafts if d.type == "ASSAULT" for p in d.actors)
    return [_Doubt(number, start, _words(said), deeds, own)]


def _concerns(one: _Doubt, draft: Draft, here: int) -> bool:
    away = abs(one.sentence - here)
    if one.own and here > one.sentence:
        return False  # whoever is suspected of one deed is not thereby of the next
    known = [p for p in draft.actors if p.code or (here > one.sentence and p.sector in _SIDES)]
    if known and "actors" not in draft.carried:
        if away == 0:
            return any(p.start > one.start for p in known)
        quoted = bool(draft.said) and away <= _NEXT
        return bool(_named(known) & one.words) and (quoted or bool(_named(draft.recipients) & one.words))
    if away <= _NEXT:
        return True
    if known or one.sentence < here:
        return not draft.actors and bool(_named(draft.recipients) & one.words)
    return _told_again(one, draft) or bool(_named(draft.recipients) & one.words)


def _told_again(one: _Doubt, draft: Draft) -> bool:
    tree, trigger = draft.tree, draft.trigger
    words = {tree.lower[i] for i in (*trigger.words, *trigger.helpers)}
    return any(word[:_STEM] in one.deeds for word in words if len(word) >= _STEM - 1)


def _named(parties: Sequence[Party]) -> frozenset[str]:
    return frozenset(w for p in parties for w in _words(p.text))


def _words(text: str) -> frozenset[str]:
    return frozenset(w.lower() for w in _WORD.findall(text)) - _COMMON
