"""Content codings of HTTP (gzip, deflate, br, zstd) undone within a limit: a small body can unpack to a huge one."""

from __future__ import annotations

import zlib
from collections.abc import Callable

CODINGS = "gzip, deflate, br, zstd"  # for Accept-Encoding
_STEP = 65_536
_LAYERS = 2  # more codings on top of each other than any server sends
_GZIP = b"\x1f\x8b"


class TooLarge(ValueError):
    """Say that a body unpacks to more than the limit."""


def unpack(body: bytes, codings: str, limit: int) -> bytes:
    """Undo the codings of a Content-Encoding header, the last one first, giving at most `limit` bytes.

    A stream that is cut short gives what it still holds. Raises TooLarge where more than `limit` bytes would come out,
    and ValueError where a coding is unknown or the bytes are not in it.
    """
    named = [name.strip().lower() for name in codings.split(",") if name.strip()]
    named = [name for name in named if name not in ("identity", "none", "utf-8")]  # servers write such things too
    if len(named) > _LAYERS:
        raise ValueError(f"it is packed {len(named)} times")
    for name in reversed(named):
        undo = _UNDO.get(name)
        if undo is None:
            raise ValueError(f"its content coding {name!r} is not known")
        if body:
            body = undo(body, limit)
    return body


def _gzip(body: bytes, limit: int) -> bytes:
    if not body.startswith(_GZIP):
        return body  # said to be packed, and is not
    out = bytearray()
    while body.startswith(_GZIP):  # members may follow one another
        inner = zlib.decompressobj(16 + zlib.MAX_WBITS)
        out += _inflate(inner, body, limit - len(out))
        body = inner.unused_data
    return bytes(out)


def _deflate(body: bytes, limit: int) -> bytes:
    """Undo `deflate`, which RFC 9110 means with the zlib header and some servers send without."""
    raw = (body[0] & 0x0F) != 8 or int.from_bytes(body[:2], "big") % 31
    return _inflate(zlib.decompressobj(-zlib.MAX_WBITS if raw else zlib.MAX_WBITS), body, limit)


def _inflate(inner: zlib._Decompress, body: bytes, limit: int) -> bytes:
    try:
        out = inner.decompress(body, limit + 1)
    except zlib.error as error:
        raise ValueError(f"it cannot be unpacked ({error})") from None
    _hold(out, limit)
    return out


def _brotli(body: bytes, limit: int) -> bytes:
    import brotli

    inner = brotli.Decompressor()
    out = bytearray()
    try:
        part = inner.process(body, output_buffer_limit=_STEP)
        while part or not inner.can_accept_more_data():
            out += part
            _hold(out, limit)
            part = inner.process(b"", output_buffer_limit=_STEP)
    except brotli.error as error:
        raise ValueError(f"it cannot be unpacked ({error})") from None
    return bytes(out)


def _zstd(body: bytes, limit: int) -> bytes:
    from backports import zstd

    out = bytearray()
    try:
        while body:
            inner = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: 23})  # RFC 9659: 8 MB
            out += inner.decompress(body, limit + 1 - len(out))
            _hold(out, limit)
            body = inner.unused_data if inner.eof else b""
    except zstd.ZstdError as error:
        raise ValueError(f"it cannot be unpacked ({error})") from None
    return bytes(out)


def _hold(out: bytes | bytearray, limit: int) -> None:
    if len(out) > limit:
        raise TooLarge(f"it unpacks to more than {limit} bytes")


_UNDO: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
