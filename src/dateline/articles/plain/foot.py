"""The foot of a page saved as plain text: link lists with their summaries, notes that close it, who put it out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.articles.document import SENTENCE_END
from dateline.articles.furniture import Stripped, dates, lines, lists, related
from dateline.articles.meta import when
from dateline.articles.meta.names import people
from dateline.model import RelatedItem

CLOSING = 8  # lines from the end that may be notes of the page
_SUMMARY = 45  # words
_LINE = 14  # words of a line that is a note by itself
_BULLET = re.compile(r"^(?:\d{1,2}[.)]|[>•*▪◦‣·–-])\s+(?=\S)")
_AGE = re.compile(
    rf"(?i)(?:published|posted|updated)?\s*(?:{dates.AGO}"
    r"|\d{1,2}\s+[A-Z][a-z]{2,8}(?:\s+\d{4})?|[A-Z][a-z]{2,8}\s+\d{1,2}(?:,\s*\d{4})?|published|posted|updated)"
)
_MORE_FROM = re.compile(r"(?i)more\s+(?:from|by)\s+(?P<name>\S.{1,40}?)\s*[»:›>]*")
_TOPICS = re.compile(r"(?i)(?:related\s+)?(?:topics?|tags?|keywords?|subjects?)\s*:?")
# A title and its summary in one line without a seam: “… pipeline theft A federal court in Lagos sentenced …”.
_TOGETHER = re.compile(
    r"(?<=[^\W\d_A-Z]) (?=(?:A|An|The|It|In|At|On|He|She|They|This|Two|Three|Police|Officials) [a-z])"
)
_APPEARED = re.compile(r"(?i)the post\s.{3,300}\s(?:first appeared|appeared first) on\s(?P<name>[^\n]{2,60}?)\.?")
_RIGHTS = re.compile(
    r"(?i)(?:copyright\s*)?(?:©|\(c\)|copyright)\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?,?\s*(?P<name>[^\n.|]{2,50}?)?"
    r"(?:,?\s*\d{4})?(?:[.,|]\s*|\s+)?(?:all rights reserved\b.*)?"
)
_REPORTED = re.compile(
    r"(?i)[(\[]?(?P<more>additional\s+)?(?:reporting|writing|report|compiled)\s+(?:and\s+\w+\s+)?by\s+(?P<who>[^;()]{3,120})"
    r"(?:;\s*(?:\w+\s+){1,3}by\s+[^()]{3,160})?[)\].]*"
)
_ENDS = re.compile(r"\W*(?:ENDS|Ends|END OF (?:TEXT|RELEASE))\W*|[-–—]\s?30\s?[-–—]|#{3,}")
_NOTES = (
    (
        re.compile(r"(?i)(?:tags?|topics?|categor(?:y|ies)|filed under|keywords?)\s*[:：].{1,300}"),
        "the page's keywords",
    ),
    (re.compile(r"(?:#\w+[\s,]*)+"), "the page's keywords"),
    (re.compile(r"https?://\S+"), "the page's address"),
    (re.compile(r"\(\(.{3,200}\)\)|\S+@\S+\.\w+"), "whom to write to"),
    (re.compile(r"(?i)(?:page\s+)?\d{1,3}\s*(?:/|of)\s*\d{1,3}"), "the printer's page number"),
    (re.compile(r"(?i)our standards\b.{0,80}"), "an invitation or notice of the site"),
    (
        re.compile(
            r"(?i)[(\[]?.{0,80}\b(?:not been edited by|auto-?generated from"
            r"|(?:published|taken|sourced) from an? \w+ feed"
            r"|without (?:any )?(?:modifications?|editing|edits) to the text)\b.{0,160}"
        ),
        "an invitation or notice of the site",
    ),
)


@dataclass(slots=True)
class Foot:
    """What is left of the paragraphs, and who the page's foot says put it out and reported it."""

    kept: list[str]
    outlet: str | None = None
    byline: list[str] = field(default_factory=list)


def read(paragraphs: Sequence[str], names: Sequence[str], out: Stripped) -> Foot:
    """Take the link lists and the notes off the end of paragraphs; `names` are lines that may name the outlet."""
    foot = Foot(list(paragraphs))
    _take_lists(foot, names, out)
    _take_what_follows_the_end(foot, out)
    _take_notes(foot, out)
    return foot


