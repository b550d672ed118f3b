"""A desk from outside: sources, passes, versions, what a person decides, keeping."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desk_helpers import CHESS, FLOOD, NOW, TOLL, everything, made, page, write_pages

from dateline.desk import Desk, passes
from dateline.errors import ConfigError, DatelineError, StoreError, UsageError
from dateline.exports import write
from dateline.model import EventFilter

LATER = "2026-03-14T10:00:00Z"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a desk after one pass over three pages."""
    folder = tmp_path_factory.mktemp("filled")
    made(folder / "desk", write_pages(folder / "pages")).close()
    return folder


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Iterator[Desk]:
    """Give a copy of that desk."""
    shutil.copytree(filled / "desk", tmp_path / "desk")
    opened = Desk.open(tmp_path / "desk")
    yield opened
    opened.close()


def _by_title(desk: Desk) -> dict[str | None, str]:
    return {a.title: a.id for a in desk.reader.each_article()}


def test_a_pass_makes_stories_and_events_of_pages(desk: Desk) -> None:
    counts = desk.reader.counts()
    assert (counts.articles, counts.sources, counts.rejected) == (3, 1, 0)
    ids = _by_title(desk)
    flood = desk.reader.story_of(ids["Burst dam floods Port Vell"])
    assert flood == desk.reader.story_of(ids["Port Vell flood toll rises to 23"])
    assert flood != desk.reader.story_of(ids["Chess final drawn in Orsk"])
    assert flood is not None and flood.startswith("s")
    story = desk.reader.story(flood)
    assert story is not None and story.revision == 1 and story.independent_reports == 2
    for quote in story.sentences:
        article = desk.reader.article(quote.article)
        assert article is not None and article.text[quote.start : quote.end] == quote.text
    assert [hit.article for hit in desk.reader.search('"lower quay" midnight')] == [ids["Burst dam floods Port Vell"]]
    (manifest,) = desk.reader.manifests()
    assert (manifest.started, manifest.finished, manifest.pages, manifest.articles) == (NOW, NOW, 3, 3)
    (source,) = desk.reader.sources()
    assert (source.articles, source.error, source.last_success) == (3, None, NOW)


def test_a_second_pass_over_the_same_changes_nothing(desk: Desk) -> None:
    before = everything(desk.reader)
    again = desk.run_pass(now=NOW, jobs=1)
    assert (again.pages, again.articles, again.stories) == (0, 0, 0)
    after = everything(desk.reader)
    assert [name for name in before if after[name] != before[name]] == ["inside"]  # one manifest more


def test_reading_everything_again_changes_no_record(desk: Desk) -> None:
    before = everything(desk.reader)
    assert desk.read_again() == 3
    again = desk.run_pass(now=NOW, jobs=1)
    assert (again.articles, again.stories) == (0, 0)
    assert {n for n, data in everything(desk.reader).items() if data != before[n]} == {"inside"}


def test_the_same_pages_in_another_folder_give_the_same_bytes(filled: Path, desk: Desk, tmp_path: Path) -> None:
    pages = tmp_path / "elsewhere" / "pages"
    shutil.copytree(filled / "pages", pages)
    other = made(tmp_path / "other", pages)
    assert everything(other.reader) == everything(desk.reader)
    other.close()


def test_an_article_that_comes_later_joins_its_story(desk: Desk, tmp_path: Path) -> None:
    ids = _by_title(desk)
    story = desk.reader.story(desk.reader.story_of(ids["Burst dam floods Port Vell"]) or "")
    more = page("Inquiry into Port Vell dam", TOLL + "\nThe flood of Monday killed 23 people.", "2026-03-11T08:00:00Z")
    (tmp_path / "more.html").write_text(more, encoding="utf-8")
    desk.add(str(tmp_path / "more.html"))
    manifest = desk.run_pass(now=LATER, jobs=1)
    assert (manifest.articles, manifest.stories) == (1, 1)
    assert story is not None
    after = desk.reader.story(story.id)
    assert after is not None and len(after.articles) == 3 and after.revision == 2
    link = desk.reader.link(after.articles[-1].id)
    assert link is not None and link.score is not None and link.features


