"""What `--help` prints is what was written: rich takes words in square brackets for its own marks and drops them."""

from __future__ import annotations

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
    written = [command.help, *(getattr(each, "help", None) for each in command.params)]
    for text in filter(None, written):
        missing = [word for word in text.split() if word not in said]
        assert not missing, f"{name} --help leaves out {missing}"


def test_no_command_offers_to_install_completion() -> None:
    for name in COMMANDS:
        assert "--install-completion" not in CliRunner().invoke(app, [name, "--help"]).output


def test_the_version_is_said_at_once() -> None:
    said = CliRunner().invoke(app, ["--version"])
    assert (said.exit_code, said.output) == (0, f"dateline {__version__}\n")
