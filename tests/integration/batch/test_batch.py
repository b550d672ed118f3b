"""Batches: every shard once, whatever is killed; what is poison alone fails; the tables load."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from batch_shards import Killer, record, tables, write_shards

from dateline.batch import find, run
from dateline.batch.coding import Task, code_shard
from dateline.errors import InputError, UsageError

SHARDS = 20
POISON = "part-07"
KILLED = "part-03"


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_shards(tmp_path_factory.mktemp("shards"), SHARDS)


@pytest.fixture(scope="module")
def undisturbed(shards: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("undisturbed")
    assert run([str(shards)], out, jobs=2).failed == {}
    return out


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a real Dask scheduler and two worker processes; give the scheduler's address."""
    folder = tmp_path_factory.mktemp("dask")
    told = folder / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    begin: list[list[str]] = [
        [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told)],
        *([*dask, "worker", "--scheduler-file", str(told), "--nthreads", "1", "--no-dashboard"],) * 2,
    ]
    started: list[subprocess.Popen[bytes]] = [subprocess.Popen(begin[0], **quiet)]  # type: ignore[call-overload]
    try:
        for _ in range(600):
            if told.exists() and told.stat().st_size:
                break
            time.sleep(0.1)
        started += [subprocess.Popen(line, **quiet) for line in begin[1:]]  # type: ignore[call-overload]
        yield json.loads(told.read_text(encoding="utf-8"))["address"].removeprefix("tcp://")
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(timeout=30)


def _count(out: Path, table: str) -> tuple[int, int]:
    import duckdb

    row = duckdb.sql(f"select count(*), count(distinct id) from '{out}/{table}/*.parquet'").fetchall()[0]
    return row[0], row[1]


def _ends_complete(shards: Path, out: Path, undisturbed: Path, **engine: Any) -> None:
    """Disturb a batch, look at what stands, then do what is left: the tables are those of an undisturbed batch."""
    out.mkdir()
    with Killer(out, KILLED, once=True) as once, Killer(out, POISON, once=False) as always:
        made = run([str(shards)], out, **engine)
    assert once.killed and always.killed
    assert list(made.failed) == [POISON] and "died" in made.failed[POISON]
    assert json.loads((out / "_failed" / f"{POISON}.json").read_text(encoding="utf-8"))["reason"] == made.failed[POISON]
    whole = tables(undisturbed)
    assert tables(out) == {name: data for name, data in whole.items() if POISON not in name}
    again = run([str(shards)], out, jobs=1)
    assert (again.skipped, again.failed) == (SHARDS - 1, {})
    assert tables(out) == whole
    assert _count(out, "articles") == (3 * SHARDS, 3 * SHARDS)
    assert not list((out / "_failed").iterdir()) and not list((out / "_working").iterdir())


def test_shards_here_end_complete(shards: Path, undisturbed: Path, tmp_path: Path) -> None:
    _ends_complete(shards, tmp_path / "out", undisturbed, jobs=2)


def test_shards_on_a_cluster_end_complete(cluster: str, shards: Path, undisturbed: Path, tmp_path: Path) -> None:
    _ends_complete(shards, tmp_path / "out", undisturbed, engine=f"dask://{cluster}")


