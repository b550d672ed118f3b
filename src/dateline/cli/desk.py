"""Tend a desk: make it, add sources, run passes, decide what a person decides."""

from __future__ import annotations

import contextlib
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.shared.opening import desk_folder, open_desk
from dateline.errors import StoreError, UsageError
from dateline.text.moments import instant

if TYPE_CHECKING:
    from dateline.lexicon.outlets.starter import StarterFeed
    from dateline.model import SourceState

app = typer.Typer()
source_app = typer.Typer(no_args_is_help=True, help="Tend one source: remove, pause, resume, rename.")
story_app = typer.Typer(
    no_args_is_help=True, help="Decide about stories: merge, split, pin; the machine never undoes it."
)
app.add_typer(source_app, name="source")
app.add_typer(story_app, name="story")

SourceId = Annotated[str, typer.Argument(help="The source's address, name or id, as 'dateline sources' shows them.")]


@app.command(epilog="Example: dateline init mydesk --starter africa")
def init(
    folder: Annotated[Path | None, typer.Argument(help="Where; without it, the desk's folder.")] = None,
    starter: Annotated[
        str | None, typer.Option(metavar="REGION", help="Follow public feeds from the start: world, africa, asia, …")
    ] = None,
) -> None:
    """Make a desk."""
    from dateline.desk import Desk

    where = folder or desk_folder()
    feeds = _starter(starter)
    with contextlib.closing(Desk.init(where)) as desk:
        for feed in feeds:
            desk.follow(feed.address, feed.name, (feed.region.replace("_", " "),))
    if feeds:
        typer.echo(f"Following {len(feeds)} feeds: 'dateline sources' lists them.", err=True)
    typer.echo(f"Made a desk in {where}: add sources with 'dateline --desk {where} add ADDRESS-OR-PATH'.", err=True)


def _starter(region: str | None) -> tuple[StarterFeed, ...]:
    from dateline.lexicon.outlets import starter

    found = starter.starter(region) if region else ()
    if region and not found:
        raise UsageError(f"--starter {region}: there is no such list; there are {', '.join(starter.regions())}.")
    return found


@app.command(epilog="Example: dateline --desk mydesk add https://example.org/feed.xml saved-pages")
def add(
    addresses: Annotated[list[str], typer.Argument(metavar="SOURCE…", help="Feeds, sites, files, folders.")],
) -> None:
    """Add sources: a feed or site address, or a path to pages, archives, feeds or folders of them."""
    with open_desk() as desk:
        for address in addresses:
            state = desk.add(address)
            typer.echo(f"Added {state.kind} {state.address}", err=True)
    typer.echo("Read them with 'dateline run'.", err=True)


@app.command(epilog="Example: dateline --desk mydesk run --every 10m")
def run(
    every: Annotated[
        str | None, typer.Option(metavar="10m", help="Go on: a pass every so often (s, m, h), and when a hub pushes.")
    ] = None,
    now: Annotated[bool, typer.Option("--now", help="Poll every source now, also those that are not due.")] = False,
    jobs: Annotated[int | None, typer.Option(min=1, help="Processes to use (default: the cores there are).")] = None,
) -> None:
    """Do one pass over what is due: fetch, read, group, digest, code, index."""
    from dateline.desk.phases.pushes import wait

    pause = _seconds(every) if every else None
    pushed = False
    while True:
        try:
            one_pass(everything=now and not pushed, jobs=jobs)
        except StoreError as error:  # a full disk or a database that is restarted: the next pass goes on from there
            if pause is None:
                raise
            typer.echo(f"dateline: {error}", err=True)
        if pause is None:
            return
        pushed = wait(desk_folder(), pause)


def one_pass(*, everything: bool, jobs: int | None) -> None:
    """Do one pass over the desk with a progress bar, and say what it found."""
    from dateline.cli.shared.progress import Progress

    with open_desk() as desk, Progress() as progress:
        made = desk.run_pass(progress=progress, jobs=jobs, everything=everything)
        failing = [s for s in desk.reader.sources() if s.error]
    typer.echo(
        f"{made.pages} pages: {made.articles} articles, {made.rejected} rejected; "
        f"{made.stories} stories and {made.events} events made or changed."
    )
    for note in made.notes:
        typer.echo(note, err=True)
    for state in failing:
        typer.echo(f"{state.name or state.address}: {state.error}", err=True)


def _seconds(text: str) -> int:
    match = re.fullmatch(r"(\d+)\s*([smhd]?)", text.strip())
    if not match or int(match[1]) == 0:
        raise UsageError(f"--every {text}: write a time such as 30s, 10m or 2h.")
    return int(match[1]) * {"": 60, "s": 1, "m": 60, "h": 3600, "d": 86_400}[match[2]]


