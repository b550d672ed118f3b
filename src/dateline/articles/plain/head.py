"""The head of a page saved as plain text, line by line: menu, share bar, outlet, headline, dates, byline, caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from dateline.articles import furniture
from dateline.articles.document import SENTENCE_END
from dateline.articles.furniture import Stripped, captions, dates
from dateline.articles.furniture import lines as single
from dateline.articles.meta import credit, when
from dateline.articles.meta.names import people
from dateline.lexicon.outlets.furniture import pattern
from dateline.model import Image
from dateline.text.words import content_words

MOST_LINES = 30  # before the first sentence: a page with more is no article with a head, but a list
_PROSE = 10  # words of a line that ends as a sentence does
_UNSPACED = 40  # characters of one, in scripts that part no words
_TITLE = range(3, 31)  # words
_SHORT = 5  # words of a line that may be nothing but a name, a place or a section
_PART = re.compile(
    r"\s*[|·•](?!\s*\d{1,2}[:.h]\d{2})\s*|\s+[–—-]\s+(?!\d{1,2}[:.h]\d{2})|\s+(?=(?i:by|par|por|von)\s+\S)|\s*\((?=(?i:updated)\b)"
)
_MENU = re.compile(r"\s*[|>›»·•/]\s*")
_AGE = re.compile(rf"(?i)\(?(?:updated\s+)?(?:{dates.AGO}|\d+\s?[mhdw]|\d+\s?min(?:ute)?s?\s+read)\)?")
_PICTURE_NUMBER = re.compile(r"\d{1,3}\s*(?:/|of)\s*\d{1,3}")
_PICTURE = re.compile(
    r"(?i)(?:file )?(?:photo|picture|image|pic|foto|imagen|bild|immagine|imagem)s?\s*(?:caption)?\s*[:,]\s*(?=\S)"
)
_CAPTION_LABEL = re.compile(r"(?i)(?:image|photo|video|picture)\s+caption\s*[:,]?")
_BYLINE = re.compile(r"(?i)(?:(?:story|text|report|written)\s+)?(?:by|par|por|von|di|door)\s+\S")
_SIGNS = re.compile(
    r"(?i)^[^\w\"“‘'«„(\[#@]*(?:(?:breaking(?: news)?|just in|urgent|alert|watch|exclusive)\s*[:|]\s*)?"
)
_SENTENCE = re.compile(r"[^\W\d_]{3}[.!?…]['\"”’»)\]]*(?:\s|$)")
_ENDED = re.compile(r"[.:;,…]$")


@dataclass(slots=True)
class Head:
    """What stands above the text: the headline, who may be the outlet, and what of it belongs to the text."""

    title: str | None = None
    kept: list[str] = field(default_factory=list)
    byline: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # short lines, one of which may name the outlet
    outlet: str | None = None  # named behind the headline: “Bridge opens - The Harbour Post”


def read(paragraphs: Sequence[str], out: Stripped) -> Head | None:
    """Read the lines over the first sentence; None where none stands over it, or no headline does.

    What is taken out is noted in `out`. `kept` of the answer holds all paragraphs that are left.
    """
    cut = _cut(paragraphs)
    if cut is None:
        return None
    lines, prose = cut
    at, tail = _headline(lines, prose)
    if at is None:
        return None
    label, title = _unlabelled(lines[at][: len(lines[at]) - len(tail)])
    head = Head(title, outlet=tail.strip(" -–—|") or None)
    for words, why in ((label, "a label before the headline"), (tail, "the outlet's name behind the headline")):
        if words.strip():
            out.drop(words, why)
    for line in lines[:at] + lines[at + 1 :]:
        if line == title:
            out.drop(line, "the headline")
    _sort([line for n, line in enumerate(lines) if n != at and line != title], head, out)
    head.kept += prose
    return head


def _unlabelled(headline: str) -> tuple[str, str]:
    """Part signs and a label such as “BREAKING:” from a headline: (them, it)."""
    signs = _SIGNS.match(headline)
    end = signs.end() if signs else 0
    return headline[:end], headline[end:].strip()


def is_prose(line: str) -> bool:
    """Tell whether a line is told in sentences."""
    words = len(line.split())
    if words >= _PROSE and credit.dateline(line):
        return True
    if _PICTURE.match(line) or dates.labelled(line):
        return False
    if words < 4:
        return len(line) >= _UNSPACED and bool(SENTENCE_END.search(line))
    return words >= _PROSE and bool(_SENTENCE.search(line))


def _cut(paragraphs: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """Part the lines before the first sentence from the paragraphs that begin with it."""
    head: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        lines = paragraph.split("\n")
        for at, line in enumerate(lines):
            if is_prose(line):
                return (head, ["\n".join(lines[at:]), *paragraphs[number + 1 :]]) if head else None
            head.append(line)
            if len(head) > MOST_LINES:
                return None
    return None


def _headline(lines: Sequence[str], prose: Sequence[str]) -> tuple[int | None, str]:
    """Find the headline: (its line, what follows it there that names the outlet).

    It is the first line shaped as one that shares about as many words with the text as any does.
    """
    able = [n for n, line in enumerate(lines) if _able(line) and not (n and _CAPTION_LABEL.fullmatch(lines[n - 1]))]
    if not able:
        return None, ""
    told = set(content_words("\n".join(prose[:3])))
    shared = {n: len(told.intersection(content_words(lines[n]))) for n in able}
    at = next(n for n in able if 2 * shared[n] >= max(shared.values()))
    again = next((line for line in lines[at + 1 :] if len(line.split()) >= 3 and lines[at].startswith(line)), None)
    tail = lines[at][len(again) :] if again else ""
    return at, tail if re.match(r"\s+[-–—|]\s+\S", tail) else ""


def _able(line: str) -> bool:
    words = len(line.split())
    if words not in _TITLE and not (words < 3 and not line.isascii() and 8 <= len(line) <= 60):
        return False
    if _ENDED.search(line) or _is_menu(line) or single.is_tools(line) or _PICTURE.match(line) or _BYLINE.match(line):
        return False
    tried = furniture.strip([line], plain=True)
    return not tried.removed and not _dated(line)


def _is_menu(line: str) -> bool:
    parts = [part for part in _MENU.split(line) if part]
    return len(parts) > 1 and all(len(part.split()) <= 3 and not re.search(r"[\d.!?]", part) for part in parts)


def _dated(line: str) -> list[str]:
    """Part a line of date or age, byline and section; empty where it holds neither date nor age, or more than that."""
    parts = [part.strip(" ,;)") for part in _PART.split(line) if part.strip(" ,;)")]
    dated = [bool(when.find(part)) and _words_beside(part) <= 4 for part in parts]
    other = [
        part
        for part, has in zip(parts, dated, strict=True)
        if not has and not _BYLINE.match(part) and not _AGE.fullmatch(part)
    ]
    timed = any(dated) or (len(parts) > 1 and any(_AGE.fullmatch(part) for part in parts))
    return parts if timed and all(len(part.split()) <= 4 for part in other) else []


def _words_beside(part: str) -> int:
    found = when.find(part)[0]
    return len(re.findall(r"[^\W\d_]{3,}", part[: found.start] + part[found.end :]))


def _sort(lines: Sequence[str], head: Head, out: Stripped) -> None:
    """Take what is no text out of the lines around the headline."""
    waiting = iter(enumerate(lines))
    for number, line in waiting:
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if _CAPTION_LABEL.fullmatch(line) and following:
            out.images.append(Image(None, following, None))
            out.drop(f"{line} {following}", "a picture's caption")
            next(waiting)
        elif _is_label(line) and when.find(following):
            _put_date(f"{line} {following}", out)
            next(waiting)
        elif parts := _dated(line):
            _put_dates(parts, head, out)
        elif _PICTURE_NUMBER.fullmatch(line):
            out.drop(line, "the number of a picture")
        elif _is_menu(line):
            out.drop(line, "a menu of the page")
        elif single.is_tools(line):
            out.drop(line, "a tool of the page")
        elif (picture := _PICTURE.match(line)) and len(line.split()) > 3:
            _put_caption(line[picture.end() :], line, out)
        elif len(people(line)[0]) > 1 and any(_dated(beside) for beside in (following, *lines[:number][-1:])):
            head.byline += people(line)[0]  # two people or more beside a date sign the article
            out.drop(line, "the byline")
        elif _is_name(line):
            head.names.append(line)
            out.drop(line, "a line of the page's head")
        else:
            head.kept.append(line)


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern('date_labels')}|{pattern('modified_labels')})\s*[:：]?", re.IGNORECASE)


def _is_label(line: str) -> bool:
    return bool(_labels().fullmatch(line))


def _put_dates(parts: Sequence[str], head: Head, out: Stripped) -> None:
    for part in parts:
        if when.find(part):
            _put_date(part, out)
        elif _BYLINE.match(part):
            head.kept.append(part)
        else:
            out.drop(part, "beside the date")


def _put_date(text: str, out: Stripped) -> None:
    """Note the date of a line; what else stands in it is no text either, and is not lost."""
    rest = dates.without_dates(text, 0, out)
    if rest == text:
        out.published.append(when.find(text)[0])
    if rest.strip():
        out.drop(rest, "beside the date")


def _put_caption(words: str, line: str, out: Stripped) -> None:
    split = captions.split_credit(words)
    out.images.append(Image(None, split[0] if split else words, split[1] if split else None))
    out.drop(line, "a picture's caption")


def _is_name(line: str) -> bool:
    """Tell whether a line is short and no sentence, and nothing that is known by its own form."""
    tried = furniture.strip([line], plain=True)
    return len(line.split()) <= _SHORT and not (SENTENCE_END.search(line) or _BYLINE.match(line) or tried.removed)
