"""Look things up in the terminal."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dateline.cli.opening import desk_folder, open_desk
from dateline.errors import UsageError

app = typer.Typer()


@app.command()
def search(
    query: Annotated[
        list[str], typer.Argument(help='Words, "phrases", AND OR NOT, source: place: actor: type: after:')
    ],
    limit: Annotated[int, typer.Option(min=1, help="At most this many.")] = 20,
) -> None:
    """Search the articles."""
    with open_desk() as desk:
        hits = desk.reader.search(" ".join(query), limit=limit)
        found = desk.reader.articles(hit.article for hit in hits)
    if not hits:
        typer.echo("Nothing was found.")
    for hit in hits:
        article = found.get(hit.article)
        outlet = article.publisher.name if article and article.publisher else None
        day = (article.published or "undated")[:10] if article else ""
        typer.echo(f"{hit.article}  {day}  {outlet or 'unknown publisher'}: {hit.title or '(untitled)'}")
        typer.echo(f"    {hit.passage}")


@app.command()
def show(id: Annotated[str, typer.Argument(help="The id of an article, story, event or mention.")]) -> None:
    """Show one record as JSON."""
    from dateline import codec

    with open_desk() as desk:
        reader = desk.reader
        record = (
            reader.article(id) or reader.story(id) or reader.event(id) or reader.mentions([id]).get(id)
            or ((moved := reader.moved(id)) and reader.story(moved))
        )  # fmt: skip
    if not record:
        raise UsageError(f"Nothing has the id {id!r}: 'dateline search' shows ids.")
    import msgspec

    sys.stdout.buffer.write(msgspec.json.format(codec.encode(record), indent=2) + b"\n")


@app.command()
def stats() -> None:
    """Count what the desk holds."""
    with open_desk() as desk:
        counts = desk.reader.counts()
        passes = desk.reader.manifests(limit=1)
    for name in ("sources", "articles", "rejected", "families", "stories", "events", "mentions", "oldest", "newest"):
        typer.echo(f"{name:<10} {getattr(counts, name) if getattr(counts, name) is not None else '-'}")
    if passes:
        typer.echo(f"{'last pass':<10} {passes[0].started} (code {passes[0].code}, lexicon {passes[0].lexicon[:12]})")


@app.command()
def doctor() -> None:
    """Check that everything dateline needs is there and whole; exit status 1 where something is not."""
    from dateline.cli.checks import run_checks

    sound = True
    for check in run_checks(desk_folder()):
        typer.echo(f"{'ok   ' if check.sound else 'WRONG'} {check.name}: {check.said}")
        sound = sound and check.sound
    if not sound:
        raise typer.Exit(1)
