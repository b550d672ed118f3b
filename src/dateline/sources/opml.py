"""OPML in and out: lists of feeds, nested folders kept as topics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from xml.etree import ElementTree

from dateline.errors import SourceError
from dateline.model import SourceState
from dateline.sources import clean
from dateline.sources.decode import unpack
from dateline.sources.tame import tame

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_OUTLINES = 50_000


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list."""

    address: str
    name: str | None
    topics: tuple[str, ...] = ()  # the folders it lies in, outermost first, and its own categories
    kind: Literal["feed", "site", "opml"] = (
        "feed"  # or "site", where the list names no feed for it, or "opml", where it includes another list
    )


def looks_like_opml(data: bytes) -> bool:
    """Tell from the first bytes whether a document is a list of feeds."""
    return b"<opml" in data[:4000].lower()


def read(data: bytes, address: str | None = None) -> list[Outline]:
    """List the feeds of an OPML document in its order, each address once; `address` is where it came from.

    Raises SourceError where the bytes are no OPML.
    """
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(tame(unpack(data)), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or _name(root) != "opml":
        raise SourceError(f"{address or 'The document'} is no OPML: it holds no list of feeds.")
    found: dict[str, Outline] = {}
    for outline in _outlines(root, address):
        found.setdefault(outline.address, outline)
        if len(found) >= MAX_OUTLINES:
            break
    return list(found.values())


def _outlines(root: _Element, base: str | None) -> Iterator[Outline]:
    waiting: list[tuple[_Element, tuple[str, ...]]] = [(root, ())]
    while waiting:  # depth first, in the order of the document, without recursion
        node, folders = waiting.pop()
        if _name(node) == "outline":
            made = _outline(node, folders, base)
            if made is not None:
                yield made
            elif (folder := clean.plain(_has(node).get("text") or _has(node).get("title"))) is not None:
                folders = (*folders, folder)
        waiting.extend((child, folders) for child in reversed(node) if isinstance(child.tag, str))


def _outline(node: _Element, folders: tuple[str, ...], base: str | None) -> Outline | None:
    has = _has(node)
    feed = clean.link(has.get("xmlurl"), base)
    kind: Literal["feed", "site", "opml"] = "feed"
    if feed is None and has.get("type", "").lower() in ("include", "link") and has.get("url"):
        feed = clean.link(has.get("url"), base)
        kind = "opml" if has.get("type", "").lower() == "include" else "site"
    if feed is None and has.get("type", "").lower() in ("rss", "atom"):
        feed, kind = clean.link(has.get("htmlurl") or has.get("url"), base), "site"
    if feed is None:
        return None
    said = [part.strip(" /") for part in has.get("category", "").split(",")]
    topics = dict.fromkeys((*folders, *(t for part in said if (t := clean.plain(part.rpartition("/")[2])))))
    return Outline(feed, clean.plain(has.get("title") or has.get("text")), tuple(topics), kind)


def write(states: Iterable[SourceState], title: str = "dateline") -> str:
    """Write sources that lie on the web as OPML 2.0, the first topic of each as its folder, the rest as categories."""
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = title
    body = ElementTree.SubElement(root, "body")
    folders: dict[str, ElementTree.Element] = {}
    for state in states:
        if clean.link(state.address) is None:
            continue
        folder = body
        if state.topics:
            name = state.topics[0]
            if name not in folders:
                folders[name] = ElementTree.SubElement(body, "outline", text=name)
            folder = folders[name]
        folder.append(_element(state))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _element(state: SourceState) -> ElementTree.Element:
    name = state.name or state.address
    made = ElementTree.Element("outline", text=name, title=name)
    if state.kind == "feed":
        made.set("type", "rss")
        made.set("xmlUrl", state.address)
    else:
        made.set("type", "include" if state.kind == "opml" else "link")
        made.set("url", state.address)
    if state.topics[1:]:
        made.set("category", ",".join(f"/{topic}" for topic in state.topics[1:]))
    return made


def _has(node: _Element) -> dict[str, str]:
    return {str(key).lower(): str(value) for key, value in node.attrib.items()}


def _name(node: _Element) -> str:
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""
