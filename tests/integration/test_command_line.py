"""The command line where it meets the system: pipes, closed and full streams, terminals, odd JSON, odd files."""

from __future__ import annotations

import json
import os
import pty
import shlex
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

DATELINE = f"{shlex.quote(sys.executable)} -m dateline"
RECORD = '{"id": "1", "text": "A flood in Ostrel killed 12 people.", "published": "2026-03-04"}\n'


def shell(line: str, given: str | bytes = "") -> tuple[int, str, str]:
    """Run a line of the shell; give its status and what it wrote."""
    data = given.encode() if isinstance(given, str) else given
    done = subprocess.run(["sh", "-c", line], input=data, capture_output=True, timeout=120, check=False)
    assert b"Traceback" not in done.stderr and b"a fault of dateline" not in done.stderr, done.stderr
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def counted(given: str | bytes) -> list[Any]:
    status, out, error = shell(f"{DATELINE} tag counts --jobs 1", given)
    assert (status, error) == (0, "")
    return [json.loads(line) for line in out.splitlines()]


def test_who_has_read_enough_ends_a_filter_well() -> None:
    # The status of a pipe is that of its last command, so the filter's own is written aside.
    line = f"{{ {DATELINE} tag counts --jobs 1; echo $? >&3; }} 3>&2 | head -1"
    status, out, said = shell(line, RECORD * 3000)
    assert status == 0 and out.count("\n") == 1
    assert said.strip() == "0"


def test_a_full_disk_is_said_in_a_sentence() -> None:
    if not stat.S_ISCHR(Path("/dev/full").stat().st_mode):
        pytest.skip("needs the device /dev/full")
    status, _out, said = shell(f"{DATELINE} tag counts --jobs 1 >/dev/full", RECORD)
    assert status == 1 and said.count("\n") == 1
    assert "No space left" in said and "make room" in said


@pytest.mark.parametrize(("closed", "out"), [(">&-", ""), ("2>&-", '{"id":"1"'), ("<&-", "")])
def test_a_closed_stream_is_an_empty_one(closed: str, out: str) -> None:
    status, written, said = shell(f"{DATELINE} tag counts --jobs 1 {closed}", RECORD)
    assert (status, said) == (0, "") and written.startswith(out)


def test_a_terminal_is_told_that_it_is_waited_for() -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "dateline", "tag", "counts", "--jobs", "1"],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        os.write(ours, RECORD.encode() + b"\x04")
        out, said = running.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert b"Ctrl-D" in said and json.loads(out)["spans"][0]["low"] == 12


def test_a_byte_order_mark_and_foreign_line_ends_are_passed_over() -> None:
    given = "\ufeff" + RECORD.replace("\n", "\r\n") * 2
    assert [len(record["spans"]) for record in counted(given)] == [1, 1]


def test_half_a_character_is_one_character_and_no_end_of_the_stream() -> None:
    text = r"\ud83d \ud83d\ude00 \\ud83d A flood killed 12 people."
    half, whole = counted('{"id": "1", "text": "' + text + '"}\n' + RECORD)
    (span,) = half["spans"]
    kept = "\ufffd \U0001f600 \\ud83d A flood killed 12 people."
    assert kept[span["start"] : span["end"]] == span["text"] and span["low"] == 12
    assert whole["spans"]


@pytest.mark.parametrize(
    "line", ["[" * 100_000, '{"id": 1, "text": ' + "[" * 5000 + "]" * 5000 + "}", '{"a": "\ud800"}']
)
def test_what_cannot_be_parsed_names_its_line(line: str) -> None:
    status, out, said = shell(
        f"{DATELINE} tag counts --jobs 1", RECORD.encode() + line.encode("utf-8", "surrogatepass")
    )
    assert status == 2 and out.count("\n") == 1 and said.count("\n") == 1
    assert "line 2" in said and "JSON" in said


def test_what_is_no_time_is_not_given_out_as_one() -> None:
    text = "The harbour of Ostrel was closed on Monday after the storm."
    given = [
        None,
        "yesterday",
        "2026-13-45",
        "",
        "2026-03-04T10:00:00+05:30",
        "Wed, 04 Mar 2026 10:00:00 GMT",
        "1987-05-01",
    ]
    pages = [{"id": str(n), "text": text, "published": moment, "fetched": "soon"} for n, moment in enumerate(given)]
    status, out, _ = shell(f"{DATELINE} read --jobs 1", "".join(json.dumps(page) + "\n" for page in pages))
    read = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [r["published"] for r in read] == [
        None, None, None, None, "2026-03-04T10:00:00+05:30", "2026-03-04T10:00:00Z", "1987-05-01",
    ]  # fmt: skip
    assert {(r["published_from"], r["published_confidence"]) for r in read[:4]} == {(None, None)}
    assert {r["fetched"] for r in read} == {None}


