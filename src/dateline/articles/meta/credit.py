"""Who wrote it, as the text itself says: bylines, datelines, agency credits at either end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from dateline.articles.document import Document
from dateline.articles.meta.names import is_office, people
from dateline.lexicon.outlets.agencies import agencies, agency, own_list
from dateline.model import Dateline, Removed

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}\.?|"
    r"(?:ene|abr|ago|dic|janv|févr|avr|mai|juin|juil|août|déc|mär|okt|dez)[a-zéû]{0,6}\.?"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DATE = (
    rf"(?:(?i:{_MONTH})\s*\d{{1,2}}(?:,?\s*\d{{4}})?|"
    rf"\d{{1,2}}\s*(?:de\s+)?(?i:{_MONTH})(?:\s+\d{{4}})?|(?i:{_DAY})|\d{{4}}-\d{{2}}-\d{{2}})"
)
_CREDIT = r"\((?P<agency>[^()]{2,45})\)"
_PLACE = r"(?P<place>[A-ZÀ-ÞĀ-Ž][^\W\d_]*(?:[ .,’'/-]{1,2}[^\W\d_.,]+){0,6}\.?)"
_DASH = r"(?:\s*(?:—|–|―|--)\s*|\s+-\s+|\s*:\s+|\s*/\s+)"
_DATELINE = re.compile(rf"^{_PLACE}(?:,\s*(?P<date>{_DATE}))?(?:\s*(?:,\s*)?{_CREDIT})?(?P<dash>{_DASH})(?=\S)")
# NIAMEY (Reuters) The …: the credit stands in for the dash
_CREDITED = re.compile(rf"^{_PLACE}(?:,\s*(?P<date>{_DATE}))?\s*{_CREDIT}\.?(?P<dash>\s+)(?=[“\"‘A-ZÀ-Þ\d])")
# (Reuters) - The …
_CREDIT_FIRST = re.compile(rf"^{_CREDIT}\s*(?:—|–|-|--|:)?\s+(?=\S)")
# An agency that is not known, by the form of its name: “(HPA)”, “(Unipress)”, “(Pacific News Agency)”.
_WIRE = re.compile(r"[A-Z]{2,6}|[\w .’'-]*(?:[Nn]ews|[Aa]gency|[Pp]ress|[Ss]ervice|[Ww]ire)[\w .]*")
_BYLINE = re.compile(
    r"^(?:(?:written|story|text|report)\s+)?(?:by|por|par|von|di|door|av|af|przez|oleh)\s*:?\s+(?P<who>\S.{1,90})$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Signed:
    """A text's paragraphs without its signatures, and what these said."""

    kept: list[str] = field(default_factory=list)
    agency: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    dateline: Dateline | None = None
    removed: list[Removed] = field(default_factory=list)


def sign(paragraphs: Sequence[str], *, site: str | None = None) -> Signed:
    """Read a text's own signatures: byline lines are taken out, datelines and agency credits stay.

    `site` is the outlet's own name, which signs for nobody.
    """
    out = Signed(list(paragraphs))
    named: list[str] = []
    _take_bylines(out, named, site)
    for paragraph in out.kept[:3]:
        found = dateline(paragraph)
        if found:
            out.dateline, by = found
            named += by
            break
    _take_closing_credits(out, named)
    out.agency = tuple(dict.fromkeys(named))
    return out


def _take_bylines(out: Signed, named: list[str], site: str | None) -> None:
    for paragraph in list(out.kept[:4]):
        match = _BYLINE.match(paragraph) if len(paragraph) < 110 else None
        if not match or (re.search(r"[.!?]$", paragraph) and len(paragraph.split()) > 8):
            continue
        names, wires = people(match["who"], site=site)
        if names or wires or is_office(match["who"], site=site):
            out.kept.remove(paragraph)
            out.removed.append(Removed(paragraph, "the byline"))
            out.byline += tuple(name for name in names if name not in out.byline)
            named += wires


