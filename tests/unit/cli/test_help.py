"""What `--help` prints is what was written: rich takes words in square brackets for its own marks and drops them."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from dateline import __version__
from dateline.cli.main import _HOMES, app

COMMANDS = [name for names in _HOMES.values() for name in names]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_every_word_that_was_written(name: str) -> None:
    command = typer.main.get_command(app).get_command(None, name)  # type: ignore[attr-defined]
    said = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "200", "TERM": "dumb"}).output
    written = [command.help, command.epilog, *(getattr(each, "help", None) for each in command.params)]
    for text in filter(None, written):
        missing = [word for word in text.split() if word not in said]
        assert not missing, f"{name} --help leaves out {missing}"


def _leaves(name: str) -> Iterator[tuple[str, Any]]:
    command = typer.main.get_command(app).get_command(None, name)  # type: ignore[attr-defined]
    below = getattr(command, "commands", None)
    yield from ((f"{name} {key}", each) for key, each in below.items()) if below else [(name, command)]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_ends_with_an_example_that_can_be_typed(name: str) -> None:
    for words, command in _leaves(name):
        start, _, line = (command.epilog or "").partition(": ")
        assert start == "Example" and f"dateline {words}" in line.replace("--desk mydesk ", "").replace(
            "--desk another ", ""
        )
        for part in line.split(" > ")[0].split(" | "):
            first, *typed = shlex.split(part)
            assert first == "dateline"
            at, rest = typer.main.get_command(app), typed
            while rest and hasattr(at, "get_command"):  # parsed as typed, without doing anything
                context = at.make_context("dateline", list(rest))
                rest = [*context._protected_args, *context.args]
                at, rest = at.get_command(context, rest[0]), rest[1:]
            at.make_context("dateline", list(rest))


def test_no_command_offers_to_install_completion() -> None:
    for name in COMMANDS:
        assert "--install-completion" not in CliRunner().invoke(app, [name, "--help"]).output


def test_the_version_is_said_at_once() -> None:
    said = CliRunner().invoke(app, ["--version"])
    assert (said.exit_code, said.output) == (0, f"dateline {__version__}\n")
