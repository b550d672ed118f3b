"""Corrections and withdrawals that an article announces."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.model import Notice

_WITHDRAWAL = re.compile(
    r"^\W*(?:withdrawn|retracted|retraction|removed|withdrawal|kill(?: notice)?|mandatory "
    r"kill|unpublished)\b\s*[:.–—-]|"
    r"\b(?:article|story|report|dispatch|item|piece|text)\b[^.]{0,60}\b(?:has been|was|is|"
    r"have been)\s+(?:withdrawn|retracted|removed|taken down|unpublished|killed)\b|"
    r"\b(?:withdraws?|retracts?|has withdrawn|has retracted|have withdrawn|have "
    r"retracted)\s+(?:its|this|the|our|an?)\s+(?:\w+\s+){0,3}(?:article|story|report|dispatch|"
    r"item)\b|"
    r"\b(?:este artículo|esta noticia) ha sido retirad[oa]\b|\bcet article a été (?:retiré|"
    r"supprimé)\b|\bdieser (?:artikel|beitrag) wurde (?:zurückgezogen|entfernt)\b",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^\W*(?:(?:editor[’']?s?\s+note\s*[:–—-]?\s*)?(?:corrections?|corrected|clarifications?|"
    r"erratum|errata|amended|fe de errores|corrección|rectificación|correction|rectificatif|"
    r"korrektur|berichtigung|correzione|rettifica|correção|rectificatie|correctie|rättelse|"
    r"sprostowanie|уточнение|исправление|düzeltme|koreksi|ralat|تصحيح|"
    r"تصویب))\b\s*(?:\([^)]{1,40}\)|[\w ,.]{0,40})?\s*[:：–—-]|"
    r"^\W*(?:this|an earlier|a previous|the original|earlier)\s+(?:version|article|story|"
    r"report|post|headline|caption)s?\b[^.]{0,80}\b(?:misstated|misspelled|incorrectly|"
    r"mistakenly|wrongly|erroneously|misidentified|"
    r"corrected|gave the wrong|contained an error|said incorrectly|has been corrected|was "
    r"corrected|has been amended|was amended)\b|"
    r"^\W*(?:this|the)\s+(?:article|story|report|post|headline)\s+(?:has been|"
    r"was)\s+(?:corrected|amended|changed to correct|updated to correct)\b",
    re.IGNORECASE,
)
_LONGEST = 120


def notice(title: str | None, paragraphs: Sequence[str]) -> Notice | None:
    """Give the correction or withdrawal that a page announces, in its own words; None where it announces none.

    It stands in the title, or in a paragraph of at most 120 words near the beginning or the end.
    """
    shown = [title] if title else []
    places = list(paragraphs[:4]) + list(paragraphs[4:][-6:])
    for text in shown + places:
        if len(text.split()) > _LONGEST:
            continue
        if _WITHDRAWAL.search(text) and (text in shown or _speaks_of_itself(text) or len(paragraphs) <= 3):
            return Notice(
                "withdrawal", text if text not in shown or not paragraphs else f"{text} {paragraphs[0]}".strip()
            )
    for number, text in enumerate(places):
        if len(text.split()) <= _LONGEST and _CORRECTION.search(text):
            following = paragraphs[paragraphs.index(text) + 1 :][:1] if len(text.split()) < 6 else []
            whole = " ".join([text, *following]) if number >= 0 else text
            return Notice("correction", whole)
    if title and re.match(r"\W*(?:CORRECTED|CORRECTION|REFILE)\b", title):
        return Notice("correction", title)
    return None


def _speaks_of_itself(text: str) -> bool:
    return bool(
        re.search(
            r"^\W*(?:withdrawn|retract|kill)|\b(?:this|its|our|the above|an earlier|este|esta|cet|"
            r"dieser)\b",
            text,
            re.IGNORECASE,
        )
    )