@app.command(epilog="Example: dateline --desk mydesk retain --preview")
def retain(
    preview: Annotated[bool, typer.Option("--preview", help="Only say what would be let go of.")] = False,
) -> None:
    """Let go of what is older than dateline.toml says under "keep"; passes do this too."""
    with open_desk() as desk:
        found = desk.retain(preview=preview)
    if not found:
        typer.echo("dateline.toml has no [keep]: everything is kept for ever (docs/reference/keeping.md).")
    for one in found:
        cited = f"; {one.cited} more are kept because an event or a digest cites them" if one.cited else ""
        verb = "would be let go of" if preview else "let go of"
        typer.echo(f"{one.what}: {one.rows} {verb} ({one.bytes / 1e6:.1f} MB){cited}")


@app.command(epilog="Example: dateline --desk mydesk sources")
def sources() -> None:
    """List the sources: last success, interval and next poll, errors in words, articles a day, share copied."""
    from dateline.desk.clock import read_clock

    with open_desk() as desk:
        found = desk.reader.sources()
    if not found:
        typer.echo("No sources yet: add one with 'dateline add ADDRESS-OR-PATH'.")
    now = instant(read_clock())
    for s in found:
        typer.echo(f"{s.id}  {s.kind}  {s.name or s.address}\n    {s.address}")
        typer.echo(f"    last success {s.last_success or 'never'}; {_polled(s)}")
        if s.error:
            typer.echo(f"    error, {s.errors_in_a_row} in a row: {s.error}")
        typer.echo(f"    {_brought(s, now)}")


def _polled(source: SourceState) -> str:
    if source.paused:
        return "paused"
    if source.kind == "path":
        return "looked at in every pass"
    often = f"every {source.interval / 60:.0f} min" if source.interval else "at an interval not found yet"
    return f"polled {often}, next {source.next_poll or 'in the coming pass'}"


def _brought(source: SourceState, now: datetime | None) -> str:
    """Say what a source has brought, how many a day since it was added (a day at least), and how much of it copied."""
    if not source.articles:
        return "no articles yet"
    added = instant(source.added)
    days = max(1.0, (now - added) / timedelta(days=1)) if now and added else 1.0
    copied = f"{100 * source.copied / source.articles:.0f} % copied"
    return f"{source.articles} articles, {source.articles / days:.1f} a day, {copied}"


@source_app.command("remove", epilog="Example: dateline source remove https://example.org/feed.xml")
def remove(source: SourceId) -> None:
    """Forget a source; what it brought stays."""
    with open_desk() as desk:
        desk.remove_source(source)


@source_app.command("pause", epilog="Example: dateline source pause https://example.org/feed.xml")
def pause(source: SourceId) -> None:
    """Stop polling a source."""
    with open_desk() as desk:
        desk.pause_source(source, True)


@source_app.command("resume", epilog="Example: dateline source resume https://example.org/feed.xml")
def resume(source: SourceId) -> None:
    """Poll a paused source again."""
    with open_desk() as desk:
        desk.pause_source(source, False)


@source_app.command("rename", epilog="Example: dateline source rename https://example.org/feed.xml 'The Example'")
def rename(source: SourceId, name: Annotated[str, typer.Argument(help="Its new name.")]) -> None:
    """Give a source another name."""
    with open_desk() as desk:
        desk.rename_source(source, name)


@app.command(epilog="Example: dateline withdraw a2wbp6q66yunoi --why 'The publisher took it back.'")
def withdraw(
    article: Annotated[str, typer.Argument(help="The article's id.")],
    why: Annotated[str, typer.Option(help="The reason, shown with the tombstone.")],
) -> None:
    """Take an article off the site; a tombstone with the reason stays, and what was built on it is built anew."""
    with open_desk() as desk:
        desk.withdraw(article, why)


@story_app.command("merge", epilog="Example: dateline story merge s2uz52i4dcyunk s4kq7w3n5tbx2e")
def merge(
    story: Annotated[str, typer.Argument(help="The story that stays.")],
    others: Annotated[list[str], typer.Argument(help="Stories that become part of it.")],
) -> None:
    """Make stories one; the ids of the others lead to the one that stays."""
    with open_desk() as desk:
        for other in others:
            desk.merge_stories(story, other)


@story_app.command("split", epilog="Example: dateline story split s2uz52i4dcyunk a2wbp6q66yunoi")
def split(
    story: Annotated[str, typer.Argument(help="The story.")],
    articles: Annotated[list[str], typer.Argument(help="Articles that become a story of their own.")],
) -> None:
    """Take articles out of a story into a new one."""
    with open_desk() as desk:
        typer.echo(desk.split_story(story, articles))


@story_app.command("pin", epilog="Example: dateline story pin a2wbp6q66yunoi s2uz52i4dcyunk")
def pin(
    article: Annotated[str, typer.Argument(help="The article.")],
    story: Annotated[str, typer.Argument(help="The story it belongs to.")],
) -> None:
    """Put an article into a story for good."""
    with open_desk() as desk:
        desk.pin(article, story)
