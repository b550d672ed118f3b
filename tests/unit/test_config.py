"""`dateline.toml`: what it may say, and in how many words it is told that it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline import config
from dateline.cli.serve import write_hash
from dateline.errors import ConfigError, UsageError

HASH = 'password_hash = "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA"'


def _load(folder: Path, text: str) -> config.Settings:
    (folder / config.FILE).write_text(text, encoding="utf-8")
    return config.load(folder)


def test_an_editor_may_put_a_byte_order_mark_before_it(tmp_path: Path) -> None:
    assert _load(tmp_path, '\ufeff[fetch]\ncontact = "desk@quay.example"\n').fetch.contact == "desk@quay.example"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[fetch]\nallow_networks = [5]", "allow_networks: 5 is no network"),
        ("[fetch]\nallow_networks = [true]", "is no network"),
        ("[fetch]\ntimeout = inf", "timeout must be a number"),
        ("[fetch]\ntimeout = nan", "timeout must be a number"),
        ("[fetch]\nmax_bytes = inf", "max_bytes must be a number"),
        ('sample = "no"', "sample must be true or false"),
        ('[site]\naddress = "quay.example"', "https://"),
        ('[site]\npassword_hash = "secret word"', "password --write"),
        ("[keep]\npages = 90", "'90 days'"),
        ('[keep]\npages = "9999999 years"', "'90 days'"),
        ('[keep]\npages = "-1 days"', "'90 days'"),
        ('[keep]\npages = ""', "'90 days'"),
    ],
)
def test_a_value_that_cannot_be_is_said_with_its_key(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ConfigError) as told:
        _load(tmp_path, text)
    assert says in str(told.value) and str(tmp_path / config.FILE) in str(told.value)


def test_spans_are_the_longest_there_are(tmp_path: Path) -> None:
    kept = _load(tmp_path, '[keep]\npages = "6 months"\ntexts = "2 years"\nrejected = "forever"\n').keep
    assert (kept.pages, kept.texts, kept.rejected, kept.history) == (186, 732, None, None)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "\n[site]\n" + HASH + "\n"),
        ('[ site ] # ours\nrights = "link"\n', "[ site ] # ours\n" + HASH + '\nrights = "link"\n'),
        ('[site]\npassword_hash = "$argon2old"\n[keep]\n', "[site]\n" + HASH + "\n[keep]\n"),
    ],
)
def test_a_password_is_put_where_it_belongs(tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / "elsewhere.toml").write_text(before)
    (tmp_path / config.FILE).symlink_to("elsewhere.toml")
    write_hash(tmp_path / config.FILE, HASH)
    assert (tmp_path / config.FILE).is_symlink() and (tmp_path / "elsewhere.toml").read_text() == after
    assert config.load(tmp_path).site.password_hash == HASH.split('"')[1]


def test_a_file_that_says_it_otherwise_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / config.FILE).write_text('site.rights = "link"\n')
    with pytest.raises(UsageError, match="yourself"):
        write_hash(tmp_path / config.FILE, HASH)
    assert [path.name for path in tmp_path.iterdir()] == [config.FILE]
    assert config.load(tmp_path).site.rights == "link"
