"""JSON Lines in and out: what all filters share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from dateline import codec
from dateline.errors import DatelineError, InputError
from dateline.model import Article, Rejected
from dateline.sources.files import article_fields
from dateline.workers import Failed, ordered

T = TypeVar("T")
Record = Mapping[str, Any]


def read_lines(path: Path | None) -> Iterator[Record]:
    """Yield the records of a JSON Lines file, or of standard input; raises InputError where one is none."""
    name = "standard input" if path is None or str(path) == "-" else str(path)
    for number, line in enumerate(_stream(path), 1):
        if not line.strip():
            continue
        try:
            value = codec.parse(line)
        except InputError as error:
            raise InputError(f"{name}, line {number}: {error}.") from None
        if not isinstance(value, dict):
            raise InputError(f"{name}, line {number}: a record must be an object in braces.")
        yield value


def _stream(path: Path | None) -> BinaryIO:
    if path is None or str(path) == "-":
        if sys.stdin.isatty():  # else a newcomer waits for a program that waits for them
            sys.stderr.write("Reading JSON Lines from the terminal: Ctrl-D ends them, --help says what goes in.\n")
        return sys.stdin.buffer
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None


def write_line(record: Any) -> None:
    """Write one record as a line of JSON, at once."""
    sys.stdout.buffer.write(codec.encode(record) + b"\n")
    sys.stdout.buffer.flush()


def write_lines(records: Iterable[Any]) -> None:
    """Write records as lines of JSON as they come."""
    for record in records:
        write_line(record)


def id_of(record: Record) -> str:
    """Give a record's id as a text; empty where it has none."""
    value = record.get("id")
    return "" if value is None else str(value)


def each(function: Callable[[Record], Any], records: Iterable[Record], jobs: int | None) -> None:
    """Write what `function` makes of each record, in order; a record that cannot be served gives an error line."""
    for record, answer in ordered(Served(function), records, jobs=jobs):
        if isinstance(answer, Failed):
            write_line(Rejected(id_of(record), "failed", f"The record could not be served: {answer.reason}."))
        else:
            sys.stdout.buffer.write(answer)
            sys.stdout.buffer.flush()


class Served:
    """A function from record to record, made to give the line to be written."""

    def __init__(self, function: Callable[[Record], Any]) -> None:
        self.function = function

    def __call__(self, record: Record) -> bytes:
        try:
            made = failed(record) or self.function(record)
        except DatelineError as error:
            made = Rejected(id_of(record), "invalid", str(error))
        return codec.encode(made) + b"\n"


def failed(record: Record) -> Rejected | None:
    """Give the error that a filter before this one wrote in the record's place, so that the reason is handed on."""
    if not isinstance(record.get("error"), Mapping) or record.keys() - {"id", "url", "error"}:
        return None
    try:
        return codec.from_wire({**record, "id": id_of(record)}, Rejected)
    except InputError:
        return None


def text_of(record: Record) -> str:
    """Give a record's text; raises InputError where it has none."""
    text = record.get("text")
    if not isinstance(text, str):
        raise InputError("The record has no text: give it a 'text' field.")
    return text


def optional(record: Record, key: str) -> str | None:
    """Give a field that is a text or absent; raises InputError where it is anything else."""
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise InputError(f"The record's '{key}' must be a text or null.")
    return value


def article_of(record: Any) -> Article:
    """Make an article of a record as the contract lets it come; raises InputError."""
    if not isinstance(record, Mapping):
        raise InputError("An article must be an object in braces.")
    text_of(record)
    return codec.from_wire(article_fields({**record, "id": id_of(record)}), Article)


def articles_of(record: Record, key: str) -> list[Article]:
    """Make articles of a record's list; raises InputError that says which of them is none."""
    given = record.get(key)
    if not isinstance(given, list):
        raise InputError(f"The record has no {key}: give it an '{key}' list.")
    made = []
    for number, one in enumerate(given, 1):
        try:
            made.append(article_of(one))
        except InputError as error:
            raise InputError(f"Number {number} of its {key} cannot be read: {error}") from None
    return made