def test_the_tables_say_what_the_articles_say(undisturbed: Path) -> None:
    import duckdb

    assert _count(undisturbed, "rejected") == (SHARDS, SHARDS)  # the damaged line of each
    events = duckdb.sql(f"select * from '{undisturbed}/events/*.parquet'").df()
    assert set(events["type"]) >= {"PROTEST", "COERCE"}
    mentions = duckdb.sql(
        f"""select m.trigger = a.text[m.trigger_start + 1 : m.trigger_end] as same
        from '{undisturbed}/mentions/*.parquet' m join '{undisturbed}/articles/*.parquet' a on m.article = a.id"""
    ).df()
    assert len(mentions) > SHARDS and mentions["same"].all()
    manifest = json.loads((undisturbed / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["totals"]["articles"] == 3 * SHARDS and len(manifest["shards"]) == SHARDS
    assert manifest["totals"]["events"] == len(events)


def test_what_is_done_is_skipped_until_it_changes(tmp_path: Path) -> None:
    folder, out = write_shards(tmp_path / "in", 2, size=1), tmp_path / "out"
    assert run([str(folder)], out, jobs=1).skipped == 0
    assert run([str(folder / "*.jsonl")], out, jobs=1).skipped == 2
    part = folder / "part-00.jsonl"
    part.write_text(part.read_text(encoding="utf-8") + json.dumps(record(0, 9)) + "\n", encoding="utf-8")
    made = run([str(folder)], out, jobs=1)
    assert (made.skipped, made.rows["articles"]) == (1, 3)
    (out / "events" / "part-01.parquet").unlink()
    assert run([str(folder)], out, jobs=1).skipped == 1


def test_stories_of_a_day(tmp_path: Path) -> None:
    import duckdb

    same = "Police arrested 19 protesters in Orsk on 3 March 2026 after a dam broke above the town, the mayor said. Rescuers search on."
    lines = [
        {
            "id": f"g{n}",
            "title": "Police arrest 19 protesters in Orsk after dam breaks",
            "text": f"{same} Note {n}.",
            "published": day,
        }
        for n, day in enumerate(["2026-03-03T10:00:00Z", "2026-03-03T12:00:00Z", "2026-03-09T10:00:00Z"])
    ]
    shard = tmp_path / "days.jsonl.gz"
    shard.write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
    run([str(shard)], tmp_path / "out", jobs=1, group=True)
    found = duckdb.sql(f"select id, story from '{tmp_path}/out/articles/*.parquet' order by id").fetchall()
    assert found == [("g0", "g0"), ("g1", "g0"), ("g2", "g2")]
    events = duckdb.sql(f"select story, article_ids from '{tmp_path}/out/events/*.parquet'").fetchall()
    assert ("g0", "g0; g1") in events


def test_reserved_pages_are_not_mined(tmp_path: Path) -> None:
    import duckdb

    body = "<p>Police held two men in Orsk on Monday, a court said. The men were questioned for hours.</p>" * 4
    page = f'<html><head><meta name="tdm-reservation" content="1"><title>Held</title></head><body><article><h1>Held</h1>{body}</article></body></html>'
    (tmp_path / "own.jsonl").write_text(json.dumps({"id": "r1", "html": page}) + "\n", encoding="utf-8")
    run([str(tmp_path / "own.jsonl")], tmp_path / "out", jobs=1)
    assert duckdb.sql(f"select text, tdm from '{tmp_path}/out/articles/*.parquet'").fetchall() == [("", "reserved")]
    assert _count(tmp_path / "out", "mentions") == (0, 0)


def test_shards_are_found_once_and_named_apart(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        write_shards(tmp_path / folder, 1, size=1)
    found = find([str(tmp_path), str(tmp_path / "a" / "*.jsonl"), f"file://{tmp_path}/a/part-00.jsonl"])
    assert len({shard.name for shard in found}) == len(found) == 3  # the same file by two addresses is two shards
    with pytest.raises(InputError, match="does not exist"):
        find([str(tmp_path / "none.warc")])
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="names no shard"):
        find([str(tmp_path / "empty")])


def test_what_is_elsewhere_is_fetched(tmp_path: Path) -> None:
    write_shards(tmp_path / "in", 1)
    made = run([f"file://{tmp_path}/in"], tmp_path / "out", jobs=1)
    assert made.rows["articles"] == 3 and made.failed == {}


def test_a_storage_whose_library_is_missing_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_address: str) -> None:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr("fsspec.core.url_to_fs", missing)
    with pytest.raises(UsageError, match="pip install s3fs"):
        find(["s3://bucket/*.warc"])


def test_a_shard_that_cannot_be_opened_is_not_done(tmp_path: Path) -> None:
    folder = write_shards(tmp_path / "in", 1)
    (shard,) = find([str(folder)])
    Path(shard.address).unlink()  # since it was listed
    with pytest.raises(OSError, match="No such file"):
        code_shard(Task(shard, str(tmp_path / "out"), False))
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file()]


def test_an_engine_that_is_not_there_is_said(tmp_path: Path) -> None:
    folder = write_shards(tmp_path / "in", 1)
    with pytest.raises(UsageError, match="known are local"):
        run([str(folder)], tmp_path / "out", engine="moon")


def test_the_command(tmp_path: Path) -> None:
    folder = write_shards(tmp_path / "in", 2, size=1)
    line = [sys.executable, "-m", "dateline", "batch", str(folder), "--out", str(tmp_path / "out"), "--jobs", "1"]
    done = subprocess.run(line, capture_output=True, text=True, env={**os.environ}, check=False)
    assert done.returncode == 0, done.stderr
    assert "2/2 shards, 2 articles" in done.stderr and "2 of 2 shards are done" in done.stderr
    wrong = subprocess.run([*line[:4], str(tmp_path / "none"), *line[5:]], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2 and "does not exist" in wrong.stderr and wrong.stderr.count("\n") == 1
