"""Records to JSON and back: the only file that knows the wire form.

The wire form is the one of the contract: field names as in ``model``, but ``from_`` is written ``from``; tuples of
pairs that stand for a mapping (features of a link) are written as an object.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Hashable, Mapping
from functools import cache
from typing import Any, TypeVar, cast

import msgspec

from dateline.errors import InputError
from dateline.model import Link, Rejected

T = TypeVar("T")

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder()
# An escaped backslash, a whole pair of surrogates, or one half of a pair alone.
_ESCAPES = re.compile(
    rb"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)


def to_wire(record: Any) -> Any:
    """Turn a record (or any nest of records, lists and dicts) into plain dicts and lists in the wire form."""
    if isinstance(record, Rejected):
        return _error(record)
    if isinstance(record, Link):
        return _link(record)
    return _outward(msgspec.to_builtins(record))


def encode(record: Any) -> bytes:
    """Encode a record as one JSON document in UTF-8, without a line end."""
    if isinstance(record, Rejected | Link):
        return _encoder.encode(to_wire(record))
    # Inside a string a quote is written with a backslash, so that these bytes can only be a key.
    return _encoder.encode(record).replace(b'"from_":', b'"from":')


def restore(data: bytes | str, kind: type[T]) -> T:
    """Decode what `encode` wrote, many times as fast as `decode`, which also takes what others wrote.

    Raises InputError as `decode` does.
    """
    if kind is Link or kind is Rejected:
        return decode(data, kind)
    written = data.encode("utf-8") if isinstance(data, str) else data
    try:
        made: T = _decoder_of(cast("Hashable", kind)).decode(written.replace(b'"from":', b'"from_":'))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"the record is no {getattr(kind, '__name__', 'record').lower()}: {error}") from None
    return made


@cache
def _decoder_of(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def from_wire(value: Any, kind: type[T]) -> T:
    """Build a record of `kind` from plain dicts and lists.

    Raises InputError where a field is missing or of the wrong kind; fields that `kind` does not have are ignored.
    """
    if kind is Link:
        value = _link_fields(value)
    elif kind is Rejected:
        value = _error_fields(value)
    try:
        return msgspec.convert(_inward(value), kind, strict=True)
    except msgspec.ValidationError as error:
        raise InputError(f"the record is no {kind.__name__.lower()}: {error}") from None


def decode(data: bytes | str, kind: type[T]) -> T:
    """Decode one JSON document into a record of `kind`; raises InputError as `from_wire` does."""
    return from_wire(parse(data), kind)


def parse(data: bytes | str) -> Any:
    """Parse one JSON document into plain values; raises InputError where it is not JSON.

    A byte order mark before it is passed over (RFC 8259, 8.1), and half a character, which a program writes that cuts
    texts by UTF-16 units (RFC 8259, 8.2), is read as one U+FFFD.
    """
    try:
        return _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeError) as error:
        mended = _mended(data)
        if mended != data:
            return parse(mended)
        raise InputError(f"not JSON: {error}") from None
    except RecursionError:
        raise InputError("not JSON that can be read: it is nested too deeply") from None


def _mended(data: bytes | str) -> bytes:
    written = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return _ESCAPES.sub(lambda m: rb"\ufffd" if m["half"] else m[0], written.removeprefix(codecs.BOM_UTF8))


def _outward(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {("from" if k == "from_" else k): _outward(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_outward(v) for v in value]
    return value


def _inward(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {("from_" if k == "from" else k): _inward(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_inward(v) for v in value]
    return value


def _error(record: Rejected) -> dict[str, Any]:
    error: dict[str, Any] = {"code": record.code, "message": record.message}
    if record.kind is not None:
        error["kind"] = record.kind
    if record.confidence is not None:
        error["confidence"] = record.confidence
    made: dict[str, Any] = {"id": record.id, "error": error}
    if record.url is not None:
        made["url"] = record.url
    return made


def _error_fields(value: Any) -> Any:
    error = value.get("error") if isinstance(value, Mapping) else None
    return {**error, "id": value.get("id"), "url": value.get("url")} if isinstance(error, Mapping) else value


def _link_fields(value: Any) -> Any:
    why = value.get("why") if isinstance(value, Mapping) else None
    if not isinstance(why, Mapping):
        return value
    features = why.get("features")
    pairs = list(features.items()) if isinstance(features, Mapping) else features
    return {**why, "features": pairs, "id": value.get("id"), "story": value.get("story")}


def _link(record: Link) -> dict[str, Any]:
    return {
        "id": record.id,
        "story": record.story,
        "why": {
            "score": record.score,
            "nearest": record.nearest,
            "features": dict(record.features),
            "shared": list(record.shared),
        },
    }
