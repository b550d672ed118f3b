"""The commands that prepare a desk for others: the owner's password and the copy."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dateline.cli.serve import app
from dateline.desk import Desk
from dateline.errors import UsageError
from dateline.site.owner.passwords import fits

PASSWORD = "a long enough pass phrase"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    Desk.init(tmp_path / "desk").close()
    monkeypatch.setenv("DATELINE_DESK", str(tmp_path / "desk"))
    return tmp_path / "desk"


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, list(words), input=typed)


def test_a_password_is_printed_as_its_line_of_the_settings(folder: Path) -> None:
    done = run("password", typed=PASSWORD + "\n")
    assert done.exit_code == 0
    assert fits(PASSWORD, tomllib.loads(done.stdout)["site"]["password_hash"])
    assert "password_hash" not in (folder / "dateline.toml").read_text()


@pytest.mark.parametrize(
    "before",
    [
        "",
        '[site]\nrights = "link"\n',
        'sample = false\n[site] # shown\npassword_hash = "old"\n[fetch]\ncontact = "me@example.org"\n',
    ],
)
def test_a_password_is_written_over_the_one_before_and_nothing_else(folder: Path, before: str) -> None:
    (folder / "dateline.toml").write_text(before)
    done = run("password", "--write", typed=PASSWORD + "\n")
    assert done.exit_code == 0, done.output
    after = tomllib.loads((folder / "dateline.toml").read_text())
    kept = tomllib.loads(before)
    assert fits(PASSWORD, after["site"].pop("password_hash"))
    kept.get("site", {}).pop("password_hash", None)
    assert after == {"site": {}, **kept}
    assert (folder / "dateline.toml").stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("folder")
def test_a_short_password_is_refused() -> None:
    done = run("password", typed="short\n")
    assert isinstance(done.exception, UsageError) and "8 to" in str(done.exception)


def test_an_empty_desk_is_copied(folder: Path, tmp_path: Path) -> None:
    done = run("publish", str(tmp_path / "out"))
    assert done.exit_code == 0, done.output
    assert "written" in done.stdout and "--address" in done.stdout
    assert (tmp_path / "out" / "index.html").is_file()
    assert "0 written" in run("publish", str(tmp_path / "out")).stdout
    refused = run("publish", str(folder))
    assert isinstance(refused.exception, UsageError)
