"""Which shards there are: paths, folders, patterns and addresses that fsspec knows, each under a name of its own."""

from __future__ import annotations

import glob
import hashlib
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.errors import InputError, UsageError
from dateline.sources.clean import printable

KINDS = (".warc", ".jsonl", ".ndjson")
_REMOTE = re.compile(r"[a-z][a-z0-9+.-]+://", re.I)
_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_PATTERN = re.compile(r"[*?\[]")
_LIBRARY = re.compile(r"\binstall (\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of pages: the name its tables take, where it is, and what it was like when it was found."""

    name: str
    address: str  # an absolute path, or an address that fsspec opens
    mark: str  # its size, and its time of change or its tag where the storage tells


def find(inputs: Iterable[str]) -> list[Shard]:
    """List the shards that inputs name (files, folders, patterns, `s3://…`), by name, each once.

    Raises InputError where an input names nothing, UsageError where an address needs a library that is not there.
    """
    found: dict[str, str] = {}
    for given in inputs:
        there = dict(_remote(given) if _REMOTE.match(given) else _local(given))
        if not there:
            raise InputError(
                f"{given} names no shard: give {' '.join(KINDS)} files, each also with .gz, or folders of them."
            )
        found.update(there)
    shards, taken = [], set()
    for address, mark in sorted(found.items()):
        name = _name(address)
        if name in taken:  # of two folders
            name = f"{name}-{hashlib.sha256(address.encode()).hexdigest()[:8]}"
        taken.add(name)
        shards.append(Shard(name, address, mark))
    return sorted(shards, key=lambda shard: shard.name)


@contextmanager
def at_hand(shard: Shard) -> Iterator[Path]:
    """Give a path that the shard can be read from; what is elsewhere is fetched to a temporary file first."""
    if not _REMOTE.match(shard.address):
        yield Path(shard.address)
        return
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        path = Path(folder) / shard.address.rsplit("/", 1)[-1]
        system, inner = _storage(shard.address)
        system.get_file(inner, str(path))
        yield path


def _kind(name: str) -> str:
    name = name.lower().removesuffix(".gz")
    return name[name.rfind(".") :] if "." in name else ""


def _name(address: str) -> str:
    name = address.rsplit("/", 1)[-1]
    for end in (".gz", *KINDS):
        name = name.removesuffix(end)
    return _NAME.sub("-", name) or "shard"


def _local(given: str) -> Iterator[tuple[str, str]]:
    if _PATTERN.search(given):
        paths = [Path(found) for found in sorted(glob.glob(given, recursive=True))]  # noqa: PTH207 - absolute patterns, too
    else:
        paths = [Path(given)]
    if paths == [Path(given)] and not paths[0].exists():
        raise InputError(f"{given} does not exist: check the name.")
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for one in inside:
            if one.is_file() and _kind(one.name) in KINDS:
                if printable(str(one)) != str(one):
                    raise InputError(f"{printable(str(one))} has a name that is no UTF-8: rename it.")
                state = one.stat()
                yield str(one.absolute()), f"{state.st_size}:{state.st_mtime_ns}"


def _remote(given: str) -> Iterator[tuple[str, str]]:
    system, inner = _storage(given)
    scheme = given.split("://", 1)[0]
    try:
        names = system.glob(inner) if _PATTERN.search(given) else system.find(inner)
        for name in sorted(names):
            if _kind(name) in KINDS:
                told = system.info(name)
                tag = next((str(told[key]) for key in ("ETag", "etag", "mtime", "LastModified") if told.get(key)), "")
                yield f"{scheme}://{name}", f"{told.get('size')}:{tag}"
    except Exception as error:  # noqa: BLE001 - every storage raises its own
        raise InputError(f"{given} cannot be listed: {error}.") from None


def _storage(address: str) -> tuple[Any, str]:
    try:
        import fsspec
    except ImportError:
        raise UsageError(f"{address} needs fsspec: install it with `pip install 'dateline[batch]'`.") from None
    try:
        system, inner = fsspec.core.url_to_fs(address)
    except ImportError as error:
        known = _LIBRARY.search(str(error))  # “Install s3fs to access S3”
        mend = f"`pip install {known[1]}`" if known else str(error).rstrip(".")
        raise UsageError(f"{address} needs a library of its own: {mend}.") from None
    except ValueError as error:
        raise UsageError(f"{address} cannot be opened: {error}.") from None
    return system, inner
