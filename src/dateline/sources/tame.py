"""XML from strangers made harmless before any parser sees it: UTF-8, no document type, no entities, not too deep."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator

from dateline.errors import SourceError
from dateline.sources.decode import xml_text

MAX_DEPTH = 200  # elements within elements; feeds need fewer than 20
_SPACE = " \t\r\n\ufeff"
_TAG = re.compile(r"<(/?)([A-Za-z_][^\s/<>]{0,200})(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*?(/?)>")
_DTD_PART = re.compile(r"[\"'\[\]>]|<!--|<\?")
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(?:([A-Za-z][A-Za-z0-9]{1,31});)?")
_SECTION = re.compile(r"<!\[CDATA\[|<!--")
_ROOT = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|rdf|channel|urlset|sitemapindex|opml)\b", re.I)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def tame(data: bytes, declared: str | None = None) -> bytes:
    """Give an XML document as UTF-8 without its XML declaration and document type.

    HTML's named entities become their characters; all others are left as the words they are, never expanded. Raises
    SourceError where elements nest deeper than MAX_DEPTH. `declared` is the charset of the Content-Type header.
    """
    text = _NOT_XML.sub("", _root_on(xml_text(data, declared)))
    if _REFERENCE.search(text):
        text = "".join(part if is_cdata else _REFERENCE.sub(_plain, part) for is_cdata, part in parts(text))
    if _depth(text) > MAX_DEPTH:
        raise SourceError(f"Its elements nest deeper than {MAX_DEPTH}: no feed does.")
    return text.encode("utf-8")


def parts(text: str) -> Iterator[tuple[bool, str]]:
    """Cut a document into what is in CDATA sections and comments (True) and what is not."""
    at = 0
    while at < len(text):
        found = _SECTION.search(text, at)
        if found is None:
            break
        start = found.start()
        end_mark = "]]>" if text[start + 2] == "[" else "-->"
        end = text.find(end_mark, start)
        if end < 0:
            break
        yield False, text[at:start]
        yield True, text[start : end + 3]
        at = end + 3
    yield False, text[at:]


def _root_on(text: str) -> str:
    """Leave out what comes before the root element: declaration, document type, comments, stray output."""
    at = 0
    while True:
        at = text.find("<", at)
        if at < 0:
            return text.lstrip(_SPACE)
        if text.startswith("<?", at):
            end = text.find("?>", at)
        elif text.startswith("<!--", at):
            end = text.find("-->", at)
        elif text.startswith("<!", at):
            end = _dtd_end(text, at)
        else:
            return text[at:]
        if end < 0:  # never closed: what looks like the root of a known document is taken for it
            found = _ROOT.search(text, at)
            return text[found.start() :] if found else ""
        at = end + 1


def _dtd_end(text: str, at: int) -> int:
    """Find the `>` that ends a document type, past its internal subset; -1 where it has none."""
    depth, at = 0, at + 2
    while (part := _DTD_PART.search(text, at)) is not None:
        mark, at = part.group(), part.end()
        if mark in "\"'":
            end = text.find(mark, at)
        elif mark == "<!--":
            end = text.find("-->", at)
        elif mark == "<?":
            end = text.find("?>", at)
        else:
            depth += {"[": 1, "]": -1}.get(mark, 0)
            if mark == ">" and depth <= 0:
                return part.start()
            continue
        if end < 0:
            return -1
        at = end + 1
    return -1


def _plain(match: re.Match[str]) -> str:
    name = match.group(1)
    found = html.entities.html5.get(f"{name};") if name else None
    return found if found and found not in "<>&" else "&amp;" + match.group()[1:]


def _depth(text: str) -> int:
    """Give the greatest depth of elements, as a forgiving parser would see it."""
    deepest, opened = 0, [""]
    for is_cdata, part in parts(text):
        if is_cdata:
            continue
        for closing, name, empty in _TAG.findall(part):
            if not closing and not empty:
                opened.append(name)
                deepest = max(deepest, len(opened) - 1)
                if deepest > MAX_DEPTH:
                    return deepest
            elif closing and name in opened:
                while opened.pop() != name:
                    pass
    return deepest
