"""Out of the desk: exports and backups."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.shared.opening import open_desk

app = typer.Typer()


@app.command(epilog="Example: dateline export events --format csv --profile acled -o events.csv")
def export(
    what: Annotated[str, typer.Argument(help="articles, stories, events, mentions, figures, sources, gone or passes.")],
    format: Annotated[str, typer.Option("--format", help="jsonl, csv, parquet, geojson or opml.")] = "jsonl",
    profile: Annotated[str, typer.Option(help="The columns: native, plover, acled or cameo.")] = "native",
    asof: Annotated[
        str | None, typer.Option("--asof", metavar="TIME", help="As it was then: 2026-03-01 or 2026-03-01T08:00:00Z.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A file; without it, or as -, standard output.")
    ] = None,
) -> None:
    """Write what the desk holds for other programs."""
    from dateline.exports import write
    from dateline.exports.files import into

    with open_desk() as desk, into(output, sys.stdout.buffer) as stream:
        write(what, format, desk.asof(asof) if asof else desk.reader, stream, profile=profile)


@app.command(epilog="Example: dateline --desk mydesk backup mydesk.backup")
def backup(file: Annotated[Path, typer.Argument(help="The file to write.")]) -> None:
    """Save the desk to one file, also while it is running."""
    with open_desk() as desk:
        desk.backup(file)
    typer.echo(f"Saved to {file}.", err=True)


@app.command(epilog="Example: dateline --desk another restore mydesk.backup")
def restore(
    file: Annotated[Path, typer.Argument(help="A file that backup wrote.")],
) -> None:
    """Make the desk anew from a backup; the desk must be empty or absent."""
    from dateline.cli.shared.opening import desk_folder
    from dateline.desk import Desk

    Desk.restore(desk_folder(), file)
    typer.echo(f"Restored to {desk_folder()}.", err=True)


@app.command("migrate-to", epilog="Example: dateline migrate-to postgresql:///dateline")
def migrate_to(
    address: Annotated[str, typer.Argument(metavar="DATABASE_URL", help="postgresql://user:password@host/name")],
) -> None:
    """Copy the desk to a PostgreSQL database; each table is counted and hashed on both sides."""
    from dateline.cli.shared.progress import Progress

    with open_desk() as desk, Progress() as progress:
        rows = desk.migrate_to(address, progress)
        settings = desk.settings.folder / "dateline.toml"
    typer.echo(f"{rows} rows are there, each table counted and hashed on both sides.", err=True)
    typer.echo(f"To go on there, write this in {settings}; the old database stays as it is:", err=True)
    typer.echo(f'database = "{address}"')