def _take_lists(foot: Foot, names: Sequence[str], out: Stripped) -> None:
    """Take the first heading of a link list after which nothing but such lists stands, with all that follows."""
    lines = [(n, line) for n, paragraph in enumerate(foot.kept) for line in paragraph.split("\n")]
    for at, (number, line) in enumerate(lines):
        if at == 0 or not _is_heading(line):
            continue
        items = _items([line for _, line in lines[at:]])
        if items is None:
            continue
        named = _MORE_FROM.fullmatch(line)
        if named and named["name"] in names:
            foot.outlet = named["name"]
        out.related += related.flag(items)
        for _, taken in lines[at:]:
            out.drop(taken, "a link list under the text")
        before = "\n".join(line for n, line in lines[:at] if n == number)
        foot.kept[number:] = [before] if before else []
        return


def _is_heading(line: str) -> bool:
    return (
        lists.is_heading(line) or bool(_TOPICS.fullmatch(line)) or bool(_MORE_FROM.fullmatch(line) and len(line) < 60)
    )


def _items(lines: Sequence[str]) -> list[RelatedItem] | None:
    """Read the items of link lists; None where something else stands among the lines."""
    items: list[RelatedItem] = []
    topics, aged, told = False, False, 0
    for line in lines:
        words = _BULLET.sub("", line)
        size = len(words.split())
        if _is_heading(line):
            topics = bool(_TOPICS.fullmatch(line))
        elif _AGE.fullmatch(words) or (size <= 4 and when.find(words)):
            aged = True
        elif size > _SUMMARY or related.strip_label(line)[1] or lists.is_source(line, Stripped()):
            return None
        elif topics and size <= 4:
            continue
        elif (made := _together(words)) and words != line:
            items.append(made)
        elif SENTENCE_END.search(words) and not (words.endswith("?") and size < 20):
            if not items or items[-1].summary:
                return None
            items[-1] = RelatedItem(items[-1].title, words, None)
            told += 1
        elif size >= 3 and related.split_point(words) is None:
            items.append(RelatedItem(words, None, None))
        else:
            return None
    return items if items and (not told or aged or len(items) > 1) else None


def _together(words: str) -> RelatedItem | None:
    """Part a title from its summary where both stand in one line of a numbered list."""
    seam = _TOGETHER.search(words, words.find(" ", 12)) if SENTENCE_END.search(words) and len(words) > 30 else None
    return RelatedItem(words[: seam.start()], words[seam.end() :], None) if seam else None


def _take_what_follows_the_end(foot: Foot, out: Stripped) -> None:
    """Take a line that says that the text ends (“ENDS”, “###”) and what follows it: notes to editors, whom to ask."""
    for number, paragraph in enumerate(foot.kept):
        if number and _ENDS.fullmatch(paragraph):
            for following in foot.kept[number:]:
                out.drop(following, "below the end of the text")
            del foot.kept[number:]
            return


def _take_notes(foot: Foot, out: Stripped) -> None:
    """Take the notes among the last lines: rights, keywords, credits of those who helped, the feed's own note."""
    first = len(foot.kept)
    lines: list[str] = []
    while first > 1 and len(lines) < CLOSING:
        first -= 1
        lines[:0] = foot.kept[first].split("\n") if _is_listed(foot.kept[first]) else [foot.kept[first]]
    left = []
    for line in lines:
        why = _note(line, foot)
        if why:
            out.drop(line, why)
        else:
            left.append(line)
    foot.kept[first:] = left


def _is_listed(paragraph: str) -> bool:
    """Tell whether the lines of a paragraph are notes of their own, and no text."""
    return all(len(line.split()) <= _LINE for line in paragraph.split("\n"))


def _note(line: str, foot: Foot) -> str | None:
    """Tell why a line is a note of the page; None where it is none."""
    appeared, rights, reported = _APPEARED.fullmatch(line), _RIGHTS.fullmatch(line), _REPORTED.fullmatch(line)
    if appeared:
        foot.outlet = appeared["name"].strip()
        return "the feed's own note"
    if rights:
        foot.outlet = foot.outlet or (rights["name"] or "").strip() or None
        return "who holds the rights"
    if reported:
        if not reported["more"]:
            foot.byline += people(reported["who"])[0]
        return "who reported and edited"
    if lines.is_tools(line):
        return "a tool of the page"
    return next((why for form, why in _NOTES if form.fullmatch(line)), None)
