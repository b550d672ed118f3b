"""What `dateline read` takes: JSON Lines of pages, or paths to pages and archives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dateline import codec
from dateline.cli.shared import records
from dateline.cli.shared.records import Record
from dateline.errors import InputError
from dateline.model import Article, Entry, Page, Rejected
from dateline.sources import files


def read_found(path: Path | None) -> Iterator[Record]:
    """Yield what a path (or standard input) holds as plain records, for `page_of`."""
    if path is None or str(path) == "-" or (files.suffix(path) in (".jsonl", ".ndjson") and path.suffix != ".gz"):
        yield from records.read_lines(path)
        return
    for found in files.read(path):
        if isinstance(found, Entry):
            continue  # a feed's entries name pages; a filter fetches none
        yield {"found": found, "id": found.id}


def page_of(record: Record) -> Page | Article | Rejected:
    """Make the page of a record; raises InputError where it is none."""
    found = record.get("found")
    if isinstance(found, Page | Article | Rejected):
        return found
    fields = {k: v for k, v in record.items() if v is not None}
    fields["id"] = records.id_of(record)
    if not isinstance(fields.get("html"), str) and not isinstance(fields.get("text"), str):
        raise InputError("The record has neither html nor text: give it one of them.")
    if isinstance(fields.get("html"), str):
        fields.pop("text", None)
    known = {"id", "url", "html", "text", "fetched", "published", "title", "summary", "categories", "source"}
    return codec.from_wire({k: v for k, v in fields.items() if k in known}, Page)
