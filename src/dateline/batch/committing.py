"""The files of a shard: written aside, then under their names; the manifest last, which says that the shard is done."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from dateline import __version__, codec, lexicon
from dateline.batch.shards import Shard
from dateline.errors import InputError
from dateline.exports import parquet
from dateline.exports.tables import columns

REJECTED: Mapping[str, type] = {"id": str, "url": str, "code": str, "message": str, "kind": str, "confidence": float}
TABLES: dict[str, Mapping[str, type]] = {
    "articles": {**columns("articles"), "story": str},
    "mentions": columns("mentions"),
    "events": columns("events"),
    "rejected": REJECTED,
}
DONE, FAILED, WORKING, ASIDE = "_done", "_failed", "_working", "_aside"


def prepare(out: Path) -> None:
    """Make the folders of an output. Raises InputError where that cannot be."""
    try:
        for name in (*TABLES, DONE, FAILED, WORKING, ASIDE):
            (out / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{out} cannot be written to: {error.strerror or error}.") from None


def done(out: Path, shard: Shard) -> dict[str, Any] | None:
    """Give the manifest of a shard that is done: as it is now, with all its files; else None."""
    try:
        manifest: dict[str, Any] = codec.parse((out / DONE / f"{shard.name}.json").read_bytes())
    except (OSError, InputError):
        return None
    same = (manifest.get("address"), manifest.get("mark")) == (shard.address, shard.mark)
    there = all((out / table / f"{shard.name}.parquet").exists() for table in TABLES)
    return manifest if same and there else None


@contextmanager
def tables(out: Path, shard: Shard, *, grouped: bool) -> Iterator[dict[str, parquet.Writer]]:
    """Give a writer for each table of a shard, and commit them all at the end of the block; where it raises, none."""
    aside = out / ASIDE / f"{shard.name}.{os.getpid()}"
    working = out / WORKING / f"{shard.name}.json"
    aside.mkdir(parents=True, exist_ok=True)
    _write(working, {"shard": shard.name, "process": os.getpid()})
    try:
        with ExitStack() as open_:
            writers = {
                name: open_.enter_context(
                    parquet.Writer(kinds, open_.enter_context((aside / f"{name}.parquet").open("wb")))
                )
                for name, kinds in TABLES.items()
            }
            yield writers
        files = {
            name: {"rows": writer.count, "sha256": _place(aside, out, name, shard)} for name, writer in writers.items()
        }
        (out / FAILED / f"{shard.name}.json").unlink(missing_ok=True)
        _write(out / DONE / f"{shard.name}.json", _manifest(shard, files, grouped=grouped))
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        working.unlink(missing_ok=True)


def failed(out: Path, shard: Shard, reason: str) -> None:
    """Record that a shard could not be done, and why."""
    _write(out / FAILED / f"{shard.name}.json", {"shard": shard.name, "address": shard.address, "reason": reason})


def conclude(out: Path, manifests: list[dict[str, Any]], failures: Mapping[str, str]) -> None:
    """Write `OUT/manifest.json`: all shards with their rows, and what failed; and clear what killed work left."""
    shutil.rmtree(out / ASIDE, ignore_errors=True)
    totals = {name: sum(one["files"][name]["rows"] for one in manifests) for name in TABLES}
    _write(out / "manifest.json", {"totals": totals, "failed": dict(sorted(failures.items())), "shards": manifests})


def _manifest(shard: Shard, files: Mapping[str, Any], *, grouped: bool) -> dict[str, Any]:
    return {
        "shard": shard.name,
        "address": shard.address,
        "mark": shard.mark,
        "grouped": grouped,
        "code": __version__,
        "lexicon": lexicon.fingerprint(),
        "files": dict(files),
    }


def _place(aside: Path, out: Path, table: str, shard: Shard) -> str:
    made = aside / f"{table}.parquet"
    with made.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        os.fsync(stream.fileno())
    made.replace(out / table / f"{shard.name}.parquet")
    return digest


def _write(path: Path, value: Mapping[str, Any]) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with aside.open("wb") as stream:
        stream.write(codec.encode(value) + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    aside.replace(path)
