"""Whole archives, without a desk."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from dateline.errors import DatelineError

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: dateline batch 'CC-NEWS-*.warc.gz' --out coded --jobs 8")
def batch(
    inputs: Annotated[
        list[str], typer.Argument(metavar="IN…", help="WARC or JSON Lines files, folders, patterns, s3://…")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder that the tables are written to.")],
    engine: Annotated[str, typer.Option(help="local, or dask://HOST:PORT.")] = "local",
    jobs: Annotated[int | None, typer.Option(min=1, help="Processes here (default: the cores there are).")] = None,
    group: Annotated[
        bool, typer.Option("--group", help="Gather the articles of each day of a shard into stories.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Do shards anew that are done.")] = False,
) -> None:
    """Read and code shards of an archive into Parquet; what is done already is skipped."""
    from dateline.batch import run

    told = _Told()
    made = run(inputs, out, engine=engine, jobs=jobs, group=group, again=again, tell=told)
    typer.echo(
        f"{made.shards - len(made.failed)} of {made.shards} shards are done ({made.skipped} were before): "
        + ", ".join(f"{count:,} {name}" for name, count in made.rows.items())
        + f" in {out}.",
        err=True,
    )
    if made.other_code:
        typer.echo(f"{made.other_code} were made by another version; --again makes them anew.", err=True)
    if made.failed:
        reasons = "; ".join(f"{name}: {why}" for name, why in sorted(made.failed.items())[:5])
        raise DatelineError(f"{len(made.failed)} of {made.shards} shards failed ({reasons}): see {out / '_failed'}.")


class _Told:
    """Tell how far a batch is, how fast it goes and how long it may still take, a line whenever a shard ends."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.first: int | None = None

    def __call__(self, done: int, shards: int, articles: int) -> None:
        if self.first is None:
            self.first = done
            sys.stderr.write(f"{shards} shards, {done} of them done before\n")
            return
        passed = time.monotonic() - self.begun
        left = passed / max(1, done - self.first) * (shards - done)
        rate = articles / passed if passed else 0.0
        sys.stderr.write(f"{done}/{shards} shards, {articles:,} articles, {rate:.1f} a second, {_span(left)} left\n")
        sys.stderr.flush()


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"about {seconds:.0f} s"
    minutes = seconds / 60
    return f"about {minutes:.0f} min" if minutes < 90 else f"about {minutes / 60:.1f} h"