def test_an_edit_is_a_version_and_what_rests_on_it_is_built_anew(desk: Desk, tmp_path: Path) -> None:
    ids = _by_title(desk)
    changed = page("Burst dam floods Port Vell", FLOOD.replace("19 people", "21 people"), "2026-03-09T18:00:00+01:00")
    (tmp_path / "flood.html").write_text(changed, encoding="utf-8")
    desk.add(str(tmp_path / "flood.html"))
    assert desk.run_pass(now=LATER, jobs=1).articles == 0
    versions = desk.reader.versions(ids["Burst dam floods Port Vell"])
    assert [(v.number, v.change, v.seen) for v in versions] == [(1, "first", NOW), (2, "edit", LATER)]
    assert "19 people" in versions[0].text and "21 people" in versions[1].text
    story = desk.reader.story(desk.reader.story_of(ids["Burst dam floods Port Vell"]) or "")
    assert story is not None and not any("19 people" in quote.text for quote in story.sentences)
    assert desk.reader.search('"19 people"') == [] and len(desk.reader.search('"21 people"')) == 1
    # The folder still holds the old state: it is known and is not taken for a change back.
    desk.run_pass(now=LATER, jobs=1)
    assert len(desk.reader.versions(ids["Burst dam floods Port Vell"])) == 2


def test_a_withdrawn_article_leaves_a_tombstone(desk: Desk) -> None:
    ids = _by_title(desk)
    gone = ids["Burst dam floods Port Vell"]
    story_id = desk.reader.story_of(gone) or ""
    desk.withdraw(gone, "The mayor never said this.")
    article, why = desk.reader.article(gone), desk.reader.withdrawn(gone)
    assert article is not None and (article.title, article.text) == (None, "") and article.url is not None
    assert why is not None and (why.note, why.by) == ("The mayor never said this.", "owner")
    assert desk.reader.versions(gone) == [] and desk.reader.mentions_of(gone) == []
    assert desk.reader.search("bakery") == []
    story = desk.reader.story(story_id)
    assert story is not None and story.independent_reports == 1 and story.revision == 2
    assert all(quote.article != gone for quote in story.sentences)
    assert all(gone not in event.articles for event in desk.reader.events(EventFilter(historical=None), limit=None))
    assert b"bakery" not in everything(desk.reader)["articles.jsonl"]
    desk.read_again()
    desk.run_pass(now=LATER, jobs=1)
    after = desk.reader.article(gone)
    assert after == article
    other = ids["Port Vell flood toll rises to 23"]
    desk.withdraw(other, "Nor this.")
    story = desk.reader.story(story_id)
    assert story is not None and (story.status, story.independent_reports, story.sentences) == ("withdrawn", 0, ())
    with pytest.raises(UsageError, match="no article"):
        desk.withdraw("a0", "no reason")
    with pytest.raises(UsageError, match="reason is empty"):
        desk.withdraw(gone, " ")


def test_no_record_of_anothers_program_stops_a_pass(tmp_path: Path) -> None:
    """Zero dates of .NET and databases, NUL, links that run script: each comes in other programs' JSON Lines."""
    text = "Gunmen killed at least 12 people near Gao on Tuesday, the mayor said."
    odd = [
        {"id": "zero", "title": "Zero", "text": text, "published": "0001-01-01T00:00:00Z"},
        {"id": "last", "title": "Last", "text": text, "published": "9999-12-31T23:59:59-12:00"},
        {"id": "old", "title": "Old", "text": text, "published": "0002-01-01", "modified": "soon"},
        {"id": "nul", "title": "N\0UL", "text": text + "\0", "byline": ["A\0nn"], "url": "javascript:alert(1)"},
        {"id": "naive", "title": "Naive", "text": text, "published": "2026-03-04 10:00"},
        {"id": "good", "title": "Good", "text": text, "published": "2026-03-04", "url": "https://quay.example/a"},
    ]
    (tmp_path / "odd.jsonl").write_text("".join(json.dumps(record) + "\n" for record in odd))
    desk = made(tmp_path / "desk", tmp_path / "odd.jsonl")
    kept = {article.title: article for article in desk.reader.each_article()}
    desk.close()
    assert {title: article.published for title, article in kept.items()} == {
        "Zero": None, "Last": None, "Old": "0002-01-01", "NUL": None, "Good": "2026-03-04",
        "Naive": "2026-03-04T10:00:00Z",
    }  # fmt: skip
    assert (kept["NUL"].text, kept["NUL"].byline, kept["NUL"].url) == (text, ("Ann",), None)
    assert kept["Good"].url == "https://quay.example/a" and kept["Old"].modified is None


