"""Web archives (WARC, CC-NEWS) to pages, streamed: bad records are skipped and counted, never the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dateline.model import Page, Rejected
from dateline.sources.decode import MAX_BYTES, to_text, unpack

_PAGES = ("text/html", "application/xhtml")


def read(path: Path, name: str) -> Iterator[Page | Rejected]:
    """Yield the HTML pages of an archive; ids are `name`, `#` and the record's number from 1 (all are counted)."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    number = 0
    with path.open("rb") as stream:
        records = iter(ArchiveIterator(stream, parse_http=True, record_types=WarcRecordType.any_type))
        while True:
            try:
                record = next(records)
            except StopIteration:
                break
            except Exception as error:  # noqa: BLE001 - a damaged archive ends here; what came before stands
                yield Rejected(
                    f"{name}#{number + 1}", "unreadable", f"{path} is damaged after record {number}: {error}."
                )
                break
            number += 1
            if record.record_type != WarcRecordType.response or not record.is_http:
                continue
            yield from _page(record, f"{name}#{number}")
    if number == 0:
        yield Rejected(name, "unreadable", f"{path} holds no record: it is empty, truncated or no web archive.")


def _page(record: object, id: str) -> Iterator[Page | Rejected]:
    from fastwarc.warc import WarcRecord

    assert isinstance(record, WarcRecord)
    url = record.headers.get("WARC-Target-URI")
    try:
        head = record.http_headers
        status = head.status_code if head is not None else None
        kind = (record.http_content_type or "text/html").lower()
        if status is not None and status != 200:
            return
        if kind and not kind.startswith(_PAGES):
            return
        body = unpack(record.reader.read(MAX_BYTES))
        headers = tuple((k.lower(), v) for k, v in head.items()) if head is not None else ()
        yield Page(
            id=id,
            url=url,
            html=to_text(body, record.http_charset),
            fetched=record.headers.get("WARC-Date"),
            headers=headers,
        )
    except Exception as error:  # noqa: BLE001 - one bad record never stops the rest
        yield Rejected(id, "unreadable", f"Record {id} could not be read: {error}.", url=url)
