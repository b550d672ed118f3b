"""Captions and picture credits: what belongs to a picture, told from what belongs to the text."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from dateline.lexicon.outlets.agencies import agencies, agency, own_list

_PICTURE = (
    "pic|pics|picture|pictures|photo|photos|photograph|image|images|file pic|file photo|file picture|file image|"
    "handout|screengrab|screenshot|foto|fotos|bild|archivo|archivbild|immagine|photo d'archives|صورة|фото"
)
# Picture services: they sell pictures and videos, never reports.
_PICTURE_SERVICES = tuple(
    (
        "Getty Images | Getty | Shutterstock | iStock | EPA | EPA-EFE | EPA Images | imago | imago images | "
        "picture alliance | Alamy | Unsplash | Pexels | Pixabay | NurPhoto | Sipa | SIPA USA | Abaca | Zuma | Zuma "
        "Press | Polaris | Redux | Magnum Photos | Depositphotos | Wikimedia Commons | Flickr | Bloomberg | AFP | "
        "AP | Reuters | Handout | Supplied | File | Facebook | Twitter | Instagram | Press Association Images | "
        "WireImage | Corbis | Rex Features | Rex | UPI | Xinhua | Anadolu | Agencies"
    ).split(" | ")
)
_FILE_PICTURE = re.compile(r"^(?:FILE PHOTO|FILE PIC|FILE IMAGE|FILE|FOTO DE ARCHIVO|ARCHIVBILD)\s*[:–—-]\s*")


@cache
def _names(_own: Path | None) -> str:
    names = {spelling for agency_ in agencies() for spelling in agency_.spellings} | set(_PICTURE_SERVICES)
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


@cache
def _credit_words(_own: Path | None) -> frozenset[str]:
    """Give the words of which each form holds one that does not end with a bracket: asked first, for it is quick."""
    names = {spelling for agency_ in agencies() for spelling in agency_.spellings} | set(_PICTURE_SERVICES)
    last = {words[-1] for name in names if (words := _WORD.findall(name.casefold()))}
    return frozenset(
        last | set(_WORD.findall(_PICTURE)) | set("credit credits crédit crédits crédito fotocredit ©".split())
    )


_WORD = re.compile(r"\w+|©")


@cache
def _forms(own: Path | None) -> tuple[re.Pattern[str], ...]:
    person = r"[^()\[\]|/.!?]{2,60}?"
    who = (
        rf"(?:{_names(own)})(?:\s(?i:{_PICTURE}))?(?:\s?(?:/|via|,|-)\s?{person})?|{person}\s?(?:/|"
        rf"via)\s?(?:{_names(own)})(?:\s?(?:/|via)\s?{person})?"
    )
    return tuple(
        re.compile(form)
        for form in (
            # (AFP pic)  [Reuters photo]  (Jane Doe photo)
            rf"\s*[(\[](?P<c>{person})[\s/–-]+(?i:{_PICTURE})\.?[)\]]\.?$",
            # (Photo by Jane Doe/AFP)  [Photo: AP]  (Foto: dpa)
            rf"\s*[(\[](?i:{_PICTURE}|credit|source)(?i:\s+(?:credit|courtesy|source))?(?i:\s*(?:by|of|"
            rf"via|from|courtesy of|de|von|:|/|–|—|-|\|))+\s*(?P<c>[^()\[\]]{{2,80}})[)\]]\.?$",
            # Getty Images   AP/Jane Doe   as the whole line
            rf"^(?:©\s*)?(?P<c>{who})\.?$",
            # (AFP)  [Reuters]  (AP/Jane Doe)
            rf"\s*[(\[](?P<c>{who})[)\]]\.?$",
            # Photo: AP   Photo by Jane Doe/AFP   Image source, Reuters   Photo Credit: AP   Foto: dpa
            rf"(?:^|(?<=[.!?”\")|–—]))\s*[|–—-]?\s*(?i:{_PICTURE})(?i:\s+(?:credit|courtesy|"
            rf"source))?(?i:\s*(?:\bby\b|\bof\b|\bcourtesy of\b|:|,|\|)\s*)+(?P<c>[^.!?()]{{2,80}})\.?$",
            r"(?:^|(?<=[.!?”\")|–—]))\s*[|–—-]?\s*(?i:credits?|credit line|crédits?|crédito|"
            r"fotocredit|©)(?:\s*[:|]\s*|\s+)(?P<c>[^.!?()]{2,80})\.?$",
            # … . AFP/Jane Doe   … — Reuters   … | AP
            rf"(?:(?<=[.!?”\")])\s*[|–—-]?|\s[|–—-])\s*(?:©\s*)?(?P<c>{who})\.?$",
            rf"\s[|–—-]+\s*(?P<c>{person})\s+(?i:{_PICTURE})\.?$",
        )
    )


@lru_cache(maxsize=64)  # each paragraph is asked twice in a row
def split_credit(text: str) -> tuple[str, str] | None:
    """Split a caption into its words and its picture credit, `(AFP pic)` → `AFP`; None where it bears no credit."""
    text = _FILE_PICTURE.sub("", text)
    tail = text if len(text) <= 200 else text[-200:]
    if tail.rstrip(". ")[-1:] not in (")", "]") and _credit_words(own_list()).isdisjoint(
        _WORD.findall(tail.casefold())
    ):
        return None
    for form in _forms(own_list()):
        match = form.search(tail)
        if match:
            credit = match["c"].strip(" ,;:–—-|/").strip()
            words = text[: len(text) - len(tail) + match.start()].rstrip(" |–—-")
            if credit:
                return words, _short(credit)
    return None


def _short(credit: str) -> str:
    """Give the agency's own name where the credit is nothing but one of its spellings."""
    credit = re.sub(rf"\s+(?i:{_PICTURE})\.?$", "", credit) or credit
    found = agency(credit)
    return found.name if found else re.sub(r"\s+", " ", credit)


def is_picture_credit(text: str) -> bool:
    """Tell whether a whole line is nothing but a picture credit."""
    parts = split_credit(text) if len(text) <= 120 else None
    return parts is not None and not parts[0]
