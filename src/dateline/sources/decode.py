"""Bytes of a page to text, in the encoding that the bytes, the header or the page itself name, in that order."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib

MAX_BYTES = 30_000_000  # unpacked; no news page is larger, and a gzip bomb is

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""(?:charset\s*=\s*["']?|encoding\s*=\s*["'])\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
# What the WHATWG Encoding Standard reads these labels as: pages that claim Latin-1 are windows-1252.
_WIDER = {"iso-8859-1": "windows-1252", "latin-1": "windows-1252", "ascii": "windows-1252", "us-ascii": "windows-1252",
          "gb2312": "gb18030", "gbk": "gb18030", "iso-8859-9": "windows-1254", "ks_c_5601-1987": "cp949",
          "x-sjis": "shift_jis", "tis-620": "cp874"}  # fmt: skip


def unpack(data: bytes, limit: int = MAX_BYTES) -> bytes:
    """Unpack gzip where the bytes are gzip, up to `limit` bytes; what a truncated file still holds is given."""
    if data[:2] != b"\x1f\x8b":
        return data[:limit]
    out = io.BytesIO()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            while out.tell() < limit and (part := packed.read(min(65536, limit - out.tell()))):
                out.write(part)
    except (EOFError, OSError, zlib.error):
        pass  # a truncated or damaged file: keep what came before the damage
    return out.getvalue()


def to_text(data: bytes, declared: str | None = None) -> str:
    """Decode a page; never raises. `declared` is the charset of the Content-Type header, where there was one."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    inside = _inside(data)
    # Bytes that are valid UTF-8 beyond ASCII are UTF-8, whatever header or page say: no other text is so by chance.
    order = (declared, inside, "utf-8") if data.isascii() else ("utf-8", declared, inside)
    for name in order:
        decoded = _attempt(data, name)
        if decoded is not None:
            return decoded
    return _guess(data, inside or declared)


def xml_text(data: bytes, declared: str | None = None) -> str:
    """Decode an XML document as `to_text` does; UTF-16 and UTF-32 are seen without a byte order mark too."""
    head = data[:4]
    if head in (b"<\0\0\0", b"\0\0\0<"):
        return data.decode("utf-32-le" if head[0] else "utf-32-be", "replace")
    if head[:2] == b"<\0" or head[:2] == b"\0<":
        return data.decode("utf-16-le" if head[0] else "utf-16-be", "replace")
    return to_text(data, declared)


def _inside(data: bytes) -> str | None:
    """Give the encoding that the first bytes name; UTF-16 and UTF-32 cannot be it, or the name could not be read."""
    said = _META.search(data[:4096])
    name = said.group(1).decode("ascii") if said else None
    return None if name is not None and name.lower().startswith(("utf-16", "utf-32", "ucs-2")) else name


def _attempt(data: bytes, name: str | None) -> str | None:
    if not name:
        return None
    label = name.strip().lower()
    try:
        return data.decode(_WIDER.get(label, label), "strict")
    except (LookupError, UnicodeError, ValueError):
        return None


def _guess(data: bytes, said: str | None) -> str:
    """Decode bytes that break the encoding they claim: mostly right with a few bad bytes, or another one altogether."""
    utf8 = data.decode("utf-8", "replace")
    if utf8.count("\ufffd") <= len(utf8) // 200:
        return utf8
    if _is_western(data):
        return data.decode("windows-1252", "replace")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is not None:
        return data.decode(best.encoding, "replace")
    try:
        return data.decode(_WIDER.get((said or "").lower(), said or "utf-8"), "replace")
    except LookupError:
        return utf8


def _is_western(data: bytes) -> bool:
    """Tell whether accents are too rare for a script of its own: the standard's fallback is windows-1252 then."""
    words = re.sub(rb"<[^>]{0,2000}>", b"", data[:200_000])
    high = sum(1 for byte in words if byte > 0x7F)
    letters = high + sum(1 for byte in words if 0x41 <= byte <= 0x7A)
    return high <= letters * 0.3