def test_the_error_of_one_filter_is_handed_on_by_the_next() -> None:
    gallery = json.dumps({"id": "2", "error": {"code": "not_article", "message": "A gallery.", "kind": "gallery"}})
    for words in ("tag counts", "code", "group", "copies", "digest", "related"):
        status, out, _ = shell(f"{DATELINE} {words} --jobs 1", gallery + "\n" + RECORD)
        assert status == 0
        assert json.loads(out.splitlines()[0]) == json.loads(gallery)
    for odd in ('{"id": "1", "error": {}}', '{"id": "1", "error": "x"}'):
        assert "no text" in counted(odd)[0]["error"]["message"]


def test_a_folder_of_misspelt_lists_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "actors.toml").touch()
    status, _, said = shell(f"{DATELINE} tag actors --lexicon {tmp_path}", RECORD)
    assert status == 2 and "actors.tsv" in said and said.count("\n") == 1


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a desk that follows a path and a feed; nothing was read yet."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "pages").mkdir()
    line = (
        f"{DATELINE} init {folder}/d && {DATELINE} --desk {folder}/d add {folder}/pages https://quay.example/feed.xml"
    )
    assert shell(line)[0] == 0
    return folder / "d"


def test_an_export_goes_to_a_pipe_or_device_and_through_links(desk: Path, tmp_path: Path) -> None:
    export = f"{DATELINE} --desk {desk} export sources"
    _status, plain, _ = shell(export)
    assert plain.count("\n") == 2
    assert shell(f"{export} -o -")[1] == plain
    os.mkfifo(tmp_path / "pipe")
    assert shell(f"cat {tmp_path}/pipe & {export} -o {tmp_path}/pipe; wait")[1] == plain
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    assert shell(f"{export} -o {tmp_path}/link")[0] == 0
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").read_text() == plain
    assert {path.name for path in tmp_path.iterdir()} == {"pipe", "real", "link"}


@pytest.mark.parametrize("address", ["", "  ", "https://", "http://[::1", "https:///feed.xml"])
def test_what_names_no_host_and_no_path_is_no_source(desk: Path, address: str) -> None:
    status, _, said = shell(f"{DATELINE} --desk {desk} add '{address}'")
    assert (status == 2 and said.count("\n") == 1 and "https://example.org" in said) or "https://." in said
    assert shell(f"{DATELINE} --desk {desk} export sources")[1].count("\n") == 2


def test_sources_say_how_each_fares(desk: Path) -> None:
    from dataclasses import replace

    from dateline.desk import Desk

    opened = Desk.open(desk)
    path, feed = opened.reader.sources()
    path, feed = (path, feed) if path.kind == "path" else (feed, path)
    opened.store.put_source(replace(path, added="2026-03-01T00:00:00Z", articles=50, copied=10))
    opened.store.put_source(
        replace(feed, last_success="2026-03-04T08:00:00Z", next_poll="2026-03-11T01:00:00Z", interval=1800, error="gone", errors_in_a_row=3)
    )  # fmt: skip
    opened.close()
    status, out, _ = shell(f"DATELINE_NOW=2026-03-11T00:00:00Z {DATELINE} --desk {desk} sources")
    assert status == 0
    for words in (
        "50 articles, 5.0 a day, 20 % copied", "last success 2026-03-04T08:00:00Z; polled every 30 min, next 2026-03-11T01:00:00Z",
        "error, 3 in a row: gone", "last success never; looked at in every pass", "no articles yet",
    ):  # fmt: skip
        assert words in out
    assert json.loads(shell(f"{DATELINE} --desk {desk} show {feed.id}")[1])["address"] == feed.address


def test_names_that_are_no_utf8_stop_nothing(tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path) + b"/caf\xe9"
    Path(os.fsdecode(odd)).mkdir()
    page = "<article><h1>Quay shut</h1><p>The quay of Ostrel was shut on Monday, the harbour master said.</p></article>"
    for name in (b"/one\xff.html", b"/two\xff.warc", b"/three.txt"):
        with open(odd + name, "w") as file:  # noqa: PTH123 - a path cannot be made of bytes
            file.write(page)
    done = subprocess.run(
        [sys.executable, "-m", "dateline", "read", "--jobs", "1", odd], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["one\ufffd", "three", "two\ufffd#1"]


@pytest.mark.parametrize("words", [["show", b"a\xff"], ["add", b"\xff.html"], ["source", "rename", "pages", b"\xff"]])
def test_a_word_that_is_no_utf8_is_told_of(desk: Path, words: list[str | bytes]) -> None:
    line: list[str | bytes] = [sys.executable, "-m", "dateline", "--desk", str(desk), *words]
    done = subprocess.run(line, capture_output=True, check=False)
    assert done.returncode == 2 and done.stderr.count(b"\n") == 1 and b"Traceback" not in done.stderr


def test_a_long_query_is_shown_around_its_fault(desk: Path) -> None:
    query = '"' + "dam " * 100 + '" zzz:x'
    status, _, said = shell(f"{DATELINE} --desk {desk} search '{query}'")
    shown, mark = said.splitlines()[1:]
    assert status == 2 and len(said) < 400
    assert shown[mark.index("^") :] == "zzz:x" and mark.strip() == "^"
