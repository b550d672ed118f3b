"""What the publisher allows: signs in the page's metadata and its response headers."""

from __future__ import annotations

import re
from typing import Literal

from dateline.articles.document import Document
from dateline.model import Rights, RightsSignal

_METAS = (
    "tdm-reservation",
    "tdm-policy",
    "robots",
    "googlebot",
    "googlebot-news",
    "noai",
    "noimageai",
    "copyright",
    "dcterms.license",
)
_HEADERS = ("tdm-reservation", "tdm-policy", "x-robots-tag", "content-usage")
_NO_MINING = re.compile(r"\b(?:noai|noimageai|notdm|no-tdm|train-ai=n)\b", re.IGNORECASE)


def rights(document: Document) -> Rights:
    """Read the signs of reservation: the TDM Reservation Protocol, robots directives, licence links.

    `tdm` is reserved where a sign says so, allowed where the protocol says 0, and None where nothing is said.
    """
    signals = [RightsSignal(name, value, "meta") for name in _METAS for value in document.metas.get(name, ())[:2]]
    signals += [
        RightsSignal(name, value, "header") for name, value in document.page.headers if name.lower() in _HEADERS
    ]
    signals += document.page.signals  # what the host says beside the page
    for link in document.tree.iter("link"):
        if "license" in (link.get("rel") or "").lower() and link.get("href"):
            signals.append(RightsSignal("license", link.get("href"), "meta"))
    tdm: Literal["allowed", "reserved"] | None = None
    for signal in signals:
        if signal.name == "tdm-reservation" and signal.value.strip() in ("0", "1"):
            tdm = "reserved" if signal.value.strip() == "1" or tdm == "reserved" else "allowed"
        elif signal.name in ("noai",) or _NO_MINING.search(signal.value):
            tdm = "reserved"
    return Rights(tdm, tuple(signals))
