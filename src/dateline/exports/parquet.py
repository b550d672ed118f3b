"""Rows as Parquet, a column typed once for all files, so that pandas, DuckDB and Spark load it without guessing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, BinaryIO

from dateline.errors import UsageError

_GROUP = 20_000  # rows held at a time, and in one row group


def write(columns: Mapping[str, type], rows: Iterable[Mapping[str, Any]], stream: BinaryIO) -> int:
    """Write rows to a binary stream as one Parquet file (zstd); give how many.

    `columns` gives each column's type (str, int, float, bool); what is not known is null. Raises UsageError where
    pyarrow is not installed.
    """
    arrow, engine = _arrow()
    kinds = {str: arrow.string(), int: arrow.int64(), float: arrow.float64(), bool: arrow.bool_()}
    schema = arrow.schema([(name, kinds[kind]) for name, kind in columns.items()])
    count, left = 0, iter(rows)
    with engine.ParquetWriter(stream, schema, compression="zstd") as writer:
        while held := [
            {name: _cell(row[name], kind) for name, kind in columns.items()} for row in islice(left, _GROUP)
        ]:
            writer.write_table(arrow.Table.from_pylist(held, schema=schema))
            count += len(held)
    return count


def _cell(value: Any, kind: type) -> Any:
    return float(value) if kind is float and value is not None else value


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise UsageError("Parquet needs pyarrow: install it with `pip install 'dateline[parquet]'`.") from None
    return pyarrow, parquet
