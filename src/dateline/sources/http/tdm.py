"""What a host reserves for text and data mining: `/.well-known/tdmrep.json` of the W3C's TDM Reservation Protocol.

A list of objects with `location` (a path, `*` for any characters, `$` at its end for the end of the address),
`tdm-reservation` (0 or 1) and `tdm-policy`; the first that fits an address speaks for it, as the protocol has it: "the
most specific match is the first in sequence". Case matters; a character that needs no encoding is the same encoded.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote, urlsplit

from dateline.model import RightsSignal

_MAX_RULES = 1_000
_MAX_PATTERN = 500  # characters
_ASIS = "".join(chr(code) for code in range(33, 127))  # printable ASCII stays as it is written
_ENCODED = re.compile("%[0-9A-Fa-f]{2}")


def signals(document: bytes, url: str) -> tuple[RightsSignal, ...]:
    """Give the signals that a host's tdmrep.json holds for one address; none where it cannot be read."""
    try:
        rules = json.loads(document.decode("utf-8-sig", "replace")) if document else []
        parts = urlsplit(url)
    except (ValueError, RecursionError):
        return ()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    for rule in rules[:_MAX_RULES] if isinstance(rules, list) else ():
        if isinstance(rule, dict) and fits(str(rule.get("location", "")), path):
            return _of(rule)
    return ()


def fits(pattern: str, path: str) -> bool:
    """Tell whether a location pattern fits a path, in linear time: each piece between stars is found in turn."""
    pattern, path = _decoded(pattern[:_MAX_PATTERN].strip()), _decoded(path)
    if not pattern:
        return False
    whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not rest:
        return not whole or path == first
    at = len(first)
    for piece in rest[:-1]:
        at = path.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    last = rest[-1]
    return path.endswith(last) and len(path) - len(last) >= at if whole else path.find(last, at) >= 0


def _decoded(path: str) -> str:
    """Write out percent-encoded characters of RFC 3986's unreserved set; encode what is not ASCII, as addresses do."""
    spelled = quote(path, safe=_ASIS)
    return _ENCODED.sub(lambda found: _plain(found.group()), spelled)


def _plain(encoded: str) -> str:
    character = chr(int(encoded[1:], 16))
    plain = character.isascii() and (character.isalnum() or character in "-._~")
    return character if plain else encoded.upper()


def _of(rule: dict[str, Any]) -> tuple[RightsSignal, ...]:
    made = []
    said = rule.get("tdm-reservation")
    if said in (0, 1, "0", "1"):
        made.append(RightsSignal("tdm-reservation", str(int(said)), "well-known"))
    policy = rule.get("tdm-policy")
    if isinstance(policy, str) and policy:
        made.append(RightsSignal("tdm-policy", policy[:500], "well-known"))
    return tuple(made)
