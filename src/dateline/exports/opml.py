"""Sources as OPML 2.0, to be taken to any feed reader."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO
from xml.etree import ElementTree

from dateline.model import SourceState

# Characters that XML cannot hold, not even as references.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(sources: Iterable[SourceState], stream: BinaryIO) -> int:
    """Write the sources that have a web address to a binary stream; give how many."""
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = "Sources"
    body = ElementTree.SubElement(root, "body")
    count = 0
    for source in sources:
        if source.kind == "path":
            continue
        title = _NOT_XML.sub("", source.name or source.address)
        link = "xmlUrl" if source.kind == "feed" else "htmlUrl"
        outline = {"type": "rss" if source.kind == "feed" else "link", "text": title, link: source.address}
        if source.topics:
            outline["category"] = ",".join(source.topics)
        ElementTree.SubElement(body, "outline", outline)
        count += 1
    ElementTree.indent(root)
    ElementTree.ElementTree(root).write(stream, encoding="utf-8", xml_declaration=True)
    stream.write(b"\n")
    return count
