"""Whom a pronoun may mean: number, person, and whether the text between leaves only one that it could be."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.events.roles.words import SECTORS
from dateline.lexicon.deeds.actions import noun_lemma
from dateline.lexicon.named.countries import by_iso3
from dateline.model import ActorSpan, Party

REACH = 500  # characters between a party and a pronoun that may still mean it
_ONE = frozenset("he she him her his himself herself".split())
_MANY = frozenset("they them their themselves".split())
# singular nouns that are bodies of many: never he or she
_BODIES = frozenset(
    "army military airforce force brigade battalion regiment platoon garrison unit squadron fleet division police "
    "gendarmerie constabulary government administration authority ministry cabinet regime embassy consulate delegation "
    "leadership junta presidency parliament senate congress assembly legislature knesset duma bundestag court tribunal "
    "judiciary jury insurgency militia population people crowd mob family press media newspaper broadcaster union "
    "opposition party coalition company bank firm corporation industry airline gang cartel mafia church mosque "
    "hospital university school intelligence charity group movement organization organisation faction alliance side "
    "team agency commission committee council department office bureau association federation institute "
    "foundation".split()
)


_HEADS = frozenset("head chief director leader boss chairman chairwoman founder owner".split())


def agrees(pronoun: str, text: str, *, plural: bool = False) -> bool:
    """Tell whether a pronoun, in lower case, may stand for a party of these words: he is no police, they are no man."""
    words = [w.strip("’'\",.()") for w in _before(text.split())]
    last = words[-1] if words else ""
    bare = noun_lemma(last.lower())
    if pronoun in _ONE:
        many = plural or (bare != last.lower() and bare in SECTORS)
        return not (many or bare in _BODIES or last.isupper())
    if pronoun in _MANY:
        return plural or not (_one(last) if last.islower() else bare not in SECTORS and any(map(_one, words[:-1])))
    return True


def one_person(text: str) -> bool:
    """Tell whether a party is one person by the noun that heads it (the head of an office), and so never an *it*."""
    return any(word.lower() in _HEADS or _one(word) for word in _before(text.split())[-1:])


def _one(word: str) -> bool:
    """Tell whether a word names one person by what they are (minister, President)."""
    bare = noun_lemma(word.lower())
    return bare == word.lower() and bare in SECTORS and bare not in _BODIES


def clear(party: Party, pronoun: str, at: int, actors: Sequence[ActorSpan]) -> bool:
    """Tell whether a pronoun at an offset means a party told before: near enough, fitting, and no other in between."""
    if at - party.end > REACH or not agrees(pronoun, party.text):
        return False
    country = by_iso3().get(party.code or "")
    if pronoun in _ONE and country is not None and party.sector is None and party.name == country.name:
        return False
    return not any(party.end <= a.start < at and _other(a, party, pronoun) and _may_be(pronoun, a) for a in actors)


def _other(actor: ActorSpan, party: Party, pronoun: str) -> bool:
    if pronoun in _MANY and (actor.code, actor.sector) == (party.code, party.sector):
        return False  # the police, and then the officers
    if actor.name is not None and party.name is not None:
        return actor.name != party.name
    names = _names(actor.text)
    return bool(names) and not names & _names(party.text)


def _names(text: str) -> frozenset[str]:
    """List the words of a phrase that tell its bearer from others: not *President*."""
    return frozenset(
        w for w in (word.strip("’'\",.()").lower() for word in text.split()) if noun_lemma(w) not in SECTORS
    )


def _may_be(pronoun: str, actor: ActorSpan) -> bool:
    """Tell whether an actor could be meant instead: a person for he, a body or several for they."""
    person = actor.sector is not None and actor.text[:1].isupper() and agrees("he", actor.text)
    return person if pronoun in _ONE else actor.sector is not None and not person


def _before(words: list[str]) -> list[str]:
    """Cut off what hangs on a phrase (the minister *of* …)."""
    end = next((n for n, w in enumerate(words) if n and w in ("of", "in", "for", "on", "at", "from")), len(words))
    return words[:end]