def test_what_a_person_decides_stays(desk: Desk) -> None:
    ids = _by_title(desk)
    flood, toll, chess = (
        ids[title]
        for title in ("Burst dam floods Port Vell", "Port Vell flood toll rises to 23", "Chess final drawn in Orsk")
    )
    one, other = desk.reader.story_of(flood) or "", desk.reader.story_of(chess) or ""
    desk.merge_stories(one, other)
    assert desk.reader.moved(other) == one and desk.reader.story(other) is None
    assert len(getattr(desk.reader.story(one), "articles", ())) == 3
    assert [h.what for h in desk.reader.history(one) if h.by == "owner"] == [f"merged with {other}"]
    apart = desk.split_story(other, [chess, toll])
    assert desk.reader.story_of(toll) == desk.reader.story_of(chess) == apart != one
    desk.pin(toll, one)
    assert desk.reader.story_of(toll) == one
    desk.pin(chess, one)
    assert desk.reader.moved(apart) == one and desk.reader.story(apart) is None
    desk.run_pass(now=LATER, jobs=1)
    assert [desk.reader.story_of(id) for id in (flood, toll, chess)] == [one] * 3
    assert desk.reader.counts().stories == 1
    for wrong in (
        lambda: desk.merge_stories(one, one),
        lambda: desk.merge_stories(one, "s0"),
        lambda: desk.split_story(one, ["a0"]),
        lambda: desk.split_story(one, [flood, toll, chess]),
        lambda: desk.pin("a0", one),
        lambda: desk.pin(flood, one),
    ):
        with pytest.raises(UsageError):
            wrong()


def test_a_reserved_text_is_placed_by_its_title_and_never_coded(tmp_path: Path) -> None:
    head = '<meta name="tdm-reservation" content="1">'
    pages = write_pages(tmp_path / "pages")
    html = page("Port Vell dam: what we know", FLOOD, "2026-03-10T09:00:00Z", outlet="closed.example", head=head)
    (pages / "closed.html").write_text(html, encoding="utf-8")
    desk = made(tmp_path / "desk", pages)
    (reserved,) = [a for a in desk.reader.each_article() if a.rights.tdm == "reserved"]
    assert desk.reader.story_of(reserved.id) is not None and desk.reader.mentions_of(reserved.id) == []
    assert desk.reader.tags(reserved.id).places == () and desk.reader.family(reserved.id) is None
    assert all(q.article != reserved.id for s in desk.reader.each_story() for q in s.sentences)
    assert reserved.id not in [hit.article for hit in desk.reader.search("bakery")]
    assert reserved.id in [hit.article for hit in desk.reader.search("what know")]
    desk.close()


def test_quiet_stories_settle(desk: Desk) -> None:
    desk.run_pass(now="2026-03-09T20:00:00Z", jobs=1)
    before = {s.id: s.status for s in desk.reader.each_story()}
    desk.run_pass(now="2026-03-20T00:00:00Z", jobs=1)
    assert set(before.values()) <= {"developing", "settled"}
    assert {s.status for s in desk.reader.each_story()} == {"settled"}


def test_what_cannot_be_followed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    desk = Desk.init(tmp_path / "desk")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    for address, words in (
        ("nowhere", "does not exist"),
        ("picture.png", "no kind that can be read"),
        ("ftp://x.example/feed", "only http"),
        ("orskpost.example", "https://orskpost.example"),
    ):
        with pytest.raises(UsageError, match=words):
            desk.add(address)
    assert desk.reader.sources() == []
    first = desk.add("https://x.example/feed")
    assert desk.add("https://X.example/feed") == first and first.kind == "site"
    desk.rename_source("https://x.example/feed", "The X")
    desk.pause_source("The X", True)
    assert desk.reader.sources()[0].paused and desk.source(first.id).name == "The X"
    with pytest.raises(UsageError, match="no source"):
        desk.remove_source("The Y")
    desk.remove_source("The X")
    assert desk.reader.sources() == []
    desk.close()


def test_a_source_that_vanished_stops_nothing(tmp_path: Path) -> None:
    desk = Desk.init(tmp_path / "desk")
    gone = tmp_path / "gone"
    gone.mkdir()
    desk.add(str(gone))
    desk.add(str(write_pages(tmp_path / "pages")))
    gone.rmdir()
    assert desk.run_pass(now=NOW, jobs=1).articles == 3
    errors = {state.name: state.error for state in desk.reader.sources()}
    assert errors["pages"] is None and "does not exist" in (errors["gone"] or "")
    desk.close()


