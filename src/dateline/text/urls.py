"""Addresses of pages: their host, their registered domain, one form for many spellings."""

from __future__ import annotations

import functools
import ipaddress
import re
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

if TYPE_CHECKING:
    from tldextract import TLDExtract

_DEFAULT_PORTS = {"http": 80, "https": 443}

# Parameters that say where a reader came from, never which page it is. The names are those that the mailing,
# advertising
# and social services document for their own links.
_TRACKING_PREFIXES = ("utm_", "mc_", "pk_", "piwik_", "mtm_", "matomo_", "hsa_", "at_", "ns_", "wt_", "__twitter_")
_TRACKING_NAMES = (
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh srsltid li_fat_id epik vero_id "
    "_hsenc _hsmi _openstat cmpid icid ito ocid mkt_tok s_cid smid smtyp sr_share trk ref_src ref_url fb_ref fb_source "
    "guccounter guce_referrer guce_referrer_sig xtor feature_id cmp partner_id __tn__ ncid sref rss soc_src soc_trk "
    "taid tsrc ecid assettype"
)
_TRACKING = frozenset(_TRACKING_NAMES.split())


@functools.cache
def _suffixes() -> TLDExtract:
    from tldextract import TLDExtract

    # The list shipped with the library: no network, no cache folder, the same answer everywhere.
    return TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


def _split(url: str | None) -> SplitResult | None:
    if not url:
        return None
    text = url.strip()
    if text.startswith("//"):
        text = "https:" + text
    elif "://" not in text and re.match(r"[\w-]+(\.[\w-]+)+(?=[:/?#]|$)", text):
        text = "https://" + text
    try:
        parts = urlsplit(text)
        return parts if parts.hostname else None
    except ValueError:
        return None


def host(url: str | None) -> str | None:
    """Give the host of an address in lower case, without port; None where the text is no address."""
    parts = _split(url)
    return (parts.hostname or "").rstrip(".") or None if parts else None


def domain(url: str | None) -> str | None:
    """Give the registered domain (by the Public Suffix List, hosting services told apart) of an address or host.

    A host whose ending is not on the list counts by its last two labels; a number address stands for itself.
    """
    name = host(url)
    return _domain(name) if name else None


@functools.lru_cache(maxsize=8192)
def _domain(name: str) -> str:
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        pass
    found = _suffixes()(name)
    if found.suffix and found.domain:
        return f"{found.domain}.{found.suffix}".lower()
    return ".".join(name.split(".")[-2:])


def _is_tracking(name: str) -> bool:
    lower = name.lower()
    return lower in _TRACKING or lower.startswith(_TRACKING_PREFIXES)


def canonical(url: str) -> str:
    """Write an address in one form: scheme and host in lower case, no default port, fragment or tracking parameters.

    What is no web address is returned as it is.
    """
    parts = _split(url)
    if parts is None or parts.scheme.lower() not in _DEFAULT_PORTS:
        return url
    scheme = parts.scheme.lower()
    try:
        port = parts.port
    except ValueError:
        return url
    name = (parts.hostname or "").rstrip(".")
    if ":" in name:
        name = f"[{name}]"
    place = name if port in (None, _DEFAULT_PORTS[scheme]) else f"{name}:{port}"
    query = parts.query
    if query:
        pairs = parse_qsl(query, keep_blank_values=True)
        kept = [(key, value) for key, value in pairs if not _is_tracking(key)]
        if len(kept) != len(pairs):
            query = urlencode(kept)
    return urlunsplit((scheme, place, parts.path or "/", query, ""))
