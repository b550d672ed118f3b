"""Entities: named parties of the lexicon, each with an id that follows from its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from dateline.lexicon.named import actors
from dateline.model import Event, Party
from dateline.site import links, words
from dateline.text.ids import stable_id

_SECTORS: dict[str, str] = {
    "COP": "police", "GOV": "government", "JUD": "courts", "LEG": "parliament", "MIL": "armed forces",
    "PRM": "paramilitary", "PTY": "party", "REB": "rebels", "SPY": "intelligence", "UAF": "unidentified armed force",
    "AGR": "farming", "BUS": "business", "CRM": "crime", "CVL": "civilians", "EDU": "education", "ELI": "elite",
    "JRN": "journalism", "LAB": "labour", "MED": "health", "REF": "refugees", "OPP": "opposition", "REL": "religion",
    "SOC": "society",
}  # fmt: skip
_CODES: dict[str, str] = {
    "IGO": "organisation of states", "UNO": "United Nations", "EUR": "European Union", "NGO": "organisation",
    "ISM": "Islamist movement", "IMG": "militant group", "MNC": "company",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entity:
    """A named party."""

    id: str
    name: str
    kinds: tuple[str, ...]  # in words: what it was, newest first
    country: str | None  # ISO 3166-1 alpha-3
    aliases: tuple[str, ...]
    person: bool


@dataclass(frozen=True, slots=True)
class Company:
    """Another entity of the same events."""

    name: str
    href: str | None
    events: int


def entity_id(name: str) -> str:
    """Give the id of a name."""
    return stable_id("n", name)


@cache
def entities() -> dict[str, Entity]:
    """Map ids to all entities of the lexicon."""
    held: dict[str, list[actors.Entry]] = {}
    for entry in actors.entries():
        if not entry.demonym:
            held.setdefault(entry.name, []).append(entry)
    made = {}
    for name, entries in held.items():
        newest = sorted(entries, key=lambda e: e.from_ or "", reverse=True)
        code = next((e.code for e in newest if e.code and words.is_country(e.code)), None)
        made[entity_id(name)] = Entity(
            id=entity_id(name),
            name=name,
            kinds=tuple(dict.fromkeys(kind for e in newest if (kind := _kind(e)))),
            country=code,
            aliases=tuple(dict.fromkeys(a for e in newest for a in e.aliases if a != name)),
            person=any(e.person for e in entries),
        )
    return made


def _kind(entry: actors.Entry) -> str:
    where = words.country(entry.code) if entry.code and words.is_country(entry.code) else None
    parts = [_SECTORS.get(entry.sector or ""), where or _CODES.get(entry.code or "")]
    text = ", ".join(part for part in parts if part and part != entry.name)
    span = f" ({entry.from_ or '…'} – {entry.to or 'now'})" if entry.from_ or entry.to else ""
    return text + span if text else ""


def entity_link(name: str | None) -> str | None:
    """Give the address of a name's page where the lexicon has it."""
    if not name or entity_id(name) not in entities():
        return None
    tail = links.slug(name)
    return f"/entity/{entity_id(name)}" + (f"-{tail}" if tail else "")


def named(parties: Iterable[Party], name: str) -> bool:
    """Tell whether one of the parties is this entity."""
    return any(party.name == name for party in parties)


def company(events: Sequence[Event], name: str, most: int = 12) -> list[Company]:
    """List who else is in an entity's events, most often first."""
    counted = Counter(
        other
        for event in events
        for other in dict.fromkeys(p.name for p in (*event.actors, *event.recipients) if p.name and p.name != name)
    )
    ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Company(other, entity_link(other), number) for other, number in ranked[:most]]
