"""Furniture: what stands between and around the paragraphs of an article, taken out with the reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from dateline.articles import captions, related
from dateline.articles.blocks import Block
from dateline.articles.document import Document
from dateline.articles.meta import when
from dateline.articles.meta.when import When
from dateline.lexicon.furniture import pattern, phrases
from dateline.lexicon.reposters import reposter
from dateline.model import Image, RelatedItem, Removed
from dateline.text.urls import domain

_DOMAIN = re.compile(
    r"(?<![\w@/.-])(?:www\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,12}(?![\w@/-]|\.\w)", re.IGNORECASE
)
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*$")
_BEFORE_AN_ADDRESS = frozenset(
    (
        "to on at via from of by site website portal page outlet called the for with visit see in and or as "
        "is than newspaper agency platform domain address app service company"
    ).split()
)
_ARROW_MARK = re.compile(r"^(?P<name>[^\n»›→]{2,40}?)\s*[»›→➔➜⮕▶]\s*$")
_LONGEST_FURNITURE = 3000  # a longer paragraph is text, whatever it begins or ends with
_ITEM_WORDS = 45


@dataclass(slots=True)
class Stripped:
    """What is left of a text's paragraphs, and what was taken out of them."""

    kept: list[str] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    related: list[RelatedItem] = field(default_factory=list)
    published: list[When] = field(default_factory=list)  # dates under a label such as “date” or “Published”
    modified: list[When] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)  # names under “Source:” or over a link list (“fmtoday »”)
    marks: list[str] = field(default_factory=list)  # domains that a reposter left between the sentences

    def drop(self, text: str, why: str) -> None:
        """Note a stretch as taken out."""
        self.removed.append(Removed(text.strip(), why))


def strip(paragraphs: Sequence[str], *, own: str | None = None, plain: bool = False) -> Stripped:
    """Take the furniture out of paragraphs.

    `own` is the registered domain of the page. `plain`: the text was saved without its markup, so that captions, date
    labels and link lists stand among the paragraphs; in HTML, where the extractor has dropped most of that, only what
    says so itself is taken.
    """
    out = Stripped()
    marks = _marks(paragraphs, own)
    in_list = False
    for number, paragraph in enumerate(paragraphs):
        text = _without_marks(paragraph, marks, out)
        if number < 6 or plain:
            text = _without_dates(text, number, out)
        if not text.strip():
            continue
        if len(text) > _LONGEST_FURNITURE:
            out.kept.append(text)
            in_list = False
            continue
        rest = _head(text, out, plain)
        if rest is None:
            in_list = True
            continue
        text = rest
        if in_list and _in_list(text, out, plain):
            continue
        in_list = False
        if not _is_furniture(text, out, plain) and not _is_item(text, out):
            body = _without_caption(text, number, len(paragraphs), out, plain)
            if body:
                out.kept.append(body)
    out.related = related.flag(out.related)
    return out


def strip_blocks(
    given: Sequence[Block],
    document: Document,
    title: str | None,
    anchors: frozenset[str],
    pictures: frozenset[str] = frozenset(),
) -> Stripped:
    """Take the furniture out of an HTML page's extracted paragraphs.

    Besides what `strip` takes: the headline repeated, lines that are nothing but links to other pages, and headings
    with nothing under them. `anchors` are the words of the page's links.
    """
    first = Stripped()
    kept: list[Block] = []
    for number, block in enumerate(given):
        heads = block.tag == "head" and number + 1 < len(given) and bool(_ENDS.search(given[number + 1].text))
        if number < 4 and title and _same_words(block.text, title):
            first.drop(block.text, "the headline")
        elif block.text in pictures:
            first.drop(block.text, "a picture's caption")
        elif not heads and _is_links(block.text, anchors):
            _put_item(block.text, None, first)
        else:
            kept.append(block)
    _drop_closing(kept, first)
    while kept and kept[-1].tag == "head" and len(kept) > 1:
        first.drop(kept.pop().text, "a heading with nothing under it")
    rest = strip([block.text for block in kept], own=domain(document.url))
    rest.removed = first.removed + rest.removed
    rest.related = related.flag(first.related) + rest.related
    return rest


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


def _drop_closing(kept: list[Block], out: Stripped) -> None:
    """Drop the notes that close a page: whom to write to, who helped, where it was printed, whose rights."""
    last = len(kept) - 1
    for at in range(last, max(0, last - 5), -1):
        text = kept[at].text
        if len(text.split()) <= 60 and _CLOSING.match(text):
            out.drop(kept.pop(at).text, "a closing note of the page")


def _same_words(one: str, other: str) -> bool:
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())


_LABELLED = re.compile(r"^[A-ZÀ-Þ][\w’' ]{2,28}\s*[:|»]\s*(?P<rest>.+)$", re.DOTALL)


