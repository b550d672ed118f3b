"""Stories in the desk: mended by the machine where that is sure, never where a person has decided, also after a restart."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from desk_helpers import NOW, write_pages

from dateline import pipeline
from dateline.cli.shared.checks import run_checks
from dateline.desk import Desk
from dateline.desk.phases import grouping
from dateline.desk.work import Work
from dateline.errors import ConfigError
from dateline.model import Link
from dateline.stories.linking import encoder

FLOOD, TOLL, CHESS = "Burst dam floods Port Vell", "Port Vell flood toll rises to 23", "Chess final drawn in Orsk"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk after a pass over three pages."""
    made = tmp_path / "desk"
    with closing(Desk.init(made)) as desk:
        desk.add(str(write_pages(tmp_path / "pages")))
        desk.run_pass(now=NOW, jobs=1)
    return made


def ids(desk: Desk) -> dict[str, str]:
    return {article.title or "": article.id for article in desk.reader.each_article()}


def put_apart(desk: Desk) -> tuple[str, str]:
    """Put each of the two reports of the flood into a story of its own, as if neither had known the other."""
    store, found = desk.store, ids(desk)
    old = store.story_of(found[FLOOD]) or ""
    with store.transaction():
        store.put_link(Link(found[TOLL], "sapart", None, None))
        store.add_jobs("build", [old, "sapart"])
        store.add_jobs("relate", [old, "sapart"])
    return old, "sapart"


def mend(desk: Desk, *touched: str) -> None:
    """Repair as a pass does after it has placed what is new."""
    store = desk.store
    work = Work(store, desk.settings, NOW)
    with store.transaction():
        window = grouping._Stored(work)
        window.reach("2026-03-10")
        grouping._repair(work, window, set(touched))


def test_what_was_told_apart_is_merged_and_its_id_leads_on(folder: Path) -> None:
    with closing(Desk.open(folder)) as desk:
        old, apart = put_apart(desk)
        desk.run_pass(now=NOW, jobs=1)
        mend(desk, apart)
        assert desk.store.story_of(ids(desk)[TOLL]) == old
        assert desk.reader.moved(apart) == old
        told = [h for h in desk.reader.history(old) if h.what == f"merged with {apart}"]
        assert [h.by for h in told] == ["machine"] and "strong" in told[0].why


def test_what_a_person_split_is_not_merged_after_a_restart(folder: Path) -> None:
    with closing(Desk.open(folder)) as desk:
        found = ids(desk)
        one = desk.reader.story_of(found[FLOOD]) or ""
        apart = desk.split_story(one, [found[TOLL]])
    with closing(Desk.open(folder)) as desk:
        mend(desk, one, apart)
        assert desk.reader.story_of(found[TOLL]) == apart != desk.reader.story_of(found[FLOOD])


def test_what_a_person_merged_is_not_split_after_a_restart(folder: Path) -> None:
    with closing(Desk.open(folder)) as desk:
        found = ids(desk)
        one, other = desk.reader.story_of(found[FLOOD]) or "", desk.reader.story_of(found[CHESS]) or ""
        desk.merge_stories(one, other)
    with closing(Desk.open(folder)) as desk:
        mend(desk, one)
        assert {desk.reader.story_of(id) for id in found.values()} == {one}


def test_what_a_person_pinned_stays_where_it_is_after_a_restart(folder: Path) -> None:
    """The same article put there by the machine is split off: see below."""
    with closing(Desk.open(folder)) as desk:
        found = ids(desk)
        one, other = desk.reader.story_of(found[FLOOD]) or "", desk.reader.story_of(found[CHESS]) or ""
        desk.pin(found[CHESS], one)
    with closing(Desk.open(folder)) as desk:
        mend(desk, one)
        desk.run_pass(now=NOW, jobs=1)
        assert {desk.reader.story_of(id) for id in found.values()} == {one}
        assert desk.reader.moved(other) == one
        (told,) = [h for h in desk.reader.history(one) if h.what == f"article {found[CHESS]} put here"]
        assert told.by == "owner"


def test_what_does_not_hang_together_is_split_and_lists_its_child(folder: Path) -> None:
    with closing(Desk.open(folder)) as desk:
        store, found = desk.store, ids(desk)
        one = store.story_of(found[FLOOD]) or ""
        store.put_link(Link(found[CHESS], one, None, None))
        mend(desk, one)
        homes = {title: store.story_of(id) for title, id in found.items()}
        assert homes[FLOOD] == homes[TOLL] != homes[CHESS]
        parted = {homes[CHESS], homes[FLOOD]} - {one}
        assert [h.what for h in store.history(one) if h.what.startswith("split")] == [
            f"split: {parted.pop()} taken out"
        ]


def test_sketches_are_kept_and_answer_as_texts_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Desk.open(folder)) as desk:
        work = Work(desk.store, desk.settings, NOW)
        kept = list(work.store.sketches("2026-03-01", "2026-04-01"))
        assert len(kept) == 3 and all(data for _id, data, _family, _story in kept)
        from_texts = pipeline.Linker()
        for id, _data, family, story in kept:
            article = work.store.article(id)
            assert article is not None
            from_texts.restore(article, work.store.tags(id), family, story)
        monkeypatch.setattr(grouping._Stored, "_make", None)  # no text is read
        from_sketches = grouping._Stored(work)
        from_sketches.reach("2026-03-10")
        late = work.store.article(ids(desk)[TOLL])
        assert late is not None
        asked = (replace(late, id="late"), work.store.tags(late.id), None)
        assert from_sketches.linker.place_all([asked]) == from_texts.place_all([asked])


def test_an_article_that_changed_is_sketched_anew(folder: Path) -> None:
    with closing(Desk.open(folder)) as desk:
        store = desk.store
        work = Work(store, desk.settings, NOW)
        id = ids(desk)[TOLL]
        before = {row[0]: row[1] for row in store.sketches("2026-03-01", "2026-04-01")}
        store.put_sketch(id, None)
        with store.transaction():
            grouping._Stored(work).reach("2026-03-10")
        assert {row[0]: row[1] for row in store.sketches("2026-03-01", "2026-04-01")} == before


def test_a_setting_opens_stories_to_other_languages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = folder / "dateline.toml"
    plain = settings.read_text("utf-8")
    asked = []
    monkeypatch.setattr(pipeline, "linker", lambda across: asked.append(across) or pipeline.Linker())
    for value in ("off", "names", "encoder"):
        settings.write_text(f'{plain}\n[stories]\nacross_languages = "{value}"\n', "utf-8")
        with closing(Desk.open(folder)) as desk:
            mend(desk)
    assert asked == ["off", "names", "encoder"]
    settings.write_text(f"{plain}\n[stories]\nacross_languages = true\n", "utf-8")
    with pytest.raises(ConfigError, match="must be one of off, names, encoder, not True"):
        Desk.open(folder)


def test_an_encoder_that_is_not_installed_is_told_with_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "installed", lambda: False)
    with (folder / "dateline.toml").open("a", encoding="utf-8") as file:
        file.write('\n[stories]\nacross_languages = "encoder"\n')
    with closing(Desk.open(folder)) as desk, pytest.raises(ConfigError, match=r"install 'dateline\[languages\]'"):
        mend(desk)
    (found,) = [check for check in run_checks(folder) if check.name == "languages"]
    assert not found.sound and "install 'dateline[languages]'" in found.said
