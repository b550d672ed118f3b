"""Web archives (WARC, CC-NEWS) to pages, streamed: bad records are skipped and told, never the end.

A place in an archive is the offset of a record in the file and its number, so that a reader that was stopped goes on
where it was without reading what came before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from dateline.model import Page, Rejected
from dateline.sources import clean
from dateline.sources.decode import MAX_BYTES, to_text, unpack

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_PAGES = ("text/html", "application/xhtml")
_MEMBER = b"\x1f\x8b\x08"  # a gzip member begins so; in a packed archive each record is one
_RECORD = b"WARC/1."
_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class Place:
    """A record's offset in the file (bytes) and its number from 1; 0, 0 is the beginning."""

    offset: int = 0
    number: int = 0


def read(path: Path, name: str) -> Iterator[Page | Rejected]:
    """Yield the HTML pages of an archive; ids are `name`, `#` and the record's number from 1 (all are counted)."""
    for found, _place in read_on(path, name):
        yield found


def read_on(path: Path, name: str, after: Place = Place()) -> Iterator[tuple[Page | Rejected, Place]]:
    """Yield the pages of the records that follow a place, each with its own place.

    What is damaged is a Rejected, and reading goes on with the next record that can be found.
    """
    size, offset, number = path.stat().st_size, after.offset, after.number
    skip = number > 0  # the record at the place is read again, to find the one that follows it
    with path.open("rb") as stream:
        while True:
            start, first, damage = offset, number, ""
            records = _records(stream, start)
            while True:
                try:
                    record = next(records)
                except StopIteration:
                    break
                except Exception as error:  # noqa: BLE001 - the reader raises many kinds on damage
                    damage = str(error) or type(error).__name__
                    break
                offset = record.stream_pos
                if skip:
                    skip = False
                    continue
                number += 1
                for found in _page(record, f"{name}#{number}"):
                    yield found, Place(offset, number)
            if not damage:
                break
            following = _next_record(stream, offset, size)
            if number > first or number == 0:  # else it is the same damage, met again where its record begins
                number += 1
                told = clean.printable(str(path))
                where = f"{told} is damaged after record {number - 1}: {' '.join(damage.split())[:200]}."
                yield Rejected(f"{name}#{number}", "unreadable", where), Place(offset, number)
            if following is None or following <= start:
                break
            offset = following
    if number == 0:
        why = f"{clean.printable(str(path))} holds no record: it is empty, truncated or no web archive."
        yield Rejected(name, "unreadable", why), Place()


def _records(stream: BinaryIO, offset: int) -> Iterator[WarcRecord]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    stream.seek(offset)
    return iter(ArchiveIterator(stream, parse_http=True, record_types=WarcRecordType.any_type))


def _next_record(stream: BinaryIO, after: int, size: int) -> int | None:
    """Find where the next record may begin, behind one that is damaged."""
    stream.seek(after)
    mark = _MEMBER if stream.read(2) == _MEMBER[:2] else _RECORD
    at, tail = after + 1, b""
    stream.seek(at)
    while at < size:
        block = stream.read(_STEP)
        if not block:
            return None
        whole = tail + block
        found = whole.find(mark)
        while found >= 0:
            here = at - len(tail) + found
            if _is_record(stream, here, mark):
                return here
            found = whole.find(mark, found + 1)
        tail = whole[-len(mark) + 1 :]
        at += len(block)
        stream.seek(at)
    return None


def _is_record(stream: BinaryIO, at: int, mark: bytes) -> bool:
    stream.seek(at)
    head = stream.read(4_096)
    return unpack(head, len(_RECORD)).startswith(_RECORD) if mark == _MEMBER else head.startswith(_RECORD)


def _page(record: WarcRecord, id: str) -> Iterator[Page | Rejected]:
    from fastwarc.warc import WarcRecordType

    if record.record_type != WarcRecordType.response or not record.is_http:
        return
    url = record.headers.get("WARC-Target-URI")
    try:
        head = record.http_headers
        status = head.status_code if head is not None else None
        kind = (record.http_content_type or "text/html").lower()
        if status is not None and status != 200:
            return
        if kind and not kind.startswith(_PAGES):
            return
        packed, length = record.reader.read(MAX_BYTES), record.content_length
        if len(packed) < min(length, MAX_BYTES):
            yield Rejected(id, "unreadable", f"Record {id} is cut short: {len(packed)} of {length} bytes.", url=url)
            return
        headers = tuple((k.lower(), v) for k, v in head.items()) if head is not None else ()
        yield Page(
            id=id,
            url=url,
            html=to_text(unpack(packed), record.http_charset),
            fetched=record.headers.get("WARC-Date"),
            headers=headers,
        )
    except Exception as error:  # noqa: BLE001 - one bad record never stops the rest
        yield Rejected(id, "unreadable", f"Record {id} could not be read: {error}.", url=url)
