"""Single lines that are no text: invitations, tools, links, credits and captions, the notes that close a page."""

from __future__ import annotations

import re
from functools import cache

from dateline.articles.body.blocks import Block
from dateline.articles.document import SENTENCE_END
from dateline.articles.furniture import captions
from dateline.articles.furniture.lists import is_source
from dateline.articles.furniture.stripped import Stripped
from dateline.lexicon.outlets import pagewords
from dateline.lexicon.outlets.furniture import pattern, phrases
from dateline.model import Image

_CLOSING = re.compile(
    r"^\W*(?:(?:contact|email|e-mail|reach|follow|write to)\s+(?:the\s+)?(?:reporter|writer|"
    r"author|editor|us|him|her|them)?\b.{0,80}(?:@|\bat\b|\bon\b)|"
    r".{0,60}\bcan be (?:reached|contacted|followed)\b|.{0,120}\b(?:contributed to this "
    r"(?:report|story|article)|contributed reporting)\b|contributing\s*:|"
    r"(?:this|the) (?:article|story|piece|column|post) (?:first |originally )?(?:appeared|was "
    r"(?:first |originally )?published|ran)\b|"
    r"more information\s*:|provided by\b|copyright\b|©|\(c\)\s|distributed by\b|filed under|"
    r"tags?\s*:|categor(?:y|ies)\s*:|have a (?:news )?tip|_{3,})",
    re.IGNORECASE | re.DOTALL,
)


def drop_closing(kept: list[Block], out: Stripped) -> None:
    """Drop the notes that close a page: whom to write to, who helped, where it was printed, whose rights."""
    last = len(kept) - 1
    for at in range(last, max(0, last - 5), -1):
        text = kept[at].text
        if len(text.split()) <= 60 and _CLOSING.match(text):
            out.drop(kept.pop(at).text, "a closing note of the page")


def same_words(one: str, other: str) -> bool:
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())


_LABELLED = re.compile(r"^[A-ZÀ-Þ][\w’' ]{2,28}\s*[:|»]\s*(?P<rest>.+)$", re.DOTALL)


def is_section(text: str) -> bool:
    """Tell whether a line is the label of a section of opinion, as stands over a headline."""
    return len(text) < 40 and text.strip(" :|»›").lower() in pagewords.phrases("opinion")


def is_links(text: str, anchors: frozenset[str]) -> bool:
    """Tell whether a line is nothing but links, with or without a label before them, and no sentence."""
    if len(text) > 400:
        return False
    if text in anchors:
        return not re.search(r"[.!]$", text) or len(text.split()) < 4
    labelled = _LABELLED.match(text)
    if labelled and labelled["rest"].strip(" .»›→") in anchors:
        return True
    if SENTENCE_END.search(text):
        return False
    left = text
    for anchor in sorted((a for a in anchors if a in text), key=lambda a: (-len(a), a)):
        left = left.replace(anchor, " ", 1)
    return len(left) < len(text) and len(re.sub(r"\W", "", left)) <= 0.25 * len(re.sub(r"\W", "", text))


@cache
def _invitation() -> re.Pattern[str]:
    return re.compile(rf"\W*{pattern('invitation_start')}(?!\w)", re.IGNORECASE)


_LONGEST_INVITATION = 400
_READING = r"min(?:s|ute|utes|uten|utos|uti|uut)?\.?|минут[аы]?|мин\.?|dakika|dk\.?|دقائق|دقيقة|دقیقه|मिनट|分钟|分鐘|分"
_CLOCK = re.compile(
    r"(?:(?:posted|updated|published|um|à|a las)\s+(?:at\s+)?)?(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:[:.][0-5]\d)?"
    r"(?:\s*(?:[ap]\.?m\.?|uhr|h|hrs))?(?:\s+\(?[A-Z]{2,4}\)?)?|"
    r"\d{1,2}\s*(?:s|sec|seconds?|m|min|mins|minutes?|h|hrs?|hours?|d|days?)\s+ago|"
    rf"(?:[^\W\d]+(?:\s[^\W\d]+){{0,3}}\s*[:：]?\s*)?\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?\s?[- ]?(?:{_READING})"
    r"(?:\s(?:read|de lecture|de lectura|de leitura|di lettura|lesezeit|leestijd|czytania|чтения|okuma))?",
    re.IGNORECASE,
)


