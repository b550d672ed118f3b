"""Who put an article out, and who copied it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.articles.document import Document, squeeze
from dateline.articles.meta.titles import site_name
from dateline.lexicon.outlets.agencies import by_domain
from dateline.lexicon.outlets.furniture import pattern
from dateline.lexicon.outlets.reposters import outlet, reposter
from dateline.model import Publisher, Republisher
from dateline.text.urls import domain, host

_REPOSTED = re.compile(
    r"\b(?:we have (?:put together|summari[sz]ed) this|read the (?:article|original|full "
    r"(?:article|story)) at (?:its|the) (?:source|original)|"
    r"this (?:is an? )?(?:summary|news item) (?:was|is|has been) (?:made|put together|"
    r"aggregated|collected)|aggregated from|automatically (?:collected|generated|aggregated) "
    r"from|"
    r"you can also read the article at its source)\b",
    re.IGNORECASE,
)
_REPOST_WORDS = ("source", "original", "ummar", "ggregat", "utomatic")  # one of these is in every match


def _named(name: str) -> Publisher:
    known = outlet(name) or outlet(domain(name))
    if known:
        return Publisher(known.name, known.domains[0], known.country)
    return Publisher(name, domain(name))


def is_repost(document: Document) -> bool:
    """Tell whether a page shows what another outlet wrote: a known reposter, or one that says so of itself."""
    if document.reposted is None:
        own = document.url
        known = reposter(host(own)) or reposter(domain(own))
        document.reposted = bool(known) or (_says_so(document) is not None and _source_line(document) is not None)
    return document.reposted


def _says_so(document: Document) -> str | None:
    for element in document.tree.iter("p", "div", "footer", "small", "span"):
        text = element.text or ""
        if len(text) > 20 and any(word in text for word in _REPOST_WORDS):
            match = _REPOSTED.search(text)
            if match:
                return match.group()
    return None


def _source_line(document: Document) -> str | None:
    """Give the outlet named under “Source:” on the page."""
    form = re.compile(rf"^{pattern('source_labels')}\s*[:：]\s*(?P<name>\S.{{1,50}})$", re.IGNORECASE)
    for element in document.tree.iter("div", "p", "span", "li", "small"):
        if len(element) <= 2:
            text = squeeze(element.text_content())
            match = form.match(text) if 8 <= len(text) <= 80 else None
            if match:
                return match["name"].strip(" »›.:")
    return None


def publisher(document: Document, sources: Sequence[str]) -> Publisher | None:
    """Give who put the article out: the page's own site, or on a reposter's page the source that it names."""
    own = domain(document.url)
    name = site_name(document)
    if is_repost(document):
        given = _source_line(document) or next(iter(sources), None)
        node = (document.main or {}).get("publisher")
        stated = node.get("name") if isinstance(node, dict) else None
        if given is None and isinstance(stated, str) and not reposter(stated):
            given = squeeze(stated)
        return _named(given) if given else None
    known = outlet(own)
    wire = by_domain().get(own or "")
    if own is None and name is None:
        return _named(sources[0]) if sources else None
    country = known.country if known else wire.country if wire else None
    # what a page calls its site may be a section's name or a slogan; of outlets in our lists the name is known
    return Publisher(known.name if known else wire.name if wire else name, own, country)


def republisher(document: Document, marks: Sequence[str]) -> Republisher | None:
    """Give the aggregator or reposter that shows the article; None where its own site wrote it."""
    own = domain(document.url)
    for name in (host(document.url), own, *marks):
        known = reposter(name)
        if known:
            return Republisher(known.name, known.domains[0])
    return Republisher(site_name(document), own) if is_repost(document) else None
