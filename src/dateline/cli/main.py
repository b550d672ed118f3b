"""The `dateline` command: families of commands, each in a file of its own, and one place where errors become words."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from dateline import __version__
from dateline.errors import DatelineError

# The file that holds each command; it is imported when the command is called, so that each starts at once.
_HOMES = {
    "filters": ("read", "group", "digest", "copies", "related", "code", "tag"),
    "desk": ("init", "add", "run", "sources", "source", "withdraw", "story", "retain"),
    "look": ("search", "show", "stats", "doctor"),
    "out": ("export", "backup", "restore", "migrate-to"),
    "batch": ("batch",),
    "serve": ("serve", "demo", "password", "publish"),
}


# What the machine may refuse at any moment, and what to do then.
_REFUSALS = {
    errno.ENOSPC: "make room and run again",
    errno.EDQUOT: "make room and run again",
    errno.EROFS: "name a place that can be written",
    errno.EACCES: "see whose it is and who may use it",
    errno.EPERM: "see whose it is and who may use it",
    errno.EMFILE: "let more files be open (ulimit -n)",
    errno.EIO: "see whether the disk is whole",
}


class _EnoughRead(Exception):
    """Whoever read our output has read enough."""


class _Lazy(TyperGroup):
    """A group that loads a command's file when the command is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        del ctx
        return [name for names in _HOMES.values() for name in names]

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:  # Typer would end with 1, as if something had failed
            raise _EnoughRead from error

    def get_command(self, ctx: Any, name: str) -> Any:
        for home, names in _HOMES.items():
            if name in names:
                module = importlib.import_module(f"dateline.cli.{home}")
                group = typer.main.get_command(module.app)
                return group.get_command(ctx, name) if isinstance(group, TyperGroup) else group
        return None


app = typer.Typer(
    cls=_Lazy,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="A self-hosted news desk: from pages to articles, stories and events, each tied to the words that say so.",
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"dateline {__version__}")
        raise typer.Exit


@app.callback()
def options(
    desk: str | None = typer.Option(
        None, "--desk", metavar="DIR", help="The desk's folder (else DATELINE_DESK, else ./desk)."
    ),
    version: bool = typer.Option(False, "--version", is_eager=True, callback=_version, help="Say the version and end."),
) -> None:
    """Take what all commands share."""
    del version
    if desk is not None:
        os.environ["DATELINE_DESK"] = desk


def main() -> None:
    """Run the command line; an error is one sentence on standard error, and its exit status tells its kind."""
    _fill_gaps()
    try:
        status = app(standalone_mode=False)
        sys.stdout.flush()
    except typer.Abort:
        _leave(130)
    except typer.TyperException as error:
        _say(_sentence(error))
        _leave(2)
    except DatelineError as error:
        _say(str(error))
        _leave(error.exit_status)
    except (_EnoughRead, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _leave(0)
    except KeyboardInterrupt:
        _leave(130)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _REFUSALS:
            where = f" ({error.filename})" if error.filename else ""
            _say(f"{error.strerror}{where}: {_REFUSALS[error.errno]}.")
            _leave(1)
        if isinstance(error, UnicodeEncodeError) and not _is_utf8(" ".join(sys.argv)):
            _say("A word of the command holds a byte that is no UTF-8: write or rename it in UTF-8.")
            _leave(2)
        if os.environ.get("DATELINE_DEBUG"):
            raise
        _say(f"{type(error).__name__}: {error}; this is a fault of dateline's (DATELINE_DEBUG=1 shows where).")
        _leave(1)
    _leave(status if isinstance(status, int) else 0)


def _fill_gaps() -> None:
    """Open what whoever started us has closed, so that no file of ours takes its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _is_utf8(text: str) -> bool:
    """Tell whether Python could read all bytes of what was typed; others it keeps as surrogates."""
    return not any("\udc80" <= letter <= "\udcff" for letter in text)


def _sentence(error: typer.TyperException) -> str:
    """Say what was typed wrong, and where help is."""
    said = error.format_message() if hasattr(error, "format_message") else str(error)
    return f"{said.rstrip('.')}; 'dateline --help' lists what there is."


def _say(sentence: str) -> None:
    sys.stderr.write(f"dateline: {sentence}\n")


def _leave(status: int) -> None:
    sys.exit(status)
