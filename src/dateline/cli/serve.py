"""Show a desk: the site, and the sample desk that a newcomer sees first."""

from __future__ import annotations

import ipaddress
import shutil
import socket
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.opening import desk_folder, open_desk
from dateline.config import Settings
from dateline.errors import UsageError

app = typer.Typer()

Host = Annotated[str, typer.Option(help="The address to bind to.")]
Port = Annotated[int, typer.Option(min=1, max=65_535, help="The port.")]


@app.command()
def serve(host: Host = "127.0.0.1", port: Port = 8200) -> None:
    """Serve the site of the desk."""
    _check_free(host, port)
    with open_desk() as desk:
        _serve(desk.settings, host, port)


@app.command()
def demo(
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Stop after printing what was found.")] = False,
    host: Host = "127.0.0.1",
    port: Port = 8200,
) -> None:
    """Load the sample desk (every word in it is invented), run the pipeline over it, and serve it."""
    if not no_serve:
        _check_free(host, port)
    folder = desk_folder()
    settings = make_sample(folder)
    if not no_serve:
        typer.echo(f"Serving the sample desk at http://{host}:{port} (stop with Ctrl-C).")
        _serve(settings, host, port)


def make_sample(folder: Path) -> Settings:
    """Make or bring up to date the sample desk in `folder`, say what it holds, and give its settings."""
    from dateline import sample
    from dateline.cli.progress import Progress
    from dateline.desk import Desk

    if (folder / "dateline.toml").exists() and not _is_current(folder):
        shutil.rmtree(folder)  # made by another version of the program: all of it can be made again
    fresh = not (folder / "dateline.toml").exists()
    desk = Desk.init(folder, sample=True) if fresh else Desk.open(folder)
    try:
        if fresh:
            desk.add(str(sample.PAGES))
        with Progress() as progress:
            desk.run_pass(now=sample.clock(), progress=progress, everything=fresh)
        counts = desk.reader.counts()
        typer.echo(
            f"The sample desk (every word invented): {counts.articles} articles ({counts.families} texts are carried "
            f"by more than one outlet), {counts.rejected} pages that are no articles; {counts.stories} stories, "
            f"{counts.events} events."
        )
        for story in desk.reader.stories(limit=5):
            title = story.headline.text if story.headline else "(untitled)"
            typer.echo(f"  {len(story.articles):>2} articles, {story.independent_reports} independent: {title}")
        return desk.settings
    finally:
        desk.close()


def _is_current(folder: Path) -> bool:
    """Tell whether a sample desk was made by this program with these data lists, and is a sample desk at all."""
    from dateline import __version__, lexicon
    from dateline.desk import Desk

    desk = Desk.open(folder)
    try:
        if not desk.settings.sample:
            raise UsageError(f"{folder} is a desk of your own, not the sample: name another folder with --desk.")
        last = desk.reader.manifests(limit=1)
        return not last or (last[0].code, last[0].lexicon) == (__version__, lexicon.fingerprint())
    finally:
        desk.close()


def _serve(settings: Settings, host: str, port: int) -> None:
    import uvicorn

    from dateline.site import make_app
    from dateline.store import open_store

    rights = settings.site.rights or ("private" if _is_loopback(host) else "link")
    if rights == "private" and not _is_loopback(host) and not settings.site.password_hash:
        raise UsageError("[site] rights = 'private' shows full texts: serve it on 127.0.0.1, or set rights = 'link'.")
    shown = replace(settings, site=replace(settings.site, rights=rights))
    store = open_store(settings)
    clock = None
    if settings.sample:
        from dateline import sample

        clock = sample.clock()
    uvicorn.run(make_app(store, shown, clock=clock), host=host, port=port, log_level="warning", server_header=False)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_free(host: str, port: int) -> None:
    """Raise UsageError where something already listens there, before any work is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UsageError(
                f"{host}:{port} cannot be served on ({error.strerror}): name another with --port."
            ) from None