# “MRN / AFRICA / 1940”: agency, desk and time in capitals and figures, parted by strokes.
_SLUG = re.compile(r"[A-Z]{2,8}(?:\s?[/|]\s?[A-Z][A-Z -]{1,20}){1,3}\s?[/|]\s?\d{3,4}(?:\s?(?:GMT|UTC|Z))?")


@cache
def _tools() -> re.Pattern[str]:
    return re.compile(rf"\W*{pattern('tools')}(?:\W+{pattern('tools')})*(?:\s*\(?\d+\)?)?\W*", re.IGNORECASE)


def is_tools(text: str) -> bool:
    """Tell whether a line is nothing but buttons: “Share on Facebook Share on Twitter WhatsApp”."""
    return len(text) < 200 and _tools().fullmatch(text) is not None


def is_furniture(text: str, out: Stripped, plain: bool) -> bool:
    bare = re.sub(r"^\W+|[\s:.…!»›→⮕|]+$", "", text).casefold()
    if not bare:
        out.drop(text, "signs without words")
        return True
    if bare in phrases("link_labels") or is_tools(text):
        out.drop(text, "a tool of the page")
        return True
    if plain and is_source(text, out):
        return True
    if len(text) < 40 and _CLOCK.fullmatch(text.strip()):
        out.drop(text, "the time of a post, or how long it takes to read")
        return True
    if len(text) < 60 and _SLUG.fullmatch(text.strip()):
        out.drop(text, "the line that routes an agency's report")
        return True
    if (
        len(text) < _LONGEST_INVITATION
        and len(text.split()) <= 40
        and (_invitation().match(text) or any(phrase in bare for phrase in phrases("invitation_within")))
    ):
        out.drop(text, "an invitation or notice of the site")
        return True
    if captions.is_picture_credit(text):
        credit = captions.split_credit(text)
        out.images.append(Image(None, None, credit[1] if credit else None))
        out.drop(text, "a picture credit")
        return True
    return False


# ---- captions among the paragraphs

_GLUED_CAPTION = re.compile(
    r"^(?P<c>.{15,400}?[(\[][^()\[\]]{2,50}[\s/](?:pic|pics|photo|photos|picture|image|file|"
    r"foto|fotos)[)\]]\.?)\s+(?=[“\"‘A-ZÀ-Þ])",
    re.DOTALL,
)


def without_caption(text: str, number: int, total: int, out: Stripped, plain: bool) -> str:
    """Take a caption that stands among the paragraphs; it is known by the picture credit at its end."""
    if number < 2 and plain:
        glued = _GLUED_CAPTION.match(text)
        if glued and captions.split_credit(glued["c"]):
            _put_caption(glued["c"], out)
            return text[glued.end() :].strip()
    parts = captions.split_credit(text)
    if parts is None or len(text.split()) > 90:
        return text
    explicit = re.search(
        r"(?i)\b(?:pic|pics|photo|photos|photograph|picture|image|foto|fotos|bild|screengrab|"
        r"handout|getty|shutterstock)\b",
        text[len(parts[0]) :],
    )
    first = plain and number < 2 and total > 3
    if explicit or first:
        _put_caption(text, out)
        return ""
    return text


def _put_caption(text: str, out: Stripped) -> None:
    parts = captions.split_credit(text)
    words, credit = parts if parts else (text, None)
    out.images.append(Image(None, words.strip() or None, credit))
    out.drop(text, "a picture's caption")
