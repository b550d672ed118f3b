"""The desk over the test publisher: lists, edits, withdrawals, pauses, and a pass over 500 feeds that is killed."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

import pytest
from publisher import Publisher, Reply, Request, rss

from dateline.desk import Desk
from dateline.desk.phases.fetching import fetch
from dateline.desk.work import Work

NOW = "2026-03-02T10:00:00Z"
FEEDS, KILLS = 500, 3
TEXT = (
    "The ferry between Orsk and Port Vell stays at its quay until Friday, its owner, Ilse Marant, said on Monday. "
    "A storm had torn away the ramp on Sunday night, and divers looked for its parts in the harbour for nine hours. "
    "“We shall not sail before the ramp is tested,” said Marant. About 400 people cross the bay on a weekday. "
    "Buses go round the bay instead, every forty minutes, and cost nothing until the ferry sails again, the town said."
)


def page(title: str, text: str = TEXT) -> Reply:
    body = (
        f'<html lang="en"><head><title>{title}</title><meta property="og:type" content="article"></head>'
        f"<body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )
    return Reply(body=body.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def make(folder: Path, *addresses: str) -> Desk:
    Desk.init(folder).close()
    (folder / "dateline.toml").write_text('[fetch]\nallow_networks = ["127.0.0.0/8"]\n', encoding="utf-8")
    desk = Desk.open(folder)
    for address in addresses:
        desk.add(address)
    return desk


def test_a_list_in_a_file_is_followed_in_one_pass(publisher: Publisher, tmp_path: Path) -> None:
    publisher.on("/feed", Reply(body=rss(("/a", "Ferry stays"), title="The Quay")))
    publisher.on("/a", page("Ferry stays"))
    listed = tmp_path / "list.opml"
    listed.write_text(
        f'<opml><body><outline text="Ports"><outline xmlUrl="{publisher.url("/feed")}"/></outline></body></opml>'
    )
    desk = make(tmp_path / "desk", str(listed))
    done = desk.run_pass(now=NOW, jobs=1)
    assert (done.pages, done.articles) == (1, 1)
    assert {(s.kind, s.name, s.topics, s.error) for s in desk.reader.sources()} == {
        ("path", "list.opml", (), None),
        ("feed", "The Quay", ("Ports",), None),
    }
    desk.close()


def test_an_address_with_a_list_is_watched(publisher: Publisher, tmp_path: Path) -> None:
    def listing(*names: str) -> Reply:
        rows = "".join(f'<outline xmlUrl="{publisher.url(f"/{name}")}"/>' for name in names)
        return Reply(body=f"<opml><body>{rows}</body></opml>".encode())

    publisher.on("/list", listing("one"))
    for name in ("one", "two"):
        publisher.on(f"/{name}", Reply(body=rss(title=name)))
    desk = make(tmp_path / "desk", publisher.url("/list"))
    desk.run_pass(now=NOW, jobs=1)
    assert sorted((s.kind, s.name or "") for s in desk.reader.sources()) == [("feed", "one"), ("opml", "")]
    publisher.on("/list", listing("one", "two"))
    desk.run_pass(now="2026-03-02T11:00:00Z", jobs=1, everything=True)
    assert sorted((s.kind, s.name or "") for s in desk.reader.sources()) == [
        ("feed", "one"),
        ("feed", "two"),
        ("opml", ""),
    ]
    desk.close()


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_taken_down_leaves_a_tombstone(status: int, publisher: Publisher, tmp_path: Path) -> None:
    publisher.on("/feed", Reply(body=rss(("/a", "Ferry stays"))))
    publisher.on("/a", page("Ferry stays"))
    desk = make(tmp_path / "desk", publisher.url("/feed"))
    desk.run_pass(now=NOW, jobs=1)
    (article,) = desk.reader.latest()
    assert article.text
    publisher.on("/a", Reply(status))
    desk.run_pass(now="2026-03-02T10:59:00Z", jobs=1)
    assert len(publisher.asked("/a")) == 1
    desk.run_pass(now="2026-03-02T11:01:00Z", jobs=1)
    assert len(publisher.asked("/a")) == 2
    found = desk.reader.article(article.id)
    assert found is not None
    assert (found.text, found.title) == ("", None)
    notice = desk.reader.withdrawn(article.id)
    assert notice is not None
    assert notice.by == "publisher"
    assert str(status) in (notice.note or "")
    desk.close()


def test_pages_are_looked_at_again_four_times_and_an_edit_is_a_version(publisher: Publisher, tmp_path: Path) -> None:
    publisher.on("/feed", Reply(body=rss(("/a", "Ferry stays"))))
    publisher.on("/a", page("Ferry stays"))
    desk = make(tmp_path / "desk", publisher.url("/feed"))
    asked = []
    for now in (NOW, "2026-03-02T10:30:00Z", "2026-03-02T11:05:00Z", "2026-03-02T12:00:00Z", "2026-03-02T16:05:00Z",
                "2026-03-03T10:05:00Z", "2026-03-05T10:00:00Z", "2026-03-09T10:05:00Z", "2026-03-20T10:00:00Z"):  # fmt: skip
        if now == "2026-03-03T10:05:00Z":
            publisher.on("/a", page("Ferry stays", TEXT.replace("until Friday", "until Sunday")))
        desk.run_pass(now=now, jobs=1)
        asked.append(len(publisher.asked("/a")))
    assert asked == [1, 1, 2, 2, 3, 4, 4, 5, 5]
    (article,) = desk.reader.latest()
    assert [v.change for v in desk.reader.versions(article.id)] == ["first", "edit"]
    desk.close()


def test_a_pause_that_a_host_asked_for_holds_whatever_the_owner_says(publisher: Publisher, tmp_path: Path) -> None:
    publisher.on("/feed", Reply(429, headers={"Retry-After": "3600"}))
    desk = make(tmp_path / "desk", publisher.url("/feed"))
    for _ in range(3):
        desk.run_pass(now=NOW, jobs=1, everything=True)
    assert len(publisher.asked("/feed")) == 1
    desk.close()


def test_a_page_whose_host_asks_for_a_pause_is_not_given_up(publisher: Publisher, tmp_path: Path) -> None:
    """Passes in which nothing was asked, since the host wants a pause, are no tries."""
    publisher.on("/feed", Reply(body=rss((publisher.url("/a", "127.0.0.2"), "Ferry stays"))))
    publisher.on("/a", Reply(503, headers={"Retry-After": "86400"}))
    desk = make(tmp_path / "desk", publisher.url("/feed"))
    for hour in range(8):
        desk.run_pass(now=f"2026-03-02T1{hour}:00:00Z", jobs=1)
    assert len(publisher.asked("/a")) == 1
    assert len(desk.store.jobs("fetch")) == 1 and desk.reader.rejections() == []
    desk.close()


def test_a_desk_runs_within_a_running_loop(publisher: Publisher, tmp_path: Path) -> None:
    import asyncio

    publisher.on("/feed", Reply(body=rss(("/a", "Ferry stays"))))
    publisher.on("/a", page("Ferry stays"))
    desk = make(tmp_path / "desk", publisher.url("/feed"))

    async def notebook() -> int:
        return desk.run_pass(now=NOW, jobs=1).articles

    assert asyncio.run(notebook()) == 1
    desk.close()


def _bring_in(folder: Path) -> None:
    desk = Desk.open(folder)
    fetch(Work(desk.store, desk.settings, NOW))
    desk.close()


def test_five_hundred_feeds_survive_kills(publisher: Publisher, tmp_path: Path) -> None:
    """`kill -9` while feeds and pages come in: no page is lost, none comes twice."""
    publisher.on("/robots.txt", Reply(404))

    def behave(request: Request) -> Reply:
        name = request.host.partition(":")[0]
        if request.path == "/feed":
            known = request.headers.get("if-none-match") == '"1"'
            return Reply(304) if known else Reply(body=rss((f"/report-{name}", name)), headers={"ETag": '"1"'})
        return page(f"Ferry {name}") if request.path.startswith("/report-") else Reply(404)

    publisher.otherwise = behave
    hosts = [f"127.0.{1 + n // 250}.{1 + n % 250}" for n in range(FEEDS)]
    folder = tmp_path / "desk"
    make(folder, *(publisher.url("/feed", host) for host in hosts)).close()
    dice, fork, kills, ended = random.Random(3), multiprocessing.get_context("spawn"), 0, None
    while ended != 0:
        process = fork.Process(target=_bring_in, args=(folder,))
        process.start()
        if kills < KILLS:
            before = len(publisher.log)
            enough = dice.randrange(50, 600)
            while len(publisher.log) < before + enough and process.is_alive():
                time.sleep(0.01)
            if process.pid is not None and process.is_alive():
                os.kill(process.pid, signal.SIGKILL)
        process.join(120)
        ended = process.exitcode
        assert ended in (0, -signal.SIGKILL)
        kills += ended != 0
    assert kills == KILLS
    _bring_in(folder)  # a page that could not be reached is asked for again
    desk = Desk.open(folder)
    waiting = desk.store.waiting(10_000)
    brought = Counter(w.page.url for w in waiting)
    assert brought == Counter({publisher.url(f"/report-{host}", host): 1 for host in hosts})
    assert desk.store.jobs("fetch") == []
    assert [s.error for s in desk.reader.sources() if s.error] == []
    desk.close()


def _archive(path: Path, count: int, outlet: str = "quay") -> None:
    import io

    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("ab") as out:
        writer = WARCWriter(out, gzip=True)
        for n in range(count):
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            body = page(f"Ferry stays for {n} days").body
            assert isinstance(body, bytes)
            url = f"https://{outlet}.example/{path.stat().st_size}-{n}"
            writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=head))


def test_an_archive_is_read_once_however_often_it_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.desk.phases import fetching

    archive = tmp_path / "shard.warc.gz"
    _archive(archive, 100)
    desk = make(tmp_path / "desk", str(archive))
    kept = fetching._keep

    class PowerCut(BaseException):
        pass

    def stop(work: Work, state: object, path: Path, found: object) -> int:
        if getattr(found, "id", "").endswith("#70"):
            raise PowerCut
        return kept(work, state, path, found)  # type: ignore[arg-type]

    monkeypatch.setattr(fetching, "_keep", stop)
    with pytest.raises(PowerCut):
        fetch(Work(desk.store, desk.settings, NOW))
    read = []
    monkeypatch.setattr(fetching, "_keep", lambda w, s, p, f: read.append(f.id) or kept(w, s, p, f))
    fetch(Work(desk.store, desk.settings, NOW))
    assert read == [f"shard#{n}" for n in range(65, 101)]  # chunks of 32 are kept
    assert len(desk.store.waiting(1000)) == 100
    _archive(archive, 3)
    read.clear()
    fetch(Work(desk.store, desk.settings, NOW))
    assert read == ["shard#101", "shard#102", "shard#103"]
    desk.close()


def test_a_folder_of_archives_goes_on_in_the_middle_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each shard of a folder is read once, wherever reading was cut; new and growing shards bring their news alone."""
    from dateline.desk.phases import fetching

    folder = tmp_path / "news"
    (folder / "b").mkdir(parents=True)
    shards = {"a.warc.gz": 40, "b/a.warc.gz": 40, 'c "@".warc.gz': 10}
    for number, (name, count) in enumerate(shards.items()):
        _archive(folder / name, count, f"quay{number}")
    (folder / "page.html").write_bytes(b"<p>one</p>")
    (folder / "feed.xml").write_bytes(
        rss(("https://quay0.example/0-0", "In the archive"), ("https://q.example/x", "Not"))
    )
    desk = make(tmp_path / "desk", str(folder))
    kept, read = fetching._keep, []

    class PowerCut(BaseException):
        pass

    def note(work: Work, state: object, path: Path, found: object) -> int:
        read.append(getattr(found, "id", ""))
        if cuts and read[-1] == cuts[0]:
            cuts.pop(0)
            raise PowerCut
        return kept(work, state, path, found)  # type: ignore[arg-type]

    monkeypatch.setattr(fetching, "_keep", note)
    cuts = ["b/a#30", "b/a#35"]
    for _ in range(2):
        with pytest.raises(PowerCut):
            fetching._read_path(Work(desk.store, desk.settings, NOW), desk.store.sources()[0])
    assert read.count("a#1") == 1 and read.count("b/a#1") == 1
    read.clear()
    fetching._read_path(Work(desk.store, desk.settings, NOW), desk.store.sources()[0])
    assert "a#40" not in read and "b/a#10" not in read and 'c "@"#10' in read
    assert len(desk.store.waiting(1000)) == sum(shards.values()) + 1
    read.clear()
    fetching._read_path(Work(desk.store, desk.settings, NOW), desk.store.sources()[0])
    assert read == []
    _archive(folder / "a.warc.gz", 2)
    _archive(folder / "d.warc.gz", 1)
    fetching._read_path(Work(desk.store, desk.settings, NOW), desk.store.sources()[0])
    assert read == ["a#41", "a#42", "d#1"]
    (folder / "feed.xml").write_bytes(rss(("https://quay0.example/0-0", "Still there"), ("https://q.example/y", "Not")))
    fetching._read_path(Work(desk.store, desk.settings, NOW), desk.store.sources()[0])
    asked = [entry.url for key in desk.store.jobs("fetch") if (entry := desk.store.entry(key)) is not None]
    assert asked == ["https://q.example/x", "https://q.example/y"]
    desk.close()


def test_a_folder_that_has_not_changed_is_not_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.html").write_bytes(b"<p>one</p>")
    desk = make(tmp_path / "desk", str(folder))
    told: list[object] = []
    for content in (None, None, b"<p>two, longer</p>"):
        if content is not None:
            (folder / "a.html").write_bytes(content)
        told.clear()
        fetch(Work(desk.store, desk.settings, NOW, progress=lambda *what: told.append(what)))
    assert told
    assert len(desk.store.waiting(10)) == 2
    fetch(Work(desk.store, desk.settings, NOW, progress=lambda *_: told.clear()))
    assert told
    desk.close()
