"""Ids that follow from what they name, so that the same input gives the same ids."""

from __future__ import annotations

import base64
import hashlib


def stable_id(prefix: str, *parts: str) -> str:
    """Make an id of `prefix` and 13 lower-case letters and digits (64 bits) from the parts, in their order."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()[:8]
    return prefix + base64.b32encode(digest).decode("ascii").rstrip("=").lower()
