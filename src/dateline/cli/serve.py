"""Show a desk: the site, and the sample desk that a newcomer sees first."""

from __future__ import annotations

import contextlib
import ipaddress
import re
import shutil
import socket
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.shared.opening import desk_folder, open_desk
from dateline.config import FILE, RIGHTS, Settings
from dateline.errors import StoreError, UsageError

app = typer.Typer()

Host = Annotated[str, typer.Option(help="The address to bind to.")]
Port = Annotated[int, typer.Option(min=1, max=65_535, help="The port.")]


@app.command(epilog="Example: dateline --desk mydesk serve --port 8201")
def serve(host: Host = "127.0.0.1", port: Port = 8200) -> None:
    """Serve the site of the desk."""
    _check_free(host, port)
    with open_desk() as desk:
        _serve(desk.settings, host, port)


@app.command(epilog="Example: dateline demo --no-serve")
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
    from dateline.cli.shared.progress import Progress
    from dateline.desk import Desk

    if (folder / "dateline.toml").exists() and not _is_current(folder):
        shutil.rmtree(folder)  # made by another version of the program: all of it can be made again
    fresh = not (folder / "dateline.toml").exists()
    desk = Desk.init(folder, sample=True) if fresh else Desk.open(folder)
    try:
        if fresh:
            shutil.copytree(sample.LEXICON, folder / "lexicon", dirs_exist_ok=True)
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
    from dateline import __version__
    from dateline.desk import Desk
    from dateline.lexicon import own

    desk = Desk.open(folder)
    try:
        if not desk.settings.sample:
            raise UsageError(f"{folder} is a desk of your own, not the sample: name another folder with --desk.")
        last = desk.reader.manifests(limit=1)
        return not last or (last[0].code, last[0].lexicon) == (__version__, own.fingerprint(folder / "lexicon"))
    finally:
        desk.close()


@app.command(epilog="Example: dateline publish public --address https://desk.example.org")
def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder; made where it is missing.")],
    rights: Annotated[str, typer.Option(help="link (titles and short excerpts), strict (titles), private.")] = "link",
    address: Annotated[
        str | None, typer.Option(help="Where it will be served, which feeds need; else the address of dateline.toml.")
    ] = None,
) -> None:
    """Write a copy of the site that any web host can serve; done again, only what has changed is made and written."""
    from dateline.cli.shared.progress import Progress
    from dateline.site.publish import publish as copied
    from dateline.store import open_store

    if rights not in RIGHTS:
        raise UsageError(f"--rights {rights!r} is none of {', '.join(RIGHTS)}.")
    with open_desk() as desk:
        settings = desk.settings
    if address is not None:
        settings = replace(settings, site=replace(settings.site, address=address))
    store = open_store(settings)
    try:
        with Progress() as progress:
            done = copied(store, settings, folder, profile=rights, progress=progress)  # type: ignore[arg-type]
    finally:
        store.close()
    typer.echo(
        f"{done.pages} pages, {done.made} of them made anew, in {done.files} files; "
        f"{done.written} written, {done.removed} taken away."
        + ("" if settings.site.address else " No feeds: name the public address with --address for those.")
    )
    if done.missing:
        raise StoreError(f"{len(done.missing)} links lead nowhere, the first to {done.missing[0]}.")


@app.command(epilog="Example: dateline --desk mydesk password --write")
def password(
    write: Annotated[bool, typer.Option("--write", help="Put it into the desk's dateline.toml.")] = False,
) -> None:
    """Ask for the owner's password and print its line for dateline.toml; without a terminal it is read from a pipe."""
    from dateline.site.owner.passwords import LONGEST, SHORTEST, hashed

    if sys.stdin.isatty():
        given = typer.prompt("The owner's password", hide_input=True, confirmation_prompt=True)
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    if not SHORTEST <= len(given) <= LONGEST:
        raise UsageError(f"A password has {SHORTEST} to {LONGEST} characters; this one has {len(given)}.")
    line = f'password_hash = "{hashed(given)}"'
    if not write:
        typer.echo(f"[site]\n{line}")
        return
    write_hash(desk_folder() / FILE, line)
    with open_desk() as desk:  # whoever was logged in by the old one is logged out
        from dateline.store import open_store
        from dateline.store.owner import owner_of

        store = open_store(desk.settings)
        try:
            owner_of(store).close_sessions()
        finally:
            store.close()
    typer.echo(f"The password is set in {desk_folder() / FILE}; restart 'dateline serve' to use it.")


def write_hash(path: Path, line: str) -> None:
    """Put the line of the hash into a desk's settings, over the one that is there."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}): make a desk with 'dateline init'.") from None
    path = path.resolve()  # a link to a file elsewhere stays one
    kept = [text for text in lines if not re.match(r"\s*password_hash\s*=", text)]
    try:
        at = next(i for i, text in enumerate(kept) if re.match(r"\s*\[\s*site\s*\]\s*(#.*)?$", text)) + 1
    except StopIteration:
        kept += ["", "[site]"]
        at = len(kept)
    made = "\n".join([*kept[:at], line, *kept[at:]]) + "\n"
    try:
        tomllib.loads(made)
    except tomllib.TOMLDecodeError:
        raise UsageError(f"{path} says [site] in a way of its own: put this line there yourself: {line}") from None
    aside = path.with_name(path.name + ".part")
    aside.write_text(made, encoding="utf-8")
    aside.chmod(0o600)
    aside.replace(path)


def _serve(settings: Settings, host: str, port: int) -> None:
    import uvicorn

    from dateline.site import make_app
    from dateline.site.serving.patience import SWITCH, PatientProtocol
    from dateline.store import open_store
    from dateline.workers import collecting_seldom

    if settings.site.rights == "private" and not _is_loopback(host) and not settings.site.password_hash:
        raise UsageError(
            "[site] rights = 'private' shows full texts: serve it on 127.0.0.1, set a password with "
            "'dateline password --write', or set rights = 'link'."
        )
    store = open_store(settings)
    clock = None
    if settings.sample:
        from dateline import sample

        clock = sample.clock()
    _many_connections()
    sys.setswitchinterval(SWITCH)
    app = make_app(store, settings, clock=clock)
    with collecting_seldom():  # looking through all that is kept for pages would hold up every visitor
        uvicorn.run(
            app, host=host, port=port, log_level="warning", server_header=False,
            http=PatientProtocol, timeout_graceful_shutdown=10,
        )  # fmt: skip


def _many_connections() -> None:
    """Let the process hold as many connections as the system allows: each is a file to it."""
    try:
        import resource
    except ImportError:  # not on every system
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


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