def test_a_page_that_is_no_article_is_a_rejection_with_a_reason(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages")
    (pages / "empty.html").write_text("<html><body></body></html>", encoding="utf-8")
    (pages / "broken.jsonl").write_text('{"id": "x"\n{"id": "y", "title": "T", "text": "Words."}\n', encoding="utf-8")
    desk = made(tmp_path / "desk", pages)
    assert desk.reader.counts().articles == 4
    assert "invalid" in [r.code for r in desk.reader.rejections()]
    assert len(desk.reader.rejections()) == 2 and all(r.message.endswith(".") for r in desk.reader.rejections())
    (pages / "empty.html").write_text(page("Found after all", CHESS, "2026-03-09"), encoding="utf-8")
    desk.run_pass(now=LATER, jobs=1)
    assert desk.reader.counts().articles == 5
    desk.close()


def test_one_pass_at_a_time(desk: Desk) -> None:
    with passes.only_one(desk.settings.folder), pytest.raises(StoreError, match="Another pass"):
        desk.run_pass(now=NOW, jobs=1)
    desk.run_pass(now=NOW, jobs=1)


def test_a_backup_comes_back_whole(desk: Desk, tmp_path: Path) -> None:
    before = everything(desk.reader)
    saved = tmp_path / "saved.sqlite"
    desk.backup(saved)
    Desk.restore(tmp_path / "new", saved)
    again = Desk.open(tmp_path / "new")
    again.check()
    assert everything(again.reader) == before
    again.close()
    with pytest.raises(UsageError, match="holds 3 articles"):
        Desk.restore(tmp_path / "new", saved)
    saved.write_bytes(saved.read_bytes()[:5000])
    with pytest.raises(StoreError, match="no whole backup"):
        Desk.restore(tmp_path / "third", saved)
    assert Desk.open(tmp_path / "third").reader.counts().articles == 0
    with pytest.raises(UsageError, match="does not exist"):
        Desk.restore(tmp_path / "fourth", tmp_path / "nothing")


def test_a_folder_is_a_desk_once_and_only_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match="no desk"):
        Desk.open(tmp_path)
    desk = Desk.init(tmp_path / "desk")
    with pytest.raises(UsageError, match="already"):
        Desk.init(tmp_path / "desk")
    monkeypatch.setenv("DATELINE_NOW", "tomorrow")
    with pytest.raises(UsageError, match="no moment"):
        desk.run_pass(jobs=1)
    monkeypatch.setenv("DATELINE_NOW", "2026-03-13T11:00:00+01:00")
    assert desk.run_pass(jobs=1).started == "2026-03-13T10:00:00Z"
    desk.close()
    with pytest.raises(DatelineError):
        Desk.init(tmp_path / "desk" / "dateline.toml" / "desk")


def test_the_twin_serves_a_desk_as_well(filled: Path, desk: Desk, tmp_path: Path) -> None:
    from dateline.store.memory import MemoryStore

    twin = Desk(replace(desk.settings, folder=tmp_path), MemoryStore())
    twin.add(str(filled / "pages"))
    twin.run_pass(now=NOW, jobs=1)
    assert everything(twin.reader) == everything(desk.reader)


def test_exports_as_of_a_moment_and_of_what_is_gone(desk: Desk) -> None:
    before = everything(desk.reader)
    ids = _by_title(desk)
    story = desk.reader.story_of(ids["Burst dam floods Port Vell"]) or ""
    other = desk.reader.story_of(ids["Chess final drawn in Orsk"]) or ""
    desk.merge_stories(story, other)
    assert everything(desk.reader)["stories.jsonl"] != before["stories.jsonl"]
    then = everything(desk.asof(NOW))
    assert [n for n in before if n.split(".")[0] in ("articles", "stories", "events", "mentions", "figures")
            and then[n] != before[n]] == []  # fmt: skip
    assert [(g.id, g.into) for g in desk.reader.gone() if g.kind == "story"] == [(other, story)]
    assert list(desk.asof(NOW).gone()) == [] and list(desk.asof("2026-03-01").each_article()) == []
    stream = io.BytesIO()
    assert write("passes", "jsonl", desk.reader, stream) == 1
    (made,) = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert made["inputs"] and len(made["inputs"]) == 32 and dict(made["models"])["spacy"]
    with pytest.raises(UsageError, match="no moment"):
        desk.asof("soon")