def dateline(paragraph: str) -> tuple[Dateline, list[str]] | None:
    """Read the dateline that opens a paragraph: (it, agencies named in it); None where there is none.

    A place counts where it is written in capitals or where a date or an agency's credit follows it.
    """
    match = _CREDITED.match(paragraph) or _DATELINE.match(paragraph)
    if match is None:
        first = _CREDIT_FIRST.match(paragraph)
        known = agency(first["agency"]) if first else None
        return (Dateline(None, paragraph[: first.end()].strip()), [known.name]) if first and known else None
    place, credit = match["place"].strip(" ,."), match["agency"]
    wire = named_agency(credit) if credit else None
    shouted = place.upper() == place and len(place) > 2 and any(c.isalpha() for c in place)
    dashed = match["dash"].strip() in ("—", "–", "―", "--", "-")
    if credit and wire is None:
        if not ((match["date"] or (shouted and dashed)) and _WIRE.fullmatch(credit)):
            return None
        wire = credit.strip()
    if not (wire or match["date"] or (shouted and (dashed or match["dash"].strip() == ":"))):
        return None
    if shouted and not (wire or match["date"]) and len(place.split()) > 4:
        return None
    text = paragraph[: match.end()].strip()
    return Dateline(_proper(place), text), [wire] if wire else []


def _proper(place: str) -> str:
    """Write a place in capitals as names are written: NEW DELHI → New Delhi."""
    head = place.split(",")[0].strip() if place.upper() == place else place
    if head.upper() != head or len(head) <= 3:
        return head
    return re.sub(r"[^\W\d_]+", lambda m: m.group()[0] + m.group()[1:].lower(), head)


def named_agency(text: str) -> str | None:
    """Give the agency that a credit names, whole or as one of its parts (`Reuters/AFP`, `AFP via Getty`)."""
    whole = agency(text.strip(" .–—-"))
    if whole:
        return whole.name
    for part in re.split(r"\s*(?:/|,|;|\||&|\bvia\b|\band\b|\bwith\b)\s*", text):
        found = agency(part.strip(" .–—-"))
        if found:
            return found.name
    return None


_METAS = (
    "article:agency",
    "agency",
    "source",
    "news_agency",
    "dc.source",
    "dcterms.source",
    "syndication-source",
    "article:provider",
)


def declared(document: Document) -> list[str]:
    """Give the agencies that the page's metadata name as the source of its text (not of its pictures)."""
    found = [agency(value) for name in _METAS for value in document.metas.get(name, ())]
    node = document.main or {}
    for key in ("sourceOrganization", "provider", "creditText", "copyrightHolder"):
        given = node.get(key)
        given = given.get("name") if isinstance(given, dict) else given
        found.append(agency(given) if isinstance(given, str) else None)
    return [one.name for one in found if one]


@cache
def _closing(_own: Path | None) -> re.Pattern[str]:
    names = sorted({s for a in agencies() for s in a.spellings}, key=lambda s: (-len(s), s))
    return re.compile(
        r"\s*[(\[—–-]+\s*(?:with\s+)?(?P<who>(?:"
        + "|".join(map(re.escape, names))
        + r")(?:\s?[/,&]\s?[^()\[\]/]{2,30}){0,2})\s*[)\].]*$"
    )


def _take_closing_credits(out: Signed, named: list[str]) -> None:
    """Read the credits that close a text (“— AFP”, “(Reuters)”); lines of nothing else are taken out."""
    for _ in range(3):
        if not out.kept:
            return
        last = out.kept[-1]
        lone = agency(last.strip("()[] .—–-"))
        if lone and len(out.kept) > 1:
            out.kept.pop()
            out.removed.append(Removed(last, "the agency's credit"))
            named.append(lone.name)
            continue
        match = _closing(own_list()).search(last, max(0, len(last) - 160))
        if match:
            wires = [found.name for part in re.split(r"[/,&]", match["who"]) if (found := agency(part.strip()))]
            if wires:
                named += wires
                out.removed.append(Removed(last[match.start() :].strip(), "the agency's credit"))
                out.kept[-1] = last[: match.start()].rstrip()
                if not out.kept[-1]:
                    out.kept.pop()
        return