def _is_links(text: str, anchors: frozenset[str]) -> bool:
    """Tell whether a line is nothing but links, with or without a label before them, and no sentence."""
    if len(text) > 400:
        return False
    if text in anchors:
        return not re.search(r"[.!]$", text) or len(text.split()) < 4
    labelled = _LABELLED.match(text)
    if labelled and labelled["rest"].strip(" .»›→") in anchors:
        return True
    if _ENDS.search(text):
        return False
    left = text
    for anchor in sorted((a for a in anchors if a in text), key=lambda a: (-len(a), a)):
        left = left.replace(anchor, " ", 1)
    return len(left) < len(text) and len(re.sub(r"\W", "", left)) <= 0.25 * len(re.sub(r"\W", "", text))


# ---- marks that a reposter leaves between sentences


def _marks(paragraphs: Sequence[str], own: str | None) -> frozenset[str]:
    """Give the domains that stand between sentences as marks: known reposters, the page's own, repeated ones."""
    alone: Counter[str] = Counter()
    for paragraph in paragraphs:
        for match in _DOMAIN.finditer(paragraph):
            if _stands_alone(paragraph, match):
                alone[match.group().lower().removeprefix("www.")] += 1
    found = set()
    for name, times in alone.items():
        if reposter(name) or (own and domain(name) == own) or times >= 2:
            found.add(name)
    return frozenset(found)


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 60) : match.start()].rstrip()
    after = text[match.end() : match.end() + 60].lstrip()
    if not before and not after:
        return True
    fresh = not after or after[0].isupper() or after[0] in '“"‘«„([' or after[0].isdigit() or not after[0].isascii()
    return bool((not before or _ENDS.search(before)) and fresh)


def _without_marks(text: str, marks: frozenset[str], out: Stripped) -> str:
    def take(match: re.Match[str]) -> str:
        name = match.group().lower().removeprefix("www.")
        if name not in marks:
            return match.group()
        before = re.search(r"([\w’'-]+)\W*$", text[max(0, match.start() - 60) : match.start()])
        last = before.group(1).lower() if before else ""
        if not _stands_alone(text, match) and (
            last in _BEFORE_AN_ADDRESS or text[match.end() : match.end() + 1] in ("’", "'")
        ):
            return match.group()
        out.marks.append(name)
        out.drop(match.group(), "a reposter's mark between the sentences")
        return "\0"

    if not marks or not _DOMAIN.search(text):
        return text
    taken = _DOMAIN.sub(take, text)
    return re.sub(r"[^\S\n]*\0[^\S\n]*", " ", taken).strip() if "\0" in taken else text


# ---- date labels


@cache
def _label() -> re.Pattern[str]:
    published, modified = pattern("date_labels"), pattern("modified_labels")
    return re.compile(rf"\s*(?:(?P<m>{modified})|(?P<p>{published}))\s*[:：|–—-]?\s*(?=\S)", re.IGNORECASE)


def _without_dates(text: str, number: int, out: Stripped) -> str:
    """Take date labels with their dates off a paragraph's beginning; a line that is a date alone goes as a whole."""
    while True:
        label = _label().match(text)
        window = text[label.end() : label.end() + 70] if label else ""
        found = when.find(window) if label else []
        if label and found and not re.search(r"\w", re.sub(r"[^\W\d_]+,?\s*$", "", window[: found[0].start])):
            end = label.end() + found[0].end
            tail = re.match(r"\s*(?:[|•·/–—-]\s*|\(?(?:GMT|UTC|IST|WIB)\)?\b)?", text[end:])
            end += tail.end() if tail else 0
            (out.modified if label["m"] else out.published).append(found[0])
            out.drop(text[:end].rstrip(" |•·/–—-"), "a date label")
            text = text[end:].lstrip()
            continue
        break
    alone = when.find(text) if number < 6 and len(text) < 60 else []
    if alone:
        rest = text[: alone[0].start] + text[alone[0].end :]
        if len(re.findall(r"[^\W\d_]+", rest)) <= 3 and not _ENDS.search(text) and "@" not in text:
            out.published.append(alone[0])
            out.drop(text, "a date line")
            return ""
    return text


# ---- link lists


@cache
def _heading() -> re.Pattern[str]:
    return re.compile(
        rf"\W*(?P<h>{pattern('list_headings')})\s*(?P<sign>[:：»›→➔➜⮕↓▼.…]*)\s*(?P<rest>.*)$", re.IGNORECASE | re.DOTALL
    )


@cache
def _source() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{pattern('source_labels')})\s*[:：]\s*(?P<name>[^\n]{{2,60}})$", re.IGNORECASE)


