"""Rows as Parquet, a column typed once for all files, so that pandas, DuckDB and Spark load it without guessing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from dateline.errors import UsageError

_GROUP = 20_000  # rows held at a time, and in one row group


class Writer:
    """Write rows to a binary stream as one Parquet file (zstd) as they come, `_GROUP` of them held at a time.

    `columns` gives each column's type (str, int, float, bool); what is not known is null. Raises UsageError where
    pyarrow is not installed. The file is whole when the block ends.
    """

    def __init__(self, columns: Mapping[str, type], stream: BinaryIO) -> None:
        self.columns = columns
        self.arrow, engine = _arrow()
        kinds = {
            str: self.arrow.string(),
            int: self.arrow.int64(),
            float: self.arrow.float64(),
            bool: self.arrow.bool_(),
        }
        self.schema = self.arrow.schema([(name, kinds[kind]) for name, kind in columns.items()])
        self.file = engine.ParquetWriter(stream, self.schema, compression="zstd")
        self.held: list[dict[str, Any]] = []
        self.count = 0

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._flush()
        self.file.close()

    def add(self, row: Mapping[str, Any]) -> None:
        """Take one row."""
        self.held.append({name: _cell(row[name], kind) for name, kind in self.columns.items()})
        self.count += 1
        if len(self.held) >= _GROUP:
            self._flush()

    def _flush(self) -> None:
        if self.held:
            self.file.write_table(self.arrow.Table.from_pylist(self.held, schema=self.schema))
            self.held = []


def write(columns: Mapping[str, type], rows: Iterable[Mapping[str, Any]], stream: BinaryIO) -> int:
    """Write rows to a binary stream as one Parquet file, as `Writer` does; give how many."""
    with Writer(columns, stream) as file:
        for row in rows:
            file.add(row)
        return file.count


def _cell(value: Any, kind: type) -> Any:
    return float(value) if kind is float and value is not None else value


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise UsageError("Parquet needs pyarrow: install it with `pip install 'dateline[parquet]'`.") from None
    return pyarrow, parquet
