"""The filters as a developer uses them: JSON Lines in, JSON Lines out, through the real command."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TEXT = (
    "Gunmen killed at least 12 people in Gao on Tuesday, the regional governor said. "
    "“The attackers fled north,” police chief Awa Berthe told reporters."
)
PAGE = """<html lang="en"><head><title>Ferry runs aground off Cebu | The Quay</title></head><body><article>
<h1>Ferry runs aground off Cebu</h1><p>A ferry with 84 people on board ran aground off Cebu on Monday evening, the
coastguard said, and all of those on board were brought to land.</p><p>The vessel had left the harbour an hour before
the tide turned, its operator said, adding that the cause was not known and that an inquiry would begin.</p></article></body></html>"""


def dateline(*words: str, given: str = "", status: int = 0) -> list[Any]:
    done = subprocess.run(
        [sys.executable, "-m", "dateline", *words],
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == status, done.stderr
    if status:
        assert done.stderr.count("\n") == 1, "an error is one clear line"
    return [json.loads(line) for line in done.stdout.splitlines()]


def lines(*records: object) -> str:
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)


def test_read_gives_one_line_for_each_page_in_order() -> None:
    good, none, bad = dateline("read", given=lines({"id": "1", "html": PAGE}, {"id": "2", "html": ""}, {"id": "3"}))
    assert (good["id"], good["title"]) == ("1", "Ferry runs aground off Cebu")
    assert "ran aground off Cebu" in good["text"]
    assert good["published"] is None, "a page without a date has none"
    assert none["id"] == "2"
    assert "error" in none
    assert bad["id"] == "3"
    assert "html nor text" in bad["error"]["message"]


def test_read_takes_paths(tmp_path: Path) -> None:
    (tmp_path / "ferry.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (tmp_path / "ferry2.html").write_text(PAGE)
    got = dateline("read", str(tmp_path / "ferry.html.gz"), str(tmp_path / "ferry2.html"))
    assert [r["id"] for r in got] == ["ferry", "ferry2"]


def test_tags_quote_exactly() -> None:
    for kind in ("times", "places", "actors", "counts", "attribution"):
        (got,) = dateline("tag", kind, given=lines({"id": "x", "text": TEXT, "published": "2026-03-04"}))
        assert got["id"] == "x"
        assert got["spans"], kind
        assert all(TEXT[s["start"] : s["end"]] == s["text"] for s in got["spans"])
    (times,) = dateline("tag", "times", given=lines({"id": 7, "text": TEXT, "published": "2026-03-04"}))
    assert (times["spans"][0]["from"], times["spans"][0]["to"]) == ("2026-03-03", "2026-03-03")


def test_code_says_who_did_what() -> None:
    (got,) = dateline("code", given=lines({"id": "x", "text": TEXT, "published": "2026-03-04"}))
    (event,) = [e for e in got["events"] if e["type"] == "ASSAULT"]
    assert [p["country"] for p in event["places"]] == ["MLI"]
    assert (event["date"]["from"], event["date"]["to"]) == ("2026-03-03", "2026-03-03")
    assert [(c["what"], c["low"], c["high"]) for c in event["counts"]] == [("dead", 12, None)]


def test_group_digest_copies_and_related() -> None:
    one = {"id": "a", "title": "Twelve killed in Gao attack", "text": TEXT, "published": "2026-03-04T10:00:00Z"}
    copy = {**one, "id": "b", "published": "2026-03-04T12:00:00Z", "publisher": "The Quay"}
    other = {"id": "c", "title": "Harbour opera sells out", "published": "2026-03-04T13:00:00Z", "text":
             "The harbour opera in Wellington sold all of its seats for the season within an hour, its director said."}  # fmt: skip
    grouped = dateline("group", given=lines(one, copy, other))
    assert [(g["id"], g["story"]) for g in grouped] == [("a", "a"), ("b", "a"), ("c", "c")]
    assert grouped[1]["why"]["features"]
    (made,) = dateline("digest", "--words", "40", given=lines({"id": "s", "articles": [one, copy]}))
    assert made["headline"]["text"] == one["title"]
    texts = {"a": TEXT, "b": TEXT}
    assert made["sentences"]
    assert all(texts[s["article"]][s["start"] : s["end"]] == s["text"] for s in made["sentences"])
    families = dateline("copies", given=lines(one, copy, other))
    assert families[0]["family"] == families[1]["family"] is not None
    assert families[2]["family"] is None
    (rel,) = dateline("related", given=lines({"id": "r", "story": one, "others": [other]}))
    assert rel == {"id": "r", "related": []}


def test_a_record_that_cannot_be_served_does_not_stop_the_rest() -> None:
    got = dateline("code", given=lines({"id": "x"}, {"id": "y", "text": 5}, {"id": "z", "text": "", "published": None}))
    assert ["error" in g for g in got] == [True, True, False]
    whole = {"id": "w", "text": TEXT}
    for words, record in (
        ("digest", {"id": "d", "articles": [whole, {"id": "x"}]}),
        ("related", {"id": "d", "story": whole, "others": [whole, {"id": "x"}]}),
    ):
        (told,) = dateline(words, given=lines(record))
        assert told["id"] == "d" and told["error"]["message"].startswith("Number 2 of its ")


@pytest.mark.parametrize(
    ("words", "given", "says"),
    [(["code"], "nonsense\n", "line 1"), (["tag", "times"], '{"id": 1, "text": ""}\n[1]\n', "line 2"),
     (["read", "/no/such/file.html"], "", "does not exist"), (["tag", "colours"], "", "colours"), (["frobnicate"], "", "frobnicate")],
)  # fmt: skip
def test_what_was_typed_wrong_is_one_line_and_status_2(words: list[str], given: str, says: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dateline", *words], input=given, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