def _head(text: str, out: Stripped, plain: bool) -> str | None:
    """Give the paragraph, or what follows a heading in it; None where it is the heading of a link list."""
    match = _heading().match(text)
    if match is None:
        return text
    rest = match["rest"].strip()
    if not rest:
        label_only = match["h"].lower() in phrases("link_labels") and match["sign"] and match["sign"] not in (":", "：")
        out.drop(text, "a link label" if label_only else "the heading of a link list")
        return None
    lines = text.split("\n", 1)
    if len(lines) == 2 and _heading().fullmatch(lines[0]) and plain:
        out.drop(lines[0], "the heading of a link list")
        for line in re.split(r"\n", lines[1]):
            if line.strip() and not _in_list(line.strip(), out, plain):
                out.kept.append(line.strip())
        return None
    if match["sign"] and len(rest.split()) <= _ITEM_WORDS and "\n" not in rest and not _ENDS.search(rest):
        out.drop(text[: match.start("rest")], "the heading of a link list")
        if not _is_item(rest, out):
            _put_item(rest, None, out)
        return ""
    return text


def _put_item(words: str, label: str | None, out: Stripped) -> None:
    made = related.item(words)
    if made:
        out.related.append(made)
        out.drop(words, "a related item")
    if label:
        out.drop(label, "a link label")


def _is_item(text: str, out: Stripped) -> bool:
    """Take a line that ends in a link label (“Read more ⮕”) as a related item."""
    words, label = related.strip_label(text)
    size = len(words.split())
    if label is None or size > 80 or (size > 25 and related.split_point(" ".join(words.split())) is None):
        return False
    if not re.search(r"[^\W\d_]", label):
        return False
    if not words:
        out.drop(label, "a link label")
        return True
    _put_item(words, label, out)
    return True


def _in_list(text: str, out: Stripped, plain: bool) -> bool:
    """Take a line under the heading of a link list; False where the list has ended."""
    mark = _ARROW_MARK.match(text)
    if mark and len(mark["name"].split()) <= 4:
        out.sources.append(mark["name"].strip())
        out.drop(text, "an outlet's mark over a link list")
        return True
    if _is_source(text, out) or _is_item(text, out):
        return True
    if not plain:
        return False  # the extractor has dropped the links; what stands here is text again
    words = text.split()
    if len(words) <= 25 and not _ENDS.search(text) and len(words) >= 3:
        _put_item(text, None, out)
        return True
    return related.split_point(text) is not None and len(words) <= 80 and _put_glued(text, out)


def _put_glued(text: str, out: Stripped) -> bool:
    _put_item(text, None, out)
    return True


def _is_source(text: str, out: Stripped) -> bool:
    bare = re.sub(r"\s*\b\d+\s*min(?:ute)?s?\s+read\W*$", "", text, flags=re.IGNORECASE)
    match = _source().match(bare) if len(bare) < 90 else None
    if match is None or len(match["name"].split()) > 8:
        return False
    out.sources.append(re.split(r"\s*[/|»]\s*", match["name"].strip())[0].strip(" »›.:"))
    out.drop(text, "the name of the source")
    return True


# ---- single lines


@cache
def _invitation() -> re.Pattern[str]:
    return re.compile(rf"\W*{pattern('invitation_start')}(?!\w)", re.IGNORECASE)


def _is_furniture(text: str, out: Stripped, plain: bool) -> bool:
    bare = re.sub(r"^\W+|[\s:.…!»›→⮕|]+$", "", text).casefold()
    if not bare:
        out.drop(text, "signs without words")
        return True
    if bare in phrases("tools") or bare in phrases("link_labels"):
        out.drop(text, "a tool of the page")
        return True
    if plain and _is_source(text, out):
        return True
    if len(text.split()) <= 40 and _invitation().match(text):
        out.drop(text, "an invitation or notice of the site")
        return True
    if captions.is_picture_credit(text):
        credit = captions.split_credit(text)
        out.images.append(Image(None, None, credit[1] if credit else None))
        out.drop(text, "a picture credit")
        return True
    return False


# ---- captions among the paragraphs

_PICTURE_WORD = re.compile(
    r"[(\[][^()\[\]]{2,80}[)\]]|(?:^|\s)(?:photo|pic|picture|image|foto|bild|credit)s?\b", re.IGNORECASE
)
_GLUED_CAPTION = re.compile(
    r"^(?P<c>.{15,400}?[(\[][^()\[\]]{2,50}[\s/](?:pic|pics|photo|photos|picture|image|file|"
    r"foto|fotos)[)\]]\.?)\s+(?=[“\"‘A-ZÀ-Þ])",
    re.DOTALL,
)


def _without_caption(text: str, number: int, total: int, out: Stripped, plain: bool) -> str:
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
