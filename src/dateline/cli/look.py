"""Look things up in the terminal."""

from __future__ import annotations

import sys
import unicodedata
from typing import Annotated

import typer

from dateline.cli.shared.opening import desk_folder, open_desk
from dateline.errors import QueryError, UsageError
from dateline.model import Hit

app = typer.Typer()


@app.command(epilog="Example: dateline search 'flood AND place:Niger after:2026-03-01'")
def search(
    query: Annotated[
        list[str],
        typer.Argument(help='Words, "phrases", AND OR NOT, source: place: actor: type: lang: has: after: before:'),
    ],
    limit: Annotated[int, typer.Option(min=1, help="At most this many.")] = 20,
    newest: Annotated[bool, typer.Option("--newest", help="The newest first, not the best.")] = False,
) -> None:
    """Search the articles."""
    from dateline.site.visit import site_clock

    asked = " ".join(query)
    with open_desk() as desk:
        today = site_clock(desk.reader, desk.settings, None).date()
        try:
            hits = desk.reader.search(asked, limit=limit, order="newest" if newest else "rank", today=today)
        except QueryError as error:
            raise UsageError(f"{error}\n  {_around(asked, error.position)}") from None
        found = desk.reader.articles(hit.article for hit in hits)
    if not hits:
        typer.echo("Nothing was found.")
    for hit in hits:
        article = found.get(hit.article)
        outlet = article.publisher.name if article and article.publisher else None
        day = (article.published or "undated")[:10] if article else ""
        typer.echo(f"{hit.article}  {day}  {outlet or 'unknown publisher'}: {hit.title or '(untitled)'}")
        typer.echo(f"    {_marked(hit)}")


def _marked(hit: Hit) -> str:
    """Write a passage in one line, the words that were looked for in bold where the terminal shows that."""
    made, last = [], 0
    for start, end in hit.marks:
        made += [hit.passage[last:start], typer.style(hit.passage[start:end], bold=True)]
        last = end
    return _plain("".join([*made, hit.passage[last:]]))


def _around(query: str, position: int) -> str:
    """Write the part of a query around a character, with a mark under that."""
    start = max(0, position - 60)
    shown = _plain(query[start : position + 20])
    return f"{shown}\n  {_under(query[start:position])}^"


def _plain(text: str) -> str:
    return text.replace("\n\n", " ").replace("\n", " ")


def _under(text: str) -> str:
    """Give as many spaces as a terminal needs for a text: two for a wide character, none for a mark."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return " " * (len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text))


@app.command(epilog="Example: dateline show s2uz52i4dcyunk")
def show(
    id: Annotated[str, typer.Argument(help="The id of an article, story, event, mention, source or pass.")],
) -> None:
    """Show one record as JSON; the id of a story that was merged leads on."""
    from dateline import codec

    with open_desk() as desk:
        reader = desk.reader
        record = (
            reader.article(id) or reader.story(id) or reader.event(id) or reader.mentions([id]).get(id)
            or reader.source(id) or desk.store.manifest(id) or ((moved := reader.moved(id)) and reader.story(moved))
        )  # fmt: skip
    if not record:
        raise UsageError(f"Nothing has the id {id!r}: 'dateline search' shows ids.")
    import msgspec

    sys.stdout.buffer.write(msgspec.json.format(codec.encode(record), indent=2) + b"\n")


@app.command(epilog="Example: dateline --desk mydesk stats")
def stats() -> None:
    """Count what the desk holds."""
    with open_desk() as desk:
        counts = desk.reader.counts()
        passes = desk.reader.manifests(limit=1)
    for name in ("sources", "articles", "rejected", "families", "stories", "events", "mentions", "oldest", "newest"):
        typer.echo(f"{name:<10} {getattr(counts, name) if getattr(counts, name) is not None else '-'}")
    if passes:
        typer.echo(f"{'last pass':<10} {passes[0].started} (code {passes[0].code}, lexicon {passes[0].lexicon[:12]})")


@app.command(epilog="Example: dateline --desk mydesk doctor")
def doctor() -> None:
    """Check that everything dateline needs is there and whole; exit status 1 where something is not."""
    from dateline.cli.shared.checks import run_checks

    sound = True
    for check in run_checks(desk_folder()):
        typer.echo(f"{'ok   ' if check.sound else 'WRONG'} {check.name}: {check.said}")
        sound = sound and check.sound
    if not sound:
        raise typer.Exit(1)
