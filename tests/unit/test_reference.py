"""The reference says what there is: a setting, command, option, field or address without a word about it fails here."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperGroup

from dateline.cli.main import _HOMES, app
from dateline.config import _KEYS, Settings
from dateline.model import Article, Event, Figure, Mention, Story
from dateline.site import make_app
from dateline.store.memory import MemoryStore

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
SOURCE = Path(__file__).parents[2] / "src" / "dateline"
SHARED = {"desk", "help"}  # options that the page tells of in general


def page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def test_every_setting_is_told() -> None:
    text = page("settings.md")
    for section, keys in _KEYS.items():
        for key in keys:
            if key not in _KEYS:
                assert f"`[{section}] {key}`" in text if section else f"`{key}`" in text, f"[{section}] {key}"


def test_every_variable_of_the_environment_is_told() -> None:
    read = {name for path in SOURCE.rglob("*.py") for name in re.findall(r"DATELINE_[A-Z]+", path.read_text("utf-8"))}
    assert read and all(f"`{name}`" in page("settings.md") for name in read)


def commands() -> list[tuple[str, Any]]:
    group = typer.main.get_command(app)
    found: list[tuple[str, Any]] = []
    for name in (name for names in _HOMES.values() for name in names):
        command = group.get_command(None, name)  # type: ignore[attr-defined]
        if isinstance(command, TyperGroup):
            found += [(f"{name} {sub}", each) for sub, each in command.commands.items()]
        else:
            found.append((name, command))
    return found


@pytest.mark.parametrize(("name", "command"), commands(), ids=[name for name, _command in commands()])
def test_every_command_and_option_is_told(name: str, command: Any) -> None:
    text = page("commands.md")
    assert re.search(rf"`{name}[` ]", text), name
    for option in command.params:
        if option.name not in SHARED and option.opts[0].startswith("-"):
            assert any(f"{spelled}" in text for spelled in option.opts), f"{name} {option.opts}"


@pytest.mark.parametrize("record", [Article, Story, Figure, Mention, Event])
def test_every_field_is_told(record: type[Any]) -> None:
    text = page("records.md")
    for field in fields(record):
        assert re.search(rf"`{field.name}[`,\[ ]|\b{field.name}\b[^|]*`", text), f"{record.__name__}.{field.name}"


def test_every_address_is_told() -> None:
    text = page("pages.md")
    site = make_app(MemoryStore(), Settings(Path(), ""))
    for route in site.routes:
        path = re.sub(r"\.?\{form.*?\}$", "", getattr(route, "path", ""))
        head = "/" + path.strip("/").split("/")[0].split("{")[0].removesuffix("index")
        assert re.search(rf"`{re.escape(head)}[/`A-Z.]?", text), path
